package widget

import (
	"strings"

	"parley/themes"
	"parley/ui/widget/text"
)

// bracketReach is how many bytes are looked through for a bracket's partner; further away it would not be seen.
const bracketReach = 64 << 10

const (
	openers = "([{"
	closers = ")]}"
)

// matchBrackets returns the bracket at the cursor and its partner, or nothing.
func (e *Editor) matchBrackets() []text.Pos {
	if !e.focused || e.single {
		return nil
	}
	at := e.buffer.Cursor()
	for _, col := range []int{at.Col, at.Col - 1} {
		line := e.buffer.Line(at.Line)
		if col < 0 || col >= len(line) || !strings.Contains(openers+closers, line[col:col+1]) {
			continue
		}
		here := text.Pos{Line: at.Line, Col: col}
		if partner, ok := e.partner(here); ok {
			return []text.Pos{here, partner}
		}
	}
	return nil
}

// partner finds the bracket that belongs to the one at a place.
func (e *Editor) partner(at text.Pos) (text.Pos, bool) {
	line := e.buffer.Line(at.Line)
	if !e.isBracket(at.Line, line, at.Col) {
		return text.Pos{}, false
	}
	step, own, other := 1, openers, closers
	if strings.IndexByte(closers, line[at.Col]) >= 0 {
		step, own, other = -1, closers, openers
	}
	depth := 0
	for reach := bracketReach; reach > 0; reach-- {
		for at.Col < 0 || at.Col >= len(line) {
			at.Line += step
			if at.Line < 0 || at.Line >= e.buffer.Lines() {
				return text.Pos{}, false
			}
			reach--
			line = e.buffer.Line(at.Line)
			at.Col = 0
			if step < 0 {
				at.Col = len(line) - 1
			}
			if reach <= 0 {
				return text.Pos{}, false
			}
		}
		if c := line[at.Col]; strings.IndexByte(own+other, c) >= 0 && e.isBracket(at.Line, line, at.Col) {
			if strings.IndexByte(own, c) >= 0 {
				depth++
			} else if depth--; depth == 0 {
				return at, true
			}
		}
		at.Col += step
	}
	return text.Pos{}, false
}

// isBracket tells a bracket from one in a string or a comment, as far as the highlighter knows.
func (e *Editor) isBracket(n int, line string, col int) bool {
	for _, s := range e.light(n, line, col, col+1) {
		if col >= s.From && col < s.To {
			return s.Role != themes.String && s.Role != themes.Key && s.Role != themes.Comment
		}
	}
	return true
}
