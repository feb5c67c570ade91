package history

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Query selects exchanges. Every field that is set must match.
type Query struct {
	// Words must all be found, each as the beginning of a word or as such words in a row, in URL, headers or body.
	Words                 []string
	Method, Host, Request string
	Environment           string
	// Collection is the folder of a collection.
	Collection string
	// StatusFrom and StatusTo bound the status, both included; 0 is no bound.
	StatusFrom, StatusTo int
	// Failed selects exchanges without a whole answer.
	Failed       bool
	Since, Until time.Time
	// Before is the smallest id already seen, to read on from there; 0 begins with the newest.
	Before ID
	// Limit is how many to return; 0 means 50.
	Limit int
}

// ParseQuery reads what a person types: words, and `method:`, `status:` (404, 4xx, 400-499), `host:`, `request:`, `env:`,
// `since:`, `until:` (2h, 3d, 2026-11-22), `is:failed`. Double quotes keep words together.
func ParseQuery(text string, now time.Time) (Query, error) {
	var q Query
	for _, word := range splitWords(text) {
		name, value, found := strings.Cut(word, ":")
		if !found || value == "" || strings.HasPrefix(value, "//") {
			q.Words = append(q.Words, word)
			continue
		}
		if err := q.set(strings.ToLower(name), value, word, now); err != nil {
			return Query{}, err
		}
	}
	return q, nil
}

func (q *Query) set(name, value, word string, now time.Time) (err error) {
	switch name {
	case "method":
		q.Method = strings.ToUpper(value)
	case "host":
		q.Host = value
	case "request":
		q.Request = value
	case "env":
		q.Environment = value
	case "status":
		q.StatusFrom, q.StatusTo, err = parseStatus(value)
	case "since":
		q.Since, err = parseWhen(value, now)
	case "until":
		q.Until, err = parseWhen(value, now)
	case "is":
		if value != "failed" {
			return &Error{Message: fmt.Sprintf("history knows no %q", word), Advice: "is:failed finds exchanges without a whole answer"}
		}
		q.Failed = true
	default:
		q.Words = append(q.Words, word)
	}
	return err
}

func parseStatus(value string) (from, to int, err error) {
	if len(value) == 3 && strings.HasSuffix(strings.ToLower(value), "xx") && value[0] >= '1' && value[0] <= '9' {
		class := int(value[0]-'0') * 100
		return class, class + 99, nil
	}
	low, high, ranged := strings.Cut(value, "-")
	from, err = strconv.Atoi(low)
	if to = from; ranged && err == nil {
		to, err = strconv.Atoi(high)
	}
	if err != nil {
		return 0, 0, &Error{Message: fmt.Sprintf("%q is not a status", value), Advice: "write 404, 4xx or 400-499", Err: err}
	}
	return from, to, nil
}

func parseWhen(value string, now time.Time) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02"} {
		if when, err := time.ParseInLocation(layout, value, now.Location()); err == nil {
			return when, nil
		}
	}
	if days, ok := strings.CutSuffix(value, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil {
			return now.AddDate(0, 0, -n), nil
		}
	}
	ago, err := time.ParseDuration(value)
	if err != nil {
		return time.Time{}, &Error{Message: fmt.Sprintf("%q is not a time", value), Advice: "write 2h, 3d, 2026-11-22 or 2026-11-22T15:04", Err: err}
	}
	return now.Add(-ago), nil
}

// splitWords splits at white space outside double quotes, which it removes.
func splitWords(text string) []string {
	var words []string
	var word strings.Builder
	quoted, begun := false, false
	flush := func() {
		if begun {
			words = append(words, word.String())
		}
		word.Reset()
		begun = false
	}
	for _, r := range text {
		switch {
		case r == '"':
			quoted, begun = !quoted, true
		case !quoted && strings.ContainsRune(" \t\r\n", r):
			flush()
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	flush()
	return words
}
