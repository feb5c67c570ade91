package pane

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/template"
	"parley/httpcore"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/pane/known"
	"parley/ui/widget"
)

// nestedOf says which sections a [nested] edits, and how they are spoken of.
type nestedOf struct {
	title string
	// section is how the files call it, column the title of the first column, one what that names, and adding what the empty
	// line asks for.
	section, column, one, adding string
	get                          func(*collections.Request) *[]collections.Nested
	// parts are the sections that a key can be in.
	parts []string
}

// nested is the section of what settings say of URLs or of sessions by name: a row for each key. A row that the file cannot
// say yet is kept here, and said to be wrong.
type nested struct {
	*grid
	of      nestedOf
	schemes []httpcore.Scheme
	request *collections.Request
	scope   template.Scope
	wrong   []widget.Complaint
}

func newByURL(schemes []httpcore.Scheme) *nested {
	return newNested(schemes, nestedOf{
		title: "By URL", section: collections.ForSection, column: "URL prefix", one: "URLs", parts: []string{"headers", "auth", "options", "cert"},
		adding: "add one: https://api.test/, then options.verify, then false",
		get:    func(q *collections.Request) *[]collections.Nested { return &q.Around.For },
	})
}

func newSessionDefaults(schemes []httpcore.Scheme) *nested {
	return newNested(schemes, nestedOf{
		title: "Sessions", section: collections.SessionsSection, column: "Session", one: "session", parts: []string{"headers", "params", "cookies", "auth", "options"},
		adding: "add one: a session, then headers.X-Role, then admin",
		get:    func(q *collections.Request) *[]collections.Nested { return &q.Around.Sessions },
	})
}

func newNested(schemes []httpcore.Scheme, of nestedOf) *nested {
	n := &nested{of: of, schemes: schemes, request: &collections.Request{}}
	n.grid = newGrid(gridOptions{
		table: widget.TableOptions{
			Titles: [3]string{of.column, "Setting", "Value"}, Notes: 30, Three: true, Adding: of.adding,
			Highlight: func(_ widget.Column, cell string) []widget.Span { return variableSpans(cell, n.scope) },
			Complete:  n.complete,
			Check: func(rows []widget.Entry) []widget.Complaint {
				_, wrong := n.read(rows)
				return wrong
			},
		},
		below: n.below, one: "setting", many: "settings",
	})
	return n
}

func (n *nested) title() string { return n.of.title }

func (n *nested) count() string {
	switch count := len(*n.of.get(n.request)); {
	case len(n.wrong) > 0:
		return "!"
	case count > 0:
		return strconv.Itoa(count)
	default:
		return ""
	}
}

func (n *nested) setRequest(q *collections.Request) {
	n.request, n.wrong = q, nil
	list := *n.of.get(q)
	rows := make([]widget.Entry, len(list))
	for i, one := range list {
		rows[i] = nestedRow(one)
	}
	n.set(rows)
}

// nestedRow is a key as a row: one that is switched off is so by a ~ before its name.
func nestedRow(one collections.Nested) widget.Entry {
	row := widget.Entry{Name: one.In, Value: one.Key, Note: one.Typed()}
	if part, name, ok := strings.Cut(one.Key, ".~"); ok && switched(part) {
		row.Value, row.Off = part+"."+name, true
	}
	return row
}

// switched reports whether what is in a section can be switched off.
func switched(part string) bool { return part == "headers" || part == "params" || part == "cookies" }

// read returns what rows say, and what is wrong with those that cannot be said. What has not changed stays as the file
// spells it.
func (n *nested) read(rows []widget.Entry) (list []collections.Nested, wrong []widget.Complaint) {
	before := *n.of.get(n.request)
	for line, row := range rows {
		if row == (widget.Entry{}) {
			continue
		}
		at := slices.IndexFunc(before, func(b collections.Nested) bool { return nestedRow(b) == row })
		var one collections.Nested
		complaint := n.incomplete(row, rows[:line])
		switch {
		case complaint.Text != "":
		case at >= 0:
			one = before[at]
		default:
			one, complaint = n.typed(row)
		}
		if complaint.Text != "" {
			complaint.Line = line
			wrong = append(wrong, complaint)
			continue
		}
		list = append(list, one)
	}
	for line, row := range rows {
		if strings.HasPrefix(row.Value, "auth.") && !slices.ContainsFunc(rows, func(r widget.Entry) bool { return r.Name == row.Name && r.Value == "auth.type" }) {
			complaint, _ := complaintOf(themes.Error, widget.ColumnValue, "%s needs its auth.type as well, such as bearer: add a row", short(row.Name))
			complaint.Line = line
			wrong = append(wrong, complaint)
			list = slices.DeleteFunc(list, func(one collections.Nested) bool { return one.In == row.Name && strings.HasPrefix(one.Key, "auth.") })
		}
	}
	return list, wrong
}

// incomplete says what a row lacks, or which one before it says the same.
func (n *nested) incomplete(row widget.Entry, before []widget.Entry) widget.Complaint {
	c := widget.Complaint{}
	switch {
	case row.Name == "":
		c, _ = complaintOf(themes.Error, widget.ColumnName, "it is not said which %s this is for", n.of.one)
	case row.Value == "":
		c, _ = complaintOf(themes.Error, widget.ColumnValue, "%s has no setting yet: %s", short(row.Name), strings.Join(n.examples(), ", "))
	case slices.ContainsFunc(before, func(b widget.Entry) bool { return b.Name == row.Name && overlaps(b.Value, row.Value) }):
		c, _ = complaintOf(themes.Error, widget.ColumnValue, "%s says %s already", short(row.Name), short(row.Value))
	case row.Off && !switched(partOfKey(row.Value)):
		c, _ = complaintOf(themes.Error, widget.ColumnValue, "%s cannot be switched off: take the row out", short(row.Value))
	}
	return c
}

// overlaps reports whether two keys cannot both be there: they are the same, or one is in the other.
func overlaps(a, b string) bool {
	return a == b || strings.HasPrefix(a, b+".") || strings.HasPrefix(b, a+".")
}

func partOfKey(key string) string {
	part, _, _ := strings.Cut(key, ".")
	return part
}

// typed reads a row.
func (n *nested) typed(row widget.Entry) (collections.Nested, widget.Complaint) {
	key := row.Value
	if part, name, ok := strings.Cut(key, "."); ok && row.Off {
		key = part + ".~" + name
	}
	one, err := collections.ReadNested(n.of.section, row.Name, key, row.Note)
	if err == nil {
		return one, widget.Complaint{}
	}
	text := err.Error()
	if found, ok := errors.AsType[*collections.Finding](err); ok { // it has no place but this row
		text = found.Message
		if found.Advice != "" {
			text += ": " + found.Advice
		}
	}
	column := widget.ColumnValue
	if strings.Contains(text, "no URL begins") {
		column = widget.ColumnName
	}
	complaint, _ := complaintOf(themes.Error, column, "%s", text)
	return one, complaint
}

// problem implements troubled: the first row that the file cannot say.
func (n *nested) problem() string {
	if len(n.wrong) == 0 {
		return ""
	}
	return n.of.title + ", row " + strconv.Itoa(n.wrong[0].Line+1) + ": " + n.wrong[0].Text
}

// remedy says that a row is not whole.
func (n *nested) remedy() string {
	return "a row of the side " + n.of.title + " is not whole"
}

// mend puts the cursor on the row.
func (n *nested) mend() {
	if len(n.wrong) == 0 {
		return
	}
	n.table.Move(widget.Top)
	for range n.wrong[0].Line {
		n.table.Move(widget.Down)
	}
}

func (n *nested) setScope(scope template.Scope) { n.scope = scope }

func (n *nested) setFocus(f bool) {
	n.grid.setFocus(f)
	n.store()
}

func (n *nested) enter(int)                               {}
func (n *nested) step(int) bool                           { return false }
func (n *nested) text() (text, extension string, ok bool) { return "", "", false }
func (n *nested) setText(string)                          {}
func (n *nested) typing() *widget.Editor                  { return n.editor() }

func (n *nested) do(id action.ID) bool {
	defer n.store()
	switch id {
	case action.RowsAsText:
		n.say = Notice{Level: Info, Text: "as text they are in the side File", Hint: n.of.title + " is [" + n.of.section + "] there"}
		return true
	case action.RowUp, action.RowDown:
		if !n.table.Editing() {
			n.say = Notice{Level: Info, Text: "their order does not matter", Hint: n.orderHint()}
			return true
		}
	}
	return n.grid.do(id)
}

// orderHint says what counts in the place of the order.
func (n *nested) orderHint() string {
	if n.of.section == collections.ForSection {
		return "of several that fit a URL, the longest wins"
	}
	return ""
}

func (n *nested) update(msg tea.Msg) bool {
	defer n.store()
	return n.grid.update(msg)
}

// store writes what the rows say into the request.
func (n *nested) store() { *n.of.get(n.request), n.wrong = n.read(n.rows()) }

// examples are keys that the sections can have.
func (n *nested) examples() []string {
	of := map[string]string{"headers": "headers.Accept", "auth": "auth.type", "options": "options.verify", "cert": "cert.file", "params": "params.lang", "cookies": "cookies.theme"}
	list := make([]string, len(n.of.parts))
	for i, part := range n.of.parts {
		list[i] = of[part]
	}
	return list
}

// below says what the setting of a row is for, or what there can be.
func (n *nested) below(row widget.Entry) (themes.Role, string) {
	part, name, _ := strings.Cut(row.Value, ".")
	switch part {
	case "headers":
		if role, word := headerMeaning(widget.Entry{Name: name, Value: row.Note}); word != "" {
			return role, word
		}
	case "options":
		for _, o := range optionTable() {
			if o.key == name {
				return themes.Muted, o.help
			}
		}
	}
	return themes.Faint, "settings are " + strings.Join(n.examples(), ", ")
}

// complete is the completion of a cell: what is there already, the keys that there are, and the values that a key may have.
func (n *nested) complete(column widget.Column, row widget.Entry, cell string, cursor int) widget.Candidates {
	found := completeCode(cell, cursor, n.scope)
	if len(found.List) > 0 {
		return found
	}
	found = widget.Candidates{From: 0, To: len(cell)}
	switch column {
	case widget.ColumnName:
		for _, r := range n.table.Entries() {
			if r.Name != cell && !slices.ContainsFunc(found.List, func(c widget.Candidate) bool { return c.Text == r.Name }) {
				found.List = append(found.List, widget.Candidate{Text: r.Name, Kind: "here"})
			}
		}
	case widget.ColumnValue:
		for _, part := range n.of.parts {
			found.List = append(found.List, n.keys(part)...)
		}
	case widget.ColumnNote:
		found.List = n.values(row.Value)
	}
	return found
}

// keys are those that a part can have, as far as they are known.
func (n *nested) keys(part string) []widget.Candidate {
	var list []widget.Candidate
	switch part {
	case "headers":
		for _, h := range known.Headers() {
			list = append(list, widget.Candidate{Text: "headers." + h.Name, Detail: h.Means})
		}
	case "options":
		for _, o := range optionTable() {
			list = append(list, widget.Candidate{Text: "options." + o.key, Detail: o.help})
		}
	case "auth":
		list = append(list, widget.Candidate{Text: "auth.type", Detail: "the kind of authentication"})
		for _, s := range n.schemes {
			for _, f := range s.Fields() {
				if key := "auth." + f.Name; !slices.ContainsFunc(list, func(c widget.Candidate) bool { return c.Text == key }) {
					list = append(list, widget.Candidate{Text: key, Detail: f.Label})
				}
			}
		}
	case "cert":
		list = append(list, widget.Candidate{Text: "cert.file", Detail: "a client certificate"}, widget.Candidate{Text: "cert.key", Detail: "the file of its key"})
	}
	return list
}

// values are those that a key often has.
func (n *nested) values(key string) []widget.Candidate {
	part, name, _ := strings.Cut(key, ".")
	var words []string
	switch {
	case part == "headers":
		return headerCandidates(widget.ColumnValue, name)
	case key == "auth.type":
		words = []string{authNone}
		for _, s := range n.schemes {
			words = append(words, s.Type())
		}
	case part == "options":
		for _, o := range optionTable() {
			if o.key == name {
				words = slices.DeleteFunc(slices.Clone(o.choices), func(word string) bool { return word == inherited })
			}
		}
	}
	list := make([]widget.Candidate, len(words))
	for i, word := range words {
		list[i] = widget.Candidate{Text: word}
	}
	return list
}
