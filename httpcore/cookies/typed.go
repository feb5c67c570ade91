package cookies

import (
	"errors"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/idna"
)

// Typed is a cookie as a person writes it: a form's fields, a command line's flags.
type Typed struct {
	Name, Value string
	// Domain is a host; a dot before it takes in the hosts below.
	Domain string
	// Path is / when empty.
	Path string
	// Expires is empty (or "session") for a cookie without an end, a time from now such as 90m or 30d, a date such as
	// 2026-12-31 or 2026-12-31T18:00:00Z, or a date as Set-Cookie has it. Without a zone, a date is UTC.
	Expires string
	// SameSite is empty, None, Lax or Strict, in any case.
	SameSite                      string
	Secure, HTTPOnly, Partitioned bool
}

// TypedOf is how a person would have written a cookie.
func TypedOf(c Cookie) Typed {
	t := Typed{
		Name: c.Name, Value: c.Value, Domain: c.Domain, Path: c.Path, SameSite: string(c.SameSite),
		Secure: c.Secure, HTTPOnly: c.HTTPOnly, Partitioned: c.Partitioned,
	}
	if !c.HostOnly {
		t.Domain = "." + c.Domain
	}
	if !c.Expires.IsZero() {
		t.Expires = c.Expires.UTC().Format(time.RFC3339)
	}
	return t
}

// Cookie reads what was typed. The error joins a *FieldError for each field that is not right.
func (t Typed) Cookie(now time.Time) (Cookie, error) {
	c := Cookie{
		Name: t.Name, Value: t.Value, Path: t.Path, Secure: t.Secure, HTTPOnly: t.HTTPOnly, Partitioned: t.Partitioned,
		SameSite: parseSameSite(t.SameSite),
	}
	if c.Path == "" {
		c.Path = "/"
	}
	domain, wide := strings.CutPrefix(strings.TrimSpace(t.Domain), ".")
	c.Domain, c.HostOnly = asciiDomain(domain), !wide
	var problems []error
	if t.SameSite != "" && c.SameSite == SameSiteDefault {
		problems = append(problems, &FieldError{"samesite", "is not one that exists", "None, Lax or Strict"})
	}
	var err error
	if c.Expires, err = parseExpires(strings.TrimSpace(t.Expires), now); err != nil {
		problems = append(problems, err)
	}
	return c, errors.Join(append(problems, c.Check())...)
}

// asciiDomain returns a host as cookies have it; what is none is left for Check to refuse.
func asciiDomain(typed string) string {
	inner := strings.TrimSuffix(strings.TrimPrefix(typed, "["), "]")
	if address, err := netip.ParseAddr(inner); err == nil {
		return address.String()
	}
	if ascii, err := idna.Lookup.ToASCII(typed); err == nil {
		return ascii
	}
	return strings.ToLower(typed)
}

var expiresLayouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateTime, "2006-01-02 15:04", time.DateOnly}

func parseExpires(typed string, now time.Time) (time.Time, error) {
	if typed == "" || strings.EqualFold(typed, "session") {
		return time.Time{}, nil
	}
	for _, layout := range expiresLayouts {
		if t, err := time.Parse(layout, typed); err == nil && t.Year() >= 1601 {
			return t.UTC(), nil
		}
	}
	if d, ok := parseSpan(typed); ok {
		return now.Add(d), nil
	}
	if t, ok := parseDate(typed); ok {
		return t, nil
	}
	return time.Time{}, &FieldError{"expires", "cannot be read", "30d, 2h, 2026-12-31, 2026-12-31T18:00:00Z, or nothing for a session's cookie"}
}

// parseSpan reads a time from now: what time.ParseDuration takes, and days.
func parseSpan(typed string) (time.Duration, bool) {
	if number, ok := strings.CutSuffix(typed, "d"); ok {
		days, err := strconv.Atoi(number)
		return time.Duration(days) * 24 * time.Hour, err == nil && days >= 0 && days < 36500
	}
	d, err := time.ParseDuration(typed)
	return d, err == nil && d >= 0
}
