package httpcore

import (
	"fmt"
	"net/http"
)

// StatusError is what raise_for_status says in requests: nil below 400, else an error of KindStatus such as
// `404 Client Error: Not Found for url: http://localhost/x`. HTTP/2 has no reason phrase; the registered one stands in.
func StatusError(r *Response, u *URL) *Error {
	if r.Status < 400 {
		return nil
	}
	side, hint := "Client", "the request is at fault; the response's body may say why"
	if r.Status >= 500 {
		side, hint = "Server", "the server is at fault; trying again later may help"
	}
	address := u.Redacted()
	return &Error{
		Kind:    KindStatus,
		Message: fmt.Sprintf("%d %s Error: %s for url: %s", r.Status, side, reasonOf(r), address),
		Advice:  hint,
		URL:     address,
	}
}

// reasonOf is the reason phrase, or the registered one where the protocol has none.
func reasonOf(r *Response) string {
	if r.Reason == "" {
		return http.StatusText(r.Status)
	}
	return r.Reason
}
