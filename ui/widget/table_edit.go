package widget

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
)

// Editing reports whether a cell is being edited.
func (t *Table) Editing() bool { return t.editor != nil }

// AtEnd reports whether the cursor is on the empty line, where letters are text.
func (t *Table) AtEnd() bool { return !t.options.ReadOnly && t.scroll.cursor == len(t.entries) }

// Editor returns the editor of the cell that is being edited, or nil.
func (t *Table) Editor() *Editor { return t.editor }

// Edit begins to edit the cell under the cursor and reports whether it can be.
func (t *Table) Edit() bool {
	if !t.editable() || t.editor != nil {
		return t.editor != nil
	}
	if t.AtEnd() {
		t.column = ColumnName
	}
	switch entry, _ := t.Entry(); {
	case entry.Place == "":
	case t.column == ColumnNote:
		return false
	case t.options.Over == nil:
		t.column = ColumnValue // its place says the name
	}
	column := t.column
	var highlight func(string) []Span
	if t.options.Highlight != nil {
		highlight = func(line string) []Span { return t.options.Highlight(column, line) }
	}
	t.editor = NewInput(t.styles, EditorOptions{Highlight: highlight, Complete: t.completer()})
	t.editor.SetStyles(t.styles, themes.Surface)
	t.editor.SetSize(t.widths[t.column], 1)
	t.editor.Focus(true)
	entry, _ := t.Entry()
	t.editor.Reset(*entry.cell(t.column))
	t.view = ""
	return true
}

// completer is how the cell that is about to be edited is completed.
func (t *Table) completer() Completer {
	if t.options.Complete == nil {
		return nil
	}
	column := t.column
	entry, _ := t.Entry()
	return func(cell string, cursor int) Candidates {
		found := t.options.Complete(column, entry, cell, cursor)
		// Tab goes on to the next cell: a name of one's own is not to become a known one that begins like it. A variable
		// cannot be meant to end in the middle.
		found.Whole = !strings.Contains(cell[:cursor], "{{")
		return found
	}
}

// Begin begins to edit the name of a new entry, and reports whether there can be one.
func (t *Table) Begin() bool {
	t.Commit()
	if t.options.ReadOnly {
		return false
	}
	t.scroll.to(len(t.entries))
	return t.Edit()
}

func (e *Entry) cell(c Column) *string {
	switch c {
	case ColumnName:
		return &e.Name
	case ColumnValue:
		return &e.Value
	}
	return &e.Note
}

// Commit keeps what is being edited, as a step that can be undone. A new entry without any text is none.
func (t *Table) Commit() {
	if t.editor == nil {
		return
	}
	text := t.editor.Text()
	t.closeEditor()
	entry, exists := t.Entry()
	if *entry.cell(t.column) == text {
		return
	}
	*entry.cell(t.column) = text
	entries := slices.Clone(t.entries)
	if exists {
		entries[t.scroll.cursor] = entry
	} else {
		entries = append(entries, entry)
	}
	t.change(entries)
}

// Cancel drops what is being edited and reports whether anything was.
func (t *Table) Cancel() bool {
	was := t.editor != nil
	t.closeEditor()
	return was
}

// lastTyped is the column from which tab and enter go on to the next entry.
func (t *Table) lastTyped() Column {
	if t.options.Three {
		return ColumnNote
	}
	return ColumnValue
}

// editKey passes keys to the cell's editor, but for those that end the edit. Tab goes from the name to the value and on to
// the next entry, shift+tab back. Enter goes to the next cell while that is empty, else to the next entry, so that a list is
// typed in one go.
func (t *Table) editKey(msg tea.KeyPressMsg) bool {
	if t.editor.Takes(msg.String()) {
		return t.editor.Update(msg)
	}
	switch msg.String() {
	case "esc":
		return t.Cancel()
	case "enter":
		t.entered()
	case "tab":
		return t.tabbed()
	case "shift+tab":
		return t.tabbedBack()
	case "up":
		t.Move(Up)
	case "down":
		t.Move(Down)
	default:
		return t.editor.Update(msg)
	}
	return true
}

// entered keeps the cell and goes on.
func (t *Table) entered() {
	empty := t.AtEnd() && t.editor.Empty()
	more := t.column < t.lastTyped()
	t.Commit()
	entry, ok := t.Entry()
	switch {
	case empty:
	case more && ok && *entry.cell(t.column + 1) == "":
		t.column++
		t.Edit()
	default:
		t.column = ColumnName
		t.scroll.to(t.scroll.cursor + 1)
		if t.AtEnd() {
			t.Edit()
		}
	}
}

// tabbed goes to the next cell, and reports false after the last.
func (t *Table) tabbed() bool {
	empty := t.AtEnd() && t.editor.Empty()
	more := t.column < t.lastTyped()
	t.Commit()
	switch {
	case empty:
		return false
	case more:
		t.column++
	default:
		t.column = ColumnName
		t.scroll.to(t.scroll.cursor + 1)
	}
	return t.Edit()
}

// tabbedBack goes to the cell before, and reports false at the first.
func (t *Table) tabbedBack() bool {
	entry, _ := t.Entry()
	first := t.column == ColumnName || entry.Place != "" && t.options.Over == nil
	t.Commit()
	switch {
	case !first:
		t.column--
	case t.scroll.cursor == 0:
		return false
	default:
		t.column = t.lastTyped()
		t.scroll.to(t.scroll.cursor - 1)
	}
	return t.Edit()
}

// EditCursor returns the cell of the cursor while something is edited.
func (t *Table) EditCursor() (x, y int, ok bool) {
	if t.editor == nil {
		return 0, 0, false
	}
	x, _, ok = t.editor.Cursor()
	y = t.scroll.cursor - t.scroll.top + 1
	return x + t.start(t.column), y, ok && t.focused && y > 0 && y < t.h
}

func (t *Table) inCell(mouse tea.Mouse) tea.Mouse {
	mouse.X -= t.start(t.column)
	mouse.Y = 0
	return mouse
}
