package widget

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// held is what the left button holds since it went down on an entry.
type held struct {
	down  bool
	moved bool // the entry was drawn to another line
}

// Point puts the cursor on what is at a cell of the view and does nothing with it, and reports whether anything is there. A
// cell that is being edited stays so.
func (t *Table) Point(x, y int) bool {
	line, ok := t.scroll.at(y - 1)
	if !ok {
		return false
	}
	if column, _ := t.columnAt(x); t.editor != nil && line == t.scroll.cursor && column == t.column {
		return true
	}
	t.Commit()
	t.view = ""
	t.scroll.to(line)
	t.column, _ = t.columnAt(x)
	return true
}

// click switches the entry on or off whose box is clicked; any other cell is edited once the button is let go, unless the
// entry was drawn to another line by then.
func (t *Table) click(msg tea.MouseClickMsg) bool {
	line, ok := t.scroll.at(msg.Y - 1)
	if !ok || !points(msg.Button) {
		return false
	}
	column, x := t.columnAt(msg.X)
	if msg.Button == tea.MouseRight {
		return t.Point(msg.X, msg.Y)
	}
	if t.editor != nil && line == t.scroll.cursor && column == t.column {
		return t.editor.Update(tea.MouseClickMsg(t.inCell(tea.Mouse(msg))))
	}
	t.Point(msg.X, msg.Y)
	if x < 0 && !t.options.ReadOnly && line < len(t.entries) {
		t.Toggle()
		return true
	}
	t.held = held{down: true}
	return true
}

// motion draws the entry that is held along, or selects in the cell that is edited.
func (t *Table) motion(msg tea.MouseMotionMsg) bool {
	if t.editor != nil {
		return t.editor.Update(tea.MouseMotionMsg(t.inCell(tea.Mouse(msg))))
	}
	if !t.held.down {
		return false
	}
	for {
		by := msg.Y - 1 + t.scroll.top - t.scroll.cursor
		if by == 0 || !t.Reorder(by/max(by, -by)) {
			return true
		}
		if t.held.moved {
			t.past = t.past[:len(t.past)-1] // the whole way is one step
		}
		t.held.moved = true
	}
}

func (t *Table) release(msg tea.MouseReleaseMsg) bool {
	was := t.held
	t.held = held{}
	if t.editor != nil {
		return t.editor.Update(msg)
	}
	if !was.down || was.moved || !t.Edit() {
		return was.down
	}
	at := t.inCell(tea.Mouse(msg))
	at.Button = tea.MouseLeft
	t.editor.Update(tea.MouseClickMsg(at))
	return t.editor.Update(tea.MouseReleaseMsg(at))
}

// Reorder moves the entry under the cursor down, or up when by is negative, and reports whether it could. Entries from
// elsewhere keep their lines. One that comes to an entry of another place, or past the last one, goes over to that place, and
// keeps its line.
func (t *Table) Reorder(by int) bool {
	from, to := t.scroll.cursor, t.scroll.cursor+by
	if t.options.ReadOnly || t.editor != nil || from >= len(t.entries) || to < 0 || to > len(t.entries) || t.entries[from].Fixed {
		return false
	}
	var there Entry
	if to < len(t.entries) {
		there = t.entries[to]
	}
	entries := slices.Clone(t.entries)
	entry := entries[from]
	if there.Fixed || to == len(entries) && entry.Place == "" {
		return false
	}
	if place := there.Place; place != entry.Place {
		if t.options.Over == nil {
			return false
		}
		over, ok := t.options.Over(entry, place)
		if !ok {
			return false
		}
		over.Place = place
		entries[from], to = over, from
	} else {
		entries = slices.Insert(slices.Delete(entries, from, from+1), to, entry)
	}
	t.change(entries)
	t.scroll.to(to)
	return true
}
