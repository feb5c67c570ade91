package jsonpath

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

const (
	// maxCompared is how long a string or number of the source may be to be
	// compared, maxDecoded an array or object, which take many times the room.
	maxCompared = 1 << 20
	maxDecoded  = 128 << 10
)

// TooLargeError says that a filter met a value too large to be compared.
type TooLargeError struct {
	Offset int64  // of the value
	What   string // "a string", for instance
	Most   int    // bytes
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%s of more than %d bytes is too large for this (byte %d)", e.What, e.Most, e.Offset)
}

// value is what can be compared.
type value struct {
	kind  valueKind
	text  []byte // of a string, what it stands for; of a number, as it is written
	start int64  // of an array or object
}

type valueKind uint8

const (
	nothing valueKind = iota
	nullValue
	falseValue
	trueValue
	numberValue
	stringValue
	arrayValue
	objectValue
)

func kindAt(b byte) valueKind {
	switch b {
	case 'n':
		return nullValue
	case 'f':
		return falseValue
	case 't':
		return trueValue
	case '"':
		return stringValue
	case '[':
		return arrayValue
	case '{':
		return objectValue
	}
	return numberValue
}

// load reads the value at start into a buffer, arrays and objects excepted.
func (r *run) load(start int64, side int) (value, error) {
	r.seek(start)
	b, err := r.peek()
	if err != nil {
		return value{}, unlessEOF(err)
	}
	v := value{kind: kindAt(b), start: start}
	if v.kind != numberValue && v.kind != stringValue {
		return v, nil
	}
	if v.text, err = r.whole(start, side, [...]string{numberValue: "a number", stringValue: "a string"}[v.kind], maxCompared); err != nil {
		return v, err
	}
	if v.kind == stringValue {
		v.text = unquote(v.text[:0], v.text)
	}
	return v, nil
}

// whole reads the value that comes next, and is at start, into a buffer.
func (r *run) whole(start int64, side int, what string, most int) ([]byte, error) {
	if err := r.skip(); err != nil {
		return nil, err
	}
	end := r.offset()
	if end-start > int64(most) {
		return nil, &TooLargeError{start, what, most}
	}
	var err error
	r.buf[side], err = r.text(r.buf[side][:0], start, end)
	return r.buf[side], err
}

func (l *literal) value(*run, int64, int) (value, error) { return l.is, nil }

// node is the only node of a query that selects one at most.
func (q *subquery) node(r *run, at int64) (start int64, ok bool, err error) {
	out, err := r.collect(q, at, 1)
	return out.start, out.n == 1 && err == nil, err
}

func (q *subquery) value(r *run, at int64, side int) (value, error) {
	start, ok, err := q.node(r, at)
	if !ok {
		return value{}, err
	}
	return r.loadOnce(q, start, side)
}

// loadOnce is load with a memory for what an absolute query has selected.
func (r *run) loadOnce(q *subquery, start int64, side int) (value, error) {
	m := &r.memos[q.memo]
	if m.loaded.kind != nothing {
		return m.loaded, nil
	}
	v, err := r.load(start, side)
	if q.absolute && err == nil {
		m.loaded = v
		m.loaded.text = bytes.Clone(v.text)
	}
	return v, err
}

// node is the node of a query that selects just one.
func (v *theValue) node(r *run, at int64) (start int64, ok bool, err error) {
	out, err := r.collect(v.query, at, 2)
	return out.start, out.n == 1 && err == nil, err
}

func (v *theValue) value(r *run, at int64, side int) (value, error) {
	start, ok, err := v.node(r, at)
	if !ok {
		return value{}, err
	}
	return r.loadOnce(v.query, start, side)
}

func (c *count) value(r *run, at int64, side int) (value, error) {
	out, err := r.collect(c.query, at, 0)
	return r.number(int64(out.n), side), err
}

// number is a number that is not of the source.
func (r *run) number(n int64, side int) value {
	r.buf[side] = strconv.AppendInt(r.buf[side][:0], n, 10)
	return value{kind: numberValue, text: r.buf[side]}
}

// less is the order of RFC 9535: of numbers and of strings, of nothing else.
func (v value) less(w value) bool {
	switch {
	case v.kind != w.kind:
		return false
	case v.kind == numberValue:
		return compareNumbers(v.text, w.text) < 0
	case v.kind == stringValue:
		return bytes.Compare(v.text, w.text) < 0
	}
	return false
}

func (r *run) equal(a, b value) (bool, error) {
	if a.kind != b.kind {
		return false, nil
	}
	switch a.kind {
	case numberValue:
		return compareNumbers(a.text, b.text) == 0, nil
	case stringValue:
		return bytes.Equal(a.text, b.text), nil
	case arrayValue, objectValue:
		if a.start == b.start {
			return true, nil
		}
		x, err := r.tree(a.start, 0)
		if err != nil {
			return false, err
		}
		y, err := r.tree(b.start, 1)
		return err == nil && sameTree(x, y), err
	}
	return true, nil
}

// tree decodes an array or object.
func (r *run) tree(start int64, side int) (tree any, err error) {
	last := &r.decoded[side]
	if last.tree != nil && last.start == start {
		return last.tree, nil
	}
	r.seek(start)
	if _, err := r.peek(); err != nil {
		return nil, err
	}
	text, err := r.whole(start, side, "an array or object", maxDecoded)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err = d.Decode(&tree)
	last.start, last.tree = start, tree
	return tree, err
}

func sameTree(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, ok := b.(json.Number)
		return ok && compareNumbers([]byte(a), []byte(b)) == 0
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !sameTree(a[i], b[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for key := range a {
			other, ok := b[key]
			if !ok || !sameTree(a[key], other) {
				return false
			}
		}
		return true
	}
	return a == b
}
