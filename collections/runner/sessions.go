package runner

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/collections/resolve"
	"parley/httpcore"
	"parley/httpcore/cookies"
)

// DefaultSession is the name of the session that is used when none is named.
//
// The workbench keeps it like every other, as Postman, Insomnia and Bruno keep their cookies: a login survives the night.
// A verb that sends without a session being named begins with an empty one and keeps nothing, as curl, HTTPie and
// requests do: what a script gets must not depend on what was sent before. Naming it (`--session default`) is asking for
// the workbench's.
const DefaultSession = resolve.DefaultSession

// Sessions are the open sessions by name, each with a cookie jar and connections of its own. Their cookies live in a
// SessionStore between processes: [Sessions.Open] takes in what is there, [Sessions.Save] brings it what has changed. It
// may be used from many goroutines.
type Sessions struct {
	open  func(name string) *httpcore.Session
	store *SessionStore

	// outer has every session but the default one; nil in those that NewSessions made.
	outer *Sessions

	mu     sync.Mutex
	byName map[string]*liveSession
	// forgetful has the names of those that are not kept.
	forgetful map[string]bool
}

// liveSession is an open session.
type liveSession struct {
	*httpcore.Session

	mu sync.Mutex // held while file and jar are brought together
	// seen is what the file held when it was last read or written.
	seen []cookies.Cookie
	// kept says that it has a file, or will have one when there is something to keep.
	kept bool
}

// NewSessions returns sessions that open makes when they are first asked for, and whose cookies store keeps; without a
// store they live in memory alone.
func NewSessions(open func(name string) *httpcore.Session, store *SessionStore) *Sessions {
	return &Sessions{open: open, store: store, byName: map[string]*liveSession{}, forgetful: map[string]bool{}}
}

// Get returns the session of that name as it is in memory. It never waits for a disk.
func (s *Sessions) Get(name string) *httpcore.Session { return s.get(name).Session }

func (s *Sessions) get(name string) *liveSession {
	if s.outer != nil && name != DefaultSession {
		return s.outer.get(name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	session, ok := s.byName[name]
	if !ok {
		session = &liveSession{Session: s.open(name), kept: s.store != nil && !s.forgetful[name]}
		s.byName[name] = session
	}
	return session
}

// Forgetful lets the session of that name begin empty and end with the process. It is called before the session is used.
func (s *Sessions) Forgetful(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgetful[name] = true
}

// Apart returns sessions with a default one of their own, which begins empty, is not kept, and shares the connections of
// the default one here. Every session with a name is that of s. They last as long as s, and need not be closed.
func (s *Sessions) Apart() *Sessions {
	open := func(string) *httpcore.Session { return s.Get(DefaultSession).Sibling() }
	apart := NewSessions(open, nil)
	apart.outer = s
	return apart
}

// Open returns the session of that name with what other processes have made of its cookies since. An error is a
// *SessionNameError, a *SessionFileError or a *disk.Error.
func (s *Sessions) Open(name string) (*httpcore.Session, error) {
	if err := CheckSessionName(name); err != nil {
		return nil, err
	}
	if s.outer != nil && name != DefaultSession {
		return s.outer.Open(name)
	}
	live := s.get(name)
	if !live.kept {
		return live.Session, nil
	}
	live.mu.Lock()
	defer live.mu.Unlock()
	kept, _, err := s.store.Read(name)
	if err != nil {
		return nil, err
	}
	live.Jar().Merge(live.seen, kept)
	live.seen = kept
	return live.Session, nil
}

// Save keeps what has changed of the session's cookies since they were last read or written, and takes in what other
// processes have changed. It costs nothing when nothing has changed. It may wait for a disk and for another process:
// never call it where a person waits.
func (s *Sessions) Save(ctx context.Context, name string) error {
	if s.outer != nil && name != DefaultSession {
		return s.outer.Save(ctx, name)
	}
	s.mu.Lock()
	live, ok := s.byName[name]
	s.mu.Unlock()
	if !ok {
		return nil
	}
	return s.save(ctx, name, live)
}

func (s *Sessions) save(ctx context.Context, name string, live *liveSession) error {
	if !live.kept {
		return nil
	}
	live.mu.Lock()
	defer live.mu.Unlock()
	if !live.Jar().Changed(live.seen) {
		return nil
	}
	if err := CheckSessionName(name); err != nil {
		return err
	}
	var merged []cookies.Cookie
	err := s.store.Update(ctx, name, func(kept []cookies.Cookie) []cookies.Cookie {
		merged = live.Jar().Merge(live.seen, kept)
		live.seen = kept // what the jar holds beyond it is still to be written, should that fail
		return merged
	})
	if err == nil {
		live.seen = merged
	}
	return err
}

// Forget closes a session: its cookies are gone, here and on disk, and its connections closed. The next Get begins
// anew. A file that cannot be read is not deleted but put aside; aside says where.
func (s *Sessions) Forget(ctx context.Context, name string) (aside string, err error) {
	if err := CheckSessionName(name); err != nil {
		return "", err
	}
	s.mu.Lock()
	live, open := s.byName[name]
	delete(s.byName, name)
	s.mu.Unlock()
	if open {
		live.mu.Lock() // a save that has begun ends first, and one that comes later finds nothing to save
		defer live.mu.Unlock()
	}
	if s.store != nil {
		aside, err = s.store.Remove(ctx, name)
	}
	if open {
		live.Jar().Clear("")
		live.seen = nil
		err = errors.Join(err, live.Close())
	}
	return aside, err
}

// SessionInfo describes a session.
type SessionInfo struct {
	Name string
	// Cookies counts those that have not ended.
	Cookies int
	// Open says that this process uses it.
	Open bool
	// File is where its cookies are kept, "" when they are not; Saved is when that was written.
	File  string
	Saved time.Time
	// Err is why the file cannot be read.
	Err error
}

// List describes the sessions that are open here or kept, sorted by name.
func (s *Sessions) List() ([]SessionInfo, error) {
	byName := map[string]SessionInfo{}
	s.mu.Lock()
	for name, live := range s.byName {
		byName[name] = SessionInfo{Name: name, Cookies: live.Jar().Len(), Open: true}
	}
	s.mu.Unlock()
	var kept []string
	var err error
	if s.store != nil {
		kept, err = s.store.Names()
	}
	for _, name := range kept {
		info, open := byName[name]
		list, saved, err := s.store.Read(name)
		if !open {
			jar := cookies.New(s.store.now)
			jar.Merge(nil, list)
			info = SessionInfo{Name: name, Cookies: jar.Len()}
		}
		info.File, info.Saved, info.Err = s.store.path(name), saved, err
		byName[name] = info
	}
	return slices.SortedFunc(maps.Values(byName), func(a, b SessionInfo) int { return strings.Compare(a.Name, b.Name) }), err
}

// Close saves and closes every session.
func (s *Sessions) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var problems []error
	for name, live := range s.byName {
		problems = append(problems, s.save(context.Background(), name, live), live.Close())
		delete(s.byName, name)
	}
	return errors.Join(problems...)
}
