package history

import (
	"context"
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
