package tomldoc

import "strconv"

// form says how a table or array came to be, and so how it can be edited.
type form int

const (
	scalar      form = iota
	inlineArray      // [ … ]
	inlineTable      // { … }
	headerTable      // [a.b]; the root table; an element of an array of tables
	superTable       // the a of [a.b] when there is no [a]
	dottedTable      // the a of a.b = 1
	tableArray       // [[a]]
)

// node is a value in the file. Unlike Value it knows its bytes.
type node struct {
	kind       Kind
	form       form
	text       string
	start, end int // of a value its bytes; of a headerTable those of its header
	items      []*node
	pairs      []*pair
	byKey      map[string]*pair // of a table with many
	home       *section         // of a headerTable: where its keys stand
}

// pair is a key of a table. A key that is part of a dotted key has a pair for each part.
type pair struct {
	key   string
	spans [][2]int // of this part alone, everywhere it is written: dotted keys and headers repeat it
	node  *node
	stmt  *stmt // set where the value is: on the last part
}

// stmt is a whole key = value, at the top level of a section or in an inline table.
type stmt struct {
	start, end int // from the first byte of the key to the last of the value
	keyEnd     int // of the whole key, dots included
	in         *node
}

// section is the root of the file or a header, with the statements below it.
type section struct {
	start, end int // of the header, brackets included; of the root both are where the text begins
	table      *node
	stmts      []*stmt
}

// manyPairs is from how many keys on a table has an index of them: a file of others may have any number.
const manyPairs = 16

// add appends a pair whose key is not there yet.
func (n *node) add(p *pair) {
	n.pairs = append(n.pairs, p)
	switch {
	case n.byKey != nil:
		n.byKey[p.key] = p
	case len(n.pairs) >= manyPairs:
		n.byKey = make(map[string]*pair, 2*len(n.pairs))
		for _, known := range n.pairs {
			n.byKey[known.key] = known
		}
	}
}

func (n *node) get(key string) *pair {
	if n.byKey != nil {
		return n.byKey[key]
	}
	for _, p := range n.pairs {
		if p.key == key {
			return p
		}
	}
	return nil
}

// at walks a path; nil when it leads nowhere.
func (n *node) at(path []string) *node {
	for _, step := range path {
		if n.kind == Array {
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(n.items) {
				return nil
			}
			n = n.items[i]
			continue
		}
		p := n.get(step)
		if p == nil {
			return nil
		}
		n = p.node
	}
	return n
}

// value makes the public twin of a node.
func (d *Doc) value(n *node) Value {
	v := Value{Kind: n.kind, Text: n.text, Pos: d.pos(n.start)}
	if n.form == scalar {
		v.raw = string(d.src[n.start:n.end])
	}
	if len(n.items) > 0 {
		v.Items = make([]Value, len(n.items))
		for i, item := range n.items {
			v.Items[i] = d.value(item)
		}
	}
	if len(n.pairs) > 0 {
		v.Pairs = make([]Pair, len(n.pairs))
		for i, p := range n.pairs {
			v.Pairs[i] = Pair{Key: p.key, KeyPos: d.pos(p.spans[0][0]), Value: d.value(p.node)}
		}
	}
	return v
}
