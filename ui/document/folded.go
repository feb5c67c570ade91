package document

// folded is a view's lines folded to some depth: a line for each node there,
// which the lines of all know how to show.
type folded struct {
	*indexed
	all *indexed
}

func newFolded(all *indexed, depth int) *folded {
	fold := func() cutter { return all.newCutter().(nester).folded(depth) }
	return &folded{indexed: newIndexed(all.src, fold), all: all}
}

// toggle implements foldable: it unfolds a node, or folds one that lies around
// those that are folded.
func (f *folded) toggle(index int64) (edit, bool, error) {
	e, ok, err := f.indexed.toggle(index)
	if ok || err != nil {
		return e, ok, err
	}
	lines, err := f.indexed.lines(index, 1)
	if err != nil || len(lines) == 0 || summaryIn(lines[0]) < 0 {
		return e, false, err
	}
	first, err := f.all.lineAt(lines[0].offset)
	if err != nil {
		return e, false, err
	}
	r, ok, err := f.all.opened(first)
	return edit{first: index, last: index, by: &composed{base: &part{of: f.all, region: r}}}, ok, err
}

func (f *folded) hides(index, offset int64) (bool, error) {
	lines, err := f.indexed.lines(index, 1)
	return err == nil && len(lines) > 0 && summarizes(lines[0], offset), err
}

// part is the lines of one node.
type part struct {
	of     *indexed
	region region
}

func (p *part) size() (int64, bool) {
	r := p.region
	if r.state == open {
		if err := p.of.close(&r); err != nil {
			return 1, false
		}
	}
	if r.state != open {
		return r.last - r.first + 1, true
	}
	n, done := p.of.size()
	return max(n-r.first, 1), done
}

func (p *part) lines(first, count int64) ([]line, error) {
	n, _ := p.size()
	return p.of.lines(p.region.first+first, min(count, max(n-first, 0)))
}

func (p *part) numbered(number int64) (int64, error) {
	line, err := p.of.numbered(number)
	return p.clamp(line), err
}

func (p *part) lineAt(offset int64) (int64, error) {
	line, err := p.of.lineAt(offset)
	return p.clamp(line), err
}

func (p *part) lineNear(offset int64) int64 { return p.clamp(p.of.lineNear(offset)) }

// clamp makes a line of all one of the node's.
func (p *part) clamp(line int64) int64 {
	n, _ := p.size()
	return max(min(line-p.region.first, n-1), 0)
}

func (p *part) toggle(line int64) (edit, bool, error) {
	e, ok, err := p.of.toggle(p.region.first + line)
	if !ok || err != nil {
		return e, ok, err
	}
	e.own = e.first <= p.region.first
	e.first -= p.region.first
	if e.last < unended {
		e.last -= p.region.first
	}
	return e, ok, err
}

func (p *part) fold() (lineSource, error) { return newFoldedLine(p.of, p.region) }

func (p *part) hides(line, offset int64) (bool, error) { return false, nil }
