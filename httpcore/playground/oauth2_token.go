package playground

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"time"
)

const (
	usualTokenLife = 3600
	deviceGrant    = "urn:ietf:params:oauth:grant-type:device_code"
)

// refused is why no token is given.
type refused struct{ code, description string }

// token is the token endpoint, for every grant.
func (s *authServer) token(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	life := p.number("expires", usualTokenLife, 1, 365*24*3600)
	if !p.ok(w) || !parseSmallForm(w, r) {
		return
	}
	client, ok := oauthClient(w, r)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	g, withRefresh, no := s.grant(r, client)
	if no != nil {
		oauthError(w, http.StatusBadRequest, no.code, no.description)
		return
	}
	g.expires = time.Now().Add(time.Duration(life) * time.Second)
	given := struct {
		Access  string `json:"access_token"`
		Type    string `json:"token_type"`
		Expires int    `json:"expires_in"`
		Refresh string `json:"refresh_token,omitempty"`
		Scope   string `json:"scope,omitempty"`
	}{Access: newTokenText(), Type: "Bearer", Expires: life, Scope: g.scope}
	keep(s.access, given.Access, g)
	if withRefresh {
		given.Refresh = newTokenText()
		keep(s.refresh, given.Refresh, g)
	}
	w.Header().Set("Cache-Control", "no-store")
	answer(w, http.StatusOK, given)
}

// grant decides what the token that is asked for stands for, and whether it can be refreshed.
func (s *authServer) grant(r *http.Request, client string) (*granted, bool, *refused) {
	form := r.PostForm
	g := &granted{client: client, scope: form.Get("scope"), family: &family{}}
	switch form.Get("grant_type") {
	case "client_credentials":
		if client != confidentialClient {
			return nil, false, &refused{"unauthorized_client", "a public client has no credentials of its own"}
		}
		return g, false, nil
	case "password":
		g.user = oauthUser
		if form.Get("username") != oauthUser || form.Get("password") != oauthPassword {
			return nil, false, &refused{"invalid_grant", "the user is " + oauthUser + " with the password " + oauthPassword}
		}
		return g, true, nil
	case "refresh_token":
		return s.refreshed(form.Get("refresh_token"), client)
	case "authorization_code":
		return s.redeem(form.Get("code"), client, form.Get("redirect_uri"), form.Get("code_verifier"))
	case deviceGrant:
		return s.devicePoll(form.Get("device_code"), client)
	default:
		return nil, false, &refused{"unsupported_grant_type", "the grants are client_credentials, password, refresh_token, authorization_code and " + deviceGrant}
	}
}

// refreshed gives the tokens of a refresh token anew, once: the one that comes with them takes its place. When a token
// comes a second time, one of two holders has stolen it, so that all end (RFC 9700 section 4.14.2).
func (s *authServer) refreshed(token, client string) (*granted, bool, *refused) {
	old, known := s.refresh[token]
	switch {
	case !known || old.client != client || old.family.revoked:
		return nil, false, &refused{"invalid_grant", "the refresh token is unknown or revoked"}
	case old.used:
		old.family.revoked = true
		return nil, false, &refused{"invalid_grant", "the refresh token was used before, so all tokens of its grant are revoked"}
	}
	used := *old
	used.used = true
	s.refresh[token] = &used
	next := *old
	return &next, true, nil
}

// grantedCode is a code that was given, and not redeemed yet.
type grantedCode struct {
	client, redirect, scope, challenge string
	expires                            time.Time
}

// redeem gives the token for a code, once, to who can tell the verifier of its challenge.
func (s *authServer) redeem(code, client, redirect, verifier string) (*granted, bool, *refused) {
	c, known := s.codes[code]
	delete(s.codes, code)
	sum := sha256.Sum256([]byte(verifier))
	proof := base64.RawURLEncoding.EncodeToString(sum[:])
	switch {
	case !known || c.client != client || time.Now().After(c.expires):
		return nil, false, &refused{"invalid_grant", "the code is unknown, used or expired"}
	case c.redirect != redirect:
		return nil, false, &refused{"invalid_grant", "redirect_uri is another than that of the sign-in"}
	case c.challenge != "" && subtle.ConstantTimeCompare([]byte(proof), []byte(c.challenge)) == 0:
		return nil, false, &refused{"invalid_grant", "code_verifier does not belong to code_challenge"}
	}
	return &granted{client: client, user: oauthUser, scope: c.scope, family: &family{}}, true, nil
}
