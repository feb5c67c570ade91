package auth

import (
	"maps"
	"sync"
	"time"

	"parley/httpcore"
)

// Token is what an OAuth 2 server has given, with what it is for.
type Token struct {
	Access httpcore.Secret
	// Refresh is empty for a token that cannot be refreshed.
	Refresh httpcore.Secret
	// Type is the word before the token in Authorization, such as "Bearer".
	Type string
	// Scope is what was granted, as far as the server says so, else what was asked for.
	Scope    string
	Obtained time.Time
	// Expiry is zero when the server did not tell one.
	Expiry time.Time

	// Grant, TokenURL, ClientID, Audience and Username are of the request for it.
	Grant, TokenURL, ClientID, Audience, Username string
}

// maxLeeway is how long before its expiry a token counts as expired: it must still be good when it arrives.
const maxLeeway = 10 * time.Second

// GoodAt reports whether the token can be used at a time.
func (t Token) GoodAt(now time.Time) bool {
	if t.Access.Reveal() == "" {
		return false
	}
	leeway := min(maxLeeway, t.Expiry.Sub(t.Obtained)/4)
	return t.Expiry.IsZero() || now.Before(t.Expiry.Add(-leeway))
}

// TokenStore keeps tokens by a key that tells grants apart. It must be safe for concurrent use.
type TokenStore interface {
	// Get returns the token, and whether there is one.
	Get(key string) (Token, bool, error)
	Put(key string, token Token) error
	// Delete removes the token; that there is none is no error.
	Delete(key string) error
	List() (map[string]Token, error)
}

// NewTokenMemory returns a store that forgets everything with the process.
func NewTokenMemory() TokenStore { return &tokenMemory{tokens: map[string]Token{}} }

type tokenMemory struct {
	mu     sync.Mutex
	tokens map[string]Token
}

func (m *tokenMemory) Get(key string) (Token, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	token, found := m.tokens[key]
	return token, found, nil
}

func (m *tokenMemory) Put(key string, token Token) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tokens[key] = token
	return nil
}

func (m *tokenMemory) Delete(key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.tokens, key)
	return nil
}

func (m *tokenMemory) List() (map[string]Token, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.tokens), nil
}
