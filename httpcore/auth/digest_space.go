package auth

import (
	"fmt"
	"slices"
	"strings"

	"parley/httpcore"
)

// maxDigestSpaces bounds how many challenges are remembered: a server could make up a realm for every path.
const maxDigestSpaces = 16

// digestSpace is a nonce with the part of a server that it is good for.
type digestSpace struct {
	challenge digestChallenge
	// origin is empty for the challenge that the user gave: it is good everywhere.
	origin string
	// prefixes are the paths of the protection space; none means the whole origin.
	prefixes []string
	// cnonce is one for each nonce, as the -sess algorithms need it.
	cnonce string
	// count is how often the nonce was used.
	count uint32
}

// space returns the newest one that u is in, or nil.
func (a *digestAuthorizer) space(u *httpcore.URL) *digestSpace {
	for _, space := range a.spaces {
		if space.holds(u) {
			return space
		}
	}
	return nil
}

func (s *digestSpace) holds(u *httpcore.URL) bool {
	if s.origin == "" {
		return true
	}
	return s.origin == u.Origin() &&
		(len(s.prefixes) == 0 || slices.ContainsFunc(s.prefixes, func(prefix string) bool { return strings.HasPrefix(u.Path, prefix) }))
}

// remember makes the challenge to u the one that is answered.
func (a *digestAuthorizer) remember(u *httpcore.URL, c digestChallenge) {
	space := &digestSpace{challenge: c, origin: u.Origin(), prefixes: protectedPaths(u, c.domain), cnonce: a.clientNonce()}
	a.spaces = append([]*digestSpace{space}, a.spaces...)
	a.spaces = a.spaces[:min(len(a.spaces), maxDigestSpaces)]
}

// forget drops what a new challenge to u replaces.
func (a *digestAuthorizer) forget(u *httpcore.URL, realm string) {
	a.spaces = slices.DeleteFunc(a.spaces, func(s *digestSpace) bool {
		return s.holds(u) && (s.origin == "" || s.challenge.realm == realm)
	})
}

// nonceCount is the user's own with the nonce that the user gave.
func (a *digestAuthorizer) nonceCount(s *digestSpace) string {
	if s.origin == "" && a.nc != "" {
		return a.nc
	}
	return fmt.Sprintf("%08x", s.count)
}

// protectedPaths are the paths that the domain of a challenge to u names (RFC 7616 section 3.3), none when it is all of
// them. Other origins in it are passed over: credentials do not go where a server points. What was asked for is always
// in it.
func protectedPaths(u *httpcore.URL, domain []string) []string {
	var paths []string
	for _, reference := range domain {
		if to, err := u.Resolve(reference); err == nil && to.Origin() == u.Origin() {
			paths = append(paths, to.Path)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	return append(paths, u.Path)
}
