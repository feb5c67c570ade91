package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

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

func (a *oauth2Authorizer) Authorize(ctx context.Context, p *httpcore.Prepared) error {
	token, found, err := a.tokens.store.Get(a.key)
	if err != nil {
		return err
	}
	if !found || !token.GoodAt(a.source.now()) {
		p.Incomplete = append(p.Incomplete, "the Authorization header with an OAuth 2 access token, which "+a.value("token_url")+" gives")
		return nil
	}
	p.AddSecret("access token", token.Access.Reveal())
	return header(token.authorization()).Authorize(ctx, p)
}

func (t Token) authorization() string { return t.Type + " " + t.Access.Reveal() }

// Obtain makes sure that there is a token.
func (a *oauth2Authorizer) Obtain(ctx context.Context, _ *httpcore.Prepared, via httpcore.Requester) error {
	release, err := a.tokens.acquire(ctx, a.key)
	if err != nil {
		return err
	}
	defer release()
	token, _, err := a.tokens.store.Get(a.key)
	if err != nil || token.GoodAt(a.source.now()) {
		return err
	}
	_, err = a.renew(ctx, via, token)
	return err
}

// Answer gets a new token, once, when the server refuses the one that was sent: it may have been revoked. A person is
// not asked to sign in again in the middle of an exchange.
func (a *oauth2Authorizer) Answer(ctx context.Context, p *httpcore.Prepared, r *httpcore.Response, via httpcore.Requester, round int) (bool, error) {
	sent, _ := p.Header("Authorization")
	if r.Status != 401 || round > 1 || sent == "" {
		return false, nil
	}
	release, err := a.tokens.acquire(ctx, a.key)
	if err != nil {
		return false, err
	}
	defer release()
	token, found, err := a.tokens.store.Get(a.key)
	if err != nil {
		return false, err
	}
	if found && token.authorization() != sent {
		return token.GoodAt(a.source.now()), nil // somebody else was quicker
	}
	if !a.canRenew(token) {
		via.Notice("the server refuses the access token, and there is no refresh token: it is forgotten, and the next request signs in anew")
		return false, a.tokens.store.Delete(a.key)
	}
	_, err = a.renew(ctx, via, token)
	return err == nil, err
}

// canRenew reports whether a new token can be had without a person.
func (a *oauth2Authorizer) canRenew(t Token) bool {
	return t.Refresh.Reveal() != "" || a.grant == grantClient || a.grant == grantPassword || a.grant == grantRefresh
}

// renew gets a token by refreshing the old one, or as the grant says, and stores it.
func (a *oauth2Authorizer) renew(ctx context.Context, via httpcore.Requester, old Token) (Token, error) {
	got, err := a.request(ctx, via, old)
	if err != nil {
		return Token{}, err
	}
	token := Token{
		Access: httpcore.NewSecret("access token", got.Access), Refresh: httpcore.NewSecret("refresh token", got.Refresh),
		Type: got.word(), Scope: string(got.Scope), Obtained: a.source.now(),
		Grant: a.grant, TokenURL: a.value("token_url"), ClientID: a.value("client_id"), Audience: a.value("audience"), Username: a.value("username"),
	}
	if token.Refresh.Reveal() == "" {
		token.Refresh = old.Refresh // RFC 6749 section 6: the old one stays good
	}
	if token.Scope == "" {
		token.Scope = a.value("scope")
	}
	if got.Life > 0 {
		token.Expiry = token.Obtained.Add(time.Duration(got.Life))
	}
	return token, a.tokens.store.Put(a.key, token)
}

// request asks for a token. A refresh token that the server does not know any more is not the end, unless there is
// nothing else.
func (a *oauth2Authorizer) request(ctx context.Context, via httpcore.Requester, old Token) (*tokenReply, error) {
	for _, refresh := range []string{old.Refresh.Reveal(), a.value("refresh_token")} {
		if refresh == "" || a.grant != grantRefresh && refresh != old.Refresh.Reveal() {
			continue
		}
		got, err := a.refresh(ctx, via, refresh)
		if err == nil || !isInvalidGrant(err) || a.grant == grantRefresh && refresh == a.value("refresh_token") {
			return got, err
		}
	}
	switch a.grant {
	case grantCode:
		return a.signIn(ctx, via)
	case grantDevice:
		return a.pairDevice(ctx, via)
	case grantPassword:
		return a.askToken(ctx, via, a.form(grantPassword, "username", a.value("username"), "password", a.value("password")))
	default:
		return a.askToken(ctx, via, a.form(grantClient))
	}
}

func (a *oauth2Authorizer) refresh(ctx context.Context, via httpcore.Requester, token string) (*tokenReply, error) {
	var form httpcore.Fields
	form.Add("grant_type", "refresh_token")
	form.Add("refresh_token", token)
	return a.askToken(ctx, via, form)
}

// form is what a request for a token says, with the names and values given, and with scope and audience.
func (a *oauth2Authorizer) form(grantType string, pairs ...string) httpcore.Fields {
	form := httpcore.Fields{{Name: "grant_type", Value: grantType}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return append(form, a.asked()...)
}

// asked is what the token is to be for.
func (a *oauth2Authorizer) asked() httpcore.Fields {
	var asked httpcore.Fields
	for _, name := range []string{"scope", "audience"} {
		if value := strings.TrimSpace(a.value(name)); value != "" {
			asked.Add(name, value)
		}
	}
	return asked
}
