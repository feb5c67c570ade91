package document

import (
	"sort"

	"parley/httpcore/content"
)

// Match says whether a span was found by a search.
type Match uint8

const (
	NoMatch Match = iota
	Found
	Current // the hit the reader stands on
)

// Marks say which hits a window shows.
type Marks struct {
	Search  *Search // nil for none
	Current Hit     // the one the reader stands on, if it is not empty
}

// maxMarked is how many bytes of source one line is searched through for
// marks. Only white space makes a line stand for more.
const maxMarked = 64 << 10

// mark marks the hits in lines.
func (m Marks) mark(src Source, lines []line) error {
	if m.Search == nil {
		return nil
	}
	for i := range lines {
		if err := m.markLine(src, &lines[i]); err != nil {
			return err
		}
	}
	return nil
}

func (m Marks) markLine(src Source, l *line) error {
	// A hit may begin before the line, if the line goes on from another.
	p := m.Search.pattern
	before := int64(p.overlap())
	if p.expr != nil && l.number == 0 {
		before = maxLine
	}
	start := max(l.offset-before, 0)
	stop := min(end(*l)+int64(p.overlap()), l.offset+maxMarked)
	if stop <= start {
		return nil
	}
	text := make([]byte, stop-start)
	n, err := content.ReadAt(src, text, start)
	if err != nil {
		return err
	}
	var hits []Hit
	p.each(text[:n], n, func(from, to int) bool {
		hits = append(hits, Hit{Start: start + int64(from), End: start + int64(to)})
		return true
	})
	if len(hits) > 0 {
		l.spans = m.paint(l.spans, hits)
	}
	return nil
}

// paint splits spans where hits begin and end.
func (m Marks) paint(spans []Span, hits []Hit) []Span {
	painted := make([]Span, 0, len(spans)+2*len(hits))
	for _, s := range spans {
		if s.Len == 0 {
			painted = append(painted, s)
			continue
		}
		// The cells of a table may stand in another order than in the source.
		first := sort.Search(len(hits), func(i int) bool { return hits[i].End > s.Offset })
		painted = m.paintSpan(painted, s, hits[first:])
	}
	return painted
}

func (m Marks) paintSpan(painted []Span, s Span, hits []Hit) []Span {
	for _, h := range hits {
		if s.Len == 0 || h.Start >= s.Offset+int64(s.Len) {
			break
		}
		if len(s.Text) != s.Len { // a mark stands for its source as a whole
			s.Match = m.of(h)
			break
		}
		var before, inside Span
		before, s = cutSpan(s, h.Start)
		inside, s = cutSpan(s, h.End)
		inside.Match = m.of(h)
		for _, part := range []Span{before, inside} {
			if part.Len > 0 {
				painted = append(painted, part)
			}
		}
	}
	if s.Len > 0 {
		painted = append(painted, s)
	}
	return painted
}

func (m Marks) of(h Hit) Match {
	if c := m.Current; c.End > c.Start && h.Start < c.End && c.Start < h.End {
		return Current
	}
	return Found
}

// cutSpan parts s at an offset of the source.
func cutSpan(s Span, offset int64) (before, after Span) {
	n := int(max(0, min(offset-s.Offset, int64(s.Len))))
	before, after = s, s
	before.Text, before.Len = s.Text[:n], n
	after.Text, after.Len, after.Offset = s.Text[n:], s.Len-n, s.Offset+int64(n)
	return before, after
}
