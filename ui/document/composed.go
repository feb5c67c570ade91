package document

// foldable is a source of lines that are nodes within nodes.
type foldable interface {
	lineSource
	// toggle returns what to show from now on so that the node that opens or
	// closes on a line is folded, or unfolded if the line stands for all of it.
	toggle(line int64) (e edit, ok bool, err error)
	// hides reports whether a line stands for the byte at offset and does not
	// show it.
	hides(line, offset int64) (bool, error)
}

// edit replaces lines of a foldable source by others.
type edit struct {
	first, last int64 // of what is replaced
	by          lineSource
	under       []edit     // of lines that this one hides, for when it goes
	before      lineSource // what was shown when this one folded it, nil if that was the base
	// own says that the node is the one that all the lines are of: whoever
	// shows them is to stop.
	own bool
}

// folds reports whether an edit hides something, rather than showing more.
func (e *edit) folds() bool {
	_, yes := e.by.(*foldedLine)
	return yes
}

// composed is what a source shows when some of its lines are replaced. It never
// changes, so that it can be looked at while another takes its place.
type composed struct {
	base  foldable
	edits []edit // in order and apart
}

// now returns c with nodes at their end that had not come to it when they were
// folded.
func (c *composed) now() (*composed, error) {
	for i := range c.edits {
		e := c.edits[i]
		if e.last < unended {
			continue
		}
		by, err := e.by.(*foldedLine).now()
		if err != nil {
			return c, err
		}
		e.by, e.last = by, by.last(e.first)
		next := &composed{base: c.base, edits: append([]edit(nil), c.edits[:i]...)}
		inside := 0
		for inside < len(e.under) && e.under[inside].first <= e.last {
			inside++
		}
		behind := e.under[inside:]
		e.under = e.under[:inside:inside]
		next.edits = append(append(append(next.edits, e), behind...), c.edits[i+1:]...)
		c = next
	}
	return c, nil
}

// locate tells whose a line is: that of an edit, or of the base if i is -1.
func (c *composed) locate(line int64) (i int, at int64) {
	var shift int64
	for i := range c.edits {
		e := &c.edits[i]
		if line < e.first+shift {
			return -1, line - shift
		}
		n, _ := e.by.size()
		if line < e.first+shift+n || e.last >= unended {
			return i, line - e.first - shift
		}
		shift += n - (e.last - e.first + 1)
	}
	return -1, line - shift
}

// find tells where a line of the base is shown: in edit i from the line given
// on, or if i is -1 there.
func (c *composed) find(base int64) (i int, line int64) {
	var shift int64
	for i := range c.edits {
		e := &c.edits[i]
		switch {
		case base < e.first:
			return -1, base + shift
		case base <= e.last:
			return i, e.first + shift
		}
		n, _ := e.by.size()
		shift += n - (e.last - e.first + 1)
	}
	return -1, base + shift
}

func (c *composed) size() (int64, bool) {
	c, err := c.now()
	lines, done := c.base.size()
	var shift int64
	for i := range c.edits {
		e := &c.edits[i]
		n, whole := e.by.size() // once: what is nested asks in turn
		done = done && whole && err == nil
		if e.last >= unended {
			return e.first + shift + n, done
		}
		lines = max(lines, e.last+1)
		shift += n - (e.last - e.first + 1)
	}
	return lines + shift, done
}

func (c *composed) lines(first, count int64) ([]line, error) {
	c, err := c.now()
	var all []line
	for err == nil && int64(len(all)) < count {
		next := first + int64(len(all))
		var part []line
		part, err = c.some(next, count-int64(len(all)))
		for i := range part {
			part[i].index = next + int64(i)
		}
		if all = append(all, part...); len(part) == 0 {
			break
		}
	}
	return all, err
}

// some returns lines that are next to each other in one source.
func (c *composed) some(first, count int64) ([]line, error) {
	i, at := c.locate(first)
	if i >= 0 {
		n, _ := c.edits[i].by.size()
		return c.edits[i].by.lines(at, min(count, max(n-at, 0)))
	}
	for _, e := range c.edits {
		if e.first > at {
			count = min(count, e.first-at)
			break
		}
	}
	return c.base.lines(at, count)
}

func (c *composed) numbered(number int64) (int64, error) {
	return c.within(func(from lineSource) (int64, error) { return from.numbered(number) })
}

func (c *composed) lineAt(offset int64) (int64, error) {
	if tree, ok := c.base.(*branch); ok {
		at, err := tree.of.upTo(offset)
		if err != nil {
			return 0, err
		}
		return c.lineIn(at.(nester)), nil
	}
	return c.within(func(from lineSource) (int64, error) { return from.lineAt(offset) })
}

// lineIn is the line of a tree that stands for the node at which a cutter
// stands. All branches are asked with one look into the source.
func (c *composed) lineIn(at nester) int64 {
	i, line := c.find(c.base.(*branch).lineOf(at))
	if i >= 0 {
		line += c.edits[i].by.(*composed).lineIn(at)
	}
	return line
}

// within finds a line by finding it in the base, and in what is shown there.
func (c *composed) within(find func(lineSource) (int64, error)) (int64, error) {
	c, err := c.now()
	if err != nil {
		return 0, err
	}
	base, err := find(c.base)
	i, line := c.find(base)
	if err != nil || i < 0 {
		return line, err
	}
	at, err := find(c.edits[i].by)
	return line + at, err
}

func (c *composed) lineNear(offset int64) int64 {
	i, line := c.find(c.base.lineNear(offset))
	if i >= 0 {
		line += c.edits[i].by.lineNear(offset)
	}
	return line
}

func (c *composed) hides(line, offset int64) (bool, error) {
	i, at := c.locate(line)
	switch {
	case i < 0:
		return c.base.hides(at, offset)
	case c.edits[i].folds():
		return c.edits[i].by.(*foldedLine).hides(offset)
	}
	return c.edits[i].by.(*composed).hides(at, offset)
}
