package tomldoc

import "slices"

// Delete removes the key at a path with its value and what stands behind it on its line. Comments on lines of their
// own stay. To remove an item of an array is [Doc.RemoveItem]. What is not there need not be removed.
func (d *Doc) Delete(path ...string) (*Doc, error) {
	last := len(path) - 1
	parent := d.root.at(path[:last])
	if parent == nil || parent.kind != Table {
		return d, nil
	}
	p := parent.get(path[last])
	if p == nil {
		return d, nil
	}
	parts := p.parts(nil)
	if st := parts[0].stmt; st != nil && st.in.form == inlineTable {
		next, err := d.apply(d.removeElement(st.in.inlineSpans(), [2]int{st.start, st.end})...)
		if err != nil {
			return nil, err
		}
		return next.Delete(path...) // dotted keys may have written more of it
	}
	return d.apply(d.removal(parts)...)
}

// part is a piece of the file that defines something: a statement or a header.
type part struct {
	stmt *stmt
	head *section
}

// parts collects everything below a key.
func (p *pair) parts(list []part) []part {
	if p.stmt != nil {
		return append(list, part{stmt: p.stmt})
	}
	return p.node.parts(list)
}

func (n *node) parts(list []part) []part {
	if n.home != nil {
		list = append(list, part{head: n.home})
	}
	for _, item := range n.items {
		list = item.parts(list)
	}
	for _, p := range n.pairs {
		list = p.parts(list)
	}
	return list
}

// removal cuts parts out that stand on lines of their own.
func (d *Doc) removal(parts []part) []splice {
	var cuts []splice
	section := false
	for _, p := range parts {
		if p.head != nil {
			cuts = append(cuts, splice{d.lineStart(p.head.start), d.lineEnd(p.head.end), ""})
			section = true
			continue
		}
		cuts = append(cuts, splice{d.lineStart(p.stmt.start), d.lineEnd(p.stmt.end), ""})
	}
	return d.closeGaps(cuts, section)
}

// closeGaps joins cuts that only empty lines lie between, and, when a whole section goes, takes the empty lines
// above it along, or below it at the start of the file.
func (d *Doc) closeGaps(cuts []splice, section bool) []splice {
	slices.SortFunc(cuts, func(a, b splice) int { return a.start - b.start })
	var joined []splice
	for _, c := range cuts {
		if n := len(joined); n > 0 && section && d.afterBlanks(joined[n-1].end) >= c.start {
			joined[n-1].end = c.end
			continue
		}
		joined = append(joined, c)
	}
	if !section {
		return joined
	}
	for i := range joined {
		floor := d.body
		if i > 0 {
			floor = joined[i-1].end
		}
		if start := d.beforeBlanks(joined[i].start); start > d.body {
			joined[i].start = max(floor, start)
		} else {
			joined[i].end = d.afterBlanks(joined[i].end)
		}
	}
	return joined
}
