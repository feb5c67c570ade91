package widget

import (
	"strings"

	"parley/themes"
	"parley/ui/safe"
)

const (
	boxCells  = 4 // sign, box, blank
	gapCells  = 2 // between columns
	leastName = 10
)

// measure shares the width among the columns. It looks at the first lines only: a table of ten thousand must not
// change its shape as it is scrolled.
func (t *Table) measure() {
	const looked = 200
	widest := leastName
	for _, e := range t.entries[:min(looked, len(t.entries))] {
		widest = max(widest, safe.Width(safe.Truncate(e.Name, 60)))
	}
	room := max(0, t.w-1-t.box())
	name := min(widest, max(leastName, room*2/5))
	name = min(name, room)
	t.widths = [columnCount]int{name, max(0, room-name-gapCells), 0}
	if t.last() == ColumnNote && (t.w >= 60 || t.options.Notes > 0) {
		note := room / 4
		if t.options.Notes > 0 {
			note = room * t.options.Notes / 100
		}
		t.widths[ColumnValue] = max(0, room-name-note-2*gapCells)
		t.widths[ColumnNote] = note
	}
}

// box is how many cells come before the name.
func (t *Table) box() int {
	if t.options.ReadOnly {
		return 1
	}
	return boxCells
}

// start is the first cell of a column.
func (t *Table) start(c Column) int {
	x := t.box()
	for i := range c {
		x += t.widths[i] + gapCells
	}
	return x
}

// columnAt returns the column of a cell; x is where in it, negative on the box.
func (t *Table) columnAt(cell int) (c Column, x int) {
	for c = t.last(); c > 0; c-- {
		if t.widths[c] > 0 && cell >= t.start(c) {
			break
		}
	}
	return c, cell - t.start(c)
}

// View returns w by h cells.
func (t *Table) View() string {
	if t.view != "" || t.h == 0 {
		return t.view
	}
	lines := make([]string, t.h)
	lines[0] = t.head()
	bar := Scrollbar{Total: int64(t.scroll.count), Top: int64(t.scroll.top), Seen: int64(t.h - 1)}
	cells := bar.Cells(t.styles, t.on, t.h-1)
	for y := 1; y < t.h; y++ {
		lines[y] = t.row(y-1, t.w-1)
		if t.w > 0 {
			lines[y] += cells[y-1]
		}
	}
	t.view = strings.Join(lines, "\n")
	return t.view
}

func (t *Table) head() string {
	row := NewRow(t.styles, t.on, t.w).Space(t.box())
	for c := range columnCount {
		if t.widths[c] > 0 {
			row.Fit(themes.Muted, t.options.Titles[c], t.widths[c]).Space(gapCells)
		}
	}
	return row.String()
}

func (t *Table) row(y, width int) string {
	line, ok := t.scroll.at(y)
	if !ok {
		message := ""
		if t.scroll.count == 0 {
			message = t.options.Empty
		}
		return t.blank.at(t.styles, t.on, message, y, width)
	}
	cursor := line == t.scroll.cursor
	row := NewRow(t.styles, cursorSurface(t.on, cursor && t.focused, t.focused), width)
	cursorSign(row, cursor && t.focused)
	if line == len(t.entries) {
		t.adding(row, cursor)
		return row.String()
	}
	entry := &t.entries[line]
	if !t.options.ReadOnly {
		row.Text(themes.Muted, box(entry))
		t.mark(row, line)
	}
	if entry.Whole {
		row.Text(themes.Text, entry.Name)
		return row.String()
	}
	for c := range columnCount {
		if t.widths[c] > 0 {
			t.cell(row, line, c, cursor)
			row.Space(gapCells)
		}
	}
	return row.String()
}

// mark shows before the name that something is wrong with an entry.
func (t *Table) mark(row *Row, line int) {
	blank := boxCells - 2
	if c, ok := t.check().at[line]; ok {
		row.Text(c.Role, "!")
		blank--
	}
	row.Space(blank)
}

// box shows whether an entry is on; one from elsewhere can't be switched here.
func box(e *Entry) string {
	switch {
	case e.Fixed:
		return "·"
	case e.Off:
		return "☐"
	}
	return "☑"
}

func (t *Table) adding(row *Row, cursor bool) {
	row.Text(themes.Faint, "+")
	t.mark(row, len(t.entries))
	if cursor && t.editor != nil {
		t.edited(row)
		return
	}
	row.Text(themes.Faint, t.options.Adding)
}

// edited puts the cell's editor into the line.
func (t *Table) edited(row *Row) {
	width := min(t.widths[t.column], row.Left())
	t.editor.SetSize(width, 1)
	row.b = append(row.b, t.editor.View()...)
	row.pen = ""
	row.used += width
}

func (t *Table) cell(row *Row, line int, c Column, cursor bool) {
	if cursor && t.editor != nil && c == t.column {
		t.edited(row)
		return
	}
	entry := &t.entries[line]
	role, shown := themes.Text, *entry.cell(c)
	wrong, found := t.check().at[line]
	switch {
	case c == ColumnNote && entry.Place != "":
		role, shown = themes.Faint, entry.Place
	case found && wrong.Column == c:
		role = wrong.Role
	case entry.Off || entry.Fixed:
		role = themes.Faint
	case c == ColumnNote:
		role = themes.Muted
	case c == ColumnName:
		role = themes.Key
	}
	part := NewRow(t.styles, row.on, min(t.widths[c], row.Left()))
	if cursor && t.focused && c == t.column && !t.options.ReadOnly {
		part.Text(themes.Active, shown)
		part.cells(themes.Active, blanks(part.Left()), part.Left())
	} else {
		t.colored(part, role, c, shown)
		part.fill()
	}
	row.b, row.pen, row.used = append(row.b, part.b...), part.pen, row.used+part.used
}

// colored adds a cell's text in its highlighter's roles; a switched-off entry has none.
func (t *Table) colored(row *Row, role themes.Role, c Column, shown string) {
	const most = 1 << 10 // of which more is not seen in any cell
	if t.options.Highlight == nil || role == themes.Faint || len(shown) > most {
		row.Text(role, shown)
		return
	}
	short, same := shown, len(shown)
	if safe.Width(safe.Line(shown)) > row.Left() {
		short = safe.Truncate(shown, row.Left())
		same = commonPrefix(short, shown)
	}
	at := 0
	for _, s := range t.options.Highlight(c, shown) {
		from, to := min(s.From, same), min(s.To, same)
		row.Text(role, short[at:from]).Text(s.Role, short[from:to])
		at = to
	}
	row.Text(role, short[at:])
}
