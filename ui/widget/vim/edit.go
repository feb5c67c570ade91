package vim

import (
	"strings"

	"parley/ui/widget/text"
)

// change begins a change, which is undone as one.
func (m *Machine) change() {
	m.changes = true
	m.buffer.Hold()
}

// insertAt begins to type at a place.
func (m *Machine) insertAt(at text.Pos) {
	m.change()
	m.buffer.MoveTo(at, false)
	m.mode = Insert
}

// operate does what an operator says with a range, or with all lines of it.
func (m *Machine) operate(operator string, from, to text.Pos, lines bool) {
	b := m.buffer
	switch {
	case operator == ">" || operator == "<" || !lines && from == to:
	case lines:
		m.register = register{b.Text(text.Pos{Line: from.Line}, text.Pos{Line: to.Line, Col: len(b.Line(to.Line))}), true}
	default:
		m.register = register{b.Text(from, to), false}
	}
	if !lines && operator != "y" {
		b.MoveTo(from, false) // where undo leads back to
	}
	switch operator {
	case "y":
		if lines {
			from.Col = min(b.Cursor().Col, len(b.Line(from.Line)))
		}
		b.MoveTo(from, false)
	case "d":
		m.change()
		if lines {
			m.deleteLines(from.Line, to.Line)
		} else {
			b.Change(from, to, "")
		}
	case "c":
		m.change()
		if lines {
			from.Col = len(indentOf(b.Line(from.Line)))
			to.Col = len(b.Line(to.Line))
		}
		b.Change(from, to, "")
		m.mode = Insert
	case ">", "<":
		m.change()
		b.Shift(from.Line, to.Line, m.Indent, operator == "<")
		b.MoveTo(text.Pos{Line: from.Line, Col: len(indentOf(b.Line(from.Line)))}, false)
	}
}

func (m *Machine) deleteLines(first, last int) {
	b := m.buffer
	switch {
	case last+1 < b.Lines():
		b.Change(text.Pos{Line: first}, text.Pos{Line: last + 1}, "")
	case first > 0:
		first--
		b.Change(text.Pos{Line: first, Col: len(b.Line(first))}, b.End(), "")
	default:
		b.Change(text.Pos{}, b.End(), "")
	}
	first = min(first, b.Lines()-1)
	b.MoveTo(text.Pos{Line: first, Col: len(indentOf(b.Line(first)))}, false)
}

// short is an operator with its motion in one key.
func (m *Machine) short(name string, n int) {
	b := m.buffer
	from := b.Cursor()
	line := b.Line(from.Line)
	to, operator := from, "d"
	switch name {
	case "D", "C":
		to.Col = len(line)
	case "X":
		for range n {
			from.Col = text.Previous(line, from.Col)
		}
	default:
		for ; n > 0 && to.Col < len(line); n-- {
			to.Col = text.Next(line, to.Col)
		}
	}
	if name == "C" || name == "s" {
		operator = "c"
	}
	if from == to && operator == "d" {
		return
	}
	m.operate(operator, from, to, false)
}

// replaceChars puts a character in place of those at the cursor.
func (m *Machine) replaceChars(char string) {
	b := m.buffer
	n := m.pending.times()
	m.pending = pending{}
	from := b.Cursor()
	line, to := b.Line(from.Line), from
	for range n {
		if to.Col >= len(line) {
			return // as vim: there are not as many
		}
		to.Col = text.Next(line, to.Col)
	}
	with, end := strings.Repeat(char, n), text.Pos{Line: from.Line, Col: from.Col + (n-1)*len(char)}
	if char == "enter" {
		with, end = "\n", text.Pos{Line: from.Line + 1}
	}
	m.change()
	b.Change(from, to, with)
	b.MoveTo(end, false)
}

// replaceSelected puts a character in place of every one that is selected.
func (m *Machine) replaceSelected(char string) {
	from, to := m.Selection(m.buffer)
	var with strings.Builder
	old := m.buffer.Text(from, to)
	for i := 0; i < len(old); {
		next := i + 1
		if old[i] == '\n' {
			with.WriteByte('\n')
		} else {
			next = text.Next(old, i)
			with.WriteString(char)
		}
		i = next
	}
	m.mode, m.pending, m.once = Normal, pending{}, true
	m.change()
	m.buffer.Change(from, to, with.String())
	m.buffer.MoveTo(from, false)
}

// openLine begins to type in a new line, below or above.
func (m *Machine) openLine(above bool) {
	b := m.buffer
	at := b.Cursor()
	m.change()
	m.mode = Insert
	if !above {
		b.MoveTo(text.Pos{Line: at.Line, Col: len(b.Line(at.Line))}, false)
		b.Newline(m.Indent)
		return
	}
	lead := indentOf(b.Line(at.Line))
	start := text.Pos{Line: at.Line}
	b.Change(start, start, lead+"\n")
	b.MoveTo(text.Pos{Line: at.Line, Col: len(lead)}, false)
}

// join makes one line of several.
func (m *Machine) join(n int) {
	b := m.buffer
	at := b.Cursor().Line
	if at+1 >= b.Lines() {
		return
	}
	m.change()
	for ; n > 1 && at+1 < b.Lines(); n-- {
		line, next := b.Line(at), b.Line(at+1)
		rest := strings.TrimLeft(next, " \t")
		gap := " "
		if rest == "" || line == "" || strings.HasSuffix(line, " ") || strings.HasPrefix(rest, ")") {
			gap = ""
		}
		b.Change(text.Pos{Line: at, Col: len(line)}, text.Pos{Line: at + 1, Col: len(next) - len(rest)}, gap)
		b.MoveTo(text.Pos{Line: at, Col: len(line)}, false)
	}
}

// mostPut bounds how large a count makes what is put.
const mostPut = 16 << 20

// put puts the register behind the cursor, or before it.
func (m *Machine) put(before bool, n int) {
	b, r := m.buffer, m.register
	if r.text == "" && !r.lines {
		return
	}
	n = min(n, max(1, mostPut/max(1, len(r.text))))
	m.change()
	at := b.Cursor()
	if !r.lines {
		if !before {
			at = m.within(at)
		}
		b.Change(at, at, strings.Repeat(r.text, n))
		if end := b.Cursor(); end.Col > 0 {
			end.Col = text.Previous(b.Line(end.Line), end.Col)
			b.MoveTo(end, false)
		}
		return
	}
	line := at.Line
	if before {
		b.Change(text.Pos{Line: line}, text.Pos{Line: line}, strings.Repeat(r.text+"\n", n))
	} else {
		end := text.Pos{Line: line, Col: len(b.Line(line))}
		b.Change(end, end, strings.Repeat("\n"+r.text, n))
		line++
	}
	b.MoveTo(text.Pos{Line: line, Col: len(indentOf(b.Line(line)))}, false)
}

// putOver puts the register where a selection was deleted. linewise says that the selection was whole lines.
func (m *Machine) putOver(linewise bool) {
	b := m.buffer
	at := b.Cursor()
	m.change()
	switch {
	case linewise && b.Empty():
		b.Change(at, at, m.register.text)
	case linewise:
		m.register.lines = true
		m.put(at.Line < b.Lines()-1 || at.Line == 0, 1)
	case m.register.lines:
		b.Change(at, at, "\n"+m.register.text+"\n")
	default:
		b.Change(at, at, m.register.text)
	}
}
