package widget

import "parley/ui/widget/text"

// row is what stands in one row of the screen: the bytes of a line from one to another, all of them where lines are not
// wrapped. There is always one in a line.
type row struct{ line, from, to int }

// start is where a row begins.
func (r row) start() text.Pos { return text.Pos{Line: r.line, Col: r.from} }

// SetWrap says whether lines that are longer than the editor is wide go on in the next row, instead of beyond its edge.
func (e *Editor) SetWrap(wrap bool) {
	if wrap = wrap && !e.single; wrap != e.wrap {
		e.wrap, e.left = wrap, 0
		e.seen()
	}
}

// Wrapped reports whether long lines are wrapped.
func (e *Editor) Wrapped() bool { return e.wrap }

// breaksFor returns the rows of the text for the room that there is. One cell stays free: the cursor stands there behind the
// last character.
func (e *Editor) breaksFor() *breaks {
	e.breaks.set(max(1, e.w-e.gutter()-1))
	return &e.breaks
}

// rowOf returns the row that a place is in.
func (e *Editor) rowOf(p text.Pos) row {
	line := e.buffer.Line(p.Line)
	if !e.wrap {
		return row{p.Line, 0, len(line)}
	}
	return e.breaksFor().find(p.Line, line, p.Col)
}

// cursorRow returns the row that the cursor is shown in. Between two rows that is the first one where a key or a click has
// led to its end.
func (e *Editor) cursorRow() row {
	at := e.buffer.Cursor()
	if at == e.edge && at.Col > 0 && !e.keys.steady() {
		at.Col--
	}
	return e.rowOf(at)
}

// below returns the row after another; ok is false after the last one.
func (e *Editor) below(r row) (next row, ok bool) {
	line := e.buffer.Line(r.line)
	switch {
	case r.to < len(line):
		return row{r.line, r.to, e.breaksFor().end(line, r.to)}, true
	case r.line+1 < e.buffer.Lines():
		return e.rowOf(text.Pos{Line: r.line + 1}), true
	}
	return r, false
}

// away returns the row that is n rows below another, or above if n is negative, as far as there are any, and how many it is.
func (e *Editor) away(r row, n int) (to row, by int) {
	if n < 0 {
		to, by = e.up(r, -n)
		return to, -by
	}
	for ; by < n; by++ {
		next, ok := e.below(r)
		if !ok {
			break
		}
		r = next
	}
	return r, by
}

// up returns the row that is n rows above another, as far as there are any.
func (e *Editor) up(r row, n int) (to row, by int) {
	for by < n {
		switch {
		case r.from > 0:
			rows := e.breaksFor().above(r.line, e.buffer.Line(r.line), r.from)
			step := min(n-by, len(rows))
			r, by = rows[len(rows)-step], by+step
		case r.line == 0:
			return r, by
		default:
			r, by = e.rowOf(text.Pos{Line: r.line - 1, Col: len(e.buffer.Line(r.line - 1))}), by+1
		}
	}
	return r, by
}

// topRow returns the first row that is seen: the text may have become another one around it.
func (e *Editor) topRow() row {
	line := min(e.top.Line, e.buffer.Lines()-1)
	return e.rowOf(text.Pos{Line: line, Col: min(e.top.Col, len(e.buffer.Line(line)))})
}

// shownRows are the rows that are seen.
func (e *Editor) shownRows() []row {
	if len(e.shown) > 0 || e.rows() == 0 {
		return e.shown
	}
	r, ok := e.topRow(), true
	for range e.rows() {
		e.shown = append(e.shown, r)
		if r, ok = e.below(r); !ok {
			break
		}
	}
	return e.shown
}

// bring scrolls as little as brings a row into view. There is nothing below the text as long as something is above.
func (e *Editor) bring(to row) {
	rows := e.rows()
	if rows == 0 {
		return
	}
	top := e.topRow()
	switch last, _ := e.away(top, rows-1); {
	case to.start().Before(top.start()):
		top = to
	case last.start().Before(to.start()):
		top, _ = e.up(to, rows-1)
	}
	if _, n := e.away(top, rows-1); n < rows-1 {
		top, _ = e.up(top, rows-1-n)
	}
	e.top = top.start()
}

// scroll moves what is seen by rows, and leaves the cursor.
func (e *Editor) scroll(by int) {
	if by > 0 {
		_, by = e.away(e.topRow(), by+max(0, e.rows()-1))
		by = max(0, by-max(0, e.rows()-1))
	}
	top, _ := e.away(e.topRow(), by)
	e.top = top.start()
	e.touch()
}

// columnIn returns the cell of a place, counted from the beginning of its row.
func (e *Editor) columnIn(r row, p text.Pos) int {
	if !e.wrap {
		return e.column(p)
	}
	return walk(e.buffer.Line(r.line), point{r.from, 0}, p.Col, unbounded).column
}

// placeIn returns the place in a row that is nearest to a column. Behind the last character of a row that goes on in the next
// one, that place is the beginning of the next one, too; a cursor that stands on a character does not go there.
func (e *Editor) placeIn(r row, column int) text.Pos {
	if !e.wrap {
		return text.Pos{Line: r.line, Col: e.byteAt(r.line, column)}
	}
	line := e.buffer.Line(r.line)
	col := walk(line, point{r.from, 0}, r.to, column).byte
	if col == r.to && col < len(line) && e.keys.steady() {
		col = max(r.from, text.Previous(line, col))
	}
	return text.Pos{Line: r.line, Col: col}
}

// hang has a cursor at the end of a row shown there, and not where the next row begins.
func (e *Editor) hang(r row, p text.Pos) {
	e.edge = text.Pos{}
	if p.Col == r.to && p.Col > r.from {
		e.edge = p
	}
}

// moveRows takes the cursor some rows down, or up, in the column that it aims for.
func (e *Editor) moveRows(by int, selecting bool) {
	from := e.cursorRow()
	column := func(p text.Pos) int { return e.columnIn(from, p) }
	e.buffer.MoveAiming(selecting, column, func(column int) text.Pos {
		to, moved := e.away(from, by)
		switch {
		case moved == by:
			p := e.placeIn(to, column)
			e.hang(to, p)
			return p
		case by < 0:
			return text.Pos{}
		}
		return e.buffer.End()
	})
}

// toRowEdge takes the cursor to where its row begins or ends, and reports false when it is there already, or where the line
// does as well.
func (e *Editor) toRowEdge(m text.Motion, selecting bool) bool {
	r, at := e.cursorRow(), e.buffer.Cursor()
	switch {
	case m == text.LineStart && r.from > 0 && at != r.start():
		e.buffer.MoveTo(r.start(), selecting)
		e.edge = text.Pos{}
	case m == text.LineEnd && r.to < len(e.buffer.Line(r.line)) && at.Col != r.to:
		e.edge = text.Pos{Line: r.line, Col: r.to}
		e.buffer.MoveTo(e.edge, selecting)
	default:
		return false
	}
	return true
}
