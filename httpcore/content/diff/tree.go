package diff

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"parley/httpcore/content"
)

// tree is a JSON text, as its values in the order in which they begin.
type tree struct {
	text  []byte
	nodes []node
}

// node is a value. The values in it follow it; the first of them is the next
// node.
type node struct {
	hash       uint64 // the same for values that are the same; see hasher
	start, end int32
	key        int32 // where the name of a member begins, -1 for none
	next       int32 // the first node that is not in this one
	line       int32 // of the pretty layout, from 1
	lines      int32 // how many it has there
	pos        int32 // among its parent's children
	kind       kind
	ignored    bool
}

type kind uint8

const (
	object kind = iota + 1
	array
	str
	number
	literal
)

func (n *node) container() bool { return n.kind <= array }

// empty reports whether a container has nothing in it.
func (t *tree) empty(n int32) bool { return t.nodes[n].next == n+1 }

// children returns the nodes directly in n, without those that are ignored.
func (t *tree) children(n int32) []int32 {
	var list []int32
	for c := n + 1; c < t.nodes[n].next; c = t.nodes[c].next {
		if !t.nodes[c].ignored {
			list = append(list, c)
		}
	}
	return list
}

// value is the text of a node.
func (t *tree) value(n int32) []byte { return t.text[t.nodes[n].start:t.nodes[n].end] }

// name returns the range of the name of a member, quotes included.
func (t *tree) name(n int32) Range {
	start := t.nodes[n].key
	if start < 0 {
		return Range{}
	}
	end := t.nodes[n].start
	for t.text[end-1] != '"' { // white space and a colon
		end--
	}
	return Range{int64(start), int64(end)}
}

// comma reports whether a comma follows the node.
func (t *tree) comma(n int32) bool {
	for _, c := range t.text[t.nodes[n].end:] {
		switch c {
		case ' ', '\t', '\r', '\n':
			continue
		}
		return c == ','
	}
	return false
}

// parser makes a tree of a text.
type parser struct {
	tree
	hasher
	ignored map[int32]bool // where ignored values start
	open    []frame
	names   []uint64 // of the members of open objects
	key     int32
	keyHash uint64
	line    int32
	scratch []byte
}

// frame is an object or array whose end has not been reached.
type frame struct {
	node  int32
	sum   uint64 // of what is in it
	count int32  // of all children
	names int    // where its names begin
}

// tooManyValues says that there are more than MaxValues.
type tooManyValues struct{}

func (tooManyValues) Error() string { return fmt.Sprintf("has more than %d values", MaxValues) }

// parse reads a JSON text. The error says why it can't be compared by what it
// means.
func parse(ctx context.Context, text []byte, ignored map[int32]bool, h hasher) (*tree, error) {
	p := &parser{tree: tree{text: text}, hasher: h, ignored: ignored, key: -1, line: 1}
	p.nodes = make([]node, 0, atMost(text))
	var scan content.Scanner
	mark, guard, _ := content.Preamble(text)
	at := mark + guard
	scan.Skip(int64(at))
	for tokens := 0; ; tokens++ {
		token, n := scan.Next(text[at:])
		at += n
		switch token.Kind {
		case content.None:
			if err := scan.Finish(); err != nil {
				return nil, err
			}
			return &p.tree, nil
		case content.Invalid:
			return nil, scan.Err()
		}
		if err := broken(&scan, token); err != nil {
			return nil, err
		}
		p.token(token)
		if len(p.nodes) > MaxValues {
			return nil, tooManyValues{}
		}
		if tokens%8192 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}

// atMost is at least how many values a text has, as far as they are counted.
func atMost(text []byte) int {
	n := 2 // the first one, and the first too many
	for _, mark := range []string{",", "[", "{"} {
		n += bytes.Count(text, []byte(mark))
	}
	return min(n, MaxValues+1)
}

// broken returns why a token is only the beginning of one.
func broken(scan *content.Scanner, t content.Token) error {
	if scan.Err() == nil && scan.Inside() && t.Kind != content.Number {
		return scan.Finish()
	}
	return scan.Err()
}

func (p *parser) token(t content.Token) {
	start, end := int32(t.Start), int32(t.End)
	switch t.Kind {
	case content.Key:
		p.key = start
		p.scratch = unquote(p.scratch[:0], p.text[start:end])
		p.keyHash = p.bytes(str, p.scratch)
	case content.BeginObject, content.BeginArray:
		kind := object
		if t.Kind == content.BeginArray {
			kind = array
		}
		p.begin(kind, start)
		p.open = append(p.open, frame{node: int32(len(p.nodes) - 1), names: len(p.names)})
	case content.EndObject, content.EndArray:
		p.end(end)
	case content.String:
		p.leaf(str, start, end)
	case content.Number:
		p.leaf(number, start, end)
	case content.Literal:
		p.leaf(literal, start, end)
	}
}

// begin adds a node.
func (p *parser) begin(kind kind, start int32) {
	n := node{kind: kind, start: start, key: p.key, line: p.line, ignored: p.ignored[start]}
	if len(p.open) > 0 {
		top := &p.open[len(p.open)-1]
		if top.count == 0 {
			p.line++ // the first child is on a line below the bracket
			n.line = p.line
		}
		n.pos = top.count
		top.count++
		if p.nodes[top.node].kind == object {
			p.names = append(p.names, p.keyHash)
		}
	}
	p.nodes = append(p.nodes, n)
	p.key = -1
}

func (p *parser) leaf(kind kind, start, end int32) {
	p.begin(kind, start)
	n := &p.nodes[len(p.nodes)-1]
	n.end, n.next, n.lines = end, int32(len(p.nodes)), 1
	p.line++
	n.hash, p.scratch = p.scalar(kind, p.text[start:end], p.scratch)
	p.add(n)
}

func (p *parser) end(end int32) {
	top := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	n := &p.nodes[top.node]
	n.end, n.next = end, int32(len(p.nodes))
	p.line++ // past the closing bracket, or past both
	n.lines = p.line - n.line
	if n.kind == object && p.repeats(p.names[top.names:]) {
		top.sum = p.sumRepeated(top)
	}
	p.names = p.names[:top.names]
	n.hash = mix(top.sum ^ uint64(n.kind)<<56 ^ p.salt)
	p.add(n)
}

// add counts a finished node into what it is in.
func (p *parser) add(n *node) {
	if len(p.open) == 0 || n.ignored {
		return
	}
	top := &p.open[len(p.open)-1]
	if p.nodes[top.node].kind == array {
		top.sum = p.element(top.sum, n.hash)
		return
	}
	top.sum = p.member(top.sum, p.names[len(p.names)-1], n.hash)
}

// repeats reports whether a name is there twice.
func (p *parser) repeats(names []uint64) bool {
	if len(names) < 2 {
		return false
	}
	sorted := slices.Clone(names)
	slices.Sort(sorted)
	return len(slices.Compact(sorted)) < len(names)
}

// sumRepeated counts the members of an object anew: of those with one name the
// order counts, since readers take the first or the last.
func (p *parser) sumRepeated(top frame) (sum uint64) {
	seen := occurrences{}
	names := p.names[top.names:]
	for c := top.node + 1; c < int32(len(p.nodes)); c = p.nodes[c].next {
		if p.nodes[c].ignored {
			continue
		}
		member := seen.next(names[p.nodes[c].pos])
		if member.nth > 1 {
			member.name = mix(member.name + odd*uint64(member.nth))
		}
		sum = p.member(sum, member.name, p.nodes[c].hash)
	}
	return sum
}
