package tomldoc

import "slices"

// InsertItem adds an item to the array at a path, at index or, if that is its length, at the end.
func (d *Doc) InsertItem(index int, v Value, path ...string) (*Doc, error) {
	n := d.root.at(path)
	switch {
	case n == nil || n.kind != Array || index < 0 || index > len(n.items):
		return nil, d.cannot(path, "there is no such place in a list", "")
	case !encodable(v):
		return nil, d.cannot(path, "TOML holds only Unicode text, and this is not", "keep binary data in a file of its own")
	case n.form == inlineArray:
		return d.apply(d.addElement(n, n.inlineSpans(), index, d.enc().value(v, "", d.indent(n.start)+"  "))...)
	case v.Kind != Table:
		whole := d.value(n)
		return d.replace(List(slices.Insert(whole.Items, index, v)...), path)
	}
	keys := d.headerKeys(n)
	text := d.section(keys, v, true)
	if index < len(n.items) {
		return d.insertBefore(n.items[index].home, text+d.eol())
	}
	last := n.items[index-1]
	return d.insertBelow(last.lastSection(), text)
}

// headerKeys reads the dotted name in the first header of an array of tables; a path with indexes is not it.
func (d *Doc) headerKeys(n *node) []string {
	var keys []string
	var find func(at *node, path []string) bool
	find = func(at *node, path []string) bool {
		if at == n {
			keys = path
			return true
		}
		for _, item := range at.items {
			if find(item, path) {
				return true
			}
		}
		for _, p := range at.pairs {
			if find(p.node, append(slices.Clone(path), p.key)) {
				return true
			}
		}
		return false
	}
	find(d.root, nil)
	return keys
}

// lastSection is the section furthest down the file that belongs to a table.
func (n *node) lastSection() *section {
	last := n.home
	for _, p := range n.parts(nil) {
		if p.head != nil && (last == nil || p.head.start > last.start) {
			last = p.head
		}
	}
	return last
}

// RemoveItem removes an item of the array at a path. An array of tables that loses its last item is gone.
func (d *Doc) RemoveItem(index int, path ...string) (*Doc, error) {
	n := d.root.at(path)
	if n == nil || n.kind != Array || index < 0 || index >= len(n.items) {
		return nil, d.cannot(path, "there is no such item in a list", "")
	}
	item := n.items[index]
	if n.form == inlineArray {
		return d.apply(d.removeElement(n.inlineSpans(), [2]int{item.start, item.end})...)
	}
	return d.apply(d.removal(item.parts(nil))...)
}
