package document

// branch is the lines of a node in a tree: one for itself and one for each node
// directly within it, in short. They are found by counting nodes, through the
// marks of the pretty view.
type branch struct {
	of     *indexed
	stream bool // of any number of texts
	depth  int  // of the node; -1 for that of all texts, which has no line
	head   treeRow
}

// own is how many lines come before those of the nodes within.
func (b *branch) own() int64 {
	if b.depth < 0 {
		return 0
	}
	return 1
}

func (b *branch) size() (int64, bool) {
	if b.depth < 0 {
		return b.of.index.texts()
	}
	r := b.head.region
	if r.state == open {
		if err := b.of.close(&r); err != nil {
			return 1, false
		}
	}
	return 1 + r.count, r.state != open
}

func (b *branch) lines(first, count int64) ([]line, error) {
	var lines []line
	if first < b.own() && count > 0 {
		head := b.head
		if err := b.refresh(&head); err != nil {
			return nil, err
		}
		lines = append(lines, head.draw(b.depth, true))
		first, count = first+1, count-1
	}
	rows, err := b.rows(first-b.own()+1, count)
	for i := range rows {
		lines = append(lines, rows[i].draw(b.depth+1, false))
	}
	return lines, err
}

// refresh looks again at a node that was open.
func (b *branch) refresh(row *treeRow) error {
	if row.region.state != open {
		return nil
	}
	return b.of.close(&row.region)
}

func (b *branch) numbered(number int64) (int64, error) {
	index, err := b.of.numbered(number)
	if err != nil {
		return 0, err
	}
	l, ok, err := b.of.at(index)
	if err != nil || !ok {
		return 0, err
	}
	return b.lineAt(l.offset)
}

// lineAt returns the line of the node within that the byte at offset is in, or
// the node's own.
func (b *branch) lineAt(offset int64) (int64, error) {
	c, err := b.of.upTo(offset)
	if err != nil {
		return 0, err
	}
	return b.lineOf(c.(nester)), nil
}

// lineOf is lineAt for where a cutter stands.
func (b *branch) lineOf(at nester) int64 {
	l, ok := at.nest(b.depth)
	return b.child(l, ok)
}

func (b *branch) lineNear(offset int64) int64 {
	m := b.of.index.beforeOffset(offset)
	l, ok := m.nest(b.depth)
	return b.child(l, ok)
}

// child is the line of the child at which a level stands.
func (b *branch) child(l level, ok bool) int64 {
	if b.depth >= 0 && (!ok || l.start != b.head.region.start) {
		return 0
	}
	return max(l.count-1+b.own(), 0)
}

// toggle implements foldable.
func (b *branch) toggle(index int64) (edit, bool, error) {
	if index < b.own() {
		return edit{own: true}, true, nil
	}
	rows, err := b.rows(index-b.own()+1, 1)
	if err != nil || len(rows) == 0 || !rows[0].nests {
		return edit{}, false, err
	}
	return b.expand(index, rows[0]), true, nil
}

func (b *branch) hides(index, offset int64) (bool, error) {
	if index < b.own() {
		return false, nil
	}
	rows, err := b.rows(index-b.own()+1, 1)
	if err != nil || len(rows) == 0 || !rows[0].nests {
		return false, err
	}
	r := rows[0].region
	return offset > r.start && (offset < r.end-1 || r.state != closed), nil
}

func (b *branch) fold() (lineSource, error) { return nil, nil }

// begin is what is shown at first: the first level of a single text. It is nil
// while too little of the text has come.
func (b *branch) begin() *composed {
	c := &composed{base: b}
	if b.stream {
		return c
	}
	rows, err := b.rows(1, 1)
	switch {
	case err != nil || len(rows) == 0:
		return nil // whoever shows it meets the error too
	case rows[0].nests:
		return c.with(b.expand(0, rows[0]))
	}
	if spans := rows[0].line.spans; len(spans) > 0 {
		if last := spans[len(spans)-1]; last.Role == Punctuation && last.Len == 1 {
			return nil
		}
	}
	return c
}

// expand is the edit that shows what a row holds.
func (b *branch) expand(index int64, row treeRow) edit {
	inner := &branch{of: b.of, depth: b.depth + 1, head: row}
	return edit{first: index, last: index, by: &composed{base: inner}}
}

// rows returns up to count nodes directly within, from the nth on, counted
// from 1.
func (b *branch) rows(n, count int64) ([]treeRow, error) {
	if count < 1 {
		return nil, nil
	}
	r := &rowReader{of: b.of, depth: b.depth, start: -1, n: n, count: count, seen: b.of.index.seen()}
	if b.depth >= 0 {
		r.start = b.head.region.start
	}
	m := b.of.index.lastWithin(r.start, func(m *mark) bool {
		l, ok := m.nest(b.depth)
		return ok && l.start == r.start && l.count < n
	})
	return r.read(m)
}
