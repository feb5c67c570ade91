package pane

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/template"
	"parley/collections/tomldoc"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
)

// entriesOf says which entries of a request a table edits.
type entriesOf struct {
	name, adding string
	get          func(*collections.Request) *[]collections.Entry
	// rows and join turn entries into rows and back; join is told what there was before.
	rows func([]collections.Entry) []widget.Entry
	join func(rows []widget.Entry, before []collections.Entry) []collections.Entry
}

// entries is the section of a list of names and values.
type entries struct {
	of      entriesOf
	table   *widget.Table
	request *collections.Request
	scope   template.Scope
	// inherited are those that the request has from around it, and does not name itself.
	inherited []widget.Entry
}

func newEntries(of entriesOf) *entries {
	of.rows, of.join = toRows, fromRows
	e := &entries{of: of, request: &collections.Request{}}
	e.table = widget.NewTable(style.Styles{}, themes.Background, widget.TableOptions{
		Titles: [3]string{"Name", "Value", "Note"}, Adding: of.adding,
		Highlight: func(_ widget.Column, cell string) []widget.Span { return variableSpans(cell, e.scope) },
		Complete:  e.complete,
	})
	return e
}

func (e *entries) title() string { return e.of.name }

// count tells how many entries are in use.
func (e *entries) count() string {
	n := 0
	for _, entry := range *e.of.get(e.request) {
		if !entry.Off {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (e *entries) setRequest(q *collections.Request) {
	e.request = q
	e.table.SetEntries(e.of.rows(*e.of.get(q)))
	e.table.SetFixed(e.inherited)
}

// inherit shows what the request has from around it, once no cell is being edited.
func (e *entries) inherit(list []Inherited) {
	e.inherited = make([]widget.Entry, len(list))
	for i, from := range list {
		e.inherited[i] = widget.Entry{Name: from.Name, Value: from.Value, Note: from.Scope, Fixed: true}
	}
	e.table.SetFixed(e.inherited)
}

// why is the key of the entry under the cursor.
func (e *entries) why() string {
	section, known := map[string]string{"Headers": "headers.", "Params": "params.", "Path": "path."}[e.of.name]
	row, ok := e.table.Entry()
	if !known || !ok {
		return ""
	}
	return section + row.Name
}

func (e *entries) setScope(scope template.Scope) { e.scope = scope }

func (e *entries) setSize(w, h int)             { e.table.SetSize(w, h) }
func (e *entries) setStyles(s style.Styles)     { e.table.SetStyles(s, themes.Background) }
func (e *entries) setFocus(f bool)              { e.table.Focus(f); e.store() }
func (e *entries) view() string                 { return e.table.View() }
func (e *entries) cursor() (x, y int, ok bool)  { return e.table.EditCursor() }
func (e *entries) version() int                 { return e.table.Version() }
func (e *entries) text() (string, string, bool) { return "", "", false }
func (e *entries) setText(string)               {}
func (e *entries) enter(int)                    {}
func (e *entries) step(int) bool                { return false }

func (e *entries) context() action.Context {
	return tableContext(e.table)
}

// tableContext is where letters are text: in a cell that is edited, and on the empty line, where typing adds an entry.
func tableContext(t *widget.Table) action.Context {
	if t.Editing() || t.AtEnd() {
		return action.Field
	}
	return action.Table
}

func (e *entries) selected() string {
	if editor := e.table.Editor(); editor != nil {
		return editor.Selected()
	}
	return ""
}

func (e *entries) do(id action.ID) bool {
	defer e.store()
	return doTable(e.table, id)
}

// doTable carries out the actions that every table of entries has.
func doTable(t *widget.Table, id action.ID) bool {
	if motion, ok := motions[id]; ok {
		t.Move(motion)
		return true
	}
	switch id {
	case action.Open:
		return t.Edit()
	case action.Toggle:
		return t.Toggle()
	case action.RowDelete:
		return t.Delete()
	case action.RowUp:
		return t.Reorder(-1)
	case action.RowDown:
		return t.Reorder(1)
	case action.Undo:
		return t.Undo()
	case action.Redo:
		return t.Redo()
	case action.Escape:
		return t.Cancel()
	case action.Next:
		return t.Editing() && t.Update(tea.KeyPressMsg{Code: tea.KeyTab})
	case action.Previous:
		return t.Editing() && t.Update(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
	default:
		return false
	}
}

func (e *entries) update(msg tea.Msg) bool {
	defer e.store()
	return e.table.Update(msg)
}

// store writes what the table says into the request.
func (e *entries) store() {
	list := e.of.get(e.request)
	own := slices.DeleteFunc(e.table.Entries(), func(row widget.Entry) bool { return row.Fixed })
	*list = e.of.join(own, *list)
	e.table.SetFixed(e.inherited)
}

// toRows gives each value of a list a row of its own.
func toRows(list []collections.Entry) []widget.Entry {
	rows := make([]widget.Entry, 0, len(list))
	for _, entry := range list {
		for _, value := range entry.Values() {
			rows = append(rows, widget.Entry{Name: entry.Name, Value: value.Text, Note: entry.Note, Off: entry.Off})
		}
	}
	return rows
}

// fromRows makes entries of rows: rows of one name that follow each other are a list. What has not changed keeps its
// value as the file spells it.
func fromRows(rows []widget.Entry, before []collections.Entry) []collections.Entry {
	var list []collections.Entry
	for start := 0; start < len(rows); {
		end := start + 1
		for end < len(rows) && sameEntry(rows[start], rows[end]) {
			end++
		}
		list = append(list, joinRows(rows[start:end], before))
		start = end
	}
	return list
}

func sameEntry(a, b widget.Entry) bool { return a.Name == b.Name && a.Off == b.Off && a.Note == b.Note }

func joinRows(rows []widget.Entry, before []collections.Entry) collections.Entry {
	entry := collections.Entry{Name: rows[0].Name, Off: rows[0].Off, Note: rows[0].Note}
	for _, old := range before {
		if old.Name == entry.Name && slices.Equal(texts(old.Values()), values(rows)) {
			entry.Value, entry.Pos = old.Value, old.Pos
			return entry
		}
	}
	if len(rows) == 1 {
		entry.Value = collections.Str(rows[0].Value)
		return entry
	}
	items := make([]collections.Value, len(rows))
	for i, row := range rows {
		items[i] = collections.Str(row.Value)
	}
	entry.Value = tomldoc.List(items...)
	return entry
}

func texts(list []collections.Value) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = v.Text
	}
	return out
}

func values(rows []widget.Entry) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = row.Value
	}
	return out
}
