package pane

import (
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/template"
	"parley/collections/tomldoc"
	"parley/ui/action"
	"parley/ui/widget"
)

// entriesOf says which entries of a request a table edits.
type entriesOf struct {
	name, adding string
	// key is the name of the section in the files.
	key string
	get func(*collections.Request) *[]collections.Entry
	// rows and join turn entries into rows and back; join is told what there was before.
	rows func([]collections.Entry) []widget.Entry
	join func(rows []widget.Entry, before []collections.Entry) []collections.Entry
	// there lists what the URL says of the section beside, and put writes it there; nil: nothing.
	there func(*collections.Request) []widget.Entry
	put   func(q *collections.Request, there []widget.Entry)
}

// entries is the section of a list of names and values.
type entries struct {
	*grid
	of      entriesOf
	request *collections.Request
	scope   template.Scope
	// inherited are those that the request has from around it, and does not name itself.
	inherited []widget.Entry
	// urlSays is what the URL says of the section, as the rows have it.
	urlSays []widget.Entry
	// known lists what is often written in a column; of values, under that name. Nil: nothing is.
	known func(column widget.Column, name string) []widget.Candidate
}

func newEntries(of entriesOf, options gridOptions) *entries {
	if of.rows == nil {
		of.rows, of.join = toRows, fromRows
	}
	e := &entries{of: of, request: &collections.Request{}}
	if options.table.Titles == [3]string{} {
		options.table.Titles = [3]string{"Name", "Value", "Note"}
	}
	options.table.Adding = of.adding
	options.table.Highlight = func(_ widget.Column, cell string) []widget.Span { return variableSpans(cell, e.scope) }
	options.table.Complete = e.complete
	options.paste = func(pasted string) []widget.Entry {
		return pastedRows(pasted, func(q *collections.Request) []widget.Entry { return e.copied(q) })
	}
	e.grid = newGrid(options)
	return e
}

// copied are the rows that another request has; those that stand in its URL are taken out of it.
func (e *entries) copied(q *collections.Request) []widget.Entry {
	rows := e.of.rows(*e.of.get(q))
	if e.of.there == nil {
		return rows
	}
	there := e.of.there(q)
	for i := range there {
		there[i], _ = overQuery(there[i], "")
	}
	return append(there, rows...)
}

func (e *entries) title() string { return e.of.name }

// count tells how many entries are in use.
func (e *entries) count() string {
	n := 0
	for _, entry := range *e.of.get(e.request) {
		if !entry.Off {
			n += len(entry.Values())
		}
	}
	if e.of.there != nil {
		there := len(e.of.there(e.request))
		switch {
		case e.of.put != nil:
			n += there
		case there > 0:
			return fmt.Sprintf("%d/%d", n, n+there) // some are asked for and not given
		}
	}
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (e *entries) setRequest(q *collections.Request) {
	e.request = q
	e.set(e.of.rows(*e.of.get(q)))
	e.refresh()
}

// inherit shows what the request has from around it, once no cell is being edited.
func (e *entries) inherit(list []Inherited) {
	e.inherited = make([]widget.Entry, len(list))
	for i, from := range list {
		e.inherited[i] = widget.Entry{Name: from.Name, Value: from.Value, Note: from.Scope, Fixed: true}
	}
	e.refresh()
}

// refresh shows what others say of the section: what surrounds the request, and its URL.
func (e *entries) refresh() {
	e.table.SetFixed(e.inherited)
	if e.of.there == nil {
		return
	}
	e.table.Recheck()
	there := e.of.there(e.request)
	if !slices.Equal(there, e.urlSays) {
		e.leave() // the text is of rows that the URL does not have any more
	}
	e.urlSays = there
	e.table.Rebase(func(rows []widget.Entry) []widget.Entry {
		own := make([]widget.Entry, 0, len(rows)+len(there))
		for _, row := range rows {
			switch {
			case row.Place == "":
				own = append(own, row)
			case e.of.put == nil && row.Value != "":
				row.Place = "" // it was asked for, and has been given
				own = append(own, row)
			}
		}
		at := 0
		for at < len(own) && own[at].Fixed {
			at++
		}
		return slices.Insert(own, at, there...)
	})
}

// why is the key of the entry under the cursor.
func (e *entries) why() string {
	row, ok := e.table.Entry()
	if !ok || !slices.Contains([]string{"headers", "params", "path", "cookies"}, e.of.key) {
		return ""
	}
	return e.of.key + "." + row.Name
}

func (e *entries) setScope(scope template.Scope) { e.scope = scope }

func (e *entries) setFocus(f bool) {
	e.grid.setFocus(f)
	e.store()
}

func (e *entries) enter(int)     {}
func (e *entries) step(int) bool { return false }

// text is the rows for $EDITOR.
func (e *entries) text() (text, extension string, ok bool) { return e.external(), ".txt", true }

func (e *entries) setText(edited string) {
	e.setExternal(edited)
	e.store()
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

func (e *entries) do(id action.ID) bool {
	defer e.store()
	return e.grid.do(id)
}

func (e *entries) update(msg tea.Msg) bool {
	defer e.store()
	return e.grid.update(msg)
}

// store writes what the rows say into the request.
func (e *entries) store() {
	var there, own []widget.Entry
	for _, row := range e.rows() {
		switch {
		case row.Fixed:
		case row.Place != "" && e.of.put != nil:
			there = append(there, row)
		case row.Place == "" || row.Value != "":
			row.Place = ""
			own = append(own, row)
		}
	}
	list := e.of.get(e.request)
	*list = e.of.join(own, *list)
	if e.of.put != nil {
		e.of.put(e.request, there)
	}
	if e.of.there != nil {
		e.urlSays = e.of.there(e.request)
	}
	e.refresh()
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
	named := map[string][]collections.Entry{}
	for _, entry := range before {
		named[entry.Name] = append(named[entry.Name], entry)
	}
	var list []collections.Entry
	for start := 0; start < len(rows); {
		end := start + 1
		for end < len(rows) && sameEntry(rows[start], rows[end]) {
			end++
		}
		list = append(list, joinRows(rows[start:end], named[rows[start].Name]))
		start = end
	}
	return list
}

func sameEntry(a, b widget.Entry) bool { return a.Name == b.Name && a.Off == b.Off && a.Note == b.Note }

// joinRows makes an entry of rows that have its name, as those before of that name.
func joinRows(rows []widget.Entry, before []collections.Entry) collections.Entry {
	entry := collections.Entry{Name: rows[0].Name, Off: rows[0].Off, Note: rows[0].Note}
	same := func(v collections.Value, row widget.Entry) bool { return v.Text == row.Value }
	for _, old := range before {
		if slices.EqualFunc(old.Values(), rows, same) {
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

// seek puts the cursor on the first row of that name, if there is one.
func (e *entries) seek(name string) {
	rows := e.table.Entries()
	at := slices.IndexFunc(rows, func(row widget.Entry) bool { return row.Name == name })
	if at < 0 {
		return
	}
	e.table.Move(widget.Top)
	for range at {
		e.table.Move(widget.Down)
	}
}
