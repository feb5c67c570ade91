package diff

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/httpcore/content"
	"parley/httpcore/content/jsonpath"
)

func source(text string) content.Source {
	return content.NewSource(strings.NewReader(text), int64(len(text)))
}

func compare(t testing.TB, a, b string, o Options) *Result {
	t.Helper()
	r, err := Compare(t.Context(), source(a), source(b), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// told writes changes as people would.
func told(a, b string, changes []Change) []string {
	list := []string{}
	for _, c := range changes {
		text := fmt.Sprintf("%s %s", c.Kind, c.Path)
		if c.From != "" {
			text += " from " + c.From
		}
		if c.Kind == Changed || c.Kind == Removed {
			text += ": " + a[c.A.Start:c.A.End]
		}
		if c.Kind == Changed || c.Kind == Added {
			text += " > " + b[c.B.Start:c.B.End]
		}
		list = append(list, text)
	}
	return list
}

func TestJSON(t *testing.T) {
	any, tolerant := Options{AnyOrder: true}, Options{Tolerance: Tolerance{Absolute: 0.01, Time: time.Second}}
	for name, c := range map[string]struct {
		a, b string
		o    Options
		want []string
	}{
		"spelling is no difference": {
			`{"a": 1.0, "b": "\u0041/", "c":[ ], "d":-0}`, `{"d":0,"c":[],"b":"A\/","a":10e-1}`, Options{}, nil,
		},
		"large numbers are exact": {
			`[9007199254740993, 1e400, 0.1]`, `[9007199254740992, 10e399, 0.1000]`, Options{}, []string{"changed $[0]: 9007199254740993 > 9007199254740992"},
		},
		"a huge exponent takes no time": {`1e999999999999999999999`, `1E999999999999999999999`, Options{}, []string{"changed $: 1e999999999999999999999 > 1E999999999999999999999"}},
		"members": {
			`{"a":1,"gone":{"x":[1]},"same":[1,2]}`, `{"same":[1,2],"new key":null,"a":true}`,
			Options{},
			[]string{"removed $.gone: {\"x\":[1]}", "added $['new key'] > null", "changed $.a: 1 > true"},
		},
		"members out of order count when asked": {`{"a":1,"b":2}`, `{"b":2,"a":1}`, Options{MemberOrder: true}, []string{"moved $.b"}},
		"of two members with one name the order counts": {
			`{"a":1,"a":2}`, `{"a":2,"a":1}`, Options{}, []string{"changed $.a: 1 > 2", "changed $.a: 2 > 1"},
		},
		"an inserted element is one addition": {`[1,2,3,4,5]`, `[1,2,9,3,4,5]`, Options{}, []string{"added $[2] > 9"}},
		"a replaced element is one change":    {`[1,2,3]`, `[1,7,3]`, Options{}, []string{"changed $[1]: 2 > 7"}},
		"a moved element":                     {`["a","b","c","d"]`, `["d","a","b","c"]`, Options{}, []string{"moved $[0] from $[3]"}},
		"elements are known by their id": {
			`[{"id":1,"v":"a"},{"id":2,"v":"b"},{"id":3,"v":"c"}]`, `[{"id":3,"v":"x"},{"id":1,"v":"a"},{"id":4,"v":"b"}]`,
			Options{},
			[]string{"moved $[0] from $[2]", "changed $[0].v from $[2].v: \"c\" > \"x\"", "added $[2] > {\"id\":4,\"v\":\"b\"}", "removed $[1]: {\"id\":2,\"v\":\"b\"}"},
		},
		"elements without id are known by what is in them": {
			`[{"x":1,"y":2,"z":3}]`, `[{"q":0},{"x":1,"y":2,"z":4}]`,
			Options{},
			[]string{"added $[0] > {\"q\":0}", "changed $[1].z from $[0].z: 3 > 4"},
		},
		"any order":         {`[1,[2,3],{"a":[5,6]}]`, `[{"a":[6,5]},[3,2],1]`, any, nil},
		"any order, added":  {`[1,2]`, `[2,3,1]`, any, []string{"added $[1] > 3"}},
		"twice is not once": {`[1,1,2]`, `[1,2,2]`, any, []string{"changed $[2] from $[1]: 1 > 2"}},
		"tolerance": {
			`{"n":1.00,"m":1,"at":"2026-01-01T00:00:00Z","h":"Sun, 06 Nov 1994 08:49:37 GMT"}`,
			`{"n":1.01,"m":1.02,"at":"2026-01-01T01:00:01+01:00","h":"Sun, 06 Nov 1994 08:49:39 GMT"}`, tolerant,
			[]string{"changed $.m: 1 > 1.02", `changed $.h: "Sun, 06 Nov 1994 08:49:37 GMT" > "Sun, 06 Nov 1994 08:49:39 GMT"`},
		},
		"tolerance aligns elements":  {`[1,2,3]`, `[0.5,1.001,2.001,3.001]`, tolerant, []string{"added $[0] > 0.5"}},
		"relative":                   {`[1000000,1]`, `[1000999,1.1]`, Options{Tolerance: Tolerance{Relative: 0.001}}, []string{"changed $[1]: 1 > 1.1"}},
		"kinds":                      {`{"a":{"b":1}}`, `{"a":[1]}`, Options{}, []string{`changed $.a: {"b":1} > [1]`}},
		"half a pair is not another": {`"\ud800"`, `"\ud801"`, Options{}, []string{`changed $: "\ud800" > "\ud801"`}},
	} {
		t.Run(name, func(t *testing.T) {
			r := compare(t, c.a, c.b, c.o)
			if !r.Structural {
				t.Fatal(r.Note)
			}
			if d := cmp.Diff(append([]string{}, c.want...), told(c.a, c.b, r.Changes())); d != "" {
				t.Error(d)
			}
			if r.Equal() != (len(c.want) == 0) {
				t.Errorf("Equal is %v", r.Equal())
			}
			back := compare(t, c.b, c.a, c.o)
			if back.Equal() != r.Equal() {
				t.Error("the other way round it is otherwise")
			}
		})
	}
}

func TestIgnored(t *testing.T) {
	var o Options
	for _, expr := range []string{`$..[?search(@, '^t-')]`, `$[?search(@, '^t-')]`, `$.none`} {
		query, err := jsonpath.Parse(expr)
		if err != nil {
			t.Fatal(err)
		}
		o.Ignore = append(o.Ignore, query)
	}
	for _, c := range []struct {
		a, b string
		want []string
	}{
		{`{"a":1,"t":"t-1"}`, `{"t":"t-2","a":1}`, nil},
		{`{"a":1,"t":"t-1"}`, `{"a":1}`, nil},
		{`["t-1","a","t-2"]`, `["a"]`, nil},
		{`{"a":["t-1",1,2]}`, `{"a":["t-2","t-3",1,3]}`, []string{"changed $.a[3] from $.a[2]: 2 > 3"}},
	} {
		r := compare(t, c.a, c.b, o)
		if d := cmp.Diff(append([]string{}, c.want...), told(c.a, c.b, r.Changes())); d != "" {
			t.Errorf("%s %s: %s", c.a, c.b, d)
		}
		r.Rows(3)
	}
}

func TestText(t *testing.T) {
	for name, c := range map[string]struct {
		a, b string
		want []string
	}{
		"alike":       {"a\nb\n", "a\nb\n", nil},
		"empty":       {"", "", nil},
		"from empty":  {"", "a\nb", []string{"added  > a\nb"}},
		"one line":    {"one\ntwo\nthree\n", "one\ntwo and more\nthree\n", []string{"changed : two\n > two and more\n"}},
		"line ends":   {"a\r\nb\n", "a\nb", []string{"changed : a\r\nb\n > a\nb"}},
		"other lines": {"x\nalpha\ny", "x\nbeta\ny", []string{"removed : alpha\n", "added  > beta\n"}},
		"inserted":    {"a\nb\nc\nd\n", "a\nb\nnew\nc\nd\n", []string{"added  > new\n"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := compare(t, c.a, c.b, Options{})
			if d := cmp.Diff(append([]string{}, c.want...), told(c.a, c.b, r.Changes())); d != "" {
				t.Error(d)
			}
			if r.Structural || r.Equal() != (len(c.want) == 0) {
				t.Errorf("structural %v, equal %v", r.Structural, r.Equal())
			}
		})
	}
	if r := compare(t, `{"a":1}`, `{"a":}`, Options{}); !strings.Contains(r.Note, "the second is not JSON") {
		t.Errorf("the note is %q", r.Note)
	}
	if r := compare(t, "\x00ab", "\x00ac", Options{}); r.Equal() || !strings.Contains(r.Note, "from byte 2 on") {
		t.Errorf("of binary bodies the note is %q", r.Note)
	}
}

func TestWords(t *testing.T) {
	mark := func(text string, ranges []Range) string {
		for i := len(ranges) - 1; i >= 0; i-- {
			r := ranges[i]
			text = text[:r.Start] + "<" + text[r.Start:r.End] + ">" + text[r.End:]
		}
		return text
	}
	a, b := "the quick brown fox, 12 ms", "the slow brown fox, 130 ms!"
	inA, inB := Words([]byte(a), []byte(b))
	if got, want := mark(a, inA)+"|"+mark(b, inB), "the <quick> brown fox, <12> ms|the <slow> brown fox, <130> ms<!>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	long := strings.Repeat("x ", MaxWords)
	if inA, _ := Words([]byte(long), []byte("x "+long)); len(inA) == 0 || inA[len(inA)-1].End != int64(len(long)) {
		t.Error("what is beyond the bound is not marked")
	}
}

// drawn writes rows as a unified difference.
func drawn(r *Result) string {
	var b strings.Builder
	put := func(mark string, src content.Source, l Line) {
		text := make([]byte, l.Value.End-l.Value.Start)
		content.ReadAt(src, text, l.Value.Start)
		key := make([]byte, l.Key.End-l.Key.Start)
		content.ReadAt(src, key, l.Key.Start)
		fmt.Fprintf(&b, "%s%d %s%s%s\n", mark, l.Number, strings.Repeat(" ", l.Indent), key, text)
	}
	for _, row := range r.Rows(1) {
		switch {
		case row.Skipped > 0:
			fmt.Fprintf(&b, "skip %d\n", row.Skipped)
		case row.Kind == Same || row.Kind == Moved:
			put([...]string{Same: " ", Moved: ">"}[row.Kind], r.B, row.B)
		default:
			if row.A.Number > 0 {
				put("-", r.A, row.A)
			}
			if row.B.Number > 0 {
				put("+", r.B, row.B)
			}
		}
	}
	return b.String()
}

func TestRows(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{
			`{"a":[1,2,3],"b":{"x":1,"y":2},"c":0}`, `{"a":[1,2,3],"b":{"y":3},"c":0}`,
			"skip 6\n 7  \"b\"{\n-8   \"x\"1\n-9   \"y\"2\n+8   \"y\"3\n 9  }\nskip 2\n",
		},
		{"1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n", "skip 3\n 4 4\n-5 5\n+5 five\n 6 6\nskip 3\n"},
		{`[{"a":1,"b":[]}]`, `[{"b":[],"a":1}]`, "skip 6\n"},
	} {
		if d := cmp.Diff(c.want, drawn(compare(t, c.a, c.b, Options{}))); d != "" {
			t.Error(d)
		}
	}
}

// What is too much to be told exactly is told coarsely, and soon: the watchdog
// of the test would notice.
func TestBounds(t *testing.T) {
	list := func(n int, item func(i int) string) string {
		var b strings.Builder
		b.WriteByte('[')
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(item(i))
		}
		b.WriteByte(']')
		return b.String()
	}
	members := func(n, first int) string {
		text := list(n, func(i int) string { return fmt.Sprintf(`"a":%d`, first+i) })
		return "{" + text[1:len(text)-1] + "}"
	}
	const n = 100000
	up := list(n, func(i int) string { return fmt.Sprint(i) })
	for name, c := range map[string]struct {
		a, b string
		o    Options
	}{
		"all different": {up, list(n, func(i int) string { return fmt.Sprint(n + i) }), Options{}},
		"any order":     {up, list(n, func(i int) string { return fmt.Sprint(n + i) }), Options{AnyOrder: true}},
		"reversed":      {up, list(n, func(i int) string { return fmt.Sprint(n - i) }), Options{}},
		"shuffled":      {up, list(n, func(i int) string { return fmt.Sprint(i * 77777 % n) }), Options{}},
		"two values":    {list(n, func(i int) string { return fmt.Sprint(i * i % 7 % 2) }), list(n, func(i int) string { return fmt.Sprint(i * i % 11 % 2) }), Options{}},
		"tolerance":     {up, list(n, func(i int) string { return fmt.Sprint(float64(i) + 0.5) }), Options{AnyOrder: true, Tolerance: Tolerance{Absolute: 0.1}}},
		"deep":          {strings.Repeat("[", 9999) + "1" + strings.Repeat("]", 9999), strings.Repeat("[", 9999) + "2" + strings.Repeat("]", 9999), Options{}},
		"deep and near": {strings.Repeat("[", 9999) + "1" + strings.Repeat("]", 9999), strings.Repeat("[", 9999) + "2" + strings.Repeat("]", 9999), Options{Tolerance: Tolerance{Absolute: 0.1}}},
		"deep and wide": {strings.Repeat("[", 9999) + members(n, 1) + strings.Repeat("]", 9999), strings.Repeat("[", 9999) + members(n, 2) + strings.Repeat("]", 9999), Options{Tolerance: Tolerance{Absolute: 0.1}}},
		"one name":      {members(n, 1), members(n, 2), Options{}},
		"long name":     {`{"` + strings.Repeat("x", 8<<20) + `":` + list(9999, func(i int) string { return "1" }) + "}", `{"` + strings.Repeat("x", 8<<20) + `":` + list(9999, func(i int) string { return "2" }) + "}", Options{}},
		"lines":         {strings.ReplaceAll(up, ",", "\n"), strings.ReplaceAll(list(n, func(i int) string { return fmt.Sprint(i * 77777 % n) }), ",", "\n"), Options{}},
		"many lines":    {"x" + strings.Repeat("\na", 300000), "y" + strings.Repeat("\nb", 300000), Options{}},
		"brackets":      {strings.Repeat("[", 1<<20), strings.Repeat("{", 1<<20), Options{}},
		"large":         {strings.Repeat("x", MaxSize+1), strings.Repeat("x", MaxSize) + "y", Options{}},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			r := compare(t, c.a, c.b, c.o)
			rows := len(r.Rows(3))
			if r.Equal() || len(r.Changes()) == 0 || len(r.Changes()) > 4*maxLines || rows == 0 {
				t.Errorf("%d changes, %d rows", len(r.Changes()), rows)
			}
			t.Logf("%v, %d changes, %d rows, %q", time.Since(start), len(r.Changes()), rows, r.Note)
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Compare(ctx, source(up), source("[]"), Options{}); err == nil {
		t.Error("it goes on after its context has ended")
	}
}

func TestFields(t *testing.T) {
	r := Fields(
		[]Field{{"Date", "1"}, {"Set-Cookie", "a"}, {"Set-Cookie", "b"}, {"X-Gone", "1"}},
		[]Field{{"set-cookie", "a"}, {"Age", "2"}, {"date", "1"}, {"Set-Cookie", "c"}},
	)
	if d := cmp.Diff("+1 Age: 2\n 2 date: 1\n 3 set-cookie: a\n-3 Set-Cookie: b\n+4 Set-Cookie: c\n-4 X-Gone: 1\n", drawn(r)); d != "" {
		t.Error(d)
	}
	if Fields([]Field{{"A", "1"}, {"B", "2"}}, []Field{{"b", "2"}, {"a", "1"}}).Equal() != true {
		t.Error("the order of fields counts")
	}
}
