package auth

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"parley/httpcore"
)

// Tokens are the OAuth 2 tokens of a person, whatever session obtained them. One grant asks for one token at a time: who
// comes meanwhile waits for it. It may be used concurrently.
type Tokens struct {
	store TokenStore

	mu sync.Mutex
	// grants are those that were used in this process: only they know the client's secret.
	grants map[string]*oauth2Authorizer
	// busy has the turn for each grant that was ever asked for.
	busy map[string]turn
}

// NewTokens returns the tokens that a store keeps.
func NewTokens(store TokenStore) *Tokens {
	return &Tokens{store: store, grants: map[string]*oauth2Authorizer{}, busy: map[string]turn{}}
}

// KeptToken is a token in the list of all.
type KeptToken struct {
	// Key names it to Refresh and Forget.
	Key string
	Token
	// Refreshable says that Refresh can get a new one without a person's help.
	Refreshable bool
}

// List returns all tokens, by token endpoint, client and grant.
func (t *Tokens) List() ([]KeptToken, error) {
	stored, err := t.store.List()
	if err != nil {
		return nil, err
	}
	var list []KeptToken
	for key, token := range stored {
		grant := t.grant(key)
		list = append(list, KeptToken{Key: key, Token: token, Refreshable: grant != nil && grant.canRenew(token)})
	}
	slices.SortFunc(list, func(a, b KeptToken) int {
		return cmp.Or(cmp.Compare(a.TokenURL, b.TokenURL), cmp.Compare(a.ClientID, b.ClientID), cmp.Compare(a.Grant, b.Grant), cmp.Compare(a.Key, b.Key))
	})
	return list, nil
}

// Forget removes a token: the next request that needs it obtains a new one.
func (t *Tokens) Forget(key string) error { return t.store.Delete(key) }

// Restore puts a token back that was forgotten.
func (t *Tokens) Restore(k KeptToken) error { return t.store.Put(k.Key, k.Token) }

// Refresh gets a new token in the place of an old one, by its refresh token, or by asking again where that needs no
// person.
func (t *Tokens) Refresh(ctx context.Context, key string, via httpcore.Requester) (Token, error) {
	release, err := t.acquire(ctx, key)
	if err != nil {
		return Token{}, err
	}
	defer release()
	old, found, err := t.store.Get(key)
	if err != nil {
		return Token{}, err
	}
	grant := t.grant(key)
	switch {
	case !found:
		return Token{}, &httpcore.Error{Kind: httpcore.KindAuth, Message: "the token is not there any more", Advice: "send the request that needs it"}
	case grant == nil:
		return Token{}, &httpcore.Error{
			Kind: httpcore.KindAuth, Message: "the token cannot be refreshed yet: the client's credentials are only known once a request has used them",
			Advice: "send the request that needs it",
		}
	case !grant.canRenew(old):
		return Token{}, &httpcore.Error{Kind: httpcore.KindAuth, Message: "the server gave no refresh token with it", Advice: "forget it, and sign in anew with the next request"}
	}
	return grant.renew(ctx, via, old)
}

func (t *Tokens) grant(key string) *oauth2Authorizer {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.grants[key]
}

// learn makes the latest values of a grant those that Refresh uses.
func (t *Tokens) learn(a *oauth2Authorizer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.grants[a.key] = a
}

// acquire waits until nobody else asks for the token of that key.
func (t *Tokens) acquire(ctx context.Context, key string) (release func(), err error) {
	t.mu.Lock()
	place, found := t.busy[key]
	if !found {
		place = newTurn()
		t.busy[key] = place
	}
	t.mu.Unlock()
	return place.leave, place.take(ctx)
}
