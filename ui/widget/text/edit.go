package text

import (
	"strings"
)

// Set replaces the whole text as one step that can be undone, the cursor kept where it can be.
func (b *Buffer) Set(s string) {
	cursor := b.cursor
	b.Break()
	b.replace(Pos{}, b.End(), s)
	b.place(b.clamp(cursor))
	b.Break()
}

// Insert puts s in place of the selection. Runs of typed text become one step, word by word.
func (b *Buffer) Insert(s string) {
	from, to := b.Selection()
	if from != to || b.startsWord(from, s) {
		b.Break()
	}
	b.replace(from, to, s)
}

// startsWord reports whether s begins a word after a blank: a good place to undo to.
func (b *Buffer) startsWord(at Pos, s string) bool {
	if at.Col == 0 || s == "" {
		return strings.Contains(s, "\n")
	}
	line := b.lines[at.Line]
	return classOf(s, 0) != blank && classOf(line, Previous(line, at.Col)) == blank
}

// Paste puts s in place of the selection, as a step of its own.
func (b *Buffer) Paste(s string) {
	b.Break()
	b.replaceSelection(s)
	b.Break()
}

// replaceSelection puts s in place of the selection.
func (b *Buffer) replaceSelection(s string) {
	from, to := b.Selection()
	b.replace(from, to, s)
}

// DeleteSelection removes what is selected and reports whether anything was.
func (b *Buffer) DeleteSelection() bool {
	from, to := b.Selection()
	if from == to {
		return false
	}
	b.Break()
	b.replace(from, to, "")
	b.Break()
	return true
}

// Delete removes what a motion passes over, or the selection if there is one.
func (b *Buffer) Delete(m Motion) {
	if b.DeleteSelection() {
		return
	}
	from, to := b.cursor, b.target(m)
	if to.Before(from) {
		from, to = to, from
	}
	if from == to {
		return
	}
	b.deleteRun(from, to)
}

// deleteRun lets a run of deletions of single characters be one step.
func (b *Buffer) deleteRun(from, to Pos) {
	single := from.Line == to.Line && Next(b.lines[from.Line], from.Col) == to.Col
	if !single || len(b.past) == 0 || !b.past[len(b.past)-1].deletes() {
		b.Break()
	}
	b.replace(from, to, "")
}

// deletes reports whether a step only takes text away.
func (s step) deletes() bool {
	for _, e := range s.edits {
		if e.new != "" {
			return false
		}
	}
	return true
}

// Newline starts a line that is indented as this one; a level deeper where a bracket of this one is still open, and with
// the closing one pushed on to a line of its own.
func (b *Buffer) Newline(indent string) {
	b.Break()
	from, to := b.Selection()
	line := b.lines[from.Line]
	lead := leading(line)
	lead = lead[:min(len(lead), from.Col)]
	if !opens(line[:from.Col]) {
		b.replace(from, to, "\n"+lead)
		return
	}
	rest := b.lines[to.Line][to.Col:]
	closes := rest != "" && strings.IndexByte("}])", rest[0]) >= 0
	b.replace(from, to, "\n"+lead+indent)
	if closes {
		at := b.cursor
		b.replace(at, at, "\n"+lead)
		b.place(at)
	}
}

// opens reports whether a bracket outside of double quotes is still open at the end of a line.
func opens(line string) bool {
	depth, quoted := 0, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			i++
		case quoted:
		case strings.IndexByte("{[(", c) >= 0:
			depth++
		case strings.IndexByte("}])", c) >= 0:
			depth = max(0, depth-1)
		}
	}
	return depth > 0
}

// Close types a closing bracket, and moves it out a level when it is the first thing in its line.
func (b *Buffer) Close(bracket, indent string) {
	from, to := b.Selection()
	line := b.lines[from.Line]
	if from == to && from.Col > 0 && strings.TrimLeft(line[:from.Col], " \t") == "" {
		shorter := strings.TrimSuffix(line[:from.Col], indent)
		if len(shorter) == from.Col {
			shorter = strings.TrimSuffix(line[:from.Col], "\t")
		}
		b.replace(Pos{from.Line, len(shorter)}, from, bracket)
		return
	}
	b.Insert(bracket)
}

// Change puts s in place of a range, as a part of the step that is open, and the cursor behind it.
func (b *Buffer) Change(from, to Pos, s string) { b.replace(b.clamp(from), b.clamp(to), s) }

// Shift moves lines a level in, or out.
func (b *Buffer) Shift(first, last int, indent string, out bool) {
	b.moveTo(Pos{first, 0}, false)
	b.moveTo(Pos{last, len(b.lines[last])}, true)
	if out {
		b.Dedent(indent)
		return
	}
	b.eachLine(Pos{first, 0}, Pos{last, len(b.lines[last]) + 1}, func(line string) (cut int, add string) {
		if line == "" {
			return 0, ""
		}
		return 0, indent
	})
}

// Indent moves the selected lines a level in; without a selection it types up to the next stop.
func (b *Buffer) Indent(indent string) {
	from, to := b.Selection()
	if from.Line == to.Line {
		pad := indent
		if n := len(indent); strings.Trim(indent, " ") == "" && n > 0 {
			pad = indent[:n-from.Col%n]
		}
		b.Insert(pad)
		return
	}
	b.eachLine(from, to, func(line string) (cut int, add string) {
		if line == "" {
			return 0, ""
		}
		return 0, indent
	})
}

// Dedent moves the selected lines, or the cursor's, a level out.
func (b *Buffer) Dedent(indent string) {
	from, to := b.Selection()
	b.eachLine(from, to, func(line string) (cut int, add string) {
		switch {
		case strings.HasPrefix(line, indent):
			return len(indent), ""
		case strings.HasPrefix(line, "\t"):
			return 1, ""
		}
		return min(len(leading(line)), len(indent)), ""
	})
}

// eachLine changes the start of every line of a range as one step; the selection stays on the same text.
func (b *Buffer) eachLine(from, to Pos, change func(line string) (cut int, add string)) {
	b.Break()
	cursor, anchor := b.cursor, b.anchor
	last := to.Line
	if to.Line > from.Line && to.Col == 0 {
		last--
	}
	for n := from.Line; n <= last; n++ {
		cut, add := change(b.lines[n])
		if cut == 0 && add == "" {
			continue
		}
		b.replace(Pos{n, 0}, Pos{n, cut}, add)
		for _, p := range []*Pos{&cursor, &anchor} {
			if p.Line == n {
				p.Col = max(0, p.Col-cut+len(add))
			}
		}
	}
	b.cursor, b.anchor = b.clamp(cursor), b.clamp(anchor)
	if len(b.past) > 0 && b.open {
		b.past[len(b.past)-1].after = [2]Pos{b.cursor, b.anchor}
	}
	b.Break()
}

func leading(line string) string {
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}
