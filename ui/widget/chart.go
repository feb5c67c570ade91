package widget

import (
	"strings"

	"parley/themes"
	"parley/ui/style"
)

// eighths are blocks that fill a cell from the left, by eighths.
var eighths = [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"}

// reverse swaps the colours of the pen, so that a block fills a cell from the right.
const reverse = "\x1b[7m"

// scale returns a place in eighths of a cell.
func scale(at, total int64, cells int) int {
	if total <= 0 {
		return 0
	}
	return int(max(0, min(at, total)) * int64(cells) * 8 / total)
}

// Bar adds so many cells with a bar in them that begins at start and is length long, where all of them are total. One that
// has any length is seen.
func (r *Row) Bar(role themes.Role, start, length, total int64, cells int) *Row {
	cells = max(0, min(cells, r.Left()))
	if r.styles.Shape() == style.Linear {
		return r.Space(cells) // the number beside it says the same
	}
	r.bar(role, scale(start, total, cells), scale(start+length, total, cells), cells, length > 0 && cells > 0)
	return r
}

// bar fills cells from one eighth to another.
func (r *Row) bar(role themes.Role, from, to, cells int, visible bool) {
	if visible && to == from {
		from = max(0, min(from, cells*8-1))
		to = from + 1
	}
	r.Space(from / 8)
	cell := from / 8
	if part := from % 8; part > 0 && to > from {
		if to/8 == cell && to%8 > 0 {
			// The bar begins and ends in one cell: its length is what can be shown.
			r.cells(role, eighths[max(1, to-from)], 1)
		} else {
			r.reversed(role, eighths[part])
		}
		cell++
	}
	if full := to/8 - cell; full > 0 {
		r.cells(role, strings.Repeat("█", full), full)
		cell += full
	}
	if cell == to/8 && to%8 > 0 {
		r.cells(role, eighths[to%8], 1)
		cell++
	}
	r.Space(cells - cell)
}

// reversed adds a cell whose right part is filled: the block covers what is not.
func (r *Row) reversed(role themes.Role, block string) {
	r.b = append(append(r.b, r.styles.SGR(role, r.on)...), reverse...)
	r.pen = ""
	r.b = append(r.b, block...)
	r.used++
}
