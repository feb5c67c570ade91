package widget

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/style"
)

// Entry is a line of a table.
type Entry struct {
	Name, Value, Note string
	Off               bool // switched off, but kept
	Fixed             bool // comes from elsewhere and can't be changed here; Note says where from
}

// Column is a part of an entry.
type Column uint8

// The columns.
const (
	ColumnName Column = iota
	ColumnValue
	ColumnNote
	columnCount
)

// TableOptions say what a table is for. They are fixed for its life.
type TableOptions struct {
	Titles   [3]string // of the columns; an empty third leaves notes out
	Notes    int       // percent of the room that the third gets, where there is room for it; 0 is 25
	Adding   string    // the placeholder of the empty line at the end
	Empty    string    // what a read-only table shows without entries
	ReadOnly bool      // nothing can be changed, and there are no boxes to check
	// Highlight colours a cell, as an editor's line.
	Highlight func(column Column, cell string) []Span
	// Complete tells how to go on in a cell of an entry, as an editor's.
	Complete func(column Column, entry Entry, cell string, cursor int) Candidates
}

// Table shows entries of a name, a value and a note, which are edited in place. In a table that can be edited an
// empty line follows the last entry: typing there adds one.
type Table struct {
	options TableOptions
	styles  style.Styles
	on      themes.Role
	entries []Entry
	past    [][]Entry
	future  [][]Entry
	version int
	scroll  scroll
	column  Column
	editor  *Editor // of the cell that is edited; nil when none is
	focused bool
	w, h    int
	widths  [columnCount]int
	view    string
}

// NewTable returns a table on a surface.
func NewTable(styles style.Styles, on themes.Role, options TableOptions) *Table {
	t := &Table{options: options, styles: styles, on: on}
	t.laid()
	return t
}

// SetEntries replaces the entries, with no past to undo to; a cell that is being edited is left.
func (t *Table) SetEntries(entries []Entry) {
	t.closeEditor()
	t.entries, t.past, t.future = slices.Clone(entries), nil, nil
	t.version++
	t.laid()
}

// Entries returns the entries, the one that is being edited as it is typed: what is seen is what counts.
func (t *Table) Entries() []Entry {
	entries := slices.Clone(t.entries)
	if t.editor == nil {
		return entries
	}
	entry, exists := t.Entry()
	*entry.cell(t.column) = t.editor.Text()
	switch {
	case exists:
		entries[t.scroll.cursor] = entry
	case entry != Entry{}:
		entries = append(entries, entry)
	}
	return entries
}

// SetFixed replaces the entries from elsewhere, which stand before all others. That is no step to undo. A cell that is
// being edited is left in peace: what it says is not known to whoever has chosen them.
func (t *Table) SetFixed(fixed []Entry) {
	own := slices.IndexFunc(t.entries, func(e Entry) bool { return !e.Fixed })
	if own < 0 {
		own = len(t.entries)
	}
	if t.editor != nil || slices.Equal(t.entries[:own], fixed) {
		return
	}
	t.entries = slices.Concat(fixed, t.entries[own:])
	cursor := t.scroll.cursor
	if cursor >= own {
		cursor += len(fixed) - own
	}
	t.laid()
	t.scroll.to(cursor)
}

// Put changes a cell of the entry under the cursor, and reports whether it could.
func (t *Table) Put(c Column, text string) bool {
	entry, ok := t.Entry()
	if !ok || !t.editable() || t.editor != nil {
		return false
	}
	*entry.cell(c) = text
	entries := slices.Clone(t.entries)
	entries[t.scroll.cursor] = entry
	t.change(entries)
	return true
}

// Version changes whenever an entry does, also as it is typed.
func (t *Table) Version() int {
	if t.editor != nil {
		return t.version + t.editor.Version()
	}
	return t.version
}

// closeEditor leaves the cell that is edited without keeping anything. The version goes on from the editor's.
func (t *Table) closeEditor() {
	if t.editor != nil && t.editor.Version() > 0 {
		t.version += t.editor.Version() + 1
	}
	t.editor, t.view = nil, ""
}

// Cursor returns the line and column that the cursor is on; the line is len(Entries()) on the empty one.
func (t *Table) Cursor() (line int, column Column) { return t.scroll.cursor, t.column }

// Entry returns the entry that the cursor is on; ok is false on the empty line.
func (t *Table) Entry() (entry Entry, ok bool) {
	if t.scroll.cursor >= len(t.entries) {
		return Entry{}, false
	}
	return t.entries[t.scroll.cursor], true
}

// change makes entries the table's, as a step that can be undone.
func (t *Table) change(entries []Entry) {
	const most = 100
	if len(t.past) == most {
		t.past = t.past[1:]
	}
	t.past, t.future = append(t.past, t.entries), nil
	t.entries = entries
	t.version++
	t.laid()
}

// Undo takes the last change back and reports whether there was one. In a cell that is edited it undoes typing, and
// when none is left, it leaves the cell and goes on before.
func (t *Table) Undo() bool {
	t.view = ""
	if t.editor != nil && t.editor.Undo() {
		return true
	}
	t.closeEditor()
	return t.swap(&t.past, &t.future)
}

// Redo does again what was undone last and reports whether there was anything.
func (t *Table) Redo() bool {
	t.view = ""
	if t.editor != nil {
		return t.editor.Redo()
	}
	return t.swap(&t.future, &t.past)
}

func (t *Table) swap(from, to *[][]Entry) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	*to = append(*to, t.entries)
	t.entries, *from = (*from)[n-1], (*from)[:n-1]
	t.version++
	t.laid()
	return true
}

// editable reports whether the line under the cursor can be changed.
func (t *Table) editable() bool {
	entry, ok := t.Entry()
	return !t.options.ReadOnly && (!ok || !entry.Fixed)
}

// Toggle switches the entry under the cursor on or off and reports whether it could.
func (t *Table) Toggle() bool {
	if _, ok := t.Entry(); !ok || !t.editable() || t.editor != nil {
		return false
	}
	entries := slices.Clone(t.entries)
	entries[t.scroll.cursor].Off = !entries[t.scroll.cursor].Off
	t.change(entries)
	return true
}

// Delete removes the entry under the cursor and reports whether it could.
func (t *Table) Delete() bool {
	if _, ok := t.Entry(); !ok || !t.editable() || t.editor != nil {
		return false
	}
	t.change(slices.Delete(slices.Clone(t.entries), t.scroll.cursor, t.scroll.cursor+1))
	return true
}

// Reorder moves the entry under the cursor down, or up when by is negative, and reports whether it could. Entries
// from elsewhere keep their places.
func (t *Table) Reorder(by int) bool {
	from, to := t.scroll.cursor, t.scroll.cursor+by
	if t.options.ReadOnly || t.editor != nil || from >= len(t.entries) || to < 0 || to >= len(t.entries) ||
		t.entries[from].Fixed || t.entries[to].Fixed {
		return false
	}
	entries := slices.Clone(t.entries)
	entry := entries[from]
	entries = slices.Insert(slices.Delete(entries, from, from+1), to, entry)
	t.change(entries)
	t.scroll.to(to)
	return true
}

// Add appends entries, as when text is pasted, and reports whether it could.
func (t *Table) Add(entries ...Entry) bool {
	if t.options.ReadOnly || len(entries) == 0 {
		return false
	}
	t.change(append(slices.Clone(t.entries), entries...))
	t.scroll.to(len(t.entries) - 1)
	t.view = ""
	return true
}

// Move moves the cursor by lines, and left and right between the columns. An edit is kept first.
func (t *Table) Move(m Motion) {
	t.Commit()
	t.view = ""
	switch m {
	case Left:
		t.column = max(t.column, 1) - 1
	case Right:
		t.column = min(t.column+1, t.last())
	default:
		t.scroll.move(m)
	}
}

// last is the last column there is.
func (t *Table) last() Column {
	if t.options.Titles[ColumnNote] == "" {
		return ColumnValue
	}
	return ColumnNote
}

// SetSize says how many cells there are.
func (t *Table) SetSize(w, h int) {
	t.w, t.h = max(0, w), max(0, h)
	t.laid()
}

// SetStyles replaces the styles.
func (t *Table) SetStyles(styles style.Styles, on themes.Role) {
	t.styles, t.on, t.view = styles, on, ""
	if t.editor != nil {
		t.editor.SetStyles(styles, themes.Surface)
	}
}

// Focus says whether the table has focus. Losing it keeps what is being edited.
func (t *Table) Focus(focused bool) {
	if !focused {
		t.Commit()
	}
	t.focused, t.view = focused, ""
}

// laid works out the layout after anything has changed.
func (t *Table) laid() {
	count := len(t.entries)
	if !t.options.ReadOnly {
		count++
	}
	t.scroll.resize(count, t.h-1)
	t.measure()
	t.view = ""
}

// Update takes keys that edit, arrows, pastes and the mouse, and reports whether it was its business.
func (t *Table) Update(msg tea.Msg) bool {
	t.view = ""
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if t.editor != nil {
			return t.editKey(msg)
		}
		return t.key(msg)
	case tea.PasteMsg:
		if t.editor == nil && !t.Edit() {
			return false
		}
		return t.editor.Update(msg)
	case tea.MouseWheelMsg:
		t.Commit()
		return t.scroll.turn(msg)
	case tea.MouseClickMsg:
		return t.click(msg)
	case tea.MouseMotionMsg:
		return t.editor != nil && t.editor.Update(tea.MouseMotionMsg(t.inCell(tea.Mouse(msg))))
	case tea.MouseReleaseMsg:
		return t.editor != nil && t.editor.Update(msg)
	}
	return false
}

func (t *Table) key(msg tea.KeyPressMsg) bool {
	if m, ok := motionOf(msg.String()); ok {
		t.Move(m)
		return true
	}
	if t.AtEnd() && msg.String() == "enter" {
		return t.Edit()
	}
	if t.AtEnd() && msg.Text != "" && msg.Text != " " && t.Edit() {
		return t.editor.Update(msg)
	}
	return false
}

func (t *Table) click(msg tea.MouseClickMsg) bool {
	line, ok := t.scroll.at(msg.Y - 1)
	if !ok || !points(msg.Button) {
		return false
	}
	column, x := t.columnAt(msg.X)
	if msg.Button == tea.MouseRight {
		return t.point(line, column)
	}
	if t.editor != nil && line == t.scroll.cursor && column == t.column {
		return t.editor.Update(tea.MouseClickMsg(t.inCell(tea.Mouse(msg))))
	}
	t.Commit()
	again := line == t.scroll.cursor && column == t.column && t.focused
	t.scroll.to(line)
	if x < 0 && !t.options.ReadOnly {
		t.Toggle()
		return true
	}
	t.column = column
	if again || t.AtEnd() {
		t.Edit()
	}
	return true
}

// point puts the cursor on a cell and does nothing with it; a cell that is being edited stays so.
func (t *Table) point(line int, column Column) bool {
	if t.editor != nil && line == t.scroll.cursor && column == t.column {
		return true
	}
	t.Commit()
	t.scroll.to(line)
	t.column = column
	return true
}
