package diff

import "context"

// rows lays the two texts out.
func (s *structure) rows(c *collator) {
	l := &layout{structure: *s} // with a budget and scratch of its own
	l.ctx, l.budget, l.scratch = context.Background(), maxSteps, [2][]byte{}
	for _, st := range s.steps {
		l.step(c, st)
	}
}

type layout struct{ structure }

func (l *layout) step(c *collator, st step) {
	a, b, depth := st.a, st.b, int(st.depth)
	switch {
	case st.sort != whole:
		c.put(st.kind, 1, func(_, _ int64, out func(Row)) {
			out(Row{Kind: st.kind, A: l.bracket(l.a, a, depth, st.sort), B: l.bracket(l.b, b, depth, st.sort)})
		})
	case st.kind == Same || st.kind == Moved:
		c.put(st.kind, int64(l.b.nodes[b].lines), func(from, to int64, out func(Row)) {
			w := &alike{layout: l, kind: st.kind, from: from, to: to, out: out}
			w.walk(a, b, depth)
		})
	default:
		c.put(st.kind, l.height(a, b), func(from, to int64, out func(Row)) { l.beside(st, from, to, out) })
	}
}

// height is how many rows it takes to show two nodes beside each other.
func (l *layout) height(a, b int32) (n int64) {
	if a >= 0 {
		n = int64(l.a.nodes[a].lines)
	}
	if b >= 0 {
		n = max(n, int64(l.b.nodes[b].lines))
	}
	return n
}

// beside puts the lines of two nodes beside each other.
func (l *layout) beside(st step, from, to int64, out func(Row)) {
	rows := make([]Row, to-from)
	for i := range rows {
		rows[i].Kind = st.kind
	}
	if st.a >= 0 {
		i := 0
		l.lines(l.a, st.a, int(st.depth), from, to, func(line Line) { rows[i].A = line; i++ })
	}
	if st.b >= 0 {
		i := 0
		l.lines(l.b, st.b, int(st.depth), from, to, func(line Line) { rows[i].B = line; i++ })
	}
	for _, row := range rows {
		out(row)
	}
}

// lines gives out the lines of a node from one to another, counted from 0.
func (l *layout) lines(t *tree, n int32, depth int, from, to int64, out func(Line)) {
	base := int64(t.nodes[n].line)
	t.walkLines(n, depth, base+from, base+to, out)
}

// walkLines gives out the lines of a node by their numbers.
func (t *tree) walkLines(n int32, depth int, from, to int64, out func(Line)) {
	x := &t.nodes[n]
	first, last := int64(x.line), int64(x.line+x.lines-1)
	if last < from || first >= to {
		return
	}
	if first >= from {
		out(t.first(n, depth))
	}
	if first == last {
		return
	}
	for c := n + 1; c < x.next && int64(t.nodes[c].line) < to; c = t.nodes[c].next {
		t.walkLines(c, depth+1, from, to, out)
	}
	if last < to {
		out(t.last(n, depth))
	}
}

// first is the line at which a node begins, with all of it if that is one line.
func (t *tree) first(n int32, depth int) Line {
	x := &t.nodes[n]
	line := Line{Number: int64(x.line), Indent: depth, Key: t.name(n), Value: Range{int64(x.start), int64(x.end)}}
	if x.container() && !t.empty(n) {
		line.Value.End = line.Value.Start + 1
	} else {
		line.Comma = t.comma(n)
	}
	return line
}

// last is the line of a closing bracket.
func (t *tree) last(n int32, depth int) Line {
	x := &t.nodes[n]
	return Line{
		Number: int64(x.line + x.lines - 1), Indent: depth, Value: Range{int64(x.end) - 1, int64(x.end)}, Comma: t.comma(n),
	}
}

// bracket is the line of a bracket of something that differs within. One side
// may be empty.
func (l *layout) bracket(t *tree, n int32, depth int, sort sort) Line {
	switch {
	case sort == open:
		return t.first(n, depth)
	case t.empty(n):
		return Line{}
	}
	return t.last(n, depth)
}

// alike walks through two nodes that are the same, along the lines of B.
type alike struct {
	*layout
	kind     Kind
	from, to int64
	out      func(Row)
	at       int64 // line of the node in B
}

// walk gives out rows; a may be -1, where something is ignored.
func (w *alike) walk(a, b int32, depth int) {
	x := &w.layout.b.nodes[b]
	if w.at >= w.to || w.at+int64(x.lines) <= w.from {
		w.at += int64(x.lines)
		return
	}
	w.row(func() Line { return w.firstOfA(a, depth) }, func() Line { return w.layout.b.first(b, depth) })
	if x.lines == 1 {
		return
	}
	partner := w.partners(a, b)
	k := 0
	for c := b + 1; c < x.next; c = w.layout.b.nodes[c].next {
		w.walk(partner(k), c, depth+1)
		k++
	}
	w.row(func() Line { return w.lastOfA(a, depth) }, func() Line { return w.layout.b.last(b, depth) })
}

func (w *alike) row(a, b func() Line) {
	if w.at >= w.from && w.at < w.to {
		w.out(Row{Kind: w.kind, A: a(), B: b()})
	}
	w.at++
}

func (w *alike) firstOfA(a int32, depth int) Line {
	if a < 0 {
		return Line{}
	}
	return w.layout.a.first(a, depth)
}

func (w *alike) lastOfA(a int32, depth int) Line {
	if a < 0 || w.layout.a.nodes[a].lines == 1 {
		return Line{}
	}
	return w.layout.a.last(a, depth)
}

// partners returns what tells which child of a belongs to the k-th child of b.
func (w *alike) partners(a, b int32) func(k int) int32 {
	if a < 0 || w.layout.a.nodes[a].kind != w.layout.b.nodes[b].kind {
		return func(int) int32 { return -1 }
	}
	as, bs := w.layout.a.all(a), w.layout.b.all(b)
	var p *partners
	switch {
	case w.layout.a.nodes[a].kind == object:
		p = w.members(as, bs)
	case w.o.AnyOrder:
		p = w.elements(as, bs)
	default:
		return func(k int) int32 {
			if k < len(as) {
				return as[k]
			}
			return -1
		}
	}
	return func(k int) int32 {
		if i := p.ofB[k]; i >= 0 {
			return as[i]
		}
		return -1
	}
}

// all returns the nodes directly in n.
func (t *tree) all(n int32) []int32 {
	var list []int32
	for c := n + 1; c < t.nodes[n].next; c = t.nodes[c].next {
		list = append(list, c)
	}
	return list
}
