package text

import (
	"slices"
	"strings"
)

// Pos is a place in a text: a line, and a byte in it, both from 0.
type Pos struct {
	Line, Col int
}

// Before reports whether p comes before q.
func (p Pos) Before(q Pos) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Col < q.Col
}

// Buffer is a text with a cursor, a selection and a past. The zero value is not ready; use [New].
type Buffer struct {
	lines   []string
	cursor  Pos
	anchor  Pos // where the selection began; the cursor when there is none
	goal    int // the column that up and down aim for; -1 to take the cursor's own
	version int
	past    []step
	future  []step
	open    bool // the last step may still grow
	held    bool // and nothing but Release ends it
	closers []Pos
	touched func(at Pos, before, after int)
}

// New returns a buffer that holds s.
func New(s string) *Buffer {
	return &Buffer{lines: strings.Split(s, "\n"), goal: -1}
}

// OnEdit has f told of every edit: from where on the text differs, and how many lines the change took before and
// takes now.
func (b *Buffer) OnEdit(f func(at Pos, before, after int)) { b.touched = f }

// String returns the whole text.
func (b *Buffer) String() string { return strings.Join(b.lines, "\n") }

// Lines returns how many lines there are; never less than one.
func (b *Buffer) Lines() int { return len(b.lines) }

// Line returns a line without its end.
func (b *Buffer) Line(n int) string { return b.lines[n] }

// Empty reports whether there is no text at all.
func (b *Buffer) Empty() bool { return len(b.lines) == 1 && b.lines[0] == "" }

// Version changes whenever the text does.
func (b *Buffer) Version() int { return b.version }

// Cursor returns where the next character goes.
func (b *Buffer) Cursor() Pos { return b.cursor }

// Selection returns the selected range in order; the two are the same when nothing is selected.
func (b *Buffer) Selection() (from, to Pos) {
	if b.anchor.Before(b.cursor) {
		return b.anchor, b.cursor
	}
	return b.cursor, b.anchor
}

// Selected returns the selected text.
func (b *Buffer) Selected() string {
	return b.Text(b.Selection())
}

// Text returns a range of the text.
func (b *Buffer) Text(from, to Pos) string {
	if from.Line == to.Line {
		return b.lines[from.Line][from.Col:to.Col]
	}
	parts := make([]string, 0, to.Line-from.Line+1)
	parts = append(parts, b.lines[from.Line][from.Col:])
	parts = append(parts, b.lines[from.Line+1:to.Line]...)
	parts = append(parts, b.lines[to.Line][:to.Col])
	return strings.Join(parts, "\n")
}

// Small reports whether the text has at most so many bytes.
func (b *Buffer) Small(most int) bool {
	for _, line := range b.lines {
		if most -= len(line) + 1; most < 0 {
			return false
		}
	}
	return true
}

// LineEnd returns the start of the line after one, or the end of the last.
func (b *Buffer) LineEnd(n int) Pos { return b.downStart(Pos{n, len(b.lines[n])}) }

// WordAt returns the word, blanks or punctuation around a place.
func (b *Buffer) WordAt(p Pos) (from, to Pos) {
	p = b.clamp(p)
	line := b.lines[p.Line]
	if line == "" {
		return p, p
	}
	if p.Col == len(line) {
		p.Col = Previous(line, p.Col)
	}
	from, to = p, p
	kind := classOf(line, p.Col)
	for from.Col > 0 && classOf(line, Previous(line, from.Col)) == kind {
		from.Col = Previous(line, from.Col)
	}
	for to.Col < len(line) && classOf(line, to.Col) == kind {
		to.Col = Next(line, to.Col)
	}
	return from, to
}

// End returns the place after the last character.
func (b *Buffer) End() Pos {
	last := len(b.lines) - 1
	return Pos{last, len(b.lines[last])}
}

// At returns the place of a byte of the whole text.
func (b *Buffer) At(offset int) Pos {
	for n, line := range b.lines {
		if offset <= len(line) {
			return Pos{n, max(0, offset)}
		}
		offset -= len(line) + 1
	}
	return b.End()
}

// Offset is the way back: where in the whole text a place is, in bytes.
func (b *Buffer) Offset(p Pos) int {
	offset := p.Col
	for _, line := range b.lines[:p.Line] {
		offset += len(line) + 1
	}
	return offset
}

// clamp puts a place that may be anything onto the text, between two clusters.
func (b *Buffer) clamp(p Pos) Pos {
	p.Line = max(0, min(p.Line, len(b.lines)-1))
	line := b.lines[p.Line]
	p.Col = max(0, min(p.Col, len(line)))
	p.Col = Boundary(line, p.Col)
	return p
}

// splice replaces a range and returns where the new text ends. It is the one place that changes lines.
func (b *Buffer) splice(from, to Pos, with string) Pos {
	head, tail := b.lines[from.Line][:from.Col], b.lines[to.Line][to.Col:]
	before := to.Line - from.Line + 1
	b.version++
	after, end := 1, Pos{from.Line, from.Col + len(with)}
	if !strings.Contains(with, "\n") {
		b.lines[from.Line] = head + with + tail
		if before > 1 {
			b.lines = slices.Delete(b.lines, from.Line+1, to.Line+1)
		}
	} else {
		fresh := strings.Split(with, "\n")
		after = len(fresh)
		end = Pos{from.Line + after - 1, len(fresh[after-1])}
		fresh[0] = head + fresh[0]
		fresh[after-1] += tail
		b.lines = slices.Replace(b.lines, from.Line, to.Line+1, fresh...)
	}
	b.shiftClosers(from, to, end)
	if b.touched != nil {
		b.touched(from, before, after)
	}
	return end
}
