package diff

import (
	"encoding/json"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"parley/httpcore/content"
)

// FuzzDiff asks of two bodies whether carrying out the differences on the first
// gives the second, and whether there are none exactly if the two are equal,
// which is decided in an obvious way.
func FuzzDiff(f *testing.F) {
	for _, pair := range [][2]string{
		{`{"a":[1,2,{"id":1}],"b":null}`, `{"b":false,"a":[2,{"id":1.0},1]}`},
		{`[{"id":1,"v":2},{"id":2}]`, `[{"id":2},{"id":3},{"id":1,"v":3}]`},
		{`[{"a":1,"b":2,"c":3},5]`, `[{"x":0},{"a":1,"b":2,"c":4},{"a":1}]`},
		{`{"a":1,"a":2,"a":1}`, `{"a":1,"a":1,"a":2}`},
		{`[[],[[]],{},1e2,100,"\u0031","1"]`, `[[[]],[],{},100,1e2,"1"]`},
		{"a\nb\r\nc", "a\nx\nb\nc\n"},
		{"one two\nthree\n\n", "one 2\n\nthree\n"},
	} {
		f.Add(pair[0], pair[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		r := compare(t, a, b, Options{})
		r.Rows(2)
		if !r.Structural {
			if r.Equal() != (a == b) {
				t.Errorf("equal is %v", r.Equal())
			}
			if r.text.whole == nil && patched(r.text, a, b) != b {
				t.Errorf("the differences lead to %q", patched(r.text, a, b))
			}
			return
		}
		x, y := obvious(a), obvious(b)
		if x == nil || y == nil {
			return
		}
		if r.Equal() != same(x, y) {
			t.Errorf("equal is %v, differences %q", r.Equal(), told(a, b, r.Changes()))
		}
		if got := rebuilt(r.json); !same(obvious(got), y) {
			t.Errorf("the differences lead to %s", got)
		}
		any := compare(t, a, b, Options{AnyOrder: true, MemberOrder: true, Tolerance: Tolerance{Absolute: 1, Relative: 0.1}})
		any.Rows(2)
		if r.Equal() && a == b && !any.Equal() {
			t.Error("a body is not equal to itself")
		}
	})
}

// patched carries out the differences on lines.
func patched(l *lines, a, b string) string {
	if len(l.steps) == 0 {
		return a
	}
	var out strings.Builder
	out.WriteString(a[:l.a.starts[0]])
	for _, s := range l.steps {
		switch s.kind {
		case Same:
			out.WriteString(a[l.a.starts[s.a]:l.a.starts[s.a+s.n]])
		case Added, Changed:
			out.WriteString(b[l.b.starts[s.b]:l.b.starts[s.b+s.n]])
		}
	}
	out.WriteString(a[l.a.starts[len(l.a.hashes)]:])
	return out.String()
}

// rebuilt carries out the differences on the first text, from which all comes
// that is the same or has moved.
func rebuilt(s *structure) string {
	var out strings.Builder
	put := func(t *tree, n int32, text []byte) {
		if last := out.String(); last != "" && !strings.HasSuffix(last, "{") && !strings.HasSuffix(last, "[") {
			out.WriteByte(',')
		}
		if name := t.name(n); name.End > 0 {
			out.Write(t.text[name.Start:name.End])
			out.WriteByte(':')
		}
		out.Write(text)
	}
	for _, st := range s.steps {
		switch {
		case st.sort == open:
			put(s.a, st.a, s.a.value(st.a)[:1])
		case st.sort == shut:
			v := s.a.value(st.a)
			out.Write(v[len(v)-1:])
		case st.kind == Same || st.kind == Moved:
			put(s.a, st.a, s.a.value(st.a))
		case st.kind != Removed:
			put(s.b, st.b, s.b.value(st.b))
		}
	}
	return out.String()
}

// longExponent is what math/big takes too long for.
var longExponent = regexp.MustCompile(`[eE][+-]?[0-9]{4}`)

// obvious reads JSON with encoding/json; nil for what that can't tell apart or
// would take too long.
func obvious(text string) any {
	if longExponent.MatchString(text) {
		return nil
	}
	mark, guard, _ := content.Preamble([]byte(text))
	text = text[mark+guard:]
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	lost := false
	var value func() any
	value = func() any {
		token, err := d.Token()
		if err != nil {
			lost = true
			return nil
		}
		switch v := token.(type) {
		case json.Number:
			n, ok := new(big.Rat).SetString(string(v))
			lost = lost || !ok
			return n
		case string:
			lost = lost || strings.ContainsRune(v, 0xFFFD)
			return v
		case json.Delim:
			if v == '[' {
				list := []any{}
				for d.More() && !lost {
					list = append(list, value())
				}
				d.Token()
				return list
			}
			members := map[string][]any{}
			for d.More() && !lost {
				name, _ := d.Token()
				text, _ := name.(string)
				lost = lost || strings.ContainsRune(text, 0xFFFD)
				members[text] = append(members[text], value())
			}
			d.Token()
			return members
		case nil:
			return byte(0)
		}
		return token
	}
	v := value()
	if lost {
		return nil
	}
	return v
}

func same(x, y any) bool {
	switch a := x.(type) {
	case *big.Rat:
		b, ok := y.(*big.Rat)
		return ok && a.Cmp(b) == 0
	case []any:
		b, ok := y.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !same(a[i], b[i]) {
				return false
			}
		}
		return true
	case map[string][]any:
		b, ok := y.(map[string][]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for name := range a {
			if _, there := b[name]; !there || !same(a[name], b[name]) {
				return false
			}
		}
		return true
	}
	switch y.(type) {
	case *big.Rat, []any, map[string][]any:
		return false
	}
	return x == y
}
