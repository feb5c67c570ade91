package text

// Motion is a way for the cursor to go.
type Motion uint8

// The motions.
const (
	CharLeft Motion = iota
	CharRight
	WordLeft
	WordRight
	ShellWordLeft // to the blank before, as ctrl+w goes
	LineStart     // the first character that is not blank, or the very start when it is there
	LineFirst     // the very start
	LineEnd
	TextStart
	TextEnd
)

// Move takes the cursor along a motion. With selecting the selection grows; without it ends, and a motion by a
// character only goes to its end.
func (b *Buffer) Move(m Motion, selecting bool) {
	from, to := b.Selection()
	at := b.target(m)
	if !selecting && from != to {
		switch m {
		case CharLeft:
			at = from
		case CharRight:
			at = to
		}
	}
	b.moveTo(at, selecting)
}

// MoveTo puts the cursor at a place, or the nearest there is.
func (b *Buffer) MoveTo(p Pos, selecting bool) {
	b.moveTo(b.clamp(p), selecting)
}

func (b *Buffer) moveTo(p Pos, selecting bool) {
	b.Break()
	b.goal = -1
	b.cursor = p
	if !selecting {
		b.anchor = p
	}
}

// place puts the cursor without ending the step. An edit may have joined what is on both sides into one cluster; the
// cursor then goes behind it.
func (b *Buffer) place(p Pos) {
	line := b.lines[p.Line]
	if p.Col > 0 && p.Col < len(line) {
		if start := Previous(line, p.Col); Next(line, start) > p.Col {
			p.Col = Next(line, start)
		}
	}
	b.cursor, b.anchor, b.goal = p, p, -1
}

// MoveAiming takes the cursor up or down, to the column that it was in when that began. Columns are cells, which only the
// caller can measure: width returns the column of a place, and find the place in another row nearest to a column.
func (b *Buffer) MoveAiming(selecting bool, width func(Pos) int, find func(column int) Pos) {
	goal := b.goal
	if goal < 0 {
		goal = width(b.cursor)
	}
	b.MoveTo(find(goal), selecting)
	b.goal = goal
}

// SelectAll selects the whole text.
func (b *Buffer) SelectAll() {
	b.Break()
	b.anchor, b.cursor, b.goal = Pos{}, b.End(), -1
}

// target is where a motion leads from the cursor.
func (b *Buffer) target(m Motion) Pos {
	p, line := b.cursor, b.lines[b.cursor.Line]
	switch m {
	case CharLeft, WordLeft, ShellWordLeft:
		if p.Col == 0 {
			return b.upEnd(p)
		}
		switch m {
		case WordLeft:
			p.Col = wordLeft(line, p.Col, false)
		case ShellWordLeft:
			p.Col = wordLeft(line, p.Col, true)
		default:
			p.Col = Previous(line, p.Col)
		}
	case CharRight, WordRight:
		if p.Col == len(line) {
			return b.downStart(p)
		}
		if m == WordRight {
			p.Col = wordRight(line, p.Col)
		} else {
			p.Col = Next(line, p.Col)
		}
	case LineStart:
		p.Col = b.smartStart(p)
	case LineFirst:
		p.Col = 0
	case LineEnd:
		p.Col = len(line)
	case TextStart:
		p = Pos{}
	case TextEnd:
		p = b.End()
	}
	return p
}

func (b *Buffer) smartStart(p Pos) int {
	if lead := b.clamp(Pos{p.Line, len(leading(b.lines[p.Line]))}).Col; p.Col != lead {
		return lead
	}
	return 0
}

func (b *Buffer) upEnd(p Pos) Pos {
	if p.Line == 0 {
		return p
	}
	return Pos{p.Line - 1, len(b.lines[p.Line-1])}
}

func (b *Buffer) downStart(p Pos) Pos {
	if p.Line == len(b.lines)-1 {
		return p
	}
	return Pos{p.Line + 1, 0}
}
