package widget

import (
	"strings"

	"parley/ui/widget/text"
)

// breaks finds the rows that a line is wrapped to. Where a row begins depends on all rows before it, so in very long lines
// rows begin anew at every block: whatever is asked for is found by a walk through one block, wherever it is, and a change
// of the text or of the width makes nothing wrong. How many rows a text has is nowhere counted: nobody needs to know.
type breaks struct {
	width int
	// last is the row of a line that was found last: the same one is asked for again and again.
	last row
	of   string
}

const (
	// blockStep is how long a block is, in bytes.
	blockStep = 16 << 10
	// blockReach is how far behind its step a block may begin, so that it does with a word.
	blockReach = 256
)

// set says how many cells a row has.
func (b *breaks) set(width int) {
	if width != b.width {
		*b = breaks{width: width}
	}
}

// find returns the row of line n that holds a byte; the end of the line is in its last row.
func (b *breaks) find(n int, line string, until int) row {
	if r := b.last; r.line == n && r.from <= until && (until < r.to || until == r.to && until == len(line)) && line == b.of {
		return r
	}
	from, end := block(line, until)
	r := row{line: n, from: from}
	for {
		r.to = rowEnd(line[:end], r.from, b.width)
		if until < r.to || r.to == end {
			b.last, b.of = r, line
			return r
		}
		r.from = r.to
	}
}

// end returns where the row that begins at a byte of a line ends.
func (b *breaks) end(line string, from int) int {
	_, end := block(line, from)
	return rowEnd(line[:end], from, b.width)
}

// above returns rows of line n that come right before the one that begins at a byte, in order: at least one of them, as many
// as were passed on the way.
func (b *breaks) above(n int, line string, from int) []row {
	var rows []row
	start, end := block(line, from-1)
	for r := (row{line: n, from: start}); r.from < from; r.from = r.to {
		r.to = rowEnd(line[:end], r.from, b.width)
		rows = append(rows, r)
	}
	return rows
}

// block returns the part of a line that holds a byte: all of it, unless it is very long.
func block(line string, at int) (from, end int) {
	if len(line) <= longLine {
		return 0, len(line)
	}
	k := min(at, len(line)-1) / blockStep
	from = blockStart(line, k)
	if at < from {
		return blockStart(line, k-1), from
	}
	return from, blockStart(line, k+1)
}

// blockStart returns where the block of that number begins: behind the next blank, or comma, if there is one near, so that
// typing rarely moves it.
func blockStart(line string, k int) int {
	at := k * blockStep
	if at == 0 || at >= len(line) {
		return min(at, len(line))
	}
	near := line[at:min(len(line), at+blockReach)]
	if i := strings.IndexAny(near, blockSigns); i >= 0 {
		return at + len(near) - len(strings.TrimLeft(near[i:], blockSigns))
	}
	return at + between(line[at-blockReach:at]+near, blockReach)
}

// between returns how many bytes are left of the cluster that the byte at a place of s is within; 0 where one begins.
func between(s string, at int) int {
	if start := text.Boundary(s, at); start < at {
		return text.Next(s, start) - at
	}
	return 0
}

// blockSigns are those of neverFirst that take a byte.
const blockSigns = " \t,;"
