package widget

import "parley/ui/widget/text"

// breaks finds the rows that a long line is wrapped to. Where a row begins depends on all rows before it, so in lines of a
// megabyte the way there is kept, as far as nothing before has changed. How many rows a text has is nowhere counted: nobody
// needs to know, and a change of the width would change it all.
type breaks struct {
	width int
	// known are beginnings of rows, every columnStep bytes or so and rising, of the long lines that were asked for last.
	known map[int][]int
}

// longLinesKept is of how many lines.
const longLinesKept = 16

// set says how many cells a row has.
func (b *breaks) set(width int) {
	if width != b.width {
		b.width = width
		clear(b.known)
	}
}

// cut forgets what an edit has made wrong; line is that of the edit as it is now, and more how many lines there are more.
func (b *breaks) cut(at text.Pos, line string, more int) {
	for n := range b.known {
		if n > at.Line && more != 0 {
			delete(b.known, n)
		}
	}
	known := b.known[at.Line]
	for n := len(known); n > 0 && !b.stays(known[n-1], at.Col, line); n-- {
		known = known[:n-1]
	}
	if known != nil {
		b.known[at.Line] = known
	}
}

// stays reports whether a row still begins at a byte after an edit behind it. It does so because the row before had no room for
// the word there, which is seen within the row itself: that has to be before the edit, with a row more for what the edit
// joins to the character before it.
func (b *breaks) stays(from, edit int, line string) bool {
	return from < edit && rowEnd(line, rowEnd(line, from, b.width), b.width) < edit
}

// before returns the last beginning of a row that is known at or before a byte.
func (b *breaks) before(n int, line string, until int) int {
	if len(line) <= columnStep {
		return 0
	}
	known := b.known[n]
	for i := len(known) - 1; i >= 0; i-- {
		if known[i] <= until {
			return known[i]
		}
	}
	return 0
}

// find returns the row of line n that holds a byte; the end of the line is in its last row.
func (b *breaks) find(n int, line string, until int) row {
	r := row{line: n, from: b.before(n, line, until)}
	for {
		r.to = rowEnd(line, r.from, b.width)
		if until < r.to || r.to == len(line) {
			return r
		}
		r.from = r.to
		b.keep(line, r)
	}
}

// keep remembers the beginning of a row that is well behind the last one.
func (b *breaks) keep(line string, r row) {
	if len(line) <= columnStep {
		return
	}
	known, last := b.known[r.line], 0
	if n := len(known); n > 0 {
		last = known[n-1]
	}
	if r.from < last+columnStep {
		return
	}
	if known == nil && len(b.known) >= longLinesKept {
		clear(b.known)
	}
	if b.known == nil {
		b.known = map[int][]int{}
	}
	b.known[r.line] = append(known, r.from)
}

// above returns rows of line n that come right before the one that begins at a byte, in order: at least one of them, as many
// as were passed on the way.
func (b *breaks) above(n int, line string, from int) []row {
	var rows []row
	for r := (row{line: n, from: b.before(n, line, from-1)}); r.from < from; r.from = r.to {
		b.keep(line, r)
		r.to = rowEnd(line, r.from, b.width)
		rows = append(rows, r)
	}
	return rows
}
