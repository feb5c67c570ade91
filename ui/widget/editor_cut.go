package widget

import (
	"parley/themes"
	"parley/ui/widget/text"
)

// A text of one line that is longer than its room has a mark where it is cut.
const cutMark = "…"

// cutAt is the first column to show of a single line, so that the cursor's column is seen beside the marks. Without focus
// the line shows its beginning.
func (e *Editor) cutAt(column, width int) int {
	end := e.column(text.Pos{Col: len(e.buffer.Line(0))})
	if !e.focused || end < width {
		return 0
	}
	last := column - width + 1
	if column < end {
		last++ // beside the mark at the right
	}
	return max(0, last, min(e.left, column-1))
}

// cutLeft marks the left end of a single line that is cut there, and returns the column to go on from.
func (e *Editor) cutLeft(row *Row) int {
	if !e.single || e.left == 0 || row.Left() < 3 {
		return e.left
	}
	row.Text(themes.Faint, cutMark)
	return e.left + 1
}

// cutRight marks the right end of a single line when the next cluster is the last that would fit, and more comes after it, or does not fit itself.
func (e *Editor) cutRight(row *Row, width int, more bool) bool {
	if !e.single || width < row.Left() || !more && width == row.Left() {
		return false
	}
	row.On(e.on).Text(themes.Faint, cutMark)
	return true
}
