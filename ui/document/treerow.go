package document

import (
	"strconv"
	"strings"
)

// treeRow is a node in a tree.
type treeRow struct {
	line   line  // the beginning of its first, from the pretty view
	n      int64 // which of the nodes it is in its parent, from 1
	index  bool  // that is how it is called
	long   bool  // its value goes on
	nests  bool
	region region // of what it holds
}

// draw writes a node in short:
//
//	▸ items  array  1,234 elements  3.4 MB
//	  name  "Ada"
func (r *treeRow) draw(depth int, expanded bool) line {
	l := r.line
	l.single = true
	l.spans = []Span{{Text: blanks[:min(depth*indentWidth, maxIndent)] + r.sign(expanded), Role: Punctuation, Offset: l.offset}}
	if r.index {
		l.spans = append(l.spans, note(strconv.FormatInt(r.n-1, 10)+"  ", Comment, l.offset))
	}
	l.spans = append(l.spans, r.told()...)
	if r.nests {
		l.spans = append(l.spans,
			note(typeNames[r.region.kind]+"  ", Keyword, r.region.start),
			note(counted(r.region.level, r.region.state)+"  "+sized(r.region.end-r.region.start), Comment, r.region.start))
	}
	if r.long {
		l.spans = append(l.spans, note("…", Comment, end(l)))
	}
	return l
}

var typeNames = [...]string{members: "object", elements: "array", children: "element"}

func note(text string, role Role, offset int64) Span {
	return Span{Text: text, Role: role, Offset: offset}
}

func (r *treeRow) sign(expanded bool) string {
	switch {
	case expanded:
		return "▾ "
	case r.nests:
		return "▸ "
	}
	return "  "
}

// told is what the source itself tells of the node: its key and its value, if
// that is short.
func (r *treeRow) told() (spans []Span) {
	key := false
	for i, s := range r.line.spans {
		switch {
		case s.Role == Punctuation:
			if s.Text = strings.TrimRight(s.Text, ","); s.Text == "{}" || s.Text == "[]" {
				s.Len = len(s.Text)
				spans = append(spans, s)
			}
			continue
		case s.Len == 0 && s.Role != Error:
			continue
		case s.Role == Key && !key:
			key = true
			s = cutKey(s, true, false)
		}
		if next := i + 1; key && s.Role == Key && next < len(r.line.spans) && r.line.spans[next].Role == Punctuation {
			s = cutKey(s, false, true)
			spans = append(spans, s, note("  ", Plain, end(line{spans: []Span{s}})))
			continue
		}
		spans = append(spans, s)
	}
	return spans
}

// cutKey takes the quotes from a key that is not a mark.
func cutKey(s Span, before, after bool) Span {
	if before && strings.HasPrefix(s.Text, `"`) {
		s.Text, s.Offset, s.Len = s.Text[1:], s.Offset+1, s.Len-1
	}
	if after && strings.HasSuffix(s.Text, `"`) {
		s.Text, s.Len = s.Text[:len(s.Text)-1], s.Len-1
	}
	return s
}

// rowReader reads the nodes directly within another.
type rowReader struct {
	of       *indexed
	depth    int   // of the other
	start    int64 // of its bracket, -1 for that of all texts
	n, count int64
	// seen is how far the index had come when reading began: to follow one that
	// grows would take until it has all.
	seen int64

	rows  []treeRow
	whole bool  // the last of them has come to its end
	jump  *mark // a place further on in it
}

func (r *rowReader) read(m mark) ([]treeRow, error) {
	for {
		r.jump = nil
		kept := len(r.rows)
		out := &sink{see: r.see}
		end, err := r.of.visitLines(m, out)
		for i, l := range out.lines {
			r.rows[kept+i].line = l
		}
		if r.jump == nil || err != nil {
			if last := r.last(); last != nil {
				last.region.end = max(end, last.region.start)
			}
			return r.rows, err
		}
		m = *r.jump
	}
}

// last is the row that is being read.
func (r *rowReader) last() *treeRow {
	if len(r.rows) == 0 || r.whole {
		return nil
	}
	return &r.rows[len(r.rows)-1]
}

func (r *rowReader) see(b begun) bool {
	around, ok := b.cutter.nest(r.depth)
	inside := ok && around.start == r.start
	if row := r.last(); row != nil {
		r.goOn(row, b)
	}
	ends := b.is(closingLine) && b.depth() <= r.depth || b.is(brokenLine) && r.depth >= 0
	switch {
	case r.whole && len(r.rows) == int(r.count):
		return false
	case b.place.isRaw():
		r.leapText(b)
		return r.jump == nil
	case r.jump != nil:
		return false
	case b.joined || b.offset <= r.start:
		return true
	case ends || !inside:
		return false
	case b.depth() != r.depth+1 || b.is(closingLine) || !b.is(nodeLine) && !b.is(brokenLine):
		return true
	case around.count < r.n:
		return true
	case len(r.rows) == int(r.count):
		return false
	}
	b.keep()
	r.whole = false
	r.rows = append(r.rows, treeRow{n: around.count, index: r.depth >= 0 && around.kind == elements})
	return true
}

// goOn takes a line behind the first of a row.
func (r *rowReader) goOn(row *treeRow, b begun) {
	depth := r.depth + 1
	l, ok := b.cutter.nest(depth)
	switch {
	case b.joined:
		row.long = row.long || !row.nests
		token := b.place.token
		r.leap(token, b.place.offset, withinToken(token))
	case b.is(brokenLine):
		r.whole = true
		row.region.state, row.region.end, row.region.last = broken, b.offset, b.index-1
	case b.is(closingLine) && b.depth() == depth && row.nests:
		r.whole = true
		row.region.level, row.region.state, row.region.end, row.region.last = l, closed, b.cutter.closes(b.offset), b.index
	case b.depth() <= depth:
		r.whole = true
	case ok:
		row.nests = true
		row.region.level, row.region.depth, row.region.last = l, depth, unended
		start := row.region.start
		r.leap(start, b.place.offset, func(m *mark) bool {
			l, ok := m.nest(depth)
			return ok && l.start == start
		})
		if r.jump != nil {
			row.region.level, _ = r.jump.nest(depth)
		}
	}
}

// leap looks for a mark further on than a place, in what begins at start and
// need not be read.
func (r *rowReader) leap(start, place int64, within func(*mark) bool) {
	known := func(m *mark) bool { return m.offset <= r.seen && within(m) }
	if m := r.of.index.lastWithin(start, known); known(&m) && m.offset > place {
		r.jump = &m
	}
}

// leapText is leap in what is no JSON, in which no text begins.
func (r *rowReader) leapText(b begun) {
	r.leap(b.offset, b.place.offset, func(m *mark) bool { return m.isRaw() && m.tops == b.place.tops })
}
