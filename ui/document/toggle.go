package document

// toggled is what comes of folding or unfolding a node.
type toggled struct {
	shown *composed
	line  int64 // where the node's first line is now
	folds bool
	own   bool // the node is the one that all the lines are of
}

// toggle folds or unfolds the node that opens or closes on a line. ok is false
// if there is none.
func (c *composed) toggle(line int64) (t toggled, ok bool, err error) {
	c, err = c.now()
	if err != nil {
		return t, false, err
	}
	i, at := c.locate(line)
	if i < 0 {
		e, ok, err := c.base.toggle(at)
		if !ok || err != nil || e.own {
			return toggled{own: e.own}, ok, err
		}
		t.shown = c.with(e)
		_, t.line = t.shown.find(e.first)
		t.folds = e.folds()
		return t, true, nil
	}
	_, start := c.find(c.edits[i].first)
	if inner, nested := c.edits[i].by.(*composed); nested {
		if t, ok, err = inner.toggle(at); !ok || err != nil {
			return t, ok, err
		}
		if !t.own {
			edits := append([]edit(nil), c.edits...)
			edits[i].by = t.shown
			t.shown, t.line = &composed{c.base, edits}, start+t.line
			return t, true, nil
		}
	}
	if !t.own {
		return toggled{shown: c.without(i), line: start}, true, nil
	}
	t = toggled{line: start, folds: true}
	t.shown, err = c.folding(i)
	return t, err == nil, err
}

// with returns c with one more edit, which takes those of its lines under it.
func (c *composed) with(e edit) *composed {
	next := &composed{base: c.base}
	for _, other := range c.edits {
		if other.first >= e.first && other.first <= e.last {
			e.under = append(e.under, other)
		}
	}
	placed := false
	for _, other := range c.edits {
		if !placed && other.first >= e.first {
			next.edits, placed = append(next.edits, e), true
		}
		if other.first < e.first || other.first > e.last {
			next.edits = append(next.edits, other)
		}
	}
	if !placed {
		next.edits = append(next.edits, e)
	}
	return next
}

// folding returns c with an edit folded that shows the lines of a node.
func (c *composed) folding(i int) (*composed, error) {
	edits := append([]edit(nil), c.edits...)
	inner := edits[i].by.(*composed)
	by, err := inner.base.(whole).fold()
	if by == nil { // the line it was before
		return c.without(i), err
	}
	edits[i].by, edits[i].before = by, inner
	return &composed{c.base, edits}, err
}

// whole is all the lines of a node.
type whole interface {
	foldable
	// fold returns the one line that is to stand for them, nil if that is the
	// one they replaced.
	fold() (lineSource, error)
}

// without returns c without an edit, and with those that were under it.
func (c *composed) without(i int) *composed {
	next := &composed{base: c.base}
	if e := c.edits[i]; e.before != nil {
		e.by, e.before = e.before, nil
		next.edits = append([]edit(nil), c.edits...)
		next.edits[i] = e
		return next
	}
	next.edits = append(next.edits, c.edits[:i]...)
	next.edits = append(next.edits, c.edits[i].under...)
	next.edits = append(next.edits, c.edits[i+1:]...)
	return next
}
