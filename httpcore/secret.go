package httpcore

import "log/slog"

// Secret is a value that must not be seen: it prints, formats and encodes as a mask, so that no log or file gets it by
// accident.
type Secret struct {
	// Name is what the value is known as; a mark `{secret NAME}` stands for it in anything that is kept.
	Name string
	// Hosts are the only hosts the value may be sent to; empty means any.
	Hosts []string
	// Obtained secrets, such as an access token, were got by an auth scheme: nobody can look them up by their name.
	Obtained bool

	value string
}

const mask = "••••"

// NewSecret returns the secret of that name and value.
func NewSecret(name, value string, hosts ...string) Secret {
	return Secret{Name: name, Hosts: hosts, value: value}
}

// Reveal returns the value itself; whoever calls it answers for where it goes.
func (s Secret) Reveal() string { return s.value }

// String returns a mask.
func (s Secret) String() string { return mask }

// GoString returns a mask, for %#v.
func (s Secret) GoString() string { return mask }

// MarshalText returns a mask, so that no encoder writes the value.
func (s Secret) MarshalText() ([]byte, error) { return []byte(mask), nil }

// LogValue returns a mask.
func (s Secret) LogValue() slog.Value { return slog.StringValue(mask) }
