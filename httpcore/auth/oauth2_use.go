package auth

import (
	"context"

	"parley/httpcore"
)

func (a *oauth2Authorizer) Authorize(ctx context.Context, p *httpcore.Prepared) error {
	token, found, err := a.tokens.store.Get(a.key)
	if err != nil {
		return err
	}
	if !found || !token.GoodAt(a.source.now()) {
		p.Incomplete = append(p.Incomplete, "the Authorization header with an OAuth 2 access token, which "+shown(a.value("token_url"))+" gives")
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
