package widget

import (
	"slices"
	"strconv"
	"strings"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/widget/text"
)

// View returns w by h cells.
func (e *Editor) View() string {
	if e.view != "" || e.h == 0 {
		return e.view
	}
	brush := &brush{e: e, brackets: e.matchBrackets()}
	lines := make([]string, e.h)
	shown := e.shownRows()
	for y := range e.rows() {
		if y < len(shown) {
			lines[y] = e.row(shown[y], brush)
		} else {
			lines[y] = NewRow(e.styles, e.on, e.w).String()
		}
	}
	if e.find != nil {
		lines[e.h-1] = e.findLine()
	}
	e.view = strings.Join(lines, "\n")
	return e.view
}

// gutter is how many cells line numbers take.
func (e *Editor) gutter() int {
	if e.single {
		return safe.Width(e.lead())
	}
	if !e.options.Numbers || e.w < 20 {
		return 0
	}
	return max(2, len(strconv.Itoa(e.buffer.Lines()))) + 2
}

// lead is what is shown before the text of a single line.
func (e *Editor) lead() string {
	if e.options.Lead == nil {
		return ""
	}
	if lead := e.options.Lead(e.buffer.Line(0)); safe.Width(lead) <= e.w/2 {
		return lead
	}
	return ""
}

func (e *Editor) row(r row, brush *brush) string {
	row := NewRow(e.styles, e.on, e.w)
	e.number(row, r)
	if e.buffer.Empty() && e.options.Placeholder != "" {
		return row.Text(themes.Faint, e.options.Placeholder).String()
	}
	e.line(row, r, brush)
	return row.String()
}

// goesOn stands for the number of a line in the rows that it goes on in.
const goesOn = "↪"

func (e *Editor) number(row *Row, r row) {
	if e.single {
		row.Text(themes.Faint, e.lead())
		return
	}
	width := e.gutter()
	if width == 0 {
		return
	}
	role := themes.Faint
	if r.from > 0 {
		row.Space(width-3).Text(themes.Faint, goesOn)
	} else {
		if e.focused && r.line == e.buffer.Cursor().Line {
			role = themes.Text
		}
		number := strconv.Itoa(r.line + 1)
		row.Space(width-2-len(number)).Text(role, number)
	}
	if e.marked(r) {
		row.Text(themes.Error, "!").Space(1)
	} else {
		row.Space(2)
	}
}

// marked reports whether a mark begins in a row.
func (e *Editor) marked(r row) bool {
	last := r.to == len(e.buffer.Line(r.line))
	return slices.ContainsFunc(e.marks, func(m Mark) bool {
		return m.From.Line == r.line && m.From.Col >= r.from && (m.From.Col < r.to || last)
	})
}

// Complaint is what the first mark has to say.
func (e *Editor) Complaint() string {
	for _, m := range e.marks {
		if m.Message != "" {
			return m.Message
		}
	}
	return ""
}

// line draws the part of a row that is seen, cluster by cluster, in runs of one role.
func (e *Editor) line(row *Row, r row, brush *brush) {
	line := e.buffer.Line(r.line)
	if e.options.Mask != "" {
		e.maskedLine(row, line)
		return
	}
	at := e.firstSeen(row, r, line)
	painter := brush.of(r.line, line, at.byte, row.Left())
	from, to := e.selectedIn(r.line)
	for at.byte < r.to && row.Left() > 0 {
		end := text.Next(line, at.byte)
		shown, width, mark := cluster(line[at.byte:end], at.column)
		if e.cutRight(row, width, end < len(line)) || width > row.Left() {
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
	} else if row.Left() > 0 && at.byte == len(line) && e.markedAt(text.Pos{Line: r.line, Col: len(line)}) {
		row.Text(themes.Invalid, " ") // something is missing here
	}
	row.On(e.on)
}

// firstSeen returns the first place in a row that is seen.
func (e *Editor) firstSeen(row *Row, r row, line string) point {
	if e.wrap {
		return point{r.from, 0}
	}
	left := e.cutLeft(row)
	at := e.columns.find(r.line, line, len(line), left)
	if at.column < left && at.byte < len(line) {
		// A wide cluster that the edge cuts through shows as blanks.
		end := text.Next(line, at.byte)
		_, width, _ := cluster(line[at.byte:end], at.column)
		row.Space(at.column + width - left)
		at = point{end, at.column + width}
	}
	return at
}

// markedAt reports whether a mark points behind the end of a line.
func (e *Editor) markedAt(p text.Pos) bool {
	return slices.ContainsFunc(e.marks, func(m Mark) bool { return m.From == p })
}

func (e *Editor) maskedLine(row *Row, line string) {
	n := min(e.masked(line)-e.left, row.Left())
	row.Text(themes.Text, strings.Repeat(e.options.Mask, max(0, n)))
}

// selectedIn returns the selected bytes of a line; the end is one more when the line end is selected.
func (e *Editor) selectedIn(n int) (from, to int) {
	first, last := e.selection()
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
