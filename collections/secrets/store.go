package secrets

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/httpcore"
)

// Place is where a secret is kept.
type Place string

// The places, in the order they are asked.
const (
	InEnvironment Place = "environment"
	InKeyring     Place = "keyring"
	InFile        Place = "file"
)

// Store is a place that secrets can be put into. It is opened when it is first asked.
type Store interface {
	Place() Place
	// Look returns the secret of that name, and whether there is one.
	Look(ctx context.Context, name string) (value string, found bool, err error)
	// Set keeps secrets, in the place of those of the same names, and returns those that it has no room for.
	Set(ctx context.Context, list []httpcore.Secret) (left []httpcore.Secret, err error)
	// List returns the names of the secrets, sorted.
	List(ctx context.Context) ([]string, error)
	// Remove forgets a secret, and says whether there was one.
	Remove(ctx context.Context, name string) (found bool, err error)
}

// ErrUnavailable is what a store returns that this computer does not have.
var ErrUnavailable = errors.New("there is no such place on this computer")

const (
	// maxName and maxValue bound what is taken for a secret: a private key has a few KB.
	maxName  = 200
	maxValue = 1 << 20
)

// RefusedError says that something cannot be a secret.
type RefusedError struct{ Message, Advice string }

// Error says what is wrong with it.
func (e *RefusedError) Error() string { return e.Message }

// Hint says what to do instead.
func (e *RefusedError) Hint() string { return e.Advice }

// Check refuses names and values that no place could give back as they are.
func Check(secret httpcore.Secret) error {
	if err := CheckName(secret.Name); err != nil {
		return err
	}
	switch size := len(secret.Reveal()); {
	case size == 0:
		return &RefusedError{fmt.Sprintf("the secret %q has no value", secret.Name), "`parley secrets rm` forgets a secret"}
	case size > maxValue:
		return &RefusedError{fmt.Sprintf("the secret %q has %d bytes; %d are the most", secret.Name, size, maxValue), "keep it in a file, and send that"}
	case !utf8.ValidString(secret.Reveal()):
		return &RefusedError{fmt.Sprintf("the secret %q is not text", secret.Name), "keep it in Base64, and decode it where it is used"}
	}
	return nil
}

// CheckName refuses what cannot be the name of a secret.
func CheckName(name string) error {
	const advice = `such as api-token, for {{ secret("api-token") }}`
	switch {
	case name == "":
		return &RefusedError{"a secret needs a name", advice}
	case len(name) > maxName:
		return &RefusedError{fmt.Sprintf("the name of a secret has %d bytes at most", maxName), advice}
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) || strings.TrimSpace(name) != name:
		return &RefusedError{fmt.Sprintf("%q is no name for a secret", name), advice}
	}
	return nil
}
