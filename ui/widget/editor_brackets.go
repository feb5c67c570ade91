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
	c := e.buffer.Line(at.Line)[at.Col]
	step, own, other := 1, openers, closers
	if strings.IndexByte(closers, c) >= 0 {
		step, own, other = -1, closers, openers
	}
	walk := e.walkFrom(at, step)
	if !walk.isBracket() {
		return text.Pos{}, false
	}
	for depth := 0; ; {
		if c := walk.line[walk.at.Col]; strings.IndexByte(own+other, c) >= 0 && walk.isBracket() {
			if strings.IndexByte(own, c) >= 0 {
				depth++
			} else if depth--; depth == 0 {
				return walk.at, true
			}
		}
		if !walk.next() {
			return text.Pos{}, false
		}
	}
}

// bracketWalk goes through the bytes of a text, one way or the other, and knows what each of them is.
type bracketWalk struct {
	e     *Editor
	at    text.Pos
	line  string
	step  int
	reach int // bytes that are left
	spans []Span
	span  int
}

func (e *Editor) walkFrom(at text.Pos, step int) *bracketWalk {
	w := &bracketWalk{e: e, at: at, line: e.buffer.Line(at.Line), step: step, reach: bracketReach}
	w.enter()
	return w
}

// enter prepares what of the line is in reach.
func (w *bracketWalk) enter() {
	from, to := w.at.Col, min(len(w.line), w.at.Col+w.reach)
	if w.step < 0 {
		from, to = max(0, w.at.Col-w.reach), w.at.Col+1
	}
	w.spans, w.span = w.e.light(w.at.Line, w.line, from, to), 0
	if w.step < 0 {
		w.span = len(w.spans) - 1
	}
}

func (w *bracketWalk) next() bool {
	w.at.Col += w.step
	if w.reach--; w.reach <= 0 {
		return false
	}
	for w.at.Col < 0 || w.at.Col >= len(w.line) {
		w.at.Line += w.step
		if w.reach--; w.reach <= 0 || w.at.Line < 0 || w.at.Line >= w.e.buffer.Lines() {
			return false
		}
		w.line = w.e.buffer.Line(w.at.Line)
		w.at.Col = 0
		if w.step < 0 {
			w.at.Col = len(w.line) - 1
		}
		if w.line != "" {
			w.enter()
		}
	}
	return true
}

// isBracket tells a bracket from one in a string or a comment, as far as the highlighter knows.
func (w *bracketWalk) isBracket() bool {
	for w.step > 0 && w.span < len(w.spans) && w.spans[w.span].To <= w.at.Col {
		w.span++
	}
	for w.step < 0 && w.span >= 0 && w.spans[w.span].From > w.at.Col {
		w.span--
	}
	if w.span < 0 || w.span >= len(w.spans) {
		return true
	}
	s := w.spans[w.span]
	return w.at.Col < s.From || w.at.Col >= s.To || s.Role != themes.String && s.Role != themes.Key && s.Role != themes.Comment
}
