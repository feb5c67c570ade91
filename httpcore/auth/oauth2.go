package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"parley/httpcore"
)

// oauth2 is the OAuth 2.0 framework (RFC 6749) with bearer tokens (RFC 6750): it obtains an access token as the grant says,
// keeps it in Tokens, renews it before it expires, and once when a server refuses it.
type oauth2 struct {
	source source
	tokens *Tokens
	open   func(ctx context.Context, url string) error
	wait   waiter
}

// The grants.
const (
	grantClient   = "client_credentials"
	grantCode     = "authorization_code"
	grantDevice   = "device_code"
	grantPassword = "password"
	grantRefresh  = "refresh_token"
)

func (oauth2) Type() string  { return "oauth2" }
func (oauth2) Title() string { return "OAuth 2.0" }

func (oauth2) Fields() []httpcore.SchemeField {
	return []httpcore.SchemeField{
		{Name: "grant", Label: "Grant", Help: "how the token is obtained; authorization_code signs in with a browser", Choices: []string{grantClient, grantCode, grantDevice, grantPassword, grantRefresh}},
		{Name: "authorize_url", Label: "Authorize URL", Help: "the page to sign in at, for authorization_code"},
		{Name: "token_url", Label: "Token URL", Help: "the endpoint that gives tokens", Required: true},
		{Name: "device_url", Label: "Device URL", Help: "the endpoint that gives codes to type in elsewhere, for device_code"},
		{Name: "client_id", Label: "Client ID", Help: "the name that the server knows the client by"},
		{Name: "client_secret", Label: "Client secret", Help: "the client's own; empty for a public client", Secret: true},
		{Name: "scope", Label: "Scope", Help: "what the token is for, words with spaces between"},
		{Name: "audience", Label: "Audience", Help: "which API the token is for, where the server asks for it"},
		{Name: "username", Label: "Username", Help: "the user, for password"},
		{Name: "password", Label: "Password", Help: "the user's password, for password", Secret: true},
		{Name: "refresh_token", Label: "Refresh token", Help: "one that was obtained elsewhere, for refresh_token", Secret: true},
		{Name: "redirect", Label: "Redirect", Help: "where the browser comes back to, for authorization_code: a loopback address such as http://127.0.0.1:8400/callback; with a free port when empty"},
		{Name: "client_auth", Label: "Client auth", Help: "where the client's ID and secret go in the request for a token", Choices: []string{"header", "body"}},
	}
}

// neededBy are the fields that a grant cannot do without.
func neededBy(grant string) []string {
	switch grant {
	case grantCode:
		return []string{"authorize_url", "client_id"}
	case grantDevice:
		return []string{"device_url", "client_id"}
	case grantPassword:
		return []string{"username"}
	case grantRefresh:
		return []string{"refresh_token"}
	default:
		return []string{"client_id"}
	}
}

func (s oauth2) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := checkFilled(s, values); err != nil {
		return nil, err
	}
	a := &oauth2Authorizer{oauth2: s, values: values, grant: choice(s, values, "grant"), inBody: choice(s, values, "client_auth") == "body"}
	for _, name := range neededBy(a.grant) {
		if a.value(name) == "" {
			return nil, authError(s, "needs "+name+" for the grant "+a.grant, "")
		}
	}
	for _, name := range []string{"token_url", "authorize_url", "device_url"} {
		if value := a.value(name); value != "" {
			if _, err := httpcore.ParseURL(value); err != nil {
				return nil, authError(s, "cannot use "+name+": "+err.Error(), httpcore.AsError(err, httpcore.KindAuth).Advice)
			}
		}
	}
	if a.grant == grantCode {
		if _, err := parseRedirect(a.value("redirect")); err != nil {
			return nil, authError(s, "cannot use redirect: "+err.Error(), "use a loopback address such as http://127.0.0.1:8400/callback, and register it with the server")
		}
	}
	a.key = a.tokenKey()
	s.tokens.learn(a)
	return a, nil
}

// oauth2Authorizer is a grant. What it obtains is in the Tokens that all share.
type oauth2Authorizer struct {
	oauth2
	values httpcore.Fields
	grant  string
	inBody bool
	key    string
}

func (a *oauth2Authorizer) value(name string) string {
	value, _ := a.values.Get(name)
	return value
}

// tokenKey is the same for whatever gets the same token. Of secrets it holds only a refresh token, which no one can guess
// from a hash.
func (a *oauth2Authorizer) tokenKey() string {
	h := sha256.New()
	names := []string{"authorize_url", "token_url", "device_url", "client_id", "scope", "audience", "username"}
	if a.grant == grantRefresh {
		names = append(names, "refresh_token")
	}
	for _, s := range append([]string{a.grant}, valuesOf(a.values, names)...) {
		h.Write([]byte(strconv.Itoa(len(s)) + ":" + s))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func valuesOf(values httpcore.Fields, names []string) []string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i], _ = values.Get(name)
	}
	return list
}
