package cookies

import (
	"slices"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"
)

// The bounds of a jar. When one is reached, the cookies that were not used for the longest time go.
const (
	maxPerDomain = 180
	maxCookies   = 3000
)

// Jar keeps cookies.
type Jar struct {
	now func() time.Time

	mu      sync.Mutex
	cookies []Cookie
}

// New returns an empty jar; now is its clock, nil meaning time.Now.
func New(now func() time.Time) *Jar {
	if now == nil {
		now = time.Now
	}
	return &Jar{now: now}
}

// Receive takes the Set-Cookie fields of a response from the target, in their order, and says what became of each.
func (j *Jar) Receive(from Target, setCookies []string) []Verdict {
	if len(setCookies) == 0 {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	from = from.clean()
	verdicts := make([]Verdict, len(setCookies))
	for i, line := range setCookies {
		verdicts[i] = j.receive(from, line)
	}
	j.evict()
	return verdicts
}

func (j *Jar) receive(from Target, line string) Verdict {
	now := j.now()
	p, why := parse(line)
	cookie := Cookie{
		Name: p.name, Value: p.value, Path: p.path, Expires: p.expiry(now), Secure: p.secure, HTTPOnly: p.httpOnly,
		SameSite: p.sameSite, Partitioned: p.partitioned, Created: now, Updated: now, Used: now,
	}
	if why == "" {
		why = cookie.place(from, p.domain)
	}
	if why == "" {
		why = j.refuse(from, cookie)
	}
	if why == "" {
		why = prefixProblem(cookie, p.path)
	}
	verdict := Verdict{Line: line, Cookie: cookie, Outcome: Refused, Why: why}
	if why == "" {
		verdict.Outcome = j.store(cookie)
	}
	if verdict.Outcome == Stored || verdict.Outcome == Replaced {
		verdict.Note = cookie.browsersRefuse()
	}
	return verdict
}

// place settles domain and path (RFC 6265bis section 5.7, steps 6 to 11), or says why the cookie cannot be from there.
func (c *Cookie) place(from Target, domain string) (why string) {
	if c.Path == "" {
		c.Path = defaultPath(from.Path)
	}
	if domain != "" && isPublicSuffix(domain) {
		if domain != from.Host {
			return "its domain " + domain + " is a public suffix, shared by strangers"
		}
		domain = ""
	}
	if domain == "" || domain == from.Host && isAddress(domain) {
		c.Domain, c.HostOnly = from.Host, true
		return ""
	}
	c.Domain = domain
	if !domainMatch(from.Host, domain) {
		return "its domain " + domain + " is not one of " + from.Host
	}
	return ""
}

// isPublicSuffix reports whether nobody owns the domain as a whole. A name of one label that is in no list counts too,
// but for localhost.
func isPublicSuffix(domain string) bool {
	if isAddress(domain) || domain == "localhost" {
		return false
	}
	suffix, _ := publicsuffix.PublicSuffix(domain)
	return suffix == domain
}

// refuse says why a cookie must not be stored beside what is there (section 5.7, steps 8 and 16).
func (j *Jar) refuse(from Target, c Cookie) (why string) {
	if from.Secure {
		return ""
	}
	if c.Secure {
		return "it is Secure, but came over plain HTTP"
	}
	for _, old := range j.cookies {
		if old.Secure && !old.expired(c.Created) && old.Name == c.Name && (domainMatch(old.Domain, c.Domain) || domainMatch(c.Domain, old.Domain)) && pathMatch(c.Path, old.Path) {
			return "plain HTTP may not replace the Secure cookie of that name"
		}
	}
	return ""
}

// store keeps a cookie in the place of the one with its name, domain and path. One that has ended takes that one away.
func (j *Jar) store(c Cookie) Outcome {
	at := j.find(c)
	if now := j.now(); at >= 0 && (c.expired(now) || j.cookies[at].expired(now)) {
		j.cookies = slices.Delete(j.cookies, at, at+1)
		at = -1
	}
	switch {
	case c.expired(j.now()):
		return Deleted
	case at >= 0:
		c.Created = j.cookies[at].Created
		j.cookies[at] = c
		return Replaced
	default:
		j.cookies = append(j.cookies, c)
		return Stored
	}
}

func (j *Jar) find(c Cookie) int {
	wanted := c.key()
	for i := range j.cookies { // without copying each, in a jar that is full
		if j.cookies[i].key() == wanted {
			return i
		}
	}
	return -1
}

// All returns what is in the jar and has not ended, in the order it was made.
func (j *Jar) All() []Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	now := j.now()
	return slices.DeleteFunc(slices.Clone(j.cookies), func(c Cookie) bool { return c.expired(now) })
}

// Len returns how many cookies All would.
func (j *Jar) Len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	now, n := j.now(), 0
	for i := range j.cookies {
		if !j.cookies[i].expired(now) {
			n++
		}
	}
	return n
}
