package cookies

import "time"

// Cookie is a cookie as it is stored (RFC 6265bis section 5.7).
type Cookie struct {
	Name, Value string
	// Domain is the host that set it, or the domain that it gave; without a leading dot.
	Domain string
	// HostOnly cookies go to Domain itself only, not to hosts below it.
	HostOnly bool
	Path     string
	// Expires is when it ends; the zero time means with the session.
	Expires     time.Time
	Secure      bool
	HTTPOnly    bool
	SameSite    SameSite
	Partitioned bool
	Created     time.Time
	// Updated is when it was last set: by a server, a person or a file.
	Updated time.Time
	// Used is when it was last sent or set.
	Used time.Time
	// Ended says that the cookie was found to have ended. Its value is gone; it is kept for a while to tell why it is not
	// sent.
	Ended bool
}

// key is what tells a cookie from others (RFC 6265bis section 5.7, step 23).
type key struct {
	name, domain, path string
	hostOnly           bool
}

func (c *Cookie) key() key { return key{c.Name, c.Domain, c.Path, c.HostOnly} }

// SameSite is the attribute of that name.
type SameSite string

// The values of SameSite; SameSiteDefault is also what an unknown one means.
const (
	SameSiteDefault SameSite = ""
	SameSiteNone    SameSite = "None"
	SameSiteLax     SameSite = "Lax"
	SameSiteStrict  SameSite = "Strict"
)

// String returns the cookie as it stands in a Cookie field. One without a name is its value alone.
func (c Cookie) String() string {
	if c.Name == "" {
		return c.Value
	}
	return c.Name + "=" + c.Value
}

// expired reports whether the cookie has ended.
func (c *Cookie) expired(now time.Time) bool {
	return c.Ended || !c.Expires.IsZero() && !c.Expires.After(now)
}

// Target is what a request is sent to, as far as cookies are concerned.
type Target struct {
	// Host is a domain in ASCII, or an address without brackets.
	Host string
	// Path is the path of the URL, with its percent-escapes.
	Path   string
	Secure bool
}

// Outcome is what became of a cookie that a server sent.
type Outcome string

// The outcomes.
const (
	Stored   Outcome = "stored"
	Replaced Outcome = "replaced"
	Deleted  Outcome = "deleted"
	Refused  Outcome = "refused"
)

// Verdict says what the jar did with one Set-Cookie field.
type Verdict struct {
	// Line is the field's value as it came.
	Line string
	// Cookie is what was understood of it.
	Cookie  Cookie
	Outcome Outcome
	// Why is the reason for a refusal, as a sentence without a full stop; empty otherwise.
	Why string
	// Note says, as a sentence without a full stop, why a browser would have refused a cookie that is kept here, or is
	// empty.
	Note string
}

// browsersRefuse says what browsers ask of a cookie beyond this jar: RFC 6265bis (section 5.7, step 19) and the proposal
// for partitioned cookies want Secure beside two attributes that hold nothing back here.
func (c Cookie) browsersRefuse() string {
	switch {
	case c.Secure:
		return ""
	case c.SameSite == SameSiteNone:
		return "a browser refuses it: with SameSite=None it must be Secure"
	case c.Partitioned:
		return "a browser refuses it: with Partitioned it must be Secure"
	default:
		return ""
	}
}
