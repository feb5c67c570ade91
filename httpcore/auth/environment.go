package auth

import (
	"context"
	"crypto/rand"
	"io"
	"time"
)

// Environment is all that schemes reach beside the request. Its zero value is enough for the schemes that only sign; where
// one needs what is missing, its error says so.
type Environment struct {
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Rand is where nonces come from; nil means crypto/rand.
	Rand io.Reader
	// Tokens are those of OAuth 2; nil means that they are forgotten with the table.
	Tokens *Tokens
	// OpenBrowser shows a page to the user; nil, or an error, means that the user is told its URL.
	OpenBrowser func(ctx context.Context, url string) error
	// Wait waits for a duration, or until ctx ends, which is an error; nil means the system's timer.
	Wait func(ctx context.Context, d time.Duration) error
	// Netrc reads the user's netrc file. It returns its name for people also with an error.
	Netrc func() (file, text string, err error)
	// RunCommand runs a line of the user's shell and returns what it printed. An error says what the command complained of.
	RunCommand func(ctx context.Context, line string) (string, error)
}

// source is what e gives to sign with.
func (e Environment) source() source {
	if e.Now == nil {
		e.Now = time.Now
	}
	if e.Rand == nil {
		e.Rand = rand.Reader
	}
	return source{now: e.Now, rand: e.Rand}
}

// oauth2 is the scheme as e equips it.
func (e Environment) oauth2() oauth2 {
	if e.Tokens == nil {
		e.Tokens = NewTokens(NewTokenMemory())
	}
	if e.Wait == nil {
		e.Wait = waitForTimer
	}
	return oauth2{source: e.source(), tokens: e.Tokens, open: e.OpenBrowser, wait: e.Wait}
}
