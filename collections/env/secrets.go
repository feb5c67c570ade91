package env

import (
	"context"
	"fmt"
	"strings"

	"parley/httpcore"
)

// Provider is a place where secrets are kept. An error means that the place could not be asked, not that it has none of
// that name.
type Provider interface {
	Secret(ctx context.Context, name string) (value string, ok bool, err error)
}

// Secrets asks its providers in order; the first that knows a secret wins.
type Secrets struct {
	providers []Provider
	hosts     func(name string) []string
}

// NewSecrets returns the chain. hosts says which hosts a secret is for (none: any); it may be nil.
func NewSecrets(hosts func(name string) []string, providers ...Provider) *Secrets {
	return &Secrets{providers: providers, hosts: hosts}
}

// Get returns the secret of that name. It is made for template.Host.Secret.
func (s *Secrets) Get(ctx context.Context, name string) (httpcore.Secret, error) {
	for _, provider := range s.providers {
		value, ok, err := provider.Secret(ctx, name)
		if err != nil {
			return httpcore.Secret{}, &UnreadSecret{Name: name, Err: err}
		}
		if !ok {
			continue
		}
		var hosts []string
		if s.hosts != nil {
			hosts = s.hosts(name)
		}
		return httpcore.NewSecret(name, value, hosts...), nil
	}
	return httpcore.Secret{}, &UnknownSecret{Name: name}
}

// UnknownSecret says that no provider has a secret of that name.
type UnknownSecret struct{ Name string }

// Error says what is missing.
func (e *UnknownSecret) Error() string { return fmt.Sprintf("there is no secret %q", e.Name) }

// Hint says what to set.
func (e *UnknownSecret) Hint() string {
	return fmt.Sprintf("`parley secrets set %s` keeps it; or set the environment variable %s", e.Name, SecretVariable(e.Name))
}

// UnreadSecret says that a place could not be asked for a secret, and that no other has it.
type UnreadSecret struct {
	Name string
	Err  error
}

// Error says why.
func (e *UnreadSecret) Error() string {
	return fmt.Sprintf("secret %q cannot be read: %v", e.Name, e.Err)
}

// Unwrap returns why.
func (e *UnreadSecret) Unwrap() error { return e.Err }

// SecretVariable returns the name of the environment variable for a secret: PARLEY_SECRET_ and the name in capitals,
// with an underscore for every character that a shell does not allow in names.
func SecretVariable(name string) string {
	return "PARLEY_SECRET_" + strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		case 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
			return r
		default:
			return '_'
		}
	}, name)
}

// Environ is the process environment as a Provider, by a function such as os.LookupEnv. An empty variable counts as not
// set, as a secret that is empty is a mistake in all likelihood.
type Environ func(name string) (string, bool)

// Secret looks up SecretVariable(name).
func (lookup Environ) Secret(_ context.Context, name string) (string, bool, error) {
	value, ok := lookup(SecretVariable(name))
	return value, ok && value != "", nil
}
