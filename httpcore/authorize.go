package httpcore

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"sync/atomic"
)

// authorization is what a Prepared keeps of how it was authorised, so that it can be done anew: a signature with a date
// or a nonce is good for one sending.
type authorization struct {
	by *keptAuthorizer
	// bare is the request without credentials.
	bare *Prepared
	// spent says that the credentials in the request have been sent.
	spent atomic.Bool
}

// authorize lets the scheme that the request asks for put its credentials into p.
func (s *Session) authorize(ctx context.Context, p *Prepared) error {
	if p.Request.Auth.IsNone() {
		return nil
	}
	authorizer, err := s.authorizer(p.Request.Auth)
	if err != nil {
		return err
	}
	p.auth = &authorization{by: authorizer, bare: p.clone()}
	return p.authorizeAgain(ctx)
}

// hasFor reports whether the scheme has credentials of its own for the host that p goes to.
func (s *Session) hasFor(p *Prepared) bool {
	if p.Request.Auth.IsNone() {
		return false
	}
	authorizer, err := s.authorizer(p.Request.Auth)
	if err != nil {
		return false // Prepare has said so
	}
	keeper, ok := authorizer.Authorizer.(HostKeeper)
	return ok && keeper.HasFor(p.URL.Hostname())
}

// authorizeAgain puts credentials into a request that has none.
func (p *Prepared) authorizeAgain(ctx context.Context) error {
	p.plain = p.Body
	if err := p.auth.by.Authorize(ctx, p); err != nil {
		return AsError(err, KindAuth)
	}
	return p.checkKeptBack()
}

// bare returns the request as it was before it was authorised; it must not be changed.
func (p *Prepared) bare() *Prepared {
	if p.auth == nil {
		return p
	}
	return p.auth.bare
}

// clone returns a copy that can be authorised, or changed by a hook, without a trace in p.
func (p *Prepared) clone() *Prepared {
	c := *p
	c.Headers = slices.Clone(p.Headers)
	c.Incomplete = slices.Clone(p.Incomplete)
	return &c
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
