package jsonpath

import (
	"bytes"
	"encoding/json"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/httpcore/content"
)

// tree is a decoded value. An object's children have keys.
type tree struct {
	value      any // json.Number, string, bool or nil; json.Delim for arrays and objects
	keys       []string
	children   []*tree
	start, end int
}

// decodeTree decodes the next value of a text, keeping order and duplicates.
func decodeTree(d *json.Decoder, text []byte) (*tree, error) {
	before := int(d.InputOffset())
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	t := &tree{value: token, start: before + bytes.IndexFunc(text[before:], func(r rune) bool { return !strings.ContainsRune(" \t\r\n,:", r) })}
	if open, ok := token.(json.Delim); ok {
		for d.More() {
			if open == '{' {
				key, err := d.Token()
				if err != nil {
					return nil, err
				}
				t.keys = append(t.keys, key.(string))
			}
			child, err := decodeTree(d, text)
			if err != nil {
				return nil, err
			}
			t.children = append(t.children, child)
		}
		if _, err := d.Token(); err != nil {
			return nil, err
		}
	}
	t.end = int(d.InputOffset())
	return t, nil
}

func (t *tree) isArray() bool  { return t.value == json.Delim('[') }
func (t *tree) isObject() bool { return t.value == json.Delim('{') }

// reference is JSONPath as RFC 9535 tells it.
type reference struct{ root *tree }

func (r reference) query(segments []segment, from *tree) []*tree {
	nodes := []*tree{from}
	for _, s := range segments {
		var next []*tree
		for _, n := range nodes {
			at := []*tree{n}
			if s.descends {
				at = descendants(n)
			}
			for _, d := range at {
				for _, sel := range s.selectors {
					next = append(next, r.selects(sel, d)...)
				}
			}
		}
		nodes = next
	}
	return nodes
}

func descendants(n *tree) []*tree {
	all := []*tree{n}
	for _, c := range n.children {
		all = append(all, descendants(c)...)
	}
	return all
}

func (r reference) selects(s selector, n *tree) (all []*tree) {
	length := int64(len(n.children))
	switch s := s.(type) {
	case *name:
		for i, key := range n.keys {
			if key == s.text {
				all = append(all, n.children[i])
			}
		}
	case wildcard:
		return n.children
	case *filter:
		for _, c := range n.children {
			if r.holds(s.test, c) {
				all = append(all, c)
			}
		}
	case index:
		i := s.at
		if i < 0 {
			i += length
		}
		if n.isArray() && i >= 0 && i < length {
			return n.children[i : i+1]
		}
	case slice:
		if !n.isArray() || s.step == 0 {
			return nil
		}
		low, high := s.bounds(length)
		if s.step > 0 {
			for i := low; i < high; i += s.step {
				all = append(all, n.children[i])
			}
		} else {
			for i := high; i > low; i += s.step {
				all = append(all, n.children[i])
			}
		}
	}
	return all
}

func (r reference) subquery(q *subquery, at *tree) []*tree {
	if q.absolute {
		at = r.root
	}
	return r.query(q.segments, at)
}

func (r reference) holds(c condition, at *tree) bool {
	switch c := c.(type) {
	case *anyOf:
		return slices.ContainsFunc(c.of, func(c condition) bool { return r.holds(c, at) })
	case *allOf:
		return !slices.ContainsFunc(c.of, func(c condition) bool { return !r.holds(c, at) })
	case *not:
		return !r.holds(c.condition, at)
	case *exists:
		return len(r.subquery(c.query, at)) > 0
	case *matches:
		text, pattern := r.operand(c.text, at), r.operand(c.pattern, at)
		if text == nil || pattern == nil {
			return false
		}
		s, ok := text.value.(string)
		expr, ok2 := pattern.value.(string)
		return ok && ok2 && compilePattern(expr, c.whole).matches([]byte(s))
	}
	cmp := c.(*comparison)
	a, b := r.operand(cmp.left, at), r.operand(cmp.right, at)
	switch cmp.op {
	case equal:
		return alike(a, b)
	case notEqual:
		return !alike(a, b)
	case less:
		return lower(a, b)
	case lessOrEqual:
		return lower(a, b) || alike(a, b)
	case greater:
		return lower(b, a)
	}
	return lower(b, a) || alike(a, b)
}

// operand is a value, nil for nothing.
func (r reference) operand(o operand, at *tree) *tree {
	switch o := o.(type) {
	case *subquery:
		if found := r.subquery(o, at); len(found) > 0 {
			return found[0]
		}
		return nil
	case *theValue:
		if found := r.subquery(o.query, at); len(found) == 1 {
			return found[0]
		}
		return nil
	case *count:
		return number(len(r.subquery(o.query, at)))
	case *length:
		switch t := r.operand(o.of, at); {
		case t == nil:
			return nil
		case t.isArray() || t.isObject():
			return number(len(t.children))
		default:
			if s, ok := t.value.(string); ok {
				return number(utf8.RuneCountInString(s))
			}
			return nil
		}
	}
	switch v := o.(*literal).is; v.kind {
	case nullValue:
		return &tree{}
	case numberValue:
		return &tree{value: json.Number(v.text)}
	case stringValue:
		return &tree{value: string(v.text)}
	default:
		return &tree{value: v.kind == trueValue}
	}
}

func number(n int) *tree { return &tree{value: json.Number(big.NewInt(int64(n)).String())} }

func rational(n json.Number) *big.Rat {
	r, _ := new(big.Rat).SetString(string(n))
	return r
}

func lower(a, b *tree) bool {
	if a == nil || b == nil {
		return false
	}
	switch x := a.value.(type) {
	case json.Number:
		y, ok := b.value.(json.Number)
		return ok && rational(x).Cmp(rational(y)) < 0
	case string:
		y, ok := b.value.(string)
		return ok && x < y
	}
	return false
}

func alike(a, b *tree) bool {
	if a == nil || b == nil {
		return a == b
	}
	if x, ok := a.value.(json.Number); ok {
		y, ok := b.value.(json.Number)
		return ok && rational(x).Cmp(rational(y)) == 0
	}
	if a.value != b.value {
		return false
	}
	if a.isObject() {
		return alikeObjects(a.members(), b.members())
	}
	return slices.EqualFunc(a.children, b.children, alike)
}

// members are the members of an object, of equal names the last.
func (t *tree) members() map[string]*tree {
	m := map[string]*tree{}
	for i, key := range t.keys {
		m[key] = t.children[i]
	}
	return m
}

func alikeObjects(a, b map[string]*tree) bool {
	for key := range a {
		if _, ok := b[key]; !ok || !alike(a[key], b[key]) {
			return false
		}
	}
	return len(a) == len(b)
}

// hugeExponent tells numbers that take big.Rat for ever.
var hugeExponent = regexp.MustCompile(`[eE][-+]?[0-9]{4}`)

// FuzzSelect checks that anything can be parsed, and that selecting from a
// source that arrives in pieces gives what the standard says of the whole.
// skipped is how many bytes stand before a text and are no part of it.
func skipped(text string) int {
	mark, guard, _ := content.Preamble([]byte(text))
	return mark + guard
}

func FuzzSelect(f *testing.F) {
	doc := `{"a":[1,2.0,{"b":"x\u00e9","a":null},[]],"b":{"a":[[1],[2,3]]},"\u0061":-0e1} [{"a":1},{"a":"1"}]`
	for _, expr := range []string{
		"$", "$..a", "$.a[-1,0]", "$['a','b'].*", "$..[::-2]", "$..[?@.a]", "$..[?@==1||@>'w'&&!(@.b!=$.b)]", "$[?length(@)>=count(@.*)]",
		"$..[?match(@,'x.')]", "$..[?search(@.b,$..b)]", "$..[?value(@..a)<=2]", "$.a[1:9:2]", "$..*..*", "$..[?@==$.a[3]]", "$[?length('a')==1]",
	} {
		f.Add(expr, doc, uint16(5))
	}
	f.Add("$..a", ")]}',\n[{\"a\":1}]", uint16(1))
	f.Add("$[?@<1e1]", "[0.10,1e1,10,-1E-2]", uint16(1))
	f.Fuzz(func(t *testing.T, expr, text string, size uint16) {
		q, err := Parse(expr)
		if err != nil || hugeExponent.MatchString(expr+text) || strings.Count(expr, "..") > 2 || len(text) > 300 {
			return
		}
		var got []content.Token
		err = q.Select(t.Context(), &dripping{text: text, size: int(size) + 1}, func(n Node) error {
			if _, err := n.Location(); err != nil {
				return err
			}
			got = append(got, content.Token{Start: n.Start, End: n.End})
			return nil
		})
		if err != nil || !utf8.ValidString(text) || skipped(text) > 0 {
			return
		}
		var want []content.Token
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		for d.More() {
			root, err := decodeTree(d, []byte(text))
			if err != nil {
				t.Fatalf("%q was taken for JSON: %v", text, err)
			}
			for _, n := range (reference{root}).query(q.segments, root) {
				want = append(want, content.Token{Start: int64(n.start), End: int64(n.end)})
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s of %s in pieces of %d\n got %v\nwant %v", expr, text, int(size)+1, got, want)
		}
	})
}
