package widget

import (
	"parley/themes"
	"parley/ui/widget/text"
)

// longLine is the length from which a line is highlighted only around what is seen of it.
const longLine = 32 << 10

// lookBehind is how far before that the highlighter may start.
const lookBehind = 8 << 10

// lit is a highlighted line, kept until the line changes.
type lit struct {
	line  string
	spans []Span
}

// painter tells the roles of a line's bytes, asked in rising order.
type painter struct {
	spans    []Span
	next     int
	hits     []Span
	nextHit  int
	marks    []Span
	brackets []int
}

func (p *painter) role(at int) themes.Role {
	for _, b := range p.brackets {
		if b == at {
			return themes.Bracket
		}
	}
	for p.nextHit < len(p.hits) && p.hits[p.nextHit].To <= at {
		p.nextHit++
	}
	if p.nextHit < len(p.hits) && p.hits[p.nextHit].From <= at {
		return p.hits[p.nextHit].Role
	}
	for _, m := range p.marks {
		if at >= m.From && at < m.To {
			return m.Role
		}
	}
	for p.next < len(p.spans) && p.spans[p.next].To <= at {
		p.next++
	}
	if p.next < len(p.spans) && p.spans[p.next].From <= at {
		return p.spans[p.next].Role
	}
	return themes.Text
}

// brush has the painter of the line whose rows are drawn.
type brush struct {
	e        *Editor
	brackets []text.Pos
	line     int
	painter  *painter
}

// of returns the painter of a line of which cells cells are seen from a byte on, or all that is shown of it where it is
// wrapped.
func (b *brush) of(n int, line string, from, cells int) *painter {
	if b.painter == nil || b.line != n {
		to := from + cells*8
		if b.e.wrap {
			to = b.e.lastShown(n)
		}
		b.line, b.painter = n, b.e.painter(n, line, from, to, b.brackets)
	}
	return b.painter
}

// lastShown is up to where a line is seen.
func (e *Editor) lastShown(n int) int {
	to := 0
	for _, r := range e.shownRows() {
		if r.line == n {
			to = r.to
		}
	}
	return to
}

// painter prepares a line that is seen from a byte to another.
func (e *Editor) painter(n int, line string, from, to int, brackets []text.Pos) *painter {
	p := &painter{spans: e.light(n, line, from, to), hits: e.hits(n, line, from, to)}
	for _, b := range brackets {
		if b.Line == n {
			p.brackets = append(p.brackets, b.Col)
		}
	}
	for _, m := range e.marks {
		if n < m.From.Line || n > m.To.Line {
			continue
		}
		span := Span{From: 0, To: len(line), Role: m.Role}
		if n == m.From.Line {
			span.From = m.From.Col
		}
		if n == m.To.Line {
			span.To = max(m.To.Col, text.Next(line, span.From)) // what points between two characters is seen on the second
		}
		p.marks = append(p.marks, span)
	}
	return p
}

// light returns the highlight of a line, at least of its bytes from one to another.
func (e *Editor) light(n int, line string, from, to int) []Span {
	if e.options.Highlight == nil {
		return nil
	}
	if len(line) > longLine {
		return e.lightPart(n, line, from, to)
	}
	if known, ok := e.lights[n]; ok && known.line == line {
		return known.spans
	}
	const most = 4096
	if len(e.lights) > most {
		clear(e.lights)
	}
	spans := e.options.Highlight(line)
	e.lights[n] = lit{line, spans}
	return spans
}
