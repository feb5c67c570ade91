package cassette

import (
	"context"

	"parley/httpcore"
)

// Schemes are schemes of authentication for playing back: what would ask the network for credentials first, such as an
// OAuth 2 token, does without. No credentials count when a request is looked for.
func Schemes(list []httpcore.Scheme) []httpcore.Scheme {
	out := make([]httpcore.Scheme, len(list))
	for i, scheme := range list {
		out[i] = offline{scheme}
	}
	return out
}

type offline struct{ httpcore.Scheme }

// Authorizer implements httpcore.Scheme.
func (o offline) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	a, err := o.Scheme.Authorizer(values)
	if _, asks := a.(httpcore.Obtainer); asks {
		return nothing{}, err
	}
	return a, err
}

// nothing authorises nothing.
type nothing struct{}

// Authorize implements httpcore.Authorizer.
func (nothing) Authorize(context.Context, *httpcore.Prepared) error { return nil }
