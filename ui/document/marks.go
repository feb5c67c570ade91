package document

import (
	"math"
	"sort"
	"unicode/utf8"
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

const (
	// maxMarked is how many bytes of source one line is searched through for
	// marks. Only white space, or what is folded, makes a line stand for more.
	maxMarked = 64 << 10
	// maxMarks is how many hits are marked in lines that stand together.
	maxMarks = 64 << 10
)

// mark marks the hits in lines.
func (m Marks) mark(lines []line) error {
	if m.Search == nil {
		return nil
	}
	stop := look()
	for len(lines) > 0 {
		n := adjoining(lines)
		hits, err := m.Search.around(lines[0].offset, markedEnd(lines[n-1]), stop)
		if err != nil {
			return err
		}
		for i := range lines[:n] {
			if err := m.markFolded(lines[i].spans, summaryIn(lines[i]), hits, stop); err != nil {
				return err
			}
			lines[i].spans = m.paint(lines[i].spans, hits)
		}
		lines = lines[n:]
	}
	return nil
}

// markedEnd is where a line ends, as far as it is searched through.
func markedEnd(l line) int64 {
	end := l.offset
	for _, s := range l.spans {
		end = max(end, s.Offset+int64(s.Len)) // some views show bytes twice
	}
	return min(end, l.offset+maxMarked)
}

// adjoining is how many lines at the beginning follow one another in the
// source, so that they can be searched through together.
func adjoining(lines []line) int {
	for i, l := range lines[1:] {
		if before := lines[i]; l.offset < before.offset || l.offset > markedEnd(before)+maxLine {
			return i + 1
		}
	}
	return len(lines)
}

// around returns the hits that reach into a part of the body.
func (s *Search) around(from, to int64, stop func() bool) (hits []Hit, err error) {
	err = s.scan(stop, from-int64(s.pattern.overlap()), to, func(h Hit) bool {
		if h.End > from {
			hits = append(hits, h)
		}
		return len(hits) < maxMarks
	})
	return hits, err
}

// markFolded marks what stands for a folded node, if there are hits in it.
func (m Marks) markFolded(spans []Span, summary int, hits []Hit, stop func() bool) error {
	if summary < 0 {
		return nil
	}
	folded := Range{end(line{spans: spans[:summary]}), math.MaxInt64}
	if summary+1 < len(spans) {
		folded.End = spans[summary+1].Offset
	}
	for _, h := range hits {
		if h.Start < folded.End && folded.Start < h.End {
			spans[summary].Match = m.of(Hit{Start: folded.Start, End: folded.End})
			return nil
		}
	}
	found, err := m.Search.holds(Range{max(folded.Start, spans[0].Offset+maxMarked), folded.End}, stop)
	if found {
		spans[summary].Match = m.of(Hit{Start: folded.Start, End: folded.End})
	}
	return err
}

// paint splits spans where hits begin and end.
func (m Marks) paint(spans []Span, hits []Hit) []Span {
	painted := make([]Span, 0, len(spans))
	for _, s := range spans {
		if s.Len == 0 {
			painted = append(painted, s)
			continue
		}
		// Views may show bytes in another order than the source's, and twice.
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
		if len(s.Text) != s.Len || s.Role == Mark { // a mark stands for its source as a whole
			s.Match = m.of(Hit{Start: s.Offset, End: s.Offset + int64(s.Len)})
			break
		}
		var before, inside Span
		from, _ := clusterAt(s.Text, int(max(h.Start-s.Offset, 0)))
		before, s = cutSpan(s, from)
		_, to := clusterAt(s.Text, int(min(h.End-s.Offset, int64(s.Len))))
		inside, s = cutSpan(s, to)
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

// cutSpan parts s behind n bytes.
func cutSpan(s Span, n int) (before, after Span) {
	before, after = s, s
	before.Text, before.Len = s.Text[:n], n
	after.Text, after.Len, after.Offset = s.Text[n:], s.Len-n, s.Offset+int64(n)
	return before, after
}

// clusterAt returns the borders of the grapheme cluster that n lies within, or
// n twice if it is a border itself. A cluster cannot be marked in part: what
// joins its characters would be lost.
func clusterAt(text string, n int) (start, end int) {
	n = max(n, 0)
	if n == 0 || n >= len(text) || text[n-1] < utf8.RuneSelf && text[n] < utf8.RuneSelf {
		return min(n, len(text)), min(n, len(text))
	}
	for end < n {
		start = end
		length, _ := cluster(text[start:])
		end = start + length
	}
	if end == n {
		return n, n
	}
	return start, end
}
