package document

import (
	"parley/httpcore/content"
)

// Range is a part of the source, in bytes.
type Range struct{ Start, End int64 }

// Node is a value within JSON, or an element or attribute of XML or HTML.
type Node struct {
	// Path is the node's JSONPath (RFC 9535) or XPath, with names as they are
	// in the text: it must be made safe before it is shown.
	Path string
	// Key is the name of the member, quotes included, or of the element or
	// attribute; empty for elements of an array.
	Key Range
	// Value is the value itself, or all of an element.
	Value Range
	// Open says that the end of the value has not been seen yet, so that
	// Value ends where the text stops to be known or to be JSON.
	Open bool
}

// Node returns the value at the byte of the source at offset: the member whose
// key or value is there, the object or array whose bracket or comma is. ok is
// false if the view does not show JSON or there is none at offset.
func (v *View) Node(offset int64) (n Node, ok bool, err error) {
	x := indexOf(v.lines())
	if x == nil {
		return Node{}, false, nil
	}
	m := x.index.beforeOffset(offset)
	if m.phase == inMarkup {
		return x.markupNode(m, offset)
	}
	if m.phase != inJSON && m.phase != beforeJSON {
		return Node{}, false, nil
	}
	r, err := x.readTokens(m)
	if err != nil {
		return Node{}, false, err
	}
	return x.nodeAt(r, offset)
}

// nodeAt reads on to the token at offset.
func (x *indexed) nodeAt(r *tokenReader, offset int64) (Node, bool, error) {
	for {
		depth := r.scan.Depth()
		var parent content.Level
		if depth > 0 {
			parent = r.scan.Levels()[depth-1]
		}
		t, err := r.next()
		switch {
		case err != nil, t.Kind == content.None, t.Kind == content.Invalid:
			return Node{}, false, err
		case t.End <= offset:
			continue
		}
		levels := r.scan.Levels()
		switch t.Kind {
		case content.BeginObject, content.BeginArray:
			return x.container(levels[:len(levels)-1], r.token)
		case content.EndObject, content.EndArray:
			return x.container(levels, parent.Start)
		case content.Comma:
			return x.container(levels[:len(levels)-1], parent.Start)
		case content.Key, content.Colon:
			return x.member(r)
		}
		return x.scalar(levels, r.token)
	}
}

// container is the object or array that begins at start within levels.
func (x *indexed) container(levels []content.Level, start int64) (Node, bool, error) {
	n, err := x.node(levels)
	if err != nil {
		return n, false, err
	}
	n.Value.Start = start
	n.Value.End, n.Open, err = x.endOfContainer(start, len(levels))
	return n, err == nil, err
}

// member is the member whose key or colon r has just read.
func (x *indexed) member(r *tokenReader) (Node, bool, error) {
	levels := append([]content.Level(nil), r.scan.Levels()...)
	if m := x.index.lastWithin(r.token, withinToken(r.token)); m.offset > r.scan.Offset() {
		var err error
		if r, err = x.readTokens(m); err != nil { // over the rest of a long key
			return Node{}, false, err
		}
	}
	for {
		t, err := r.next()
		switch {
		case err != nil:
			return Node{}, false, err
		case t.Kind == content.BeginObject, t.Kind == content.BeginArray:
			return x.container(levels, t.Start)
		case t.Kind == content.None, t.Kind == content.Invalid:
			n, err := x.node(levels)
			n.Value, n.Open = Range{t.Start, t.Start}, true
			return n, err == nil, err
		case t.Kind != content.Key && t.Kind != content.Colon:
			return x.scalar(levels, r.token)
		}
	}
}

// scalar is the string, number or literal that begins at start within levels.
func (x *indexed) scalar(levels []content.Level, start int64) (Node, bool, error) {
	n, err := x.node(levels)
	if err != nil {
		return n, false, err
	}
	n.Value.Start = start
	n.Value.End, n.Open, err = x.endOfToken(start)
	return n, err == nil, err
}

// node is the value that levels lead to, as far as they tell.
func (x *indexed) node(levels []content.Level) (n Node, err error) {
	if n.Path, err = jsonPath(x.src, levels); err != nil || len(levels) == 0 {
		return n, err
	}
	if at, ok := levels[len(levels)-1].Key(); ok {
		n.Key.Start = at
		n.Key.End, _, err = x.endOfToken(at)
	}
	return n, err
}

// endOfContainer finds the end of the object or array that begins at start and
// has depth others around it. The marks that lie within it are skipped.
func (x *indexed) endOfContainer(start int64, depth int) (end int64, open bool, err error) {
	m := x.index.lastWithin(start, func(m *mark) bool {
		l, ok := m.json.Level(depth)
		return m.phase == inJSON && ok && l.Start == start
	})
	r, err := x.readTokens(m)
	for err == nil {
		var t content.Token
		t, err = r.next()
		switch {
		case t.Kind == content.None, t.Kind == content.Invalid:
			return t.End, true, err
		case t.End > start && r.scan.Depth() <= depth:
			return t.End, false, err
		}
	}
	return start, true, err
}

// withinToken tells the marks that lie within the token that begins at start.
func withinToken(start int64) func(*mark) bool {
	return func(m *mark) bool { return m.phase == inJSON && m.json.Inside() && m.token == start }
}

// endOfToken finds the end of the token that begins at start.
func (x *indexed) endOfToken(start int64) (end int64, open bool, err error) {
	within := withinToken(start)
	m := x.index.lastWithin(start, within)
	if end = start; within(&m) {
		end = m.offset
	}
	r, err := x.readTokens(m)
	for err == nil {
		var t content.Token
		t, err = r.next()
		switch {
		case t.Kind == content.None:
			ended, _ := x.src.Done()
			return end, r.scan.Inside() && (!ended || r.scan.Finish() != nil), err
		case t.Kind == content.Invalid:
			return end, r.scan.Inside(), err
		case r.token > start:
			return end, false, err
		case r.token == start:
			if end = t.End; !r.scan.Inside() {
				return end, false, err
			}
		}
	}
	return end, true, err
}
