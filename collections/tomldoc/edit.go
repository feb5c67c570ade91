package tomldoc

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// splice replaces the bytes from start to end.
type splice struct {
	start, end int
	text       string
}

// apply makes a new Doc of the file with some bytes replaced. Splices must not overlap.
func (d *Doc) apply(edits ...splice) (*Doc, error) {
	slices.SortStableFunc(edits, func(a, b splice) int { return cmp.Compare(a.start, b.start) })
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(out, d.src[at:e.start]...)
		out = append(out, e.text...)
		at = e.end
	}
	return Parse(d.file, append(out, d.src[at:]...))
}

// Set makes the value at a path mean v and changes as few bytes as it can: what is equal stays as it is written, of
// tables and arrays only the parts that differ are touched. What is missing on the way is created. The last element
// of an array's path may be its length, to add to it. A table of v that is to be empty, or has keys fewer than
// before, loses the others.
//
// A string keeps its quotes where the new text allows. It fails with an [*Error] when TOML cannot hold v.
func (d *Doc) Set(v Value, path ...string) (*Doc, error) {
	if !encodable(v) {
		return nil, d.cannot(path, "TOML holds only Unicode text, and this is not", "keep binary data in a file of its own")
	}
	if len(path) == 0 {
		return d.setTable(d.root, v, nil)
	}
	next, err := d.set(v, path)
	if err != nil {
		return nil, err
	}
	if !same(next.Get(path...), v) {
		return nil, d.cannot(path, "this value cannot be written as TOML", "")
	}
	return next, nil
}

// same compares meanings, without regard to the order of keys; an empty table or array may be absent, for headers
// cannot always say it.
func same(got, want Value) bool {
	if got.Kind == Absent || want.Kind == Absent {
		return vacant(got) && vacant(want)
	}
	if got.Kind != want.Kind || got.Text != want.Text || len(got.Items) != len(want.Items) {
		return false
	}
	for i := range want.Items {
		if !same(got.Items[i], want.Items[i]) {
			return false
		}
	}
	for _, p := range want.Pairs {
		if !same(got.Get(p.Key), p.Value) {
			return false
		}
	}
	for _, p := range got.Pairs {
		if !same(p.Value, want.Get(p.Key)) {
			return false
		}
	}
	return true
}

// vacant reports whether v holds nothing.
func vacant(v Value) bool {
	return !v.IsScalar() && len(v.Items) == 0 &&
		!slices.ContainsFunc(v.Pairs, func(p Pair) bool { return !vacant(p.Value) })
}

func (d *Doc) cannot(path []string, why, hint string) error {
	return &Error{Pos: Pos{File: d.file}, Message: strings.Join(path, ".") + ": " + why, hint: hint}
}

func (d *Doc) set(v Value, path []string) (*Doc, error) {
	n := d.root.at(path)
	switch {
	case n == nil:
		return d.create(v, path)
	case d.value(n).Equal(v):
		return d, nil
	case n.kind == Table && v.Kind == Table:
		return d.setTable(n, v, path)
	case n.kind == Array && v.Kind == Array && len(v.Items) > 0 && (n.form == inlineArray || allTables(v)):
		return d.setArray(n, v, path)
	case n.form == scalar || n.form == inlineArray || n.form == inlineTable:
		like := ""
		if n.kind == String {
			like = string(d.src[n.start:n.end])
		}
		return d.apply(splice{n.start, n.end, d.enc().value(v, like, d.indent(n.start))})
	default: // headers or dotted keys become a value
		return d.replace(v, path)
	}
}

func allTables(v Value) bool {
	return !slices.ContainsFunc(v.Items, func(item Value) bool { return item.Kind != Table })
}

// replace removes what is there and writes v in its place.
func (d *Doc) replace(v Value, path []string) (*Doc, error) {
	last := len(path) - 1
	parent := d.root.at(path[:last])
	if parent.kind == Array { // an element of [[ ]] cannot become a value: the whole array does
		whole := d.value(parent)
		i, _ := strconv.Atoi(path[last])
		whole.Items[i] = v
		return d.replace(List(whole.Items...), path[:last])
	}
	index := slices.IndexFunc(parent.pairs, func(p *pair) bool { return p.key == path[last] })
	next, err := d.Delete(path...)
	if err != nil {
		return nil, err
	}
	if next.root.at(path[:last]) == nil {
		return next.create(v, path)
	}
	return next.Insert(index, path[last], v, path[:last]...)
}

// setTable makes the keys of a table those of v.
func (d *Doc) setTable(n *node, v Value, path []string) (*Doc, error) {
	next := d
	var err error
	for _, p := range n.pairs {
		if !v.Get(p.key).IsSet() {
			if next, err = next.Delete(append(slices.Clone(path), p.key)...); err != nil {
				return nil, err
			}
		}
	}
	for i, p := range v.Pairs {
		at := append(slices.Clone(path), p.Key)
		if next.root.at(at) == nil && next.root.at(path) != nil {
			next, err = next.Insert(i, p.Key, p.Value, path...)
		} else {
			next, err = next.set(p.Value, at)
		}
		if err != nil {
			return nil, err
		}
	}
	return next, nil
}

// setArray keeps the items at the front and at the back that are equal, and changes those between.
func (d *Doc) setArray(n *node, v Value, path []string) (*Doc, error) {
	old := d.value(n).Items
	front := 0
	for front < min(len(old), len(v.Items)) && old[front].Equal(v.Items[front]) {
		front++
	}
	back := 0
	for back < min(len(old), len(v.Items))-front && old[len(old)-1-back].Equal(v.Items[len(v.Items)-1-back]) {
		back++
	}
	next := d
	var err error
	i := front
	for ; i < min(len(old), len(v.Items))-back; i++ {
		if next, err = next.set(v.Items[i], append(slices.Clone(path), strconv.Itoa(i))); err != nil {
			return nil, err
		}
	}
	for ; i < len(v.Items)-back; i++ {
		if next, err = next.InsertItem(i, v.Items[i], path...); err != nil {
			return nil, err
		}
	}
	for extra := len(old) - len(v.Items); extra > 0; extra-- {
		if next, err = next.RemoveItem(i, path...); err != nil {
			return nil, err
		}
	}
	return next, nil
}

// create makes the value at a path that leads nowhere yet, and the tables on the way.
func (d *Doc) create(v Value, path []string) (*Doc, error) {
	known := len(path) - 1
	for known > 0 && d.root.at(path[:known]) == nil {
		known--
	}
	for i := len(path) - 1; i > known; i-- {
		v = TableOf(Pair{Key: path[i], Value: v})
	}
	at := d.root.at(path[:known])
	switch at.kind {
	case Table:
		return d.Insert(-1, path[known], v, path[:known]...)
	case Array:
		i, err := strconv.Atoi(path[known])
		if err != nil || i != len(at.items) {
			return nil, d.cannot(path, fmt.Sprintf("the list has %d items and none %q", len(at.items), path[known]), "")
		}
		return d.InsertItem(i, v, path[:known]...)
	default:
		return nil, d.cannot(path, "there is a value where a table is needed", "")
	}
}

// Rename gives the key at a path another name; the line stays where it is, and the = stays lined up with its
// neighbours. It fails when the name is taken.
func (d *Doc) Rename(name string, path ...string) (*Doc, error) {
	last := len(path) - 1
	parent := d.root.at(path[:last])
	if parent == nil || parent.kind != Table || parent.get(path[last]) == nil {
		return nil, d.cannot(path, "there is no such key", "")
	}
	if name == path[last] {
		return d, nil
	}
	if parent.get(name) != nil {
		return nil, d.cannot(path, fmt.Sprintf("%q is there already", name), "choose another name")
	}
	p := parent.get(path[last])
	var edits []splice
	for _, s := range p.spans {
		edits = append(edits, splice{s[0], s[1], encodeKey(name)})
	}
	if pad, ok := d.repad(p, len(encodeKey(name))); ok {
		edits = append(edits, pad)
	}
	return d.apply(edits...)
}

// repad keeps the = of a renamed key in the column in which its neighbours have theirs.
func (d *Doc) repad(p *pair, length int) (splice, bool) {
	if p.stmt == nil || p.stmt.in.form == inlineTable {
		return splice{}, false
	}
	column := d.alignment(d.sectionOf(p.stmt), p.stmt)
	if column == 0 {
		return splice{}, false
	}
	span := p.spans[len(p.spans)-1]
	end := span[0] - d.lineStart(p.stmt.start) + length
	return splice{p.stmt.keyEnd, d.equals(p.stmt), strings.Repeat(" ", max(1, column-end))}, true
}
