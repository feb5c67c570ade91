package httpcore

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

// StatusError is what raise_for_status says in requests: nil below 400, else an error of KindStatus such as
// `404 Client Error: Not Found for url: http://localhost/x`. HTTP/2 has no reason phrase; the registered one stands in.
func StatusError(r *Response, u *URL) *Error {
	if r.Status < 400 {
		return nil
	}
	side := "Client"
	if r.Status >= 500 {
		side = "Server"
	}
	address := u.Redacted()
	return &Error{
		Kind:    KindStatus,
		Message: fmt.Sprintf("%d %s Error: %s for url: %s", r.Status, side, reasonOf(r), address),
		Advice:  statusHint(r),
		URL:     address,
	}
}

func statusHint(r *Response) string {
	asked := strings.Join(r.Asks(), " or ")
	switch {
	case r.Status == 401 && asked != "":
		return "the server asks for " + asked + " auth: give it with auth, or check the credentials"
	case r.Status == 407 && asked != "":
		return "the proxy asks for " + asked + " auth: put user:password into the proxy's URL"
	case r.Status >= 500:
		return "the server is at fault; trying again later may help"
	default:
		return "the request is at fault; the response's body may say why"
	}
}

// reasonOf is the reason phrase, or the registered one where the protocol has none. One that is no UTF-8 is taken for
// Latin-1, as in requests.
func reasonOf(r *Response) string {
	switch {
	case r.Reason == "":
		return http.StatusText(r.Status)
	case utf8.ValidString(r.Reason):
		return r.Reason
	}
	var b strings.Builder
	for i := range len(r.Reason) {
		b.WriteRune(rune(r.Reason[i]))
	}
	return b.String()
}
