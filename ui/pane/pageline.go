package pane

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
	"parley/ui/widget"
)

// pageLine is a line of a page. Its text need not be safe: it is made so as it is drawn.
type pageLine struct {
	spans []Span
	// right stands at the right end, and gives way.
	right []Span
	bar   *lineBar
	// copy is what to copy of the line, and what what that is called; empty: the whole page.
	copy, what string
	// of is which part of what the page tells of the line belongs to, counted from 1; 0 for none.
	of int
	// link is the span of the line that leads to a page in a terminal that opens links; anything but a web address is ignored.
	link string
	// past says that the line shows how the request went before, of which one can be picked.
	past bool
}

// lineBar is a bar to scale between the text of a line and what stands at its right end. The bars of a page whose columns
// are the same stand below one another.
type lineBar struct {
	from, to int // columns; to is counted from the right end
	pieces   []barPiece
	total    int64
}

// barPiece is a part of a bar. They are in order.
type barPiece struct {
	role          themes.Role
	start, length int64
}

func plainLine(role themes.Role, text string) pageLine {
	return pageLine{spans: []Span{{" ", themes.Text}, {text, role}}}
}

// wrapped returns a text in lines that begin at a column.
func wrapped(role themes.Role, text string, indent, width int) []pageLine {
	var lines []pageLine
	for _, l := range widget.Wrap(text, max(1, width-indent-1)) {
		lines = append(lines, pageLine{spans: []Span{{strings.Repeat(" ", indent), themes.Text}, {l, role}}})
	}
	return lines
}

// text is the line without its looks.
func (l pageLine) text() string {
	var b strings.Builder
	for _, s := range l.spans {
		b.WriteString(s.Text)
	}
	if len(l.right) > 0 {
		b.WriteString("  ")
	}
	for _, s := range l.right {
		b.WriteString(s.Text)
	}
	return b.String()
}

// draw writes the line in so many cells, with what was found in it marked.
func (l pageLine) draw(styles style.Styles, on themes.Role, cells int, found []found) string {
	spans := mark(l.spans, found)
	if l.bar == nil {
		return l.drawText(styles, on, cells, spans)
	}
	from := max(1, min(l.bar.from, cells))
	left := widget.NewRow(styles, on, from)
	write(left, spans)
	rest := widget.NewRow(styles, on, cells-from)
	rest.Space(1)
	l.bar.draw(rest, max(0, cells-from-l.bar.to-1))
	right := 0
	for _, s := range l.right {
		right += safe.Width(safe.Line(s.Text))
	}
	rest.Space(rest.Left() - right - 1)
	write(rest, l.right)
	return left.String() + rest.String()
}

func (l pageLine) drawText(styles style.Styles, on themes.Role, cells int, spans []Span) string {
	right := 0
	for _, s := range l.right {
		right += safe.Width(safe.Line(s.Text))
	}
	row := widget.NewRow(styles, on, cells)
	if right == 0 || right+2 > cells/2 {
		l.write(row, spans)
		return row.String()
	}
	left := widget.NewRow(styles, on, cells-right-2)
	l.write(left, spans)
	row = widget.NewRow(styles, on, right+2)
	row.Space(1)
	write(row, l.right)
	return left.String() + row.String()
}

// write adds spans; the one that is the address of the line leads there.
func (l pageLine) write(row *widget.Row, spans []Span) {
	for _, s := range spans {
		if s.Text == l.link {
			row.Link(s.Role, s.Text, l.link)
		} else {
			row.Text(s.Role, s.Text)
		}
	}
}

func write(row *widget.Row, spans []Span) {
	for _, s := range spans {
		row.Text(s.Role, s.Text)
	}
}

// draw writes the pieces of a bar one after the other into so many cells.
func (b lineBar) draw(row *widget.Row, cells int) {
	cells = min(cells, row.Left())
	used := 0
	for i, piece := range b.pieces {
		end := cells
		if i+1 < len(b.pieces) {
			end = b.cell(b.pieces[i+1].start, cells)
		}
		if end <= used || b.total <= 0 {
			continue
		}
		// Each piece is drawn in the cells before the next one, on a scale of its own.
		share := b.total * int64(end-used) / int64(cells)
		row.Bar(piece.role, piece.start-b.total*int64(used)/int64(cells), piece.length, max(1, share), end-used)
		used = end
	}
	row.Space(cells - used)
}

func (b lineBar) cell(at int64, cells int) int {
	return int(max(0, min(at, b.total)) * int64(cells) / max(1, b.total))
}

func linesSeen(from, to, of int) string { return fmt.Sprintf("%d–%d of %d lines", from, to, of) }

// pieces cuts a text of one line into parts that take at most so many cells when they are shown.
func pieces(s string, cells int) []string {
	cells = max(8, cells)
	if len(s) <= cells && safe.Plain(s, 0) {
		return []string{s} // no cluster takes more cells than bytes
	}
	var parts []string
	start, used := 0, 0
	unit := func(from, end, width int) {
		if used+width > cells {
			parts = append(parts, s[start:from])
			start, used = from, 0
		}
		used += width
	}
	for span := range safe.Spans(s, 0) {
		if span.Mark {
			unit(span.Offset, span.Offset+span.Len, safe.Width(span.Text))
			continue
		}
		for at := 0; at < len(span.Text) && at < span.Len; {
			cluster, width := ansi.FirstGraphemeCluster(span.Text[at:], ansi.GraphemeWidth)
			unit(span.Offset+at, span.Offset+at+len(cluster), width)
			at += len(cluster)
		}
	}
	return append(parts, s[start:])
}
