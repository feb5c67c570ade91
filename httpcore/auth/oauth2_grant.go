package auth

import (
	"context"
	"strings"
	"time"

	"parley/httpcore"
)

// renew gets a token by refreshing the old one, or as the grant says, and stores it.
func (a *oauth2Authorizer) renew(ctx context.Context, via httpcore.Requester, old Token) (Token, error) {
	got, err := a.request(ctx, via, old)
	if err != nil {
		return Token{}, err
	}
	token := Token{
		Access: httpcore.NewSecret("access token", got.Access), Refresh: httpcore.NewSecret("refresh token", got.Refresh),
		Type: got.word(), Scope: string(got.Scope), Obtained: a.source.now(),
		Grant: a.grant, TokenURL: shown(a.value("token_url")), ClientID: a.value("client_id"), Audience: a.value("audience"), Username: a.value("username"),
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
