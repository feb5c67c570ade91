package vim

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"parley/ui/widget/text"
)

// motion is where a key leads, and what an operator takes of the way.
type motion struct {
	to        text.Pos
	lines     bool // whole lines
	inclusive bool // the character at the end too
	vertical  bool // the column that was aimed for stays
	paragraph bool
}

const farRight = int(^uint(0)>>1) - 1

// motion returns where a key leads; false when it is no motion, or leads nowhere.
func (m *Machine) motion(name string) (motion, bool) {
	b := m.buffer
	at, n := b.Cursor(), m.pending.times()
	line := b.Line(at.Line)
	switch name {
	case "h", "left", "backspace":
		for ; n > 0 && at.Col > 0; n-- {
			at.Col = text.Previous(line, at.Col)
		}
	case "l", "right", " ":
		for ; n > 0 && at.Col < len(line); n-- {
			at.Col = text.Next(line, at.Col)
		}
	case "j", "down", "enter":
		return m.vertical(n), true
	case "k", "up":
		return m.vertical(-n), true
	case "ctrl+d":
		return m.page(max(1, m.screen.Rows()/2)), true
	case "ctrl+u":
		return m.page(-max(1, m.screen.Rows()/2)), true
	case "pgdown":
		return m.page(max(1, m.screen.Rows()) * n), true
	case "pgup":
		return m.page(-max(1, m.screen.Rows()) * n), true
	case "0", "home":
		at.Col = 0
	case "^":
		at.Col = len(indentOf(line))
	case "$", "end":
		at.Line = min(at.Line+n-1, b.Lines()-1)
		at.Col = len(b.Line(at.Line))
		m.goal = goal{true, farRight, farRight}
		return motion{to: at, vertical: true}, true
	case "G":
		if m.pending.counted() {
			return m.toLine(n - 1), true
		}
		return m.toLine(b.Lines() - 1), true
	case "ctrl+home":
		return m.toLine(0), true
	case "ctrl+end":
		return m.toLine(b.Lines() - 1), true
	case "w", "W", "ctrl+right":
		return m.wordForward(n, name == "W"), true
	case "b", "B", "ctrl+left":
		for range n {
			at = wordBack(b, at, name == "B")
		}
	case "e", "E":
		for range n {
			at = wordEnd(b, at, name == "E")
		}
		return motion{to: at, inclusive: true}, true
	case "}", "{":
		for range n {
			at = paragraph(b, at, name == "{")
		}
		return motion{to: at, paragraph: true}, true
	case "%":
		return m.matching()
	case ";", ",":
		if m.found.how == "" {
			return motion{}, false
		}
		how := m.found.how
		if name == "," {
			how = opposite(how)
		}
		return m.findChar(how, m.found.char, true)
	default:
		return motion{}, false
	}
	return motion{to: at}, true
}

// vertical leads some lines down, or up.
func (m *Machine) vertical(lines int) motion {
	at := m.buffer.Cursor()
	m.aim(at)
	line := max(0, min(at.Line+lines, m.buffer.Lines()-1))
	col := len(m.buffer.Line(line))
	if m.goal.column != farRight {
		col = m.screen.ByteAt(line, m.goal.column)
	}
	to := text.Pos{Line: line, Col: col}
	if m.goal.column != farRight {
		m.goal.row = m.goal.column - m.rowStart(to)
	}
	return motion{to: to, lines: true, vertical: true}
}

// rowStart is the column of a line in which the row of a place begins.
func (m *Machine) rowStart(p text.Pos) int { return m.screen.Column(p) - m.screen.RowColumn(p) }

// aim begins to move up and down.
func (m *Machine) aim(at text.Pos) {
	if !m.goal.set {
		m.goal = goal{true, m.screen.Column(at), m.screen.RowColumn(at)}
	}
}

// rows leads some rows down, or up.
func (m *Machine) rows(n int) motion {
	at := m.buffer.Cursor()
	m.aim(at)
	to := m.screen.RowsAway(at, n, m.goal.row)
	if m.goal.row != farRight {
		m.goal.column = m.goal.row + m.rowStart(to)
	}
	return motion{to: to, vertical: true}
}

// page is rows with whole lines for an operator.
func (m *Machine) page(rows int) motion {
	motion := m.rows(rows)
	motion.lines = true
	return motion
}

// rowMotion returns where g with another key leads: by rows, or within one.
func (m *Machine) rowMotion(name string) (motion, bool) {
	at, n := m.buffer.Cursor(), m.pending.times()
	switch name {
	case "0", "home":
		return motion{to: m.screen.RowsAway(at, 0, 0)}, true
	case "$", "end":
		return motion{to: m.screen.RowsAway(at, n-1, farRight), inclusive: true}, true
	case "j", "down":
		return m.rows(n), true
	case "k", "up":
		return m.rows(-n), true
	}
	return motion{}, false
}

// toLine leads to the first character of a line.
func (m *Machine) toLine(n int) motion {
	n = max(0, min(n, m.buffer.Lines()-1))
	return motion{to: text.Pos{Line: n, Col: len(indentOf(m.buffer.Line(n)))}, lines: true}
}

// wordForward is w. With an operator it stays on the line of the last word, or goes to the end of the text where there are
// fewer words, and to change a word leaves the blanks.
func (m *Machine) wordForward(n int, big bool) motion {
	b := m.buffer
	at := b.Cursor()
	if m.pending.operator == "c" && classAt(b, at, big) != blank {
		for i := range n {
			if i > 0 {
				at = wordEnd(b, at, big)
				continue
			}
			for next := after(b, at); next.Line == at.Line && classAt(b, next, big) == classAt(b, at, big); next = after(b, at) {
				at = next
			}
		}
		return motion{to: at, inclusive: true}
	}
	last := at
	for range n {
		last, at = at, wordStart(b, at, big)
	}
	if m.pending.operator != "" && at.Line > last.Line {
		at = text.Pos{Line: last.Line, Col: len(b.Line(last.Line))}
	}
	return motion{to: at}
}

type class uint8

const (
	blank class = iota
	word
	other
)

// classAt sorts the character at a place; the end of a line is a blank.
func classAt(b *text.Buffer, p text.Pos, big bool) class {
	line := b.Line(p.Line)
	if p.Col >= len(line) {
		return blank
	}
	r, _ := utf8.DecodeRuneInString(line[p.Col:])
	switch {
	case unicode.IsSpace(r):
		return blank
	case big, r == '_', unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		return word
	}
	return other
}

// before is the place before another; ok is false at the very start.
func before(b *text.Buffer, p text.Pos) (text.Pos, bool) {
	switch {
	case p.Col > 0:
		return text.Pos{Line: p.Line, Col: text.Previous(b.Line(p.Line), p.Col)}, true
	case p.Line > 0:
		return text.Pos{Line: p.Line - 1, Col: len(b.Line(p.Line - 1))}, true
	}
	return p, false
}

func wordStart(b *text.Buffer, at text.Pos, big bool) text.Pos {
	kind := classAt(b, at, big)
	line := at.Line
	for kind != blank && at.Line == line && classAt(b, at, big) == kind {
		at = after(b, at)
	}
	for classAt(b, at, big) == blank {
		next := after(b, at)
		if next == at {
			return at
		}
		at = next
		if b.Line(at.Line) == "" && at.Line > line {
			return at
		}
	}
	return at
}

func wordBack(b *text.Buffer, at text.Pos, big bool) text.Pos {
	at, ok := before(b, at)
	for ok && classAt(b, at, big) == blank && b.Line(at.Line) != "" {
		at, ok = before(b, at)
	}
	kind := classAt(b, at, big)
	for at.Col > 0 && kind != blank {
		previous := text.Pos{Line: at.Line, Col: text.Previous(b.Line(at.Line), at.Col)}
		if classAt(b, previous, big) != kind {
			break
		}
		at = previous
	}
	return at
}

func wordEnd(b *text.Buffer, at text.Pos, big bool) text.Pos {
	start := at
	at = after(b, at)
	for classAt(b, at, big) == blank {
		next := after(b, at)
		if next == at {
			return start
		}
		at = next
	}
	kind := classAt(b, at, big)
	for next := after(b, at); next.Line == at.Line && next != at && classAt(b, next, big) == kind; next = after(b, at) {
		at = next
	}
	return at
}

// paragraph leads to the next line without text.
func paragraph(b *text.Buffer, at text.Pos, back bool) text.Pos {
	step, n := 1, at.Line
	if back {
		step = -1
	}
	inside := func(n int) bool { return n >= 0 && n < b.Lines() }
	for inside(n) && b.Line(n) == "" {
		n += step
	}
	for inside(n) && b.Line(n) != "" {
		n += step
	}
	switch {
	case n < 0:
		return text.Pos{}
	case n >= b.Lines():
		return b.End()
	}
	return text.Pos{Line: n}
}

// matching leads to the bracket that belongs to the next one in the line.
func (m *Machine) matching() (motion, bool) {
	at := m.buffer.Cursor()
	i := strings.IndexAny(m.buffer.Line(at.Line)[at.Col:], "()[]{}")
	if i < 0 {
		return motion{}, false
	}
	to, ok := m.screen.Partner(text.Pos{Line: at.Line, Col: at.Col + i})
	return motion{to: to, inclusive: true}, ok
}

func opposite(how string) string {
	if upper := strings.ToUpper(how); upper != how {
		return upper
	}
	return strings.ToLower(how)
}

// findChar leads to a character in the line, or up to it. Again does not stay where t has led before.
func (m *Machine) findChar(how, char string, again bool) (motion, bool) {
	at := m.buffer.Cursor()
	line := m.buffer.Line(at.Line)
	col := at.Col
	n := m.pending.times()
	switch how {
	case "f", "t":
		for i := range n {
			from := text.Next(line, col)
			if how == "t" && again && i == 0 {
				from = text.Next(line, from)
			}
			found := strings.Index(line[from:], char)
			if found < 0 {
				return motion{}, false
			}
			col = from + found
		}
		if how == "t" {
			col = text.Previous(line, col)
		}
		return motion{to: text.Pos{Line: at.Line, Col: col}, inclusive: true}, true
	default:
		for i := range n {
			until := col
			if how == "T" && again && i == 0 && until > 0 {
				until = text.Previous(line, until)
			}
			if col = strings.LastIndex(line[:until], char); col < 0 {
				return motion{}, false
			}
		}
		if how == "T" {
			col = text.Next(line, col)
		}
		return motion{to: text.Pos{Line: at.Line, Col: col}}, true
	}
}

func indentOf(line string) string {
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}
