package auth

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"

	"parley/httpcore"
)

// signIn is the authorization code grant (RFC 6749 section 4.1) of a native app (RFC 8252) with PKCE (RFC 7636): a
// person signs in with a browser, which brings the code to a listener on loopback.
func (a *oauth2Authorizer) signIn(ctx context.Context, via httpcore.Requester) (*tokenReply, error) {
	redirect, err := parseRedirect(a.value("redirect"))
	if err != nil {
		return nil, err
	}
	state, verifier := a.source.word(), a.source.word()
	callback, err := listenForCallback(redirect, state)
	if err != nil {
		return nil, authError(a.oauth2, "cannot listen at "+redirect.Host+" for the browser to come back: "+err.Error(), "is another sign-in under way? give redirect another port")
	}
	defer callback.close()
	page := a.signInPage(callback.redirect, state, verifier)
	a.show(ctx, via, page)
	code, err := callback.wait(ctx)
	if ctx.Err() != nil {
		return nil, canceled(ctx)
	}
	if err != nil {
		return nil, &httpcore.Error{Kind: httpcore.KindAuth, Message: "OAuth 2.0 auth got no code: " + err.Error(), Advice: "send the request again to sign in anew", Err: err}
	}
	var form httpcore.Fields
	form.Add("grant_type", "authorization_code")
	form.Add("code", code)
	form.Add("redirect_uri", callback.redirect)
	form.Add("code_verifier", verifier)
	return a.askToken(ctx, via, form)
}

// signInPage is the URL at which the user signs in.
func (a *oauth2Authorizer) signInPage(redirect, state, verifier string) string {
	params := httpcore.Fields{
		{Name: "response_type", Value: "code"},
		{Name: "client_id", Value: a.value("client_id")},
		{Name: "redirect_uri", Value: redirect},
		{Name: "state", Value: state},
		{Name: "code_challenge", Value: codeChallenge(verifier)},
		{Name: "code_challenge_method", Value: "S256"},
	}
	page, fragment, _ := strings.Cut(a.value("authorize_url"), "#")
	separator := "?"
	for _, param := range append(params, a.asked()...) {
		if strings.Contains(page, "?") {
			separator = "&"
		}
		page += separator + param.Name + "=" + url.QueryEscape(param.Value)
	}
	if fragment != "" {
		page += "#" + fragment
	}
	return page
}

// codeChallenge is the S256 method of RFC 7636 section 4.2.
func codeChallenge(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// show opens a page in the browser; where there is none, the user has to.
func (a *oauth2Authorizer) show(ctx context.Context, via httpcore.Requester, page string) {
	if a.open != nil && a.open(ctx, page) == nil {
		via.Notice("Sign in with the browser. If no page has opened, open this one:\n" + page)
		return
	}
	via.Notice("Open this page in a browser to sign in:\n" + page)
}
