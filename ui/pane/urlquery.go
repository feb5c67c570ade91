package pane

import (
	"net/url"
	"slices"
	"strings"

	"parley/collections/template"
	"parley/ui/widget"
)

// inURL is the place of the entries that stand in the URL.
const inURL = "in the URL"

// urlQuery is the query of a URL as it is typed, in its parts.
type urlQuery struct {
	before string // with the question mark, if there is one
	parts  []string
	after  string // the fragment
	marked bool   // there is a question mark
}

// queryIn parts a URL. What stands in {{ }} is no punctuation of it.
func queryIn(typed string) urlQuery {
	plain := masked(typed)
	end := len(plain)
	if i := strings.IndexByte(plain, '#'); i >= 0 {
		end = i
	}
	i := strings.IndexByte(plain[:end], '?')
	if i < 0 {
		return urlQuery{before: typed[:end], after: typed[end:]}
	}
	return urlQuery{before: typed[:i+1], parts: queryParts(typed[i+1 : end]), after: typed[end:], marked: true}
}

// queryParts cuts a query at its ampersands.
func queryParts(query string) []string {
	plain := masked(query)
	var parts []string
	from := 0
	for i := range len(plain) {
		if plain[i] == '&' {
			parts = append(parts, query[from:i])
			from = i + 1
		}
	}
	return append(parts, query[from:])
}

// masked returns a text of the same length in which every {{ }} is letters.
func masked(s string) string {
	if !strings.Contains(s, "{{") {
		return s
	}
	b := []byte(s)
	for _, part := range template.Parse(s, nil, nil).Parts {
		if part.IsCode {
			for i := part.Start; i < part.End; i++ {
				b[i] = 'x'
			}
		}
	}
	return string(b)
}

// rows are the parts as entries, spelled as they are typed.
func (q urlQuery) rows() []widget.Entry {
	var rows []widget.Entry
	for _, part := range q.parts {
		if part != "" {
			name, value := partOf(part)
			rows = append(rows, widget.Entry{Name: name, Value: value, Place: inURL})
		}
	}
	return rows
}

func partOf(part string) (name, value string) {
	if i := strings.IndexByte(masked(part), '='); i >= 0 {
		return part[:i], part[i+1:]
	}
	return part, ""
}

// with returns the URL with other entries in its query. What an entry does not change stays byte for byte.
func (q urlQuery) with(rows []widget.Entry) string {
	filled := slices.DeleteFunc(slices.Clone(q.parts), func(part string) bool { return part == "" })
	others := 0
	for i, row := range q.rows() {
		if i < len(rows) && (row.Name != rows[i].Name || row.Value != rows[i].Value) {
			others++
		}
	}
	if len(filled) != len(rows) || others > 1 {
		return q.text(q.found(rows, filled))
	}
	parts := slices.Clone(q.parts)
	next := 0
	for i, part := range parts {
		if part != "" {
			parts[i] = rewritten(part, rows[next])
			next++
		}
	}
	return q.text(parts)
}

// found spells each entry as the part that says the same, if there is one.
func (q urlQuery) found(rows []widget.Entry, parts []string) []string {
	kept := make([]string, 0, len(rows))
	for _, row := range rows {
		at := slices.IndexFunc(parts, func(part string) bool { return rewritten(part, row) == part })
		if at < 0 {
			kept = append(kept, rewritten("=", row))
			continue
		}
		kept = append(kept, parts[at])
		parts = slices.Delete(parts, at, at+1)
	}
	return kept
}

// rewritten is a part with another name or value; one without an equals sign gets none for an empty value.
func rewritten(part string, row widget.Entry) string {
	name, value := partOf(part)
	if name == row.Name && value == row.Value {
		return part
	}
	if row.Value == "" && (len(name) == len(part) || row.Name == "") {
		return structural(row.Name, "=&#")
	}
	return structural(row.Name, "=&#") + "=" + structural(row.Value, "&#")
}

// structural escapes the characters that would part the query; all others stay as they are typed.
func structural(s, parting string) string {
	plain := masked(s)
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte(parting, plain[i]) >= 0 {
			b.WriteString(url.QueryEscape(s[i : i+1]))
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func (q urlQuery) text(parts []string) string {
	query := strings.Join(parts, "&")
	before := q.before
	switch {
	case query != "" && !q.marked:
		before += "?"
	case query == "" && q.marked && len(q.parts) > 0 && strings.Join(q.parts, "") != "":
		before = strings.TrimSuffix(before, "?")
	}
	return before + query + q.after
}

// overQuery takes an entry between the URL, where it stands escaped, and the table, where it does not.
func overQuery(e widget.Entry, place string) (over widget.Entry, ok bool) {
	spell := decoded
	if place != "" {
		spell = encoded
		if e.Off || e.Note != "" || e.Name == "" {
			return e, false // the URL has no room for that
		}
	}
	e.Name, e.Value, e.Place = outsideCode(e.Name, spell), outsideCode(e.Value, spell), place
	return e, true
}

func encoded(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// outsideCode spells what does not stand in {{ }} in another way.
func outsideCode(s string, spell func(string) string) string {
	if !strings.Contains(s, "{{") {
		return spell(s)
	}
	var b strings.Builder
	for _, part := range template.Parse(s, nil, nil).Parts {
		if part.IsCode {
			b.WriteString(s[part.Start:part.End])
		} else {
			b.WriteString(spell(s[part.Start:part.End]))
		}
	}
	return b.String()
}
