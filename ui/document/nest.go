package document

import "parley/httpcore/content"

// lineKind is what a line is to the nodes around it.
type lineKind uint8

const (
	nodeLine    lineKind = iota // a node begins here
	closingLine                 // a node ends here, and none begins
	brokenLine                  // says what is wrong with the text
	asideLine                   // belongs to no node
)

// nestKind is what a node holds.
type nestKind uint8

const (
	members  nestKind = iota // an object
	elements                 // an array
	children                 // an element of markup, or the texts of a stream
)

// level is a node that holds others, as seen from somewhere within it or from
// the line that closes it.
type level struct {
	start int64 // of its bracket or tag
	count int64 // how many nodes have begun directly within it
	kind  nestKind
}

// nester is a cutter whose lines are nodes within nodes.
type nester interface {
	cutter
	// nest returns the node that so many others are open around. The one at -1
	// holds all texts. While a line that closes a node begins, that node is
	// still open.
	nest(depth int) (level, bool)
	// folded returns a new cutter of the kind that makes one line of each node
	// that so many others are open around, with what it holds.
	folded(limit int) nester
	// closes is where what closes a node ends, if it begins at offset.
	closes(offset int64) int64
}

// nest returns a node that is open at the mark, as nester does.
func (m *mark) nest(depth int) (level, bool) {
	if depth < 0 {
		return level{start: -1, count: m.tops, kind: children}, depth == -1
	}
	if m.phase == inJSON {
		l, ok := m.json.Level(depth)
		return jsonNode(l, depth == m.json.Depth()-1, m.prev), ok
	}
	if m.markup != nil && depth < len(m.markup.scan.Levels()) {
		return markupLevel(m.markup.scan.Levels()[depth]), true
	}
	return level{}, false
}

// nestIn returns a node that is open behind a token of some kind.
func nestIn(levels []content.Level, depth int, prev content.TokenKind) (level, bool) {
	if depth >= len(levels) {
		return level{}, false
	}
	return jsonNode(levels[depth], depth == len(levels)-1, prev), true
}

// jsonNode is an object or array that is open behind a token of some kind,
// maybe the innermost.
func jsonNode(open content.Level, innermost bool, prev content.TokenKind) level {
	l := jsonLevel(open)
	if none := prev == content.Comma || prev == content.BeginArray; none && l.kind == elements && innermost {
		l.count-- // its next element has not begun
	}
	return l
}

// jsonLevel is an object or array of which an element has just begun or ended.
func jsonLevel(l content.Level) level {
	if l.IsObject() {
		return level{start: l.Start, count: l.Keys(), kind: members}
	}
	return level{start: l.Start, count: l.Index() + 1, kind: elements}
}

func (c *jsonCutter) nest(depth int) (level, bool) {
	levels := c.scan.Levels()
	switch {
	case depth < 0 || c.at.phase != inJSON:
		return c.at.nest(min(depth, -1))
	case depth == len(levels) && c.at.kind == closingLine:
		return jsonLevel(c.scan.Closed()), true
	}
	return nestIn(levels, depth, c.at.prev)
}

func (c *jsonCutter) folded(limit int) nester { return newFoldedJSON(c.stream, limit) }

func (c *jsonCutter) closes(offset int64) int64 { return offset + 1 }

// begun is a line of which a cutter has just seen the beginning.
type begun struct {
	index, number, offset int64
	joined                bool
	sink                  *sink
	cutter                nester
	place                 mark // its numbers, without the nesting
}

// depth is how many nodes are open around the line, those that it closes not
// counted.
func (b *begun) depth() int { return int(b.place.depth) }

// is reports whether the line is of a kind. A line that goes on from another
// and raw text are of none.
func (b *begun) is(kind lineKind) bool {
	return !b.joined && !b.place.isRaw() && b.place.kind == kind
}

// isRaw reports whether a mark is in what is no JSON.
func (m *mark) isRaw() bool { return m.phase == inText || m.phase == atLineStart }

// keep has the sink collect the line.
func (b *begun) keep() {
	b.sink.open = true
	b.sink.lines = append(b.sink.lines, line{index: b.index, number: b.number, offset: b.offset})
}

// visit shows the beginnings of lines from a mark on, until see says no. It
// shows none if the lines do not nest.
func (x *indexed) visit(m mark, see func(begun) bool) (end int64, err error) {
	return x.visitLines(m, &sink{see: see})
}

// visitLines is visit with a sink of one's own, which may collect lines.
func (x *indexed) visitLines(m mark, out *sink) (end int64, err error) {
	if !x.nests {
		return m.offset, nil
	}
	c, err := x.walk(m, out, min(x.index.known(m.offset), x.src.Size()))
	out.end()
	return c.place().offset, err
}

// related is a line and the nodes around it.
type related struct {
	begun
	around level // the innermost node that it is in
	shut   level // the node that it closes, if it does
}

// at looks at the line with some index.
func (x *indexed) at(index int64) (line related, ok bool, err error) {
	_, err = x.visit(x.index.beforeLine(index), func(b begun) bool {
		if b.index == index {
			line.begun, ok = b, true
			line.around, _ = b.cutter.nest(b.depth() - 1)
			line.shut, _ = b.cutter.nest(b.depth())
		}
		return b.index < index
	})
	return line, ok, err
}

// region is a node that takes more than a line.
type region struct {
	level
	depth       int
	first, last int64 // its lines; last is unended while the node is open
	end         int64 // of its source, as far as it is known
	state       regionState
}

type regionState uint8

const (
	open   regionState = iota // its end has not been seen yet
	broken                    // the text stops being what it was within it
	closed
)

// unended is the last line of what goes on.
const unended = int64(1) << 62

// opened returns the node that opens on a line and goes on below it.
func (x *indexed) opened(index int64) (r region, ok bool, err error) {
	_, err = x.visit(x.index.beforeLine(index), func(b begun) bool {
		switch {
		case b.index == index:
			r.depth, r.first = b.depth(), index
		case b.index > index && b.is(nodeLine) && b.depth() == r.depth+1:
			r.level, ok = b.cutter.nest(r.depth)
		}
		return b.index <= index
	})
	if err != nil || !ok {
		return r, false, err
	}
	return r, true, x.close(&r)
}

// close finds out where a region ends. The marks that lie within it are
// skipped.
func (x *indexed) close(r *region) error {
	within := func(m *mark) bool {
		l, ok := m.nest(r.depth)
		return ok && l.start == r.start
	}
	m := x.index.lastWithin(r.start, within)
	if within(&m) {
		r.level, _ = m.nest(r.depth)
	}
	r.last, r.state = unended, open
	end, err := x.visit(m, func(b begun) bool {
		if b.offset > r.start && !b.joined {
			x.reach(r, b)
		}
		return r.state == open
	})
	if r.state == open {
		r.end = max(end, r.start)
	}
	return err
}

// reach takes the next line, which may be the region's last or the first
// behind it.
func (x *indexed) reach(r *region, b begun) {
	l, ok := b.cutter.nest(r.depth)
	switch inside := ok && l.start == r.start; {
	case b.is(brokenLine):
		r.state, r.last, r.end = broken, b.index-1, b.offset
	case inside && b.is(closingLine) && b.depth() == r.depth:
		r.state, r.level, r.last, r.end = closed, l, b.index, b.cutter.closes(b.offset)
	case inside:
		r.level = l
	default: // elements of HTML may end without saying so
		r.state, r.last, r.end = closed, b.index-1, b.offset
	}
}
