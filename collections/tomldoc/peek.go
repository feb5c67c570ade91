package tomldoc

import (
	"bytes"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Peek reads the values of some keys at the root of a file, without their places, several times as fast as [Parse]. It
// finds where the syntax is broken, but not every mistake that Parse finds: a key may be there twice. Values come in the
// order of the keys; of arrays and tables only the Kind is told.
func Peek(file string, src []byte, keys ...string) ([]Value, error) {
	var p unstable.Parser
	p.Reset(bytes.TrimPrefix(src, bom))
	found := make([]Value, len(keys))
	root := true
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind != unstable.KeyValue {
			root = false
			if e.Kind == unstable.Table || e.Kind == unstable.ArrayTable {
				note(found, keys, e.Key(), Value{Kind: Table})
			}
			continue
		}
		if root {
			note(found, keys, e.Key(), glance(e.Value()))
		}
	}
	if p.Error() == nil {
		return found, nil
	}
	if _, err := Parse(file, src); err != nil { // for the place and the hint
		return nil, err
	}
	return found, nil
}

// note stores a value if its key is one of keys; of a dotted key only the first part counts, and it makes a table.
func note(found []Value, keys []string, it unstable.Iterator, v Value) {
	if !it.Next() {
		return
	}
	for i, key := range keys {
		if string(it.Node().Data) != key {
			continue
		}
		if !it.IsLast() {
			v = Value{Kind: Table}
		}
		found[i] = v
	}
}

// glance tells a scalar's text, and only the kind of everything else.
func glance(n *unstable.Node) Value {
	switch n.Kind {
	case unstable.Array:
		return Value{Kind: Array}
	case unstable.InlineTable:
		return Value{Kind: Table}
	}
	return Value{Kind: kindOf(n.Kind), Text: string(n.Data)}
}
