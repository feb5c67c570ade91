package cli

import (
	"parley/collections/resolve"
	"parley/collections/template"
)

// newResolver resolves single texts with the variables of an input.
func newResolver(in resolve.Input) (*template.Resolver, error) {
	scopes, err := resolve.Scopes(in)
	if err != nil {
		return nil, err
	}
	return template.NewResolver(scopes, in.Host), nil
}
