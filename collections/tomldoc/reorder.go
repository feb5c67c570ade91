package tomldoc

import (
	"slices"
)

// Reorder puts the keys of a table, or the items of an array, into another order: order[i] is the index of what comes
// to stand at i. Lines and sections move with the comments right above them. It fails when they do not lie apart in
// the file, as the keys of a table that is written in several places.
func (d *Doc) Reorder(order []int, path ...string) (*Doc, error) {
	n := d.root.at(path)
	if n == nil {
		return nil, d.cannot(path, "there is nothing to reorder", "")
	}
	slots, ok := d.slots(n)
	sorted := slices.Clone(order)
	slices.Sort(sorted)
	for i := range sorted {
		ok = ok && sorted[i] == i
	}
	if !ok || len(order) != len(slots) {
		return nil, d.cannot(path, "its parts cannot be put into another order", "move them in an editor")
	}
	var edits []splice
	for i, from := range order {
		edits = append(edits, splice{slots[i][0], slots[i][1], string(d.src[slots[from][0]:slots[from][1]])})
	}
	next, err := d.apply(edits...)
	if err != nil {
		return nil, err
	}
	if !reordered(d.Get(path...), next.Get(path...), order) {
		return nil, d.cannot(path, "its parts cannot be put into another order", "move them in an editor")
	}
	return next, nil
}

// slots returns the bytes of each key or item, in ascending places; what may be exchanged without a syntax error.
func (d *Doc) slots(n *node) ([][2]int, bool) {
	if n.form == inlineArray {
		return n.inlineSpans(), true
	}
	var slots [][2]int
	add := func(parts []part) bool {
		if len(parts) == 0 {
			return false
		}
		start, end := d.extent(parts)
		if len(slots) > 0 && slots[len(slots)-1][1] > start {
			return false
		}
		slots = append(slots, [2]int{start, end})
		return true
	}
	for _, item := range n.items {
		if !add(item.parts(nil)) {
			return nil, false
		}
	}
	for _, p := range n.pairs {
		if parts := p.parts(nil); len(parts) != 1 || !add(parts) {
			return nil, false
		}
	}
	return slots, true
}

// extent returns the bytes that parts take, without the last newline; of an inline statement just itself.
func (d *Doc) extent(parts []part) (start, end int) {
	if st := parts[0].stmt; st != nil && st.in.form == inlineTable {
		return st.start, st.end
	}
	start = len(d.src)
	for _, p := range parts {
		from, to := 0, 0
		if p.head != nil {
			from, to = p.head.start, d.lastLine(p.head)
		} else {
			from, to = p.stmt.start, d.lineEnd(p.stmt.end)
		}
		start, end = min(start, d.attached(from)), max(end, to)
	}
	if end > start && d.src[end-1] == '\n' {
		end -= len(d.newlineAt(d.lineStart(end - 1)))
	}
	return start, end
}

func reordered(before, after Value, order []int) bool {
	if len(before.Items) != len(after.Items) || len(before.Pairs) != len(after.Pairs) {
		return false
	}
	for i, from := range order {
		switch {
		case before.Kind == Array && !after.Items[i].Equal(before.Items[from]):
			return false
		case before.Kind == Table && after.Pairs[i].Key != before.Pairs[from].Key:
			return false
		case before.Kind == Table && !same(after.Pairs[i].Value, before.Pairs[from].Value):
			return false
		}
	}
	return true
}
