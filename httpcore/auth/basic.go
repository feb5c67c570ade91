package auth

import (
	"context"
	"encoding/base64"
	"strings"

	"parley/httpcore"
)

// basic is RFC 7617. User and password are sent in UTF-8, the one encoding that the RFC lets a server ask for; requests
// sends Latin-1, which the RFC leaves undefined and which cannot spell every password.
type basic struct{}

func (basic) Type() string  { return "basic" }
func (basic) Title() string { return "Basic" }

func (basic) Fields() []httpcore.SchemeField {
	return []httpcore.SchemeField{
		{Name: "username", Label: "Username", Help: "the user's name; it cannot hold a colon", Required: true},
		{Name: "password", Label: "Password", Help: "the password; it may be empty", Secret: true},
	}
}

func (s basic) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := check(s, values); err != nil {
		return nil, err
	}
	username, _ := values.Get("username")
	password, _ := values.Get("password")
	if strings.Contains(username, ":") {
		return nil, authError(s, "cannot send a username with a colon", "what follows the first colon would be taken for the password")
	}
	for _, value := range values {
		if strings.ContainsFunc(value.Value, isControl) {
			return nil, authError(s, "cannot send a "+value.Name+" with a control character", "RFC 7617 forbids line breaks and their like")
		}
	}
	return header("Basic " + base64.StdEncoding.EncodeToString([]byte(username+":"+password))), nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7F }

// header is an authorizer that sets the Authorization field.
type header string

func (h header) Authorize(_ context.Context, p *httpcore.Prepared) error {
	p.SetHeader(httpcore.SourceAuth, "Authorization", string(h))
	return nil
}
