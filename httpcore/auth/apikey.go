package auth

import (
	"context"
	"strings"

	"parley/httpcore"
)

// apiKey puts a named value into a header, the query or a cookie, as the apiKey security scheme of OpenAPI does.
type apiKey struct{}

func (apiKey) Type() string  { return "apikey" }
func (apiKey) Title() string { return "API key" }

func (apiKey) Fields() []httpcore.SchemeField {
	return []httpcore.SchemeField{
		{Name: "name", Label: "Name", Help: "the name of the header, parameter or cookie, such as X-API-Key", Required: true},
		{Name: "value", Label: "Value", Help: "the key itself", Required: true, Secret: true},
		{Name: "in", Label: "In", Help: "where the key goes", Choices: []string{"header", "query", "cookie"}},
	}
}

func (s apiKey) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := check(s, values); err != nil {
		return nil, err
	}
	name, _ := values.Get("name")
	value, _ := values.Get("value")
	if name == "" {
		return nil, authError(s, "needs a name, and the one given is empty", "")
	}
	switch in, _ := values.Get("in"); in {
	case "query":
		return keyInQuery{name, value}, nil
	case "cookie":
		if !httpcore.IsToken(name) {
			return nil, authError(s, "cannot send a cookie of the name \""+name+"\"", "it would be taken for another cookie, or for several")
		}
		if strings.ContainsFunc(value, func(r rune) bool { return isControl(r) || r == ';' }) {
			return nil, authError(s, "cannot send a cookie with a semicolon or control characters", "")
		}
		return keyInCookie{name, value}, nil
	default:
		return keyInHeader{name, value}, nil
	}
}

type keyInHeader struct{ name, value string }

func (k keyInHeader) Authorize(_ context.Context, p *httpcore.Prepared) error {
	p.SetHeader(httpcore.SourceAuth, k.name, k.value)
	return nil
}

type keyInQuery struct{ name, value string }

func (k keyInQuery) Authorize(_ context.Context, p *httpcore.Prepared) error {
	p.SetParam(k.name, k.value)
	return nil
}

type keyInCookie struct{ name, value string }

func (k keyInCookie) Authorize(_ context.Context, p *httpcore.Prepared) error {
	p.AddCookie(httpcore.SourceAuth, k.name, k.value)
	return nil
}
