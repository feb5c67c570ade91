package cookies

import (
	"strconv"
	"strings"
	"time"
)

const (
	maxPair      = 4096 // name and value together (RFC 6265bis section 5.6)
	maxAttribute = 1024
	// maxAge bounds how long a cookie lives (section 5.5).
	maxAge = 400 * 24 * time.Hour
)

// parsed is a Set-Cookie field taken apart.
type parsed struct {
	name, value string
	domain      string // lower case, without the leading dot; "" when there is none
	path        string // "" for the default
	expires     time.Time
	maxAge      *int64
	secure      bool
	httpOnly    bool
	sameSite    SameSite
	partitioned bool
}

// parse is the algorithm of RFC 6265bis section 5.6; why says why the field is to be ignored, or is empty.
func parse(line string) (p parsed, why string) {
	for i := range len(line) {
		if c := line[i]; c < ' ' && c != '\t' || c == 0x7F {
			return p, "it holds a control character"
		}
	}
	pair, attributes, _ := strings.Cut(line, ";")
	name, value, found := strings.Cut(pair, "=")
	if !found {
		name, value = "", pair
	}
	p.name, p.value = trim(name), trim(value)
	switch {
	case p.name == "" && p.value == "":
		return p, "it has neither a name nor a value"
	case len(p.name)+len(p.value) > maxPair:
		return p, "name and value are longer than 4096 bytes"
	}
	for attribute := range strings.SplitSeq(attributes, ";") {
		name, value, _ := strings.Cut(attribute, "=")
		if value = trim(value); len(value) <= maxAttribute {
			p.set(strings.ToLower(trim(name)), value)
		}
	}
	return p, ""
}

// set takes one attribute; of several with one name, the last that makes sense counts.
func (p *parsed) set(name, value string) {
	switch name {
	case "expires":
		if t, ok := parseDate(value); ok {
			p.expires = t
		}
	case "max-age":
		if seconds, ok := parseMaxAge(value); ok {
			p.maxAge = &seconds
		}
	case "domain":
		p.domain = strings.ToLower(strings.TrimPrefix(value, "."))
	case "path":
		p.path = ""
		if strings.HasPrefix(value, "/") {
			p.path = value
		}
	case "secure":
		p.secure = true
	case "httponly":
		p.httpOnly = true
	case "samesite":
		p.sameSite = parseSameSite(value)
	case "partitioned":
		p.partitioned = true
	}
}

func parseSameSite(value string) SameSite {
	for _, known := range []SameSite{SameSiteNone, SameSiteLax, SameSiteStrict} {
		if strings.EqualFold(value, string(known)) {
			return known
		}
	}
	return SameSiteDefault
}

// parseMaxAge takes an optional minus and digits. A number too large for an integer is as large as one can be.
func parseMaxAge(value string) (int64, bool) {
	digits := strings.TrimPrefix(value, "-")
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	seconds, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		seconds = int64(maxAge / time.Second)
		if strings.HasPrefix(value, "-") {
			seconds = -1
		}
	}
	return seconds, true
}

// expiry returns when the cookie ends: Max-Age before Expires, and no later than maxAge from now; zero for a session's.
func (p *parsed) expiry(now time.Time) time.Time {
	latest := now.Add(maxAge)
	expires := p.expires
	if p.maxAge != nil {
		if *p.maxAge <= 0 {
			return time.Unix(0, 0)
		}
		expires = latest
		if *p.maxAge < int64(maxAge/time.Second) {
			expires = now.Add(time.Duration(*p.maxAge) * time.Second)
		}
	}
	if expires.After(latest) {
		return latest
	}
	return expires
}

func trim(s string) string { return strings.Trim(s, " \t") }
