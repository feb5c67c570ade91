package cookies

import (
	"strings"
	"time"
)

// parseDate is the cookie-date algorithm of RFC 6265bis section 5.1.1: it looks for a time, a day, a month and a year in
// any order, since servers have written every one.
func parseDate(s string) (time.Time, bool) {
	var d date
	for _, token := range strings.FieldsFunc(s, isDateDelimiter) {
		d.take(token)
	}
	return d.time()
}

// isDateDelimiter is the delimiter rule: all but letters, digits, ":" and what is beyond ASCII.
func isDateDelimiter(r rune) bool {
	return r == '\t' || ' ' <= r && r <= '/' || ';' <= r && r <= '@' || '[' <= r && r <= '`' || '{' <= r && r <= '~'
}

// date is what was found so far; -1 stands for nothing yet.
type date struct {
	hasTime, hasDay, hasMonth, hasYear                  bool
	hour, minute, second, dayOfMonth, monthNumber, year int
}

func (d *date) take(token string) {
	if !d.hasTime && d.takeTime(token) {
		d.hasTime = true
		return
	}
	if number, _, ok := leadingNumber(token, 1, 2); !d.hasDay && ok {
		d.hasDay, d.dayOfMonth = true, number
		return
	}
	if month, ok := monthOf(token); !d.hasMonth && ok {
		d.hasMonth, d.monthNumber = true, month
		return
	}
	if number, _, ok := leadingNumber(token, 2, 4); !d.hasYear && ok {
		d.hasYear, d.year = true, fullYear(number)
	}
}

// takeTime reads hour, minute and second; anything may follow but a digit.
func (d *date) takeTime(token string) bool {
	hour, rest, ok := leadingNumber(token, 1, 2)
	if !ok || !strings.HasPrefix(rest, ":") {
		return false
	}
	minute, rest, ok := leadingNumber(rest[1:], 1, 2)
	if !ok || !strings.HasPrefix(rest, ":") {
		return false
	}
	second, _, ok := leadingNumber(rest[1:], 1, 2)
	d.hour, d.minute, d.second = hour, minute, second
	return ok
}

// leadingNumber reads least to most digits, which no further digit may follow.
func leadingNumber(s string, least, most int) (number int, rest string, ok bool) {
	digits := 0
	for digits < len(s) && '0' <= s[digits] && s[digits] <= '9' {
		if digits == most {
			return 0, "", false
		}
		number = number*10 + int(s[digits]-'0')
		digits++
	}
	return number, s[digits:], digits >= least
}

func monthOf(token string) (int, bool) {
	if len(token) < 3 {
		return 0, false
	}
	at := strings.Index("jan feb mar apr may jun jul aug sep oct nov dec", strings.ToLower(token[:3]))
	return at/4 + 1, at >= 0 && at%4 == 0
}

func fullYear(year int) int {
	switch {
	case 70 <= year && year <= 99:
		return year + 1900
	case year <= 69:
		return year + 2000
	default:
		return year
	}
}

func (d *date) time() (time.Time, bool) {
	if !d.hasTime || !d.hasDay || !d.hasMonth || !d.hasYear || d.year < 1601 || d.hour > 23 || d.minute > 59 || d.second > 59 {
		return time.Time{}, false
	}
	t := time.Date(d.year, time.Month(d.monthNumber), d.dayOfMonth, d.hour, d.minute, d.second, 0, time.UTC)
	// A day that the month does not have would have become one of the next.
	return t, d.dayOfMonth >= 1 && t.Day() == d.dayOfMonth
}
