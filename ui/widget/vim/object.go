package vim

import (
	"strings"

	"parley/ui/widget/text"
)

// objectReach is how many bytes are looked through for the bracket around the cursor.
const objectReach = 1 << 20

// object returns a text object; lines says that it is whole lines.
func (m *Machine) object(around bool, name string) (from, to text.Pos, lines, ok bool) {
	switch name {
	case "w", "W":
		from, to = m.wordObject(around, name == "W")
		return from, to, false, from != to
	case `"`, "'", "`":
		from, to, ok = m.quoted(around, name[0])
		return from, to, false, ok
	case "(", ")", "b":
		return m.bracketed(around, '(', ')')
	case "[", "]":
		return m.bracketed(around, '[', ']')
	case "{", "}", "B":
		return m.bracketed(around, '{', '}')
	}
	return from, to, false, false
}

// wordObject is the word at the cursor, with the blanks after it, or else before it, when it is meant with what is around.
func (m *Machine) wordObject(around, big bool) (from, to text.Pos) {
	b := m.buffer
	at := b.Cursor()
	line := b.Line(at.Line)
	run := func(p text.Pos) text.Pos {
		kind := classAt(b, p, big)
		for p.Col < len(line) && classAt(b, p, big) == kind {
			p.Col = text.Next(line, p.Col)
		}
		return p
	}
	back := func(p text.Pos) text.Pos {
		for p.Col > 0 {
			previous := text.Pos{Line: p.Line, Col: text.Previous(line, p.Col)}
			if classAt(b, previous, big) != classAt(b, at, big) {
				break
			}
			p = previous
		}
		return p
	}
	from, to = back(at), run(at)
	for n := m.pending.times(); n > 1 && to.Col < len(line); n-- {
		to = run(to)
	}
	switch {
	case !around:
	case classAt(b, at, big) == blank:
		to = run(to)
	case to.Col < len(line) && classAt(b, to, big) == blank:
		to = run(to)
	default:
		for from.Col > 0 && strings.IndexByte(" \t", line[from.Col-1]) >= 0 {
			from.Col--
		}
	}
	return from, to
}

// quoted is the string around the cursor, else the next one in the line.
func (m *Machine) quoted(around bool, quote byte) (from, to text.Pos, ok bool) {
	at := m.buffer.Cursor()
	line := m.buffer.Line(at.Line)
	open := -1
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\':
			i++
		case line[i] != quote:
		case open < 0:
			open = i
		case i >= at.Col:
			from, to = text.Pos{Line: at.Line, Col: open + 1}, text.Pos{Line: at.Line, Col: i}
			if around {
				from.Col, to.Col = open, i+1
				for to.Col < len(line) && strings.IndexByte(" \t", line[to.Col]) >= 0 {
					to.Col++
				}
			}
			return from, to, true
		default:
			open = -1
		}
	}
	return from, to, false
}

// bracketed is what stands in the brackets around the cursor.
func (m *Machine) bracketed(around bool, open, closes byte) (from, to text.Pos, lines, ok bool) {
	start, end, ok := m.brackets(open, closes)
	if !ok {
		return from, to, false, false
	}
	b := m.buffer
	if around {
		return start, text.Pos{Line: end.Line, Col: end.Col + 1}, false, true
	}
	start.Col++
	// Brackets on lines of their own keep them.
	if start.Col == len(b.Line(start.Line)) && end.Line > start.Line && strings.TrimSpace(b.Line(end.Line)[:end.Col]) == "" {
		if end.Line-1 > start.Line {
			return text.Pos{Line: start.Line + 1}, text.Pos{Line: end.Line - 1, Col: len(b.Line(end.Line - 1))}, true, true
		}
	}
	return start, end, false, true
}

// brackets finds the pair around the cursor, or the one that it stands on.
func (m *Machine) brackets(open, closes byte) (start, end text.Pos, ok bool) {
	b, at := m.buffer, m.buffer.Cursor()
	line := b.Line(at.Line)
	depth := m.pending.times()
	if at.Col < len(line) && line[at.Col] == open {
		start, ok = at, true
	} else {
		start, ok = scan(b, at, -1, open, closes, depth)
	}
	if !ok {
		return start, end, false
	}
	end, ok = scan(b, start, 1, closes, open, 1)
	return start, end, ok
}

// scan looks from a place for a byte that is not matched by its other on the way.
func scan(b *text.Buffer, at text.Pos, step int, want, other byte, depth int) (text.Pos, bool) {
	line := b.Line(at.Line)
	for range objectReach {
		at.Col += step
		for at.Col < 0 || at.Col >= len(line) {
			if at.Line += step; at.Line < 0 || at.Line >= b.Lines() {
				return at, false
			}
			line = b.Line(at.Line)
			at.Col = 0
			if step < 0 {
				at.Col = len(line) - 1
			}
		}
		switch line[at.Col] {
		case want:
			if depth--; depth == 0 {
				return at, true
			}
		case other:
			depth++
		}
	}
	return at, false
}
