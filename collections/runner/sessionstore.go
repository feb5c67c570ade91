package runner

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"parley/collections"
	"parley/collections/disk"
	"parley/httpcore/cookies"
)

const (
	sessionSuffix = ".json"
	lockSuffix    = ".lock"
	brokenSuffix  = ".broken-"
)

// SessionStore keeps the cookies of a collection's sessions in a folder: FOLDER/COLLECTION/NAME.json, which hold
// credentials and are for their owner alone (0600 in 0700). Session cookies, those without an end, are kept like the
// rest until the session is closed, as a Session of requests has them for as long as it lives.
//
// Several processes may use one at once: a file is replaced as a whole, and changed under a lock on NAME.lock beside it.
// A SessionStore may be used from many goroutines, except for Follow.
type SessionStore struct {
	fsys disk.FS
	dir  string
	now  func() time.Time
}

// NewSessionStore returns the store of the collection at root below a folder, which is made when there is something to
// keep. now is the clock.
func NewSessionStore(fsys disk.FS, folder, root string, now func() time.Time) *SessionStore {
	return &SessionStore{fsys: fsys, dir: filepath.Join(folder, collections.StateName(root)), now: now}
}

// SessionFileError says that a session's file cannot be used. It stays as it is.
type SessionFileError struct{ Name, Path, Reason string }

// Error names the file.
func (e *SessionFileError) Error() string {
	return fmt.Sprintf("the session %s cannot be read from %s: %s", e.Name, e.Path, e.Reason)
}

// Hint says how to go on.
func (e *SessionFileError) Hint() string {
	return fmt.Sprintf("correct the file, or begin anew: `parley session close %s` puts it aside", e.Name)
}

func (s *SessionStore) path(name string) string { return filepath.Join(s.dir, name+sessionSuffix) }

// Read returns the cookies of a session, and when they were saved; a session without a file has none.
func (s *SessionStore) Read(name string) ([]cookies.Cookie, time.Time, error) {
	data, err := disk.ReadFile(s.fsys, s.path(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, time.Time{}, nil
	case err != nil:
		return nil, time.Time{}, err
	}
	list, saved, err := decodeSession(data)
	if err != nil {
		return nil, time.Time{}, &SessionFileError{name, s.path(name), err.Error()}
	}
	return list, saved, nil
}

// Update replaces the cookies of a session by what change makes of those that are kept now, under the lock. What leaves
// them the same writes nothing.
func (s *SessionStore) Update(ctx context.Context, name string, change func(kept []cookies.Cookie) []cookies.Cookie) error {
	if err := disk.MkdirAll(s.fsys, s.dir, 0o700); err != nil {
		return err
	}
	unlock, err := s.lock(ctx, name)
	if err != nil {
		return err
	}
	err = s.update(name, change)
	return errors.Join(err, disk.Wrap("unlock", s.path(name), unlock()))
}

func (s *SessionStore) update(name string, change func([]cookies.Cookie) []cookies.Cookie) error {
	kept, _, err := s.Read(name)
	if err != nil {
		return err
	}
	changed := change(kept)
	if cookies.Same(kept, changed) {
		return nil
	}
	data, err := encodeSession(name, s.now(), changed)
	if err != nil {
		return &SessionFileError{name, s.path(name), err.Error()}
	}
	return disk.WriteFile(s.fsys, s.path(name), data, 0o600)
}

// Remove forgets a session. A file that cannot be read is not removed but put aside, and aside says where.
func (s *SessionStore) Remove(ctx context.Context, name string) (aside string, err error) {
	if _, err := s.fsys.Lstat(s.path(name)); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	unlock, err := s.lock(ctx, name)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, disk.Wrap("unlock", s.path(name), unlock())) }()
	_, _, err = s.Read(name)
	if _, broken := errors.AsType[*SessionFileError](err); broken {
		aside = s.path(name) + brokenSuffix + s.now().UTC().Format("20060102T150405.000")
		return aside, disk.Rename(s.fsys, s.path(name), aside)
	}
	if err != nil {
		return "", err
	}
	if err := disk.Remove(s.fsys, s.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return "", nil
}

// Follow keeps the sessions with a collection that is in another folder now.
func (s *SessionStore) Follow(root string) error {
	moved := filepath.Join(filepath.Dir(s.dir), collections.StateName(root))
	if _, err := s.fsys.Lstat(s.dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := disk.Rename(s.fsys, s.dir, moved); err != nil {
		return err
	}
	s.dir = moved
	return nil
}

// Names lists the sessions that have a file, sorted.
func (s *SessionStore) Names() ([]string, error) {
	entries, err := s.fsys.ReadDir(s.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, disk.Wrap("read", s.dir, err)
	}
	var names []string
	for _, entry := range entries {
		if name, ok := strings.CutSuffix(entry.Name(), sessionSuffix); ok && CheckSessionName(name) == nil {
			names = append(names, name)
		}
	}
	return names, nil
}

func (s *SessionStore) lock(ctx context.Context, name string) (unlock func() error, err error) {
	return disk.Lock(ctx, s.fsys, filepath.Join(s.dir, name+lockSuffix))
}
