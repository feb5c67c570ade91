package expect

import (
	"errors"
	"io/fs"
)

// Host is what expressions can reach beside the exchange. A function that needs what is nil is an error.
type Host struct {
	// ReadFile reads a file of the collection by its path, with slashes, relative to the collection's folder; what is
	// outside of that it refuses.
	ReadFile func(name string) ([]byte, error)
	// ReadSnapshot reads what is kept as a snapshot of the request under a file's name, such as "user.json"; an error that is
	// [fs.ErrNotExist] says that there is none.
	ReadSnapshot func(file string) ([]byte, error)
	// Accept says which bodies are to be kept as snapshots.
	Accept Accept
	// Variable is the value of a variable as the request was resolved with it.
	Variable func(name string) (any, error)
	// Ignore lists what does not count when a body is compared with its snapshot, as [compare] has it.
	Ignore []string
}

// Accept says which bodies take the place of their snapshots.
type Accept int

// What can be accepted.
const (
	AcceptNone Accept = iota // a body whose snapshot is missing, or that differs from it, is not as expected
	AcceptNew                // one whose snapshot is missing is kept
	AcceptAll                // one that differs is kept as well
)

// Snapshot is a body that its snapshot does not say, or that has none.
type Snapshot struct {
	// File is its name among the request's snapshots, "user.json"; Replaces is that of the one it takes the place of, "" when
	// there is none.
	File, Replaces string
	// Content is the body as it is to be kept: secrets are marks.
	Content []byte
	// Accepted says that it is to be kept now. Of the others a person may be asked.
	Accepted bool
}

// With returns the set with a host. Without one, expressions know the exchange alone.
func (s *Set) With(h Host) *Set {
	if s == nil {
		return nil
	}
	next := *s
	next.host = h
	return &next
}

// isMissing reports whether an error says that a file does not exist.
func isMissing(err error) bool { return err != nil && errors.Is(err, fs.ErrNotExist) }
