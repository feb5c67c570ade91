package pane

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/style"
	"parley/ui/widget"
	"parley/ui/widget/text"
)

// gridOptions say what a grid is for.
type gridOptions struct {
	table widget.TableOptions
	text  rowText
	// one and many are what a row is called, as in "1 header".
	one, many string
	// paste returns the rows that a pasted text is a list of; nil: it is none.
	paste func(text string) []widget.Entry
	// below says what there is to know of a row when nothing is wrong with it; nil: nothing.
	below func(row widget.Entry) (role themes.Role, text string)
}

// grid is a table of names and values that can also be edited as text, in its place. The last line says what is wrong with
// the row under the cursor, or what there is to know of it.
type grid struct {
	options gridOptions
	table   *widget.Table
	// text has the rows while they are edited so, and before are the rows as they were; nil: they are not.
	text   *widget.Editor
	before []widget.Entry
	wrap   bool // the long lines of the text are wrapped
	// gone counts the changes of texts that were left.
	gone    int
	say     Notice // what there is to say of what was done last
	styles  style.Styles
	focused bool
	w, h    int
	drawn   footed
}

// footed is a view with its last line, and what it was drawn of.
type footed struct {
	above, word string
	role        themes.Role
	styles      style.Styles
	w           int
	view        string
}

func newGrid(options gridOptions) *grid {
	return &grid{options: options, table: widget.NewTable(style.Styles{}, themes.Background, options.table)}
}

// set replaces the rows, with no past to undo to.
func (g *grid) set(rows []widget.Entry) {
	g.leave()
	g.table.SetEntries(rows)
}

// rows returns the rows as they are seen.
func (g *grid) rows() []widget.Entry {
	if g.text == nil {
		return g.table.Entries()
	}
	return g.written()
}

// written returns the rows that the text says, with those from elsewhere.
func (g *grid) written() []widget.Entry {
	var fixed, there, own []widget.Entry
	read := g.options.text.read(g.text.Text())
	rows := make([]widget.Entry, len(read))
	for i, row := range read {
		rows[i] = row.Entry
	}
	keepBeside(rows, ownRows(g.before))
	for _, row := range g.before {
		if row.Fixed {
			fixed = append(fixed, row)
		}
	}
	for _, row := range rows {
		switch row = g.placed(row); row.Place {
		case "":
			own = append(own, row)
		default:
			there = append(there, row)
		}
	}
	return slices.Concat(fixed, there, own)
}

// placed takes a row that was switched off out of its place, which keeps only what is on.
func (g *grid) placed(row widget.Entry) widget.Entry {
	if row.Place == "" || !row.Off {
		return row
	}
	if g.options.table.Over != nil {
		if over, ok := g.options.table.Over(widget.Entry{Name: row.Name, Value: row.Value, Place: row.Place}, ""); ok {
			row.Name, row.Value = over.Name, over.Value
		}
	}
	row.Place = ""
	return row
}

// asText begins to edit the rows as text, on the line of the row that has the cursor.
func (g *grid) asText() {
	g.table.Commit()
	g.before = g.table.Entries()
	g.text = widget.NewEditor(g.styles, widget.EditorOptions{
		Placeholder: "One on a line, as name" + g.options.text.before + string(g.options.text.separator) + g.options.text.after + "value; ~ before it switches it off",
		Numbers:     true, Highlight: g.highlight, Complete: g.completeLine,
	})
	g.text.SetWrap(g.wrap)
	g.text.Reset(g.options.text.write(ownRows(g.before)))
	g.setSize(g.w, g.h)
	g.setStyles(g.styles)
	g.setFocus(g.focused)
	g.mark()
	line, _ := g.table.Cursor()
	if above := ownRows(g.before[:min(line, len(g.before))]); len(above) > 0 {
		g.text.Go(len(g.options.text.write(above)) + len("\n"))
	}
}

// ownRows are those that do not come from elsewhere.
func ownRows(rows []widget.Entry) []widget.Entry {
	return slices.DeleteFunc(slices.Clone(rows), func(e widget.Entry) bool { return e.Fixed })
}

// leave goes back to the table; what the text says is one step that can be undone.
func (g *grid) leave() bool {
	if g.text == nil {
		return false
	}
	rows, changed := g.written(), g.text.Version() > 0
	g.gone += g.text.Version()
	g.text = nil
	if changed {
		g.table.Replace(rows)
	}
	g.before = nil
	g.setFocus(g.focused)
	return true
}

// highlight colours a line of the text.
func (g *grid) highlight(line string) []widget.Span {
	row := g.options.text.readLine(line)
	if row.Off {
		return []widget.Span{{From: 0, To: len(line), Role: themes.Faint}}
	}
	end := len(line) - len(row.Value)
	if !strings.HasSuffix(line, row.Value) {
		end = len(line)
	}
	at := strings.LastIndexByte(line[:end], g.options.text.separator)
	if row.bare || at < 0 {
		return []widget.Span{{From: 0, To: len(line), Role: themes.Key}}
	}
	spans := []widget.Span{{From: 0, To: at, Role: themes.Key}, {From: at, To: at + 1, Role: themes.Punctuation}}
	if light := g.options.table.Highlight; light != nil && end < len(line) {
		for _, s := range light(widget.ColumnValue, row.Value) {
			spans = append(spans, widget.Span{From: end + s.From, To: end + s.To, Role: s.Role})
		}
	}
	return spans
}

// mark shows beside the lines of the text what is wrong with them.
func (g *grid) mark() {
	if g.text == nil {
		return
	}
	read := g.options.text.read(g.text.Text())
	rows := make([]widget.Entry, len(read))
	var marks []widget.Mark
	put := func(line int, role themes.Role, message string) {
		at := text.Pos{Line: line}
		marks = append(marks, widget.Mark{From: at, To: at, Role: role, Message: message})
	}
	for i, row := range read {
		rows[i] = row.Entry
		if row.bare {
			put(row.line, themes.Warning, fmt.Sprintf("no %c: a name without a value", g.options.text.separator))
		}
	}
	if g.options.table.Check != nil {
		for _, c := range g.options.table.Check(rows) {
			put(read[c.Line].line, c.Role, c.Text)
		}
	}
	slices.SortStableFunc(marks, func(a, b widget.Mark) int { return a.From.Line - b.From.Line })
	marks = slices.CompactFunc(marks, func(a, b widget.Mark) bool { return a.From.Line == b.From.Line })
	g.text.SetMarks(marks...)
}

func (g *grid) setSize(w, h int) {
	g.w, g.h = w, h
	rows := max(0, h-g.foot())
	g.table.SetSize(w, rows)
	if g.text != nil {
		g.text.SetSize(w, rows)
	}
}

// foot is how many lines are kept for a word about a row.
func (g *grid) foot() int {
	if g.h < 4 || g.options.below == nil && g.options.table.Check == nil {
		return 0
	}
	return 1
}

func (g *grid) setStyles(s style.Styles) {
	g.styles = s
	g.table.SetStyles(s, themes.Background)
	if g.text != nil {
		g.text.SetStyles(s, themes.Background)
	}
}

func (g *grid) setFocus(focused bool) {
	g.focused = focused
	g.table.Focus(focused && g.text == nil)
	if g.text != nil {
		g.text.Focus(focused)
	}
}

func (g *grid) view() string {
	view := ""
	if g.text != nil {
		view = g.text.View()
	} else {
		view = g.table.View()
	}
	if g.foot() == 0 {
		return view
	}
	of := footed{above: view, styles: g.styles, w: g.w}
	of.role, of.word = g.word()
	of.view = g.drawn.view
	if of != g.drawn {
		of.view = view + "\n" + widget.NewRow(g.styles, themes.Background, g.w).Space(1).Text(of.role, of.word).String()
		g.drawn = of
	}
	return g.drawn.view
}

// inCell reports whether a cell is typed in, which esc puts back as it was.
func (g *grid) inCell() bool { return g.text == nil && g.table.Editing() }

// word is what the last line says.
func (g *grid) word() (themes.Role, string) {
	if g.text != nil {
		return themes.Faint, "esc goes back to the table, and keeps what is written here"
	}
	found, wrong := g.table.Complaint()
	line, _ := g.table.Cursor()
	if wrong && found.Line == line {
		return found.Role, "! " + found.Text
	}
	if g.options.below != nil {
		if role, word := g.options.below(g.table.Shown()); word != "" {
			return role, word
		}
	}
	switch {
	case wrong:
		return found.Role, "! " + found.Text
	case g.inCell():
		return themes.Faint, "tab next cell · enter keeps it and goes on · esc takes it back"
	case g.focused && g.table.AtEnd() && g.options.paste != nil:
		return themes.Faint, "type a name, or paste a list: lines, a query, JSON, a curl command"
	default:
		return themes.Faint, ""
	}
}

func (g *grid) cursor() (x, y int, ok bool) {
	if g.text != nil {
		return g.text.Cursor()
	}
	return g.table.EditCursor()
}

// editor is what one types in, or nil.
func (g *grid) editor() *widget.Editor {
	if g.text != nil {
		return g.text
	}
	return g.table.Editor()
}

func (g *grid) version() int {
	if g.text != nil {
		return g.table.Version() + g.gone + g.text.Version()
	}
	return g.table.Version() + g.gone
}

func (g *grid) selected() string {
	if editor := g.editor(); editor != nil {
		return editor.Selected()
	}
	return ""
}

// context is where letters are text: in a cell that is edited, and on the empty line, where typing adds an entry.
func (g *grid) context() action.Context {
	switch {
	case g.text != nil:
		return action.Editor
	case g.table.Editing() || g.table.AtEnd():
		return action.Field
	default:
		return action.Table
	}
}

func (g *grid) do(id action.ID) bool {
	switch {
	case g.text == nil && id == action.RowsAsText:
		g.asText()
		return true
	case g.text != nil && (id == action.Escape || id == action.RowsAsText):
		return g.leave()
	case g.text != nil && (id == action.Next || id == action.Previous):
		return false // a tab would part name and value
	case g.text != nil:
		defer g.mark()
		return editText(g.text, id)
	case id == action.RowAdd:
		return g.table.Begin()
	case id == action.RowUp && !g.table.Editing():
		return g.reorder(-1)
	case id == action.RowDown && !g.table.Editing():
		return g.reorder(1)
	default:
		return doTable(g.table, id)
	}
}

func (g *grid) update(msg tea.Msg) bool {
	if paste, ok := msg.(tea.PasteMsg); ok && g.paste(paste.Content) {
		g.mark()
		return true
	}
	if g.text != nil {
		defer g.mark()
		return g.text.Update(msg)
	}
	return g.table.Update(msg)
}

// pasteMost is how long a pasted text may be to be read as a list.
const pasteMost = 1 << 20

// paste makes rows of a text that is a list of names and values, and reports whether it is one. In a cell, what is one
// row at most is text; so is everything in a cell of a value.
func (g *grid) paste(pasted string) bool {
	if g.options.paste == nil || len(pasted) > pasteMost {
		return false
	}
	_, column := g.table.Cursor()
	rows := g.options.paste(pasted)
	least := 1
	switch editor := g.editor(); {
	case g.text != nil:
		least = 2
	case editor != nil && column != widget.ColumnName:
		return false
	case editor != nil && !editor.Empty(), editor == nil && column != widget.ColumnName && !g.table.AtEnd():
		least = 2
	}
	if len(rows) < least {
		return false
	}
	if g.text != nil {
		g.text.Paste(g.options.text.write(rows))
		return true
	}
	g.added(len(rows))
	return g.table.Insert(rows...)
}

// added says how many rows a paste has made.
func (g *grid) added(n int) {
	g.say = Notice{Level: Success, Text: fmt.Sprintf("added %d %s", n, g.options.many), Hint: "ctrl+z takes that back"}
	if n == 1 {
		g.say.Text = "added 1 " + g.options.one
	}
}

// told returns once what there is to say of what was done last.
func (g *grid) told() Notice {
	say := g.say
	g.say = Notice{}
	return say
}

// reorder moves the row under the cursor, and says why it cannot go where it would leave the table.
func (g *grid) reorder(by int) bool {
	moved := g.table.Reorder(by)
	line, _ := g.table.Cursor()
	rows := g.table.Entries()
	if !moved && line < len(rows) && line+by >= 0 && line+by < len(rows) && rows[line].Place == "" && rows[line+by].Place != "" {
		g.say = Notice{Level: Info, Text: "it cannot stand in the URL: what is switched off, has a note or has no name is kept here"}
		return true
	}
	return moved
}

// external is the rows as text for $EDITOR, and setExternal what comes back.
func (g *grid) external() string {
	if g.text != nil {
		return g.text.Text()
	}
	return g.options.text.write(ownRows(g.rows()))
}

func (g *grid) setExternal(edited string) {
	if g.text != nil {
		g.text.SetText(edited)
		g.mark()
		return
	}
	g.asText()
	g.text.SetText(strings.TrimSuffix(edited, "\n"))
	g.leave()
}

// template is the text under the cursor that can have {{ }}.
func (g *grid) template() (string, int) {
	if g.text != nil {
		return lineAtCursor(g.text)
	}
	return tableTemplate(g.table)
}
