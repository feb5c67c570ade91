package auth

import (
	"strings"

	"parley/httpcore"
)

// bearer is RFC 6750, section 2.1.
type bearer struct{}

func (bearer) Type() string  { return "bearer" }
func (bearer) Title() string { return "Bearer" }

func (bearer) Fields() []httpcore.SchemeField {
	return []httpcore.SchemeField{
		{Name: "token", Label: "Token", Help: "the token, without the word Bearer", Required: true, Secret: true},
	}
}

func (s bearer) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := check(s, values); err != nil {
		return nil, err
	}
	token, _ := values.Get("token")
	switch {
	case token == "":
		return nil, authError(s, "needs a token, and the one given is empty", "")
	case strings.ContainsFunc(token, func(r rune) bool { return isControl(r) || r == ' ' }):
		return nil, authError(s, "cannot send a token with white space or control characters", "was it pasted with a line break, or with the word Bearer?")
	}
	return header("Bearer " + token), nil
}
