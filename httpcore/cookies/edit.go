package cookies

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Put stores a cookie as a person or a file has it, in the place of the one with its name, domain and path. One that has
// ended takes that one away.
func (j *Jar) Put(c Cookie) Outcome {
	j.mu.Lock()
	defer j.mu.Unlock()
	c.Updated = j.now()
	if c.Created.IsZero() {
		c.Created = c.Updated
	}
	if c.Used.IsZero() {
		c.Used = c.Updated
	}
	outcome := j.store(c)
	j.evict()
	return outcome
}

// Replace puts what a person made of the cookie old in its place. It stays as old as it was, unless its name, domain or
// path is another now.
func (j *Jar) Replace(old, c Cookie) Outcome {
	if old.key() == c.key() {
		c.Created = old.Created
	} else {
		c.Created = time.Time{}
		j.Delete(old)
	}
	return j.Put(c)
}

// Delete removes the cookie with c's name, domain and path, and reports whether there was one.
func (j *Jar) Delete(c Cookie) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	at := j.find(c)
	if at >= 0 {
		j.cookies = slices.Delete(j.cookies, at, at+1)
	}
	return at >= 0
}

// Clear removes the cookies of a domain and of the hosts below it, or all when domain is empty, and returns how many
// there were that had not ended.
func (j *Jar) Clear(domain string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	domain, now, n := trimDomain(domain), j.now(), 0
	j.cookies = slices.DeleteFunc(j.cookies, func(c Cookie) bool {
		gone := domain == "" || domainMatch(c.Domain, domain)
		if gone && !c.expired(now) {
			n++
		}
		return gone
	})
	return n
}

// Of returns the cookies of a domain and of the hosts below it, or all when domain is empty, in the order they were made.
func (j *Jar) Of(domain string) []Cookie {
	domain = trimDomain(domain)
	return slices.DeleteFunc(j.All(), func(c Cookie) bool { return domain != "" && !domainMatch(c.Domain, domain) })
}

// Selector names cookies; what is empty in it does not matter.
type Selector struct{ Name, Domain, Path string }

// Select returns the cookies that are meant, in the order they were made.
func (j *Jar) Select(s Selector) []Cookie {
	domain := trimDomain(s.Domain)
	return slices.DeleteFunc(j.All(), func(c Cookie) bool {
		return s.Name != "" && c.Name != s.Name || domain != "" && c.Domain != domain || s.Path != "" && c.Path != s.Path
	})
}

// One returns the one cookie that is meant. That there is none, or more than one (CookieConflictError in requests), is a
// *SelectError.
func (j *Jar) One(s Selector) (Cookie, error) {
	found := j.Select(s)
	if len(found) != 1 {
		return Cookie{}, &SelectError{Selector: s, Found: found}
	}
	return found[0], nil
}

// SelectError says that a selector means no cookie, or several.
type SelectError struct {
	Selector Selector
	Found    []Cookie
}

// Error says what was found in the place of one cookie.
func (e *SelectError) Error() string {
	if len(e.Found) == 0 {
		return fmt.Sprintf("there is no cookie %q%s", e.Selector.Name, e.Selector.where())
	}
	places := make([]string, len(e.Found))
	for i := range e.Found {
		places[i] = e.Found[i].scope()
	}
	return fmt.Sprintf("%d cookies are named %q: of %s", len(e.Found), e.Selector.Name, strings.Join(places, ", "))
}

// Hint says how to name one.
func (e *SelectError) Hint() string {
	if len(e.Found) == 0 {
		return "names, domains and paths are written exactly as they are listed"
	}
	return "give the domain and the path of the one that is meant"
}

func (s Selector) where() string {
	text := ""
	if s.Domain != "" {
		text += " of " + s.Domain
	}
	if s.Path != "" {
		text += " with the path " + s.Path
	}
	return text
}

// trimDomain returns a domain as cookies have it.
func trimDomain(typed string) string { return strings.ToLower(strings.TrimPrefix(typed, ".")) }
