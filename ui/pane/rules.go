package pane

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/expect"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/widget"
)

// Inherited is an entry that a request has from around it.
type Inherited struct {
	Name, Value string
	// Scope says where from: "collection", "folder users".
	Scope string
}

// rules is the section of expressions that each have a name: what must be true of a response, or what is taken out of it.
// The last line says what is wrong with the one under the cursor.
type rules struct {
	entries
	complaints *complaints
	hint       string
	seen       expect.Seen
	// flips is the column whose cell says one of two things; 0 for none.
	flips widget.Column
	word  string // the one of the two that is not nothing
}

func newExpect() *rules {
	return newRules(entriesOf{
		name: "Expect", key: "expect", adding: "add an expectation: a name, then what must be true",
		get: func(q *collections.Request) *[]collections.Entry { return &q.Expect },
	}, widget.TableOptions{Titles: [3]string{"Name", "Expression", "Note"}},
		`status, ok, json.id, body, headers["Name"], elapsed, jq("…"), cookie("…")`)
}

// secretWord is what the table of captures shows of a value that is secret.
const secretWord = "secret"

func newCapture() *rules {
	r := newRules(entriesOf{
		name: "Capture", key: "capture", adding: "add a value to keep: a name, then where to find it",
		get:  func(q *collections.Request) *[]collections.Entry { return &q.Captures },
		rows: captureRows, join: joinCaptures,
	}, widget.TableOptions{Titles: [3]string{"Name", "Expression", "Secret"}, Notes: 12},
		"later requests find each value under its name; space in the last column keeps it secret")
	r.flips, r.word = widget.ColumnNote, secretWord
	return r
}

func newRules(of entriesOf, table widget.TableOptions, hint string) *rules {
	c := &complaints{}
	table.Adding = of.adding
	table.Highlight = func(column widget.Column, cell string) []widget.Span {
		if column != widget.ColumnValue {
			return nil
		}
		return c.checkedSpans(cell)
	}
	if of.rows == nil {
		of.rows, of.join = toRows, fromRows
	}
	r := &rules{complaints: c, hint: hint}
	table.Complete = r.completeExpression
	r.entries = entries{of: of, request: &collections.Request{}, grid: newGrid(gridOptions{table: table, text: expressionText, below: r.below})}
	return r
}

func (r *rules) why() string {
	row, ok := r.table.Entry()
	if !ok {
		return ""
	}
	return r.of.key + "." + row.Name
}

// below says what is wrong, else what can be written.
func (r *rules) below(widget.Entry) (themes.Role, string) {
	if wrong := r.wrong(); wrong != "" {
		return themes.Error, "✗ " + wrong
	}
	return themes.Faint, r.hint
}

// wrong says what is wrong with the expression under the cursor, else with the first that is.
func (r *rules) wrong() string {
	rows := r.table.Entries()
	if line, _ := r.table.Cursor(); line < len(rows) && r.table.Editing() && rows[line].Value == "" {
		return "" // it is about to be written
	} else if line < len(rows) {
		rows = append([]widget.Entry{rows[line]}, rows...)
	}
	for _, row := range rows {
		if row.Off || row.Fixed {
			continue
		}
		if found := r.complaints.of(row.Value); found != nil {
			return row.Name + ": " + found.text
		}
	}
	return ""
}

func (r *rules) do(id action.ID) bool {
	defer r.store()
	entry, ok := r.table.Entry()
	_, column := r.table.Cursor()
	switch {
	case !ok || r.grid.text != nil || r.table.Editing() || id != action.Toggle && id != action.Open:
	case entry.Fixed && id == action.Toggle:
		// An inherited one is switched off by an entry of the request's own.
		return r.table.Add(widget.Entry{Name: entry.Name, Value: entry.Value, Off: true})
	case r.flips != 0 && column == r.flips:
		return r.flip(entry)
	}
	return r.grid.do(id)
}

func (r *rules) flip(entry widget.Entry) bool {
	word := r.word
	if entry.Note == word {
		word = ""
	}
	return r.table.Put(r.flips, word)
}

func (r *rules) update(msg tea.Msg) bool {
	defer r.store()
	taken := r.grid.update(msg)
	// A second click begins to edit a cell; in this column it changes it.
	if _, column := r.table.Cursor(); r.flips != 0 && column == r.flips && r.table.Editing() {
		r.table.Cancel()
		if entry, ok := r.table.Entry(); ok {
			r.flip(entry)
		}
	}
	return taken
}

// captureRows lists captures; those that are secret say so.
func captureRows(list []collections.Entry) []widget.Entry {
	rows := make([]widget.Entry, len(list))
	for i, entry := range list {
		expression, secret := entry.Capture()
		rows[i] = widget.Entry{Name: entry.Name, Value: expression.Text, Off: entry.Off}
		if secret {
			rows[i].Note = secretWord
		}
	}
	return rows
}

// joinCaptures makes captures of rows. What a file says of one beside that stays, also when it is given another name in
// its place.
func joinCaptures(rows []widget.Entry, before []collections.Entry) []collections.Entry {
	list := make([]collections.Entry, len(rows))
	for i, row := range rows {
		at := slices.IndexFunc(before, func(e collections.Entry) bool { return e.Name == row.Name })
		if at < 0 && len(rows) == len(before) {
			at = i
		}
		if at >= 0 {
			list[i] = before[at]
		}
		list[i].Name, list[i].Off = row.Name, row.Off
		list[i] = list[i].WithCapture(row.Value, row.Note == secretWord)
	}
	return list
}
