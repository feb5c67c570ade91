package history

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"parley/httpcore"
)

// Summary is an exchange in a list.
type Summary struct {
	ID          ID
	Collection  string
	Request     string
	Environment string
	Method      string
	URL         string
	Host        string
	// Status is 0 when no response head arrived.
	Status int
	Reason string
	// ErrorKind is empty when all went well.
	ErrorKind httpcore.Kind
	Total     time.Duration
	// Size is the size of the answer's content in bytes.
	Size int64
}

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

// List returns what the query selects, newest first.
func (s *Store) List(ctx context.Context, q Query) ([]Summary, error) {
	statement, values := q.sql()
	rows, err := s.read.QueryContext(ctx, statement, values...)
	if err != nil {
		return nil, explain("search history", err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err says what matters
	var found []Summary
	for rows.Next() {
		var (
			row       Summary
			id, total int64
			kind      string
		)
		if err := rows.Scan(&id, &row.Collection, &row.Request, &row.Environment, &row.Method, &row.URL, &row.Host,
			&row.Status, &row.Reason, &kind, &total, &row.Size); err != nil {
			return nil, explain("search history", err)
		}
		row.ID, row.Total, row.ErrorKind = ID(id), time.Duration(total), httpcore.Kind(kind)
		found = append(found, row)
	}
	return found, explain("search history", rows.Err())
}

// sql returns the statement and its values. Text is searched newest first by rowid, which does not slow down as the table
// grows; ranking by relevance would.
func (q Query) sql() (string, []any) {
	var (
		where  []string
		values []any
	)
	add := func(condition string, value ...any) {
		where, values = append(where, condition), append(values, value...)
	}
	from, order := "exchanges", "id"
	if match := q.match(); match != "" {
		from, order = "exchanges_text CROSS JOIN exchanges ON id = exchanges_text.rowid", "exchanges_text.rowid"
		add("exchanges_text MATCH ?", match)
	}
	for column, value := range map[string]string{"method": q.Method, "request": q.Request, "collection": q.Collection} {
		if value != "" {
			add(column+" = ?", value)
		}
	}
	if q.Host != "" {
		add("(host = ? OR host LIKE ? ESCAPE '\\')", q.Host, "%"+escapeLike(q.Host)+"%")
	}
	if q.Environment != "" {
		add("(',' || environment || ',') LIKE ? ESCAPE '\\'", "%,"+escapeLike(q.Environment)+",%")
	}
	if q.StatusFrom > 0 {
		add("status >= ?", q.StatusFrom)
	}
	if q.StatusTo > 0 {
		add("status <= ?", q.StatusTo)
	}
	if q.Failed {
		add("error <> '' AND error <> ?", string(httpcore.KindStatus))
	}
	if !q.Since.IsZero() {
		add("id >= ?", q.Since.UnixMicro())
	}
	if !q.Until.IsZero() {
		add("id < ?", q.Until.UnixMicro())
	}
	if q.Before > 0 {
		add("id < ?", int64(q.Before))
	}
	statement := "SELECT id, collection, request, environment, method, exchanges.url, host, status, reason, error, total, size FROM " + from
	if len(where) > 0 {
		statement += " WHERE " + strings.Join(where, " AND ")
	}
	limit := q.Limit
	if limit <= 0 {
		limit = 50
	}
	return statement + " ORDER BY " + order + " DESC LIMIT ?", append(values, limit)
}

// match writes the words as an FTS5 query: each a phrase whose last token is a prefix, all of them required. What holds no
// letter or digit is no word to the index.
func (q Query) match() string {
	quoted := strings.NewReplacer(`"`, `""`, "\x00", " ") // SQLite's strings end at a NUL
	var phrases []string
	for _, word := range q.Words {
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			phrases = append(phrases, `"`+quoted.Replace(word)+`"*`)
		}
	}
	return strings.Join(phrases, " AND ")
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
