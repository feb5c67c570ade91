package playground

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"time"
)

// authorize is the page at which a person allows a client what it asks for. With approve=1 or 0 in the URL, it takes that
// for the answer.
func (s *authServer) authorize(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	client, redirect, challenge := query.Get("client_id"), query.Get("redirect_uri"), query.Get("code_challenge")
	switch {
	case client != publicClient && client != confidentialClient:
		problem(w, http.StatusBadRequest, fmt.Sprintf("client_id is %s or %s", confidentialClient, publicClient))
		return
	case !isLoopbackURL(redirect):
		problem(w, http.StatusBadRequest, "redirect_uri must be http:// and on this computer")
		return
	}
	if why := badSignIn(query); why != nil {
		comeBack(w, r, redirect, url.Values{"error": {why.code}, "error_description": {why.description}})
		return
	}
	switch query.Get("approve") {
	case "":
		consentPage(w, r, client+" asks for access to "+oauthUser+"'s things.")
	case "1":
		code := newTokenText()
		s.mu.Lock()
		keep(s.codes, code, &grantedCode{
			client: client, redirect: redirect, scope: query.Get("scope"), challenge: challenge, expires: time.Now().Add(time.Minute),
		})
		s.mu.Unlock()
		comeBack(w, r, redirect, url.Values{"code": {code}})
	default:
		comeBack(w, r, redirect, url.Values{"error": {"access_denied"}, "error_description": {"the user said no"}})
	}
}

// badSignIn says what is wrong with the parameters of a sign-in, or nothing.
func badSignIn(query url.Values) *refused {
	switch challenge := query.Get("code_challenge"); {
	case query.Get("response_type") != "code":
		return &refused{"unsupported_response_type", "response_type is code"}
	case challenge == "" && query.Get("client_id") == publicClient:
		return &refused{"invalid_request", "a public client needs code_challenge (RFC 7636)"}
	case challenge != "" && query.Get("code_challenge_method") != "S256":
		return &refused{"invalid_request", "code_challenge_method is S256"}
	}
	return nil
}

// comeBack sends the browser to where the client listens.
func comeBack(w http.ResponseWriter, r *http.Request, redirect string, values url.Values) {
	if state := r.URL.Query().Get("state"); state != "" {
		values.Set("state", state)
	}
	http.Redirect(w, r, redirect+"?"+values.Encode(), http.StatusFound)
}

// consentPage has two links, to the page itself with an answer.
func consentPage(w http.ResponseWriter, r *http.Request, question string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	link := html.EscapeString(r.URL.Path + "?" + r.URL.RawQuery + "&approve=")
	fmt.Fprintf(w, `%s<p>%s</p><p><a href="%s1">Allow</a> · <a href="%s0">Deny</a></p></body></html>
`, indexHead, html.EscapeString(question), link, link)
}
