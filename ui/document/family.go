package document

// Parent returns the line of the node around a line's: the object or array
// that a member is in. What is in none stays where it is.
func (v *View) Parent(at Pos) (Pos, error) {
	return v.related(at, func(x *indexed, l related) (int64, error) {
		switch {
		case l.is(closingLine):
			return l.shut.start, nil
		case l.depth() > 0:
			return l.around.start, nil
		}
		return -1, nil
	})
}

// Sibling returns the line of the node that comes some nodes after a line's in
// the one around it, or before it if by is negative; or the last or first if
// there are not so many.
func (v *View) Sibling(at Pos, by int) (Pos, error) {
	return v.related(at, func(x *indexed, l related) (int64, error) {
		to, err := x.child(l.around, l.depth()-1, max(l.around.count+int64(by), 1))
		if to >= x.src.Size() {
			return -1, err // an early end, which stands for no byte
		}
		return to, err
	})
}

// related returns the line of another node; to returns its offset, or -1 for
// none.
func (v *View) related(at Pos, to func(*indexed, related) (int64, error)) (Pos, error) {
	_, x := v.nested()
	if x == nil {
		return at, nil
	}
	lines, err := v.shown().lines(at.Line, 1)
	if err != nil || len(lines) == 0 {
		return at, err
	}
	index, err := x.lineAt(lines[0].offset)
	if err != nil {
		return at, err
	}
	l, ok, err := x.at(index)
	if err != nil || !ok {
		return at, err
	}
	offset, err := to(x, l)
	if err != nil || offset < 0 {
		return at, err
	}
	line, err := v.shown().lineAt(offset)
	return Pos{Line: line}, err
}

// child returns the offset of the line of a node's nth child, counted from 1,
// or of the last if there are not so many; -1 if none is known.
func (x *indexed) child(of level, depth int, n int64) (int64, error) {
	offset, known, err := x.lastChild(of, depth, n)
	if err == nil && offset < 0 && known > 0 && known < n {
		offset, _, err = x.lastChild(of, depth, known)
	}
	return offset, err
}

// lastChild looks for the nth child from the last mark before it. Where there
// are not so many, known says how many there are, and offset is that of the
// last if it is behind the mark.
func (x *indexed) lastChild(of level, depth int, n int64) (offset, known int64, err error) {
	m := x.index.lastWithin(of.start, func(m *mark) bool {
		l, ok := m.nest(depth)
		return ok && l.start == of.start && l.count < n
	})
	if l, ok := m.nest(depth); ok && l.start == of.start {
		known = l.count
	}
	offset = -1
	_, err = x.visit(m, func(b begun) bool {
		l, ok := b.cutter.nest(depth)
		switch {
		case b.joined || b.offset <= of.start:
			return true
		case !ok || l.start != of.start || b.is(closingLine) && b.depth() <= depth:
			return false
		case b.is(brokenLine) && depth >= 0:
			return false
		case l.count > known:
			offset, known = b.offset, l.count
		}
		return known < n
	})
	return offset, known, err
}

// NodeAt returns the node of a line. ok is false if it has none.
func (v *View) NodeAt(at Pos) (n Node, ok bool, err error) {
	lines, err := v.shown().lines(at.Line, 1)
	if err != nil || len(lines) == 0 {
		return Node{}, false, err
	}
	return v.Node(lines[0].offset)
}
