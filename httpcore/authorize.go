package httpcore

import (
	"context"
	"encoding/base64"
	"strings"
)

// authorize lets the scheme that the request asks for put its credentials into p.
func (s *Session) authorize(ctx context.Context, p *Prepared) error {
	auth := p.Request.Auth
	if auth.IsNone() {
		return nil
	}
	scheme, err := s.scheme(auth.Type)
	if err != nil {
		return err
	}
	authorizer, err := scheme.Authorizer(auth.Values)
	if err != nil {
		return AsError(err, KindAuth)
	}
	if err := authorizer.Authorize(ctx, p); err != nil {
		return AsError(err, KindAuth)
	}
	return nil
}

func (s *Session) scheme(name string) (Scheme, error) {
	known := make([]string, len(s.schemes))
	for i, scheme := range s.schemes {
		if scheme.Type() == name {
			return scheme, nil
		}
		known[i] = scheme.Type()
	}
	return nil, &Error{
		Kind:    KindAuth,
		Message: "the auth type '" + name + "' is not known",
		Advice:  "known are none, " + strings.Join(known, ", "),
	}
}

// addUserinfo makes Basic credentials of a URL's user information, when nothing else authorises the request.
func addUserinfo(p *Prepared, u *URL) {
	if u.Username == "" && u.Password == "" || !p.Request.Auth.IsNone() {
		return
	}
	username, password := u.Credentials()
	p.addAutomatic(SourceURL, "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(username+":"+password)))
}
