package widget

import (
	"unicode/utf8"

	"parley/ui/widget/text"
)

// columns finds the cell of a byte in a line and the other way around. In a line of a megabyte that takes a while, so
// the way there is kept for one line at a time, as far as nothing before has changed.
type columns struct {
	line   int
	points []point // every step bytes or so, rising
}

type point struct {
	byte, column int
}

const columnStep = 4096

// cut forgets what an edit has made wrong.
func (c *columns) cut(at text.Pos) {
	if at.Line < c.line {
		c.points = c.points[:0]
	}
	if at.Line != c.line {
		return
	}
	// The character before an edit may have become part of a longer one.
	for len(c.points) > 0 && c.points[len(c.points)-1].byte >= at.Col-utf8.UTFMax*8 {
		c.points = c.points[:len(c.points)-1]
	}
}

// find walks along line n until a byte or a column is reached, and returns the last cluster boundary not beyond.
func (c *columns) find(n int, line string, untilByte, untilColumn int) point {
	if len(line) <= columnStep {
		return walk(line, point{}, untilByte, untilColumn)
	}
	if n != c.line {
		c.line, c.points = n, c.points[:0]
	}
	var at point
	for i := len(c.points) - 1; i >= 0; i-- {
		if c.points[i].byte <= untilByte && c.points[i].column <= untilColumn {
			at = c.points[i]
			if i < len(c.points)-1 {
				return walk(line, at, untilByte, untilColumn)
			}
			break
		}
	}
	for {
		stop := at.byte + columnStep
		next := walk(line, at, min(stop, untilByte), untilColumn)
		if stop >= untilByte || next.byte+columnStep/2 < stop {
			return next
		}
		at = next
		c.points = append(c.points, at)
	}
}

// walk moves from a point by whole clusters.
func walk(line string, at point, untilByte, untilColumn int) point {
	for at.byte < len(line) {
		end, width := at.byte+1, 1
		if b := line[at.byte]; b < ' ' || b > '~' || end < len(line) && line[end] >= utf8.RuneSelf {
			end = text.Next(line, at.byte)
			_, width, _ = cluster(line[at.byte:end], at.column)
		}
		if end > untilByte || at.column+width > untilColumn {
			break
		}
		at = point{end, at.column + width}
	}
	return at
}

const unbounded = int(^uint(0) >> 1)

// column returns the cell of a place, counted from the start of its line.
func (e *Editor) column(p text.Pos) int {
	line := e.buffer.Line(p.Line)
	if e.options.Mask != "" {
		return e.masked(line[:p.Col])
	}
	return e.columns.find(p.Line, line, p.Col, unbounded).column
}

// byteAt returns the byte of the cluster that covers a column, or the end of the line.
func (e *Editor) byteAt(n, column int) int {
	line := e.buffer.Line(n)
	if e.options.Mask == "" {
		return e.columns.find(n, line, len(line), column).byte
	}
	i := 0
	for ; i < len(line) && column > 0; column-- {
		i = text.Next(line, i)
	}
	return i
}

// masked counts the characters of s, of which each takes a cell.
func (e *Editor) masked(s string) int {
	n := 0
	for i := 0; i < len(s); n++ {
		i = text.Next(s, i)
	}
	return n
}
