package document

import "slices"

// foldedLine is the one line that is shown instead of a node's.
type foldedLine struct {
	of     *indexed
	region region
	line   *line // once the node has come to its end
}

func newFoldedLine(of *indexed, r region) (*foldedLine, error) {
	f := &foldedLine{of: of, region: r}
	if r.state == open {
		return f, nil
	}
	l, err := f.make()
	f.line = &l
	return f, err
}

// now returns f with what is known of its node now.
func (f *foldedLine) now() (*foldedLine, error) {
	if f.region.state != open {
		return f, nil
	}
	r := f.region
	if err := f.of.close(&r); err != nil {
		return f, err
	}
	return newFoldedLine(f.of, r)
}

// last is the last line it replaces, if the first is at.
func (f *foldedLine) last(at int64) int64 {
	if f.region.last >= unended {
		return unended
	}
	return at + f.region.last - f.region.first
}

func (f *foldedLine) size() (int64, bool) {
	_, done := f.of.size()
	return 1, done
}

func (f *foldedLine) numbered(int64) (int64, error) { return 0, nil }
func (f *foldedLine) lineAt(int64) (int64, error)   { return 0, nil }
func (f *foldedLine) lineNear(int64) int64          { return 0 }

func (f *foldedLine) lines(first, count int64) ([]line, error) {
	if first > 0 || count < 1 {
		return nil, nil
	}
	if f.line != nil {
		return []line{*f.line}, nil
	}
	grown, err := f.now()
	if err != nil {
		return nil, err
	}
	l, err := grown.make()
	return []line{l}, err
}

func (f *foldedLine) hides(offset int64) (bool, error) {
	lines, err := f.lines(0, 1)
	return err == nil && summarizes(lines[0], offset), err
}

// make puts the node's first line, what it holds, and its last line together.
func (f *foldedLine) make() (line, error) {
	r := &f.region
	first, err := f.of.lines(r.first, 1)
	if err != nil || len(first) == 0 {
		return line{}, err
	}
	l := first[0]
	note := " " + summary(r.level, r.end-r.start, r.state)
	if r.state == closed {
		note += " "
	}
	l.spans = append(l.spans, Span{Text: note, Role: Comment, Offset: end(l)})
	if r.state != closed {
		return l, nil
	}
	last, err := f.of.lines(r.last, 1)
	if err != nil || len(last) == 0 {
		return l, err
	}
	for _, s := range last[0].spans {
		if s.Len > 0 || s.Offset > last[0].offset {
			l.spans = append(l.spans, s)
		}
	}
	return l, nil
}

// summarizes reports whether a byte is among those for which the summary in a line
// stands.
func summarizes(l line, offset int64) bool {
	i := summaryIn(l)
	return i >= 0 && offset >= end(line{offset: l.offset, spans: l.spans[:i]}) &&
		(i+1 == len(l.spans) || offset < l.spans[i+1].Offset)
}

// summaryIn is the index of the span that says what a folded node holds, -1 if
// there is none.
func summaryIn(l line) int {
	return slices.IndexFunc(l.spans, func(s Span) bool { return s.Role == Comment && s.Len == 0 })
}

// toggle implements foldable.
func (x *indexed) toggle(index int64) (e edit, ok bool, err error) {
	r, ok, err := x.nodeOn(index)
	if err != nil || !ok {
		return e, false, err
	}
	by, err := newFoldedLine(x, r)
	return edit{first: r.first, last: r.last, by: by}, err == nil, err
}

func (x *indexed) hides(line, offset int64) (bool, error) { return false, nil }

// nodeOn returns the node that opens or closes on a line.
func (x *indexed) nodeOn(index int64) (r region, ok bool, err error) {
	if r, ok, err = x.opened(index); ok || err != nil {
		return r, ok, err
	}
	l, ok, err := x.at(index)
	if err != nil || !ok || !l.is(closingLine) {
		return r, false, err
	}
	first, err := x.lineAt(l.shut.start)
	if err != nil {
		return r, false, err
	}
	return x.opened(first)
}
