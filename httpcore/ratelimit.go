package httpcore

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// RateLimit is what a server says of its quota, for a gauge.
type RateLimit struct {
	// Policy names the quota, where the server gives it a name.
	Policy string
	// Limit is how many requests (or whatever the server counts) a window has, Remaining how many of them are left; -1 when
	// the server does not say.
	Limit, Remaining int64
	// Window is how long a window lasts; 0 when the server does not say.
	Window time.Duration
	// Reset is when the quota is whole again, RetryAfter when the server wants to hear of the client again; zero when it
	// does not say.
	Reset, RetryAfter time.Time
}

// Received is when the head of the attempt's response came, or would have; by the session's clock.
func (a *Attempt) Received() time.Time {
	span, _ := a.Timeline.Of(PhaseReceive)
	return a.Started.Add(span.Start)
}

// RateLimit reads what the head says of a quota, or returns nil when it says nothing. Times that are told in seconds count
// from received. The first of these that is there counts; of several quotas in it, the one with the least left:
//
//	RateLimit: "name";r=5;t=30             draft-ietf-httpapi-ratelimit-headers-08 and later; RateLimit-Policy: "name";q=10;w=60
//	RateLimit: limit=10, remaining=5, reset=30                       -07 and earlier; RateLimit-Policy: 10;w=60
//	RateLimit-Limit, -Remaining, -Reset                              -06 and earlier
//	X-RateLimit-Limit, -Remaining, -Reset, and the like              a custom of many; Reset is in seconds, or since 1970
//
// Retry-After (RFC 9110 section 10.2.3) is read beside them.
func (r *Response) RateLimit(received time.Time) *RateLimit {
	if !slices.ContainsFunc(r.Headers, aboutQuota) {
		return nil // most responses, and a run asks of each
	}
	limit := RateLimit{Limit: -1, Remaining: -1}
	found := limit.readItems(r.Headers, received) || limit.readPairs(r.Headers, received)
	for _, prefix := range []string{"RateLimit-", "X-RateLimit-", "X-Rate-Limit-"} {
		found = found || limit.readFields(r.Headers, prefix, received)
	}
	if value, ok := r.Headers.Get("Retry-After"); ok {
		if wait, err := parseRetryAfter(value, received); err == nil {
			limit.RetryAfter, found = received.Add(wait), true
		}
	}
	if !found {
		return nil
	}
	return &limit
}

// quota is one member of a structured list: a name or number with parameters.
type quota struct {
	name   string
	params map[string]string
}

func (q quota) number(key string) (int64, bool) {
	n, err := strconv.ParseInt(q.params[key], 10, 64)
	return n, err == nil && n >= 0
}

// aboutQuota reports whether a field may be one of those.
func aboutQuota(f Field) bool {
	name := strings.ToLower(f.Name)
	return strings.Contains(name, "rate") || name == "retry-after"
}

// maxQuotas bounds how many are looked at.
const maxQuotas = 32

// quotas reads the members of the fields of that name (RFC 9651 section 3.1, as far as quotas need it).
func quotas(headers Fields, name string) []quota {
	var list []quota
	for _, value := range headers.Values(name) {
		for _, member := range splitOutsideQuotes(value, ',') {
			parts := splitOutsideQuotes(member, ';')
			q := quota{name: strings.Trim(strings.TrimSpace(parts[0]), `"`), params: map[string]string{}}
			for _, part := range parts[1:] {
				key, value, _ := strings.Cut(strings.TrimSpace(part), "=")
				q.params[strings.ToLower(key)] = strings.Trim(value, `"`)
			}
			if list = append(list, q); len(list) == maxQuotas {
				return list
			}
		}
	}
	return list
}

func splitOutsideQuotes(s string, separator byte) []string {
	var parts []string
	quoted, begin := false, 0
	for i := range len(s) {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case s[i] == separator && !quoted:
			parts = append(parts, s[begin:i])
			begin = i + 1
		}
	}
	return append(parts, s[begin:])
}

func (l *RateLimit) readItems(headers Fields, received time.Time) bool {
	found := false
	for _, item := range quotas(headers, "RateLimit") {
		remaining, ok := item.number("r")
		if !ok || found && remaining >= l.Remaining {
			continue
		}
		found = true
		*l = RateLimit{Policy: item.name, Limit: -1, Remaining: remaining}
		if n, ok := item.number("t"); ok {
			l.Reset = received.Add(seconds(n))
		}
		for _, policy := range quotas(headers, "RateLimit-Policy") {
			if policy.name == item.name {
				l.readPolicy(policy, policy.params["q"])
			}
		}
	}
	return found
}

func (l *RateLimit) readPolicy(policy quota, limit string) {
	if n, err := strconv.ParseInt(limit, 10, 64); err == nil && n >= 0 {
		l.Limit = n
	}
	if n, ok := policy.number("w"); ok {
		l.Window = seconds(n)
	}
}

func (l *RateLimit) readPairs(headers Fields, received time.Time) bool {
	pairs := map[string]string{}
	for _, member := range quotas(headers, "RateLimit") {
		if key, value, ok := strings.Cut(member.name, "="); ok {
			pairs[strings.ToLower(strings.TrimSpace(key))] = value
		}
	}
	return l.read(pairs["limit"], pairs["remaining"], pairs["reset"], headers, received)
}

func (l *RateLimit) readFields(headers Fields, prefix string, received time.Time) bool {
	var values [3]string
	for i, name := range []string{"Limit", "Remaining", "Reset"} {
		values[i], _ = headers.Get(prefix + name)
	}
	return l.read(values[0], values[1], values[2], headers, received)
}

// read takes the three values that all but the newest form give; a limit may have its policies after it.
func (l *RateLimit) read(limit, remaining, reset string, headers Fields, received time.Time) bool {
	limit, _, _ = strings.Cut(limit, ",")
	limit, window, _ := strings.Cut(limit, ";")
	found := setNumber(&l.Limit, limit)
	found = setNumber(&l.Remaining, remaining) || found
	if at, ok := resetTime(reset, received); ok {
		l.Reset, found = at, true
	}
	if !found {
		return false
	}
	for _, policy := range append(quotas(headers, "RateLimit-Policy"), quotas(Fields{{"", limit + ";" + window}}, "")...) {
		if policy.name == strings.TrimSpace(limit) {
			l.readPolicy(policy, policy.name)
		}
	}
	return true
}

func setNumber(n *int64, text string) bool {
	value, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || value < 0 {
		return false
	}
	*n = value
	return true
}

// resetTime reads seconds from now, seconds or milliseconds since 1970, or a date: a number as large as a moment of our
// time is one.
func resetTime(text string, received time.Time) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if date, err := parseDate(text); err == nil {
		return date, true
	}
	if date, err := time.Parse(time.RFC3339, text); err == nil {
		return date, true
	}
	const inSeconds, inMilliseconds, tooMuch = 1e9, 1e12, 1e15
	switch n, err := strconv.ParseFloat(text, 64); {
	case err != nil || !(n >= 0 && n < tooMuch):
		return time.Time{}, false
	case n >= inMilliseconds:
		return time.UnixMilli(int64(n)), true
	case n >= inSeconds:
		return time.UnixMilli(int64(n * 1000)), true
	default:
		return received.Add(time.Duration(n * float64(time.Second))), true
	}
}
