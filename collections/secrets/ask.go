package secrets

import (
	"context"
	"errors"
	"fmt"
)

// Question is what a person is asked.
type Question struct {
	// File is what the passphrase protects.
	File string
	// New asks for a passphrase that there is not yet: it is to be typed twice.
	New bool
	// Problem says what was wrong with the answer before; empty at first.
	Problem string
}

// Ask asks a person for a passphrase. It returns ErrNobody where there is nobody to ask.
type Ask func(context.Context, Question) (string, error)

// ErrNobody says that nobody can be asked.
var ErrNobody = errors.New("nobody can be asked")

type quiet struct{}

// Quietly returns a context in which nobody is asked: looking at what a request would be must not ask.
func Quietly(ctx context.Context) context.Context { return context.WithValue(ctx, quiet{}, true) }

// tries is how often a passphrase may be wrong.
const tries = 3

// LockedError says that secrets are behind a passphrase that nobody is there to type.
type LockedError struct{ File string }

// Error says so.
func (e *LockedError) Error() string {
	return fmt.Sprintf("%s is locked by a passphrase, and nobody can be asked for it here", e.File)
}

// Hint says what to do without it.
func (*LockedError) Hint() string {
	return "run it at a terminal, or set the environment variable PARLEY_SECRET_ and the name"
}

// PassphraseError says that the passphrase was wrong as often as it may be.
type PassphraseError struct{ File string }

// Error says so.
func (e *PassphraseError) Error() string { return "that is not the passphrase of " + e.File }

// Hint says what to try.
func (*PassphraseError) Hint() string {
	return "try again; without the passphrase nobody can read the file: move it away and set the secrets anew"
}

// BrokenError says that the file cannot be read as what it should be.
type BrokenError struct {
	File string
	Err  error
}

// Error says which file, and why.
func (e *BrokenError) Error() string {
	return fmt.Sprintf("the secrets in %s cannot be read: %v", e.File, e.Err)
}

// Hint says what to try.
func (*BrokenError) Hint() string {
	return "put a copy of it back, or move it away and set the secrets anew"
}

// Unwrap returns what is wrong with it.
func (e *BrokenError) Unwrap() error { return e.Err }
