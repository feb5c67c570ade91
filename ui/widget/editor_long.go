package widget

import "parley/ui/widget/text"

// insides knows where in a very long line one is within a string, so that a part of the line can be highlighted without
// what is before it. It is kept for one line at a time, as far as nothing before has changed.
type insides struct {
	line   int
	points []inside // every columnStep bytes or so, rising
}

// inside says of a place whether it is within a string.
type inside struct {
	byte int
	is   bool
}

// cut forgets what an edit has made wrong.
func (k *insides) cut(at text.Pos) {
	if at.Line < k.line {
		k.points = k.points[:0]
	}
	if at.Line != k.line {
		return
	}
	for len(k.points) > 0 && k.points[len(k.points)-1].byte >= at.Col {
		k.points = k.points[:len(k.points)-1]
	}
}

// before returns a place at most a step or two before a byte of a line, and whether it is within a string.
func (k *insides) before(n int, line string, until int, ends func(inside bool, part string) bool) inside {
	if n != k.line {
		k.line, k.points = n, k.points[:0]
	}
	var at inside
	for i := len(k.points) - 1; i >= 0; i-- {
		if at = k.points[i]; at.byte <= until {
			if i < len(k.points)-1 {
				return at
			}
			break
		}
		at = inside{}
	}
	for {
		stop := at.byte + columnStep
		for stop < len(line) && line[stop-1] == '\\' { // what a backslash escapes stays with it
			stop++
		}
		if stop > until || stop >= len(line) {
			return at
		}
		at = inside{stop, ends(at.is, line[at.byte:stop])}
		k.points = append(k.points, at)
	}
}

// lightPart highlights the part of a long line that is asked for.
func (e *Editor) lightPart(n int, line string, from, to int) []Span {
	to = min(to, len(line))
	if e.options.EndsInside == nil {
		return e.lightFrom(line, max(0, from-lookBehind), to, false)
	}
	at := e.insides.before(n, line, from, e.options.EndsInside)
	return e.lightFrom(line, at.byte, to, at.is)
}

// lightFrom highlights from a byte on. Within a string it begins with the quote that the highlighter has to know of.
func (e *Editor) lightFrom(line string, start, to int, inString bool) []Span {
	part, shift := line[start:max(start, to)], start
	if inString {
		part, shift = `"`+part, start-1
	}
	spans := e.options.Highlight(part)
	for i := range spans {
		spans[i].From, spans[i].To = max(start, spans[i].From+shift), spans[i].To+shift
	}
	return spans
}
