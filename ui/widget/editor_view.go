package widget

import (
	"strconv"
	"strings"

	"parley/themes"
	"parley/ui/widget/text"
)

// View returns w by h cells.
func (e *Editor) View() string {
	if e.view != "" || e.h == 0 {
		return e.view
	}
	brackets := e.matchBrackets()
	lines := make([]string, e.h)
	for y := range lines {
		lines[y] = e.row(e.top+y, brackets)
	}
	e.view = strings.Join(lines, "\n")
	return e.view
}

// gutter is how many cells line numbers take.
func (e *Editor) gutter() int {
	if !e.options.Numbers || e.single || e.w < 20 {
		return 0
	}
	return max(2, len(strconv.Itoa(e.buffer.Lines()))) + 2
}

func (e *Editor) row(n int, brackets []text.Pos) string {
	row := NewRow(e.styles, e.on, e.w)
	if n >= e.buffer.Lines() {
		return row.String()
	}
	e.number(row, n)
	if e.buffer.Empty() && e.options.Placeholder != "" {
		return row.Text(themes.Faint, e.options.Placeholder).String()
	}
	e.line(row, n, brackets)
	e.message(row, n)
	return row.String()
}

func (e *Editor) number(row *Row, n int) {
	width := e.gutter()
	if width == 0 {
		return
	}
	role := themes.Faint
	if e.focused && n == e.buffer.Cursor().Line {
		role = themes.Text
	}
	number := strconv.Itoa(n + 1)
	row.Space(width-2-len(number)).Text(role, number).Space(2)
}

// message says what a mark means, after its line.
func (e *Editor) message(row *Row, n int) {
	for _, mark := range e.marks {
		if mark.From.Line == n && mark.Message != "" && row.Left() > 8 {
			row.Space(2).Text(mark.Role, mark.Message)
			return
		}
	}
}

// line draws the part of a line that is seen, cluster by cluster, in runs of one role.
func (e *Editor) line(row *Row, n int, brackets []text.Pos) {
	line := e.buffer.Line(n)
	if e.options.Mask != "" {
		e.maskedLine(row, line)
		return
	}
	at := e.columns.find(n, line, len(line), e.left)
	if at.column < e.left && at.byte < len(line) {
		// A wide cluster that the edge cuts through shows as blanks.
		end := text.Next(line, at.byte)
		_, width, _ := cluster(line[at.byte:end], at.column)
		row.Space(at.column + width - e.left)
		at = point{end, at.column + width}
	}
	painter := e.painter(n, line, at.byte, row.Left(), brackets)
	from, to := e.selectedIn(n)
	for at.byte < len(line) && row.Left() > 0 {
		end := text.Next(line, at.byte)
		shown, width, mark := cluster(line[at.byte:end], at.column)
		if width > row.Left() {
			break
		}
		role := painter.role(at.byte)
		if mark {
			role = themes.Control
		}
		surface := e.on
		if at.byte >= from && at.byte < to {
			surface = themes.Selection
		}
		row.On(surface).cells(role, shown, width)
		at = point{end, at.column + width}
	}
	if to > len(line) && row.Left() > 0 && at.byte == len(line) {
		row.On(themes.Selection).Space(1) // the line end is selected too
	}
	row.On(e.on)
}

func (e *Editor) maskedLine(row *Row, line string) {
	n := min(e.masked(line)-e.left, row.Left())
	row.Text(themes.Text, strings.Repeat(e.options.Mask, max(0, n)))
}

// selectedIn returns the selected bytes of a line; the end is one more when the line end is selected.
func (e *Editor) selectedIn(n int) (from, to int) {
	first, last := e.buffer.Selection()
	if first == last || n < first.Line || n > last.Line {
		return 0, 0
	}
	to = last.Col
	if n == first.Line {
		from = first.Col
	}
	if n < last.Line {
		to = len(e.buffer.Line(n)) + 1
	}
	return from, to
}
