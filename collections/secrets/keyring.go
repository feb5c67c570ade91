package secrets

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"

	"parley/httpcore"
)

const (
	// service is what Parley's entries in a keyring belong to.
	service = "parley"
	// patience is how long a keyring may take to answer: a locked one can wait forever for a person who sits elsewhere.
	patience = 4 * time.Second
	// ringLimit is the size of a value above which keyrings become slow or refuse.
	ringLimit = 64 << 10
)

// SilentError says that the keyring does not answer.
type SilentError struct{}

// Error says so.
func (*SilentError) Error() string {
	return fmt.Sprintf("the keyring of this computer did not answer within %s", patience)
}

// Hint says what to try.
func (*SilentError) Hint() string {
	return "unlock it, or set PARLEY_KEYRING=off to do without it"
}

// RingError says that the keyring cannot be used.
type RingError struct{ Err error }

// Error says why.
func (e *RingError) Error() string {
	return fmt.Sprintf("the keyring of this computer cannot be used: %v", e.Err)
}

// Hint says what to try.
func (*RingError) Hint() string { return "unlock it, or set PARLEY_KEYRING=off to do without it" }

// Unwrap returns what the keyring said.
func (e *RingError) Unwrap() error { return e.Err }

// ringStore keeps secrets in the keyring of the operating system, one entry each.
type ringStore struct {
	ring   Ring // nil when there is none
	after  func(time.Duration) <-chan time.Time
	folder folder
	names  names

	turn chan struct{} // holds a token while the keyring is asked
	// unanswered is closed when a call that was given up has come back after all. It belongs to whoever has the turn.
	unanswered chan struct{}
}

func newRingStore(ring Ring, f folder, after func(time.Duration) <-chan time.Time) *ringStore {
	return &ringStore{
		ring: ring, after: after, folder: f, names: names{f.fsys, f.path(ringNames)}, turn: make(chan struct{}, 1),
	}
}

// Place implements Store.
func (s *ringStore) Place() Place { return InKeyring }

// ask calls the keyring, which cannot be interrupted, and gives up on it in time. As long as a call hangs there are no
// more: each would only wait behind it.
func (s *ringStore) ask(ctx context.Context, call func() error) error {
	if s.ring == nil {
		return ErrUnavailable
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if s.unanswered != nil {
		select {
		case <-s.unanswered:
			s.unanswered = nil
		default:
			return &SilentError{}
		}
	}
	answer, over := make(chan error, 1), make(chan struct{})
	go func() {
		defer close(over)
		answer <- call()
	}()
	select {
	case err := <-answer:
		if err == nil || errors.Is(err, keyring.ErrNotFound) || errors.Is(err, keyring.ErrSetDataTooBig) {
			return err
		}
		return &RingError{err}
	case <-s.after(patience):
		s.unanswered = over
		return &SilentError{}
	case <-ctx.Done():
		s.unanswered = over
		return context.Cause(ctx)
	}
}

// Look implements Store.
func (s *ringStore) Look(ctx context.Context, name string) (string, bool, error) {
	got := make(chan string, 1)
	err := s.ask(ctx, func() error {
		value, err := s.ring.Get(service, name)
		got <- value
		return err
	})
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return "", false, nil
	case err != nil:
		return "", false, err
	}
	return <-got, true, nil
}

// Set implements Store. The name is noted first: a name too many does less harm than a secret that no list shows.
func (s *ringStore) Set(ctx context.Context, list []httpcore.Secret) (left []httpcore.Secret, err error) {
	for i, secret := range list {
		if len(secret.Reveal()) > ringLimit {
			left = append(left, secret)
			continue
		}
		switch err := s.set(ctx, secret); {
		case errors.Is(err, keyring.ErrSetDataTooBig):
			left = append(left, secret)
		case err != nil:
			return append(left, list[i:]...), err
		}
	}
	return left, nil
}

func (s *ringStore) set(ctx context.Context, secret httpcore.Secret) error {
	if s.ring == nil {
		return ErrUnavailable
	}
	added := false
	if err := s.folder.locked(ctx, func() (err error) { added, err = s.names.add(secret.Name); return err }); err != nil {
		return err
	}
	err := s.ask(ctx, func() error { return s.ring.Set(service, secret.Name, secret.Reveal()) })
	if err == nil || !added {
		return err
	}
	return errors.Join(err, s.forget(context.WithoutCancel(ctx), secret.Name))
}

func (s *ringStore) forget(ctx context.Context, name string) error {
	return s.folder.locked(ctx, func() error {
		_, err := s.names.remove(name)
		return err
	})
}

// List implements Store: the names of what was put in through Parley.
func (s *ringStore) List(context.Context) ([]string, error) {
	if s.ring == nil {
		return nil, ErrUnavailable
	}
	record, err := s.names.read()
	return record.Names, err
}

// Remove implements Store.
func (s *ringStore) Remove(ctx context.Context, name string) (bool, error) {
	err := s.ask(ctx, func() error { return s.ring.Delete(service, name) })
	found := err == nil
	if err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return false, err
	}
	if record, err := s.names.read(); err == nil && len(record.Names) == 0 {
		return found, nil // there is nothing to take out, and perhaps no folder
	}
	return found, s.forget(ctx, name)
}
