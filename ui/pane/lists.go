package pane

import (
	"parley/collections"
	"parley/themes"
	"parley/ui/pane/known"
	"parley/ui/widget"
)

// The lists of names and values that a request has.

func newParams() *entries {
	return newEntries(entriesOf{
		name: "Params", key: "params", adding: "add a parameter, or paste a query",
		get:   func(q *collections.Request) *[]collections.Entry { return &q.Params },
		there: func(q *collections.Request) []widget.Entry { return queryIn(q.URL.Text).rows() },
		put:   putQuery,
	}, gridOptions{
		table: widget.TableOptions{Check: unnamed("a parameter"), Over: overQuery},
		text:  pairText, one: "parameter", many: "parameters",
		below: func(row widget.Entry) (themes.Role, string) {
			if row.Place == "" {
				return themes.Faint, ""
			}
			return themes.Faint, "in the URL as it is typed; switched off or moved below it is kept here"
		},
	})
}

// putQuery writes the entries that stand in the URL there.
func putQuery(q *collections.Request, there []widget.Entry) {
	if changed := queryIn(q.URL.Text).with(there); changed != q.URL.Text {
		q.URL = collections.Str(changed)
	}
}

func newPath() *entries {
	e := newEntries(entriesOf{
		name: "Path", key: "path", adding: "add a value for :name or {name} in the URL",
		get:   func(q *collections.Request) *[]collections.Entry { return &q.PathParams },
		there: wantedPlaces,
	}, gridOptions{text: pairText, one: "path value", many: "path values"})
	e.options.table.Check = func(rows []widget.Entry) []widget.Complaint { return checkPath(rows, e.request) }
	e.grid = newGrid(e.options)
	return e
}

func newHeaders() *entries {
	e := newEntries(entriesOf{
		name: "Headers", key: "headers", adding: "add a header, or paste some",
		get: func(q *collections.Request) *[]collections.Entry { return &q.Headers },
	}, gridOptions{
		table: widget.TableOptions{Check: checkHeaders},
		text:  headerText, one: "header", many: "headers", below: headerMeaning,
	})
	e.known = headerCandidates
	return e
}

// headerMeaning says what the header of a row is for, and what its value means.
func headerMeaning(row widget.Entry) (themes.Role, string) {
	h, ok := known.Find(row.Name)
	if !ok {
		return themes.Faint, ""
	}
	word := h.Name + ": " + h.Means
	if v, ok := h.Of(row.Value); ok && v.Means != "" {
		word += "; " + v.Means
	}
	return themes.Muted, word
}

// headerCandidates are the names of headers, and the values that a header often has.
func headerCandidates(column widget.Column, name string) []widget.Candidate {
	var list []widget.Candidate
	switch column {
	case widget.ColumnName:
		for _, h := range known.Headers() {
			list = append(list, widget.Candidate{Text: h.Name, Detail: h.Means})
		}
	case widget.ColumnValue:
		h, _ := known.Find(name)
		for _, v := range h.Values {
			list = append(list, widget.Candidate{Text: v.Text, Detail: v.Means})
		}
	}
	return list
}

func newCookies() *entries {
	return newEntries(entriesOf{
		name: "Cookies", key: "cookies", adding: "add a cookie to those of the session",
		get: func(q *collections.Request) *[]collections.Entry { return &q.Cookies },
	}, gridOptions{
		table: widget.TableOptions{Check: checkCookies},
		text:  pairText, one: "cookie", many: "cookies",
	})
}

func newVars() *entries {
	return newEntries(entriesOf{
		name: "Vars", key: "vars", adding: "add a variable: {{name}} stands for its value",
		get: func(q *collections.Request) *[]collections.Entry { return &q.Vars },
	}, gridOptions{
		table: widget.TableOptions{Check: checkVars},
		text:  pairText, one: "variable", many: "variables",
	})
}

// newFields is the table of a form's or a multipart body's fields.
func newFields(b *bodySection) *grid {
	return newGrid(gridOptions{
		table: widget.TableOptions{
			Titles: [3]string{"Name", "Value", "Note"}, Adding: "add a field; a value of @path sends a file in a multipart body",
			Highlight: func(_ widget.Column, cell string) []widget.Span { return variableSpans(cell, b.scope) },
			Complete: func(_ widget.Column, _ widget.Entry, cell string, cursor int) widget.Candidates {
				return b.complete(cell, cursor)
			},
			Check: unnamed("a field"),
		},
		text: pairText, one: "field", many: "fields",
		paste: func(pasted string) []widget.Entry {
			return pastedRows(pasted, func(q *collections.Request) []widget.Entry {
				return append(toRows(q.Body.Form), partRows(q.Body.Parts)...)
			})
		},
	})
}
