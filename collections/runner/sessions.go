package runner

import (
	"errors"
	"maps"
	"slices"
	"sync"

	"parley/httpcore"
)

// DefaultSession is the name of the session that is used when none is named.
const DefaultSession = "default"

// Sessions are the open sessions by name, each with a cookie jar and connections of its own. It may be used from many
// goroutines.
type Sessions struct {
	open func(name string) *httpcore.Session

	mu     sync.Mutex
	byName map[string]*httpcore.Session
}

// NewSessions returns sessions that open makes when they are first asked for.
func NewSessions(open func(name string) *httpcore.Session) *Sessions {
	return &Sessions{open: open, byName: map[string]*httpcore.Session{}}
}

// Get returns the session of that name.
func (s *Sessions) Get(name string) *httpcore.Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	session, ok := s.byName[name]
	if !ok {
		session = s.open(name)
		s.byName[name] = session
	}
	return session
}

// Names returns the names of the sessions that were used, sorted.
func (s *Sessions) Names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.byName))
}

// Close closes every session.
func (s *Sessions) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var problems []error
	for name, session := range s.byName {
		problems = append(problems, session.Close())
		delete(s.byName, name)
	}
	return errors.Join(problems...)
}
