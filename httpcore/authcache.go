package httpcore

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// maxAuthorizers bounds how many authorizers a session keeps: in a run, the values may differ for each row of data.
const maxAuthorizers = 256

// authCache keeps the authorizers of a session, one for each type and its values, since they hold what they have learned.
// The one that was not asked for longest gives way.
type authCache struct {
	mu   sync.Mutex
	kept []*keptAuthorizer // the one asked for last is last
}

// keptAuthorizer is an Authorizer with the connections that are bound to it.
type keptAuthorizer struct {
	Authorizer
	key string

	mu sync.Mutex
	// free are the affinities that no exchange uses now: their connections are authorised already.
	free []uint64
}

// authorizer returns the authorizer for those values, which is made when the session has none yet.
func (s *Session) authorizer(auth Auth) (*keptAuthorizer, error) {
	key := authKey(auth)
	s.auth.mu.Lock()
	defer s.auth.mu.Unlock()
	if at := slices.IndexFunc(s.auth.kept, func(k *keptAuthorizer) bool { return k.key == key }); at >= 0 {
		found := s.auth.kept[at]
		s.auth.kept = append(slices.Delete(s.auth.kept, at, at+1), found)
		return found, nil
	}
	scheme, err := s.scheme(auth.Type)
	if err != nil {
		return nil, err
	}
	made, err := scheme.Authorizer(auth.Values)
	if err != nil {
		return nil, AsError(err, KindAuth)
	}
	if len(s.auth.kept) == maxAuthorizers {
		s.auth.kept = slices.Delete(s.auth.kept, 0, 1)
	}
	kept := &keptAuthorizer{Authorizer: made, key: key}
	s.auth.kept = append(s.auth.kept, kept)
	return kept, nil
}

// authKey tells types and values apart; lengths keep one value from looking like two.
func authKey(auth Auth) string {
	var b strings.Builder
	b.WriteString(auth.Type)
	for _, value := range auth.Values {
		for _, s := range []string{value.Name, value.Value} {
			b.WriteString(" " + strconv.Itoa(len(s)) + ":" + s)
		}
	}
	return b.String()
}

// affinity returns the number of a connection for one exchange, 0 when the authorizer needs none of its own.
func (k *keptAuthorizer) affinity(s *Session) uint64 {
	if bound, ok := k.Authorizer.(ConnectionBound); !ok || !bound.BindsConnection() {
		return 0
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if n := len(k.free); n > 0 {
		number := k.free[n-1]
		k.free = k.free[:n-1]
		return number
	}
	return s.affinities.Add(1)
}

// release gives an affinity back.
func (k *keptAuthorizer) release(affinity uint64) {
	if affinity == 0 {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.free = append(k.free, affinity)
}
