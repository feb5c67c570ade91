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
	// Place says where an entry stands that is kept somewhere else than the others, and can be changed here all the same.
	// Those with a place come before those without, and have no note of their own.
	Place string
	// Whole gives the name the whole line, of a table that is only read: it is a message about the row above.
	Whole bool
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
	Three    bool      // the third is typed as the others are: tab and enter go there, too
	Adding   string    // the placeholder of the empty line at the end
	Empty    string    // what a read-only table shows without entries
	ReadOnly bool      // nothing can be changed, and there are no boxes to check
	// Highlight colours a cell, as an editor's line.
	Highlight func(column Column, cell string) []Span
	// Complete tells how to go on in a cell of an entry, as an editor's.
	Complete func(column Column, entry Entry, cell string, cursor int) Candidates
	// Check says what is wrong with the entries as they are typed; nil: nothing ever is.
	Check func([]Entry) []Complaint
	// Over returns an entry as it is spelled in another place, the empty one or that of an entry beside it; ok is false
	// where it cannot be. Nil: every entry stays in its place.
	Over func(e Entry, place string) (over Entry, ok bool)
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
	blank   emptyRows
	held    held
	checked checked
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
	t.Rebase(func(entries []Entry) []Entry {
		own := slices.IndexFunc(entries, func(e Entry) bool { return !e.Fixed })
		if own < 0 {
			own = len(entries)
		}
		if slices.Equal(entries[:own], fixed) {
			return entries
		}
		return slices.Concat(fixed, entries[own:])
	})
}

// Rebase changes the entries as they are, and as they were in the steps that can be undone and done again: something
// beside the table has changed. That is no step to undo. While a cell is being edited it does nothing.
func (t *Table) Rebase(change func([]Entry) []Entry) {
	if t.editor != nil {
		return
	}
	entries := change(t.entries)
	if slices.Equal(entries, t.entries) {
		return
	}
	line := t.scroll.cursor
	switch {
	case t.AtEnd() && (t.focused || len(t.entries) > 0):
		line = len(entries)
	case line < len(t.entries):
		line = follow(t.entries[line], line, entries)
	}
	t.entries = entries
	t.past, t.future = rebased(t.past, entries, change), rebased(t.future, entries, change)
	t.version++
	t.laid()
	t.scroll.to(line)
}

// follow returns where an entry that stood on a line is now.
func follow(entry Entry, line int, entries []Entry) int {
	same := func(e Entry) bool { return e.Name == entry.Name && e.Fixed == entry.Fixed }
	if line < len(entries) && same(entries[line]) {
		return line
	}
	if at := slices.IndexFunc(entries, same); at >= 0 {
		return at
	}
	return line
}

// rebased changes steps, of which those that change nothing any more are left out; the last one leads to now.
func rebased(steps [][]Entry, now []Entry, change func([]Entry) []Entry) [][]Entry {
	var kept [][]Entry
	for i := len(steps) - 1; i >= 0; i-- {
		if step := change(steps[i]); !slices.Equal(step, now) {
			kept, now = append(kept, step), step
		}
	}
	slices.Reverse(kept)
	return kept
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

// Shown returns the entry that the cursor is on as it is seen, with what is typed in its cell.
func (t *Table) Shown() Entry {
	entry, _ := t.Entry()
	if t.editor != nil {
		*entry.cell(t.column) = t.editor.Text()
	}
	return entry
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

// Toggle switches the entry under the cursor on or off and reports whether it could. One that has a place leaves it: a
// place keeps only what is on.
func (t *Table) Toggle() bool {
	entry, ok := t.Entry()
	if !ok || !t.editable() || t.editor != nil {
		return false
	}
	if entry.Place != "" {
		return t.leave(entry)
	}
	entries := slices.Clone(t.entries)
	entries[t.scroll.cursor].Off = !entry.Off
	t.change(entries)
	return true
}

// leave takes the entry under the cursor, which has a place, to those without one, switched off.
func (t *Table) leave(entry Entry) bool {
	if t.options.Over == nil {
		return false
	}
	entry, ok := t.options.Over(entry, "")
	if !ok {
		return false
	}
	entry.Off, entry.Place = true, ""
	entries := slices.Delete(slices.Clone(t.entries), t.scroll.cursor, t.scroll.cursor+1)
	to := slices.IndexFunc(entries, func(e Entry) bool { return !e.Fixed && e.Place == "" })
	if to < 0 {
		to = len(entries)
	}
	t.change(slices.Insert(entries, to, entry))
	t.scroll.to(to)
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

// Add appends entries and reports whether it could.
func (t *Table) Add(entries ...Entry) bool {
	if t.options.ReadOnly || len(entries) == 0 {
		return false
	}
	t.change(append(slices.Clone(t.entries), entries...))
	t.scroll.to(len(t.entries) - 1)
	t.view = ""
	return true
}

// Insert puts entries after the one under the cursor, as when text is pasted, and reports whether it could. What is being
// edited is kept first, and the cursor goes to the last of them.
func (t *Table) Insert(entries ...Entry) bool {
	t.Commit()
	line := min(t.scroll.cursor+1, len(t.entries))
	for line < len(t.entries) && (t.entries[line].Fixed || t.entries[line].Place != "") {
		line++
	}
	if t.options.ReadOnly || len(entries) == 0 {
		return false
	}
	t.change(slices.Insert(slices.Clone(t.entries), line, entries...))
	t.scroll.to(line + len(entries) - 1)
	t.column, t.view = ColumnName, ""
	return true
}

// Replace makes entries the table's, as one step that can be undone, and reports whether that changes anything.
func (t *Table) Replace(entries []Entry) bool {
	t.closeEditor()
	if t.options.ReadOnly || slices.Equal(entries, t.entries) {
		return false
	}
	t.change(slices.Clone(entries))
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

// GoTo puts the cursor on a line.
func (t *Table) GoTo(line int) {
	t.scroll.to(line)
	t.view = ""
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
		return t.motion(msg)
	case tea.MouseReleaseMsg:
		return t.release(msg)
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
