package cookies

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"
)

// Reason is why a cookie goes to a target, or does not.
type Reason string

// The reasons. The last four are about one request: the engine gives them, a jar does not.
const (
	Matches    Reason = "matches"    // it is sent
	OtherHost  Reason = "host-only"  // it is for one host alone, which is another
	OtherScope Reason = "domain"     // the host is not in its domain
	OtherPath  Reason = "path"       // the path is not below its path
	NotSecure  Reason = "secure"     // it is Secure, and the target is not
	HasEnded   Reason = "expired"    // its time is over
	Own        Reason = "request"    // it is the request's own, and is sent
	Overridden Reason = "overridden" // the request has its own cookie of that name
	HeaderWins Reason = "header"     // the request writes its Cookie header itself, or leaves it out
	OtherSite  Reason = "origin"     // it is the request's own, and a redirect has left the origin it is for
)

// Decision says whether a cookie goes to a target.
type Decision struct {
	Cookie Cookie
	Sent   bool
	Reason Reason
	// Why is the reason as a sentence without a full stop.
	Why string
}

// Explain decides for every cookie of the target's registrable domain whether it goes there. Those that do come first,
// in the order of a Cookie field: longer paths first, then older ones. It changes nothing; what is sent then is told to
// [Jar.Use].
func (j *Jar) Explain(to Target) []Decision {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.cookies) == 0 {
		return nil
	}
	j.retire()
	to = to.clean()
	now, site := j.now(), siteOf(to.Host)
	var list []Decision
	for i := range j.cookies {
		c := &j.cookies[i]
		if c.Domain != to.Host && !domainMatch(c.Domain, site) && !domainMatch(to.Host, c.Domain) {
			continue
		}
		reason := c.judge(to, now)
		list = append(list, Decision{Cookie: *c, Sent: reason == Matches, Reason: reason, Why: c.sentence(reason, to)})
	}
	slices.SortStableFunc(list, func(a, b Decision) int {
		if a.Sent != b.Sent {
			if a.Sent {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(len(b.Cookie.Path), len(a.Cookie.Path)), a.Cookie.Created.Compare(b.Cookie.Created))
	})
	return list
}

// Use notes that the cookies which were decided to be sent are sent now: what was used last is kept longest.
func (j *Jar) Use(decisions []Decision) {
	if len(decisions) == 0 {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	now := j.now()
	for _, d := range decisions {
		if !d.Sent || d.Reason != Matches {
			continue
		}
		if at := j.find(d.Cookie); at >= 0 {
			j.cookies[at].Used = now
		}
	}
}

// judge is the retrieval algorithm of RFC 6265bis section 5.8.3.
func (c *Cookie) judge(to Target, now time.Time) Reason {
	switch {
	case c.HostOnly && c.Domain != to.Host:
		return OtherHost
	case !domainMatch(to.Host, c.Domain):
		return OtherScope
	case !pathMatch(to.Path, c.Path):
		return OtherPath
	case c.Secure && !to.Secure:
		return NotSecure
	case c.expired(now):
		return HasEnded
	default:
		return Matches
	}
}

func (c *Cookie) sentence(r Reason, to Target) string {
	switch r {
	case OtherHost:
		return "it is for " + c.Domain + " alone, and this goes to " + to.Host
	case OtherScope:
		return "it is for " + c.Domain + " and the hosts below it, and this goes to " + to.Host
	case OtherPath:
		return "it is for paths below " + c.Path
	case NotSecure:
		return "it is Secure, and this is plain HTTP"
	case HasEnded:
		return "it ended at " + c.Expires.UTC().Format(time.DateTime) + " UTC"
	default:
		return "host and path match " + c.scope()
	}
}

// scope is where a cookie goes, with a dot before a domain that takes in the hosts below it.
func (c *Cookie) scope() string {
	if c.HostOnly {
		return c.Domain + c.Path
	}
	return "." + c.Domain + c.Path
}

// siteOf returns the registrable domain of a host; of an address, or a name that nobody can own, the host itself.
func siteOf(host string) string {
	if isAddress(host) || !strings.Contains(host, ".") {
		return host
	}
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}
