package jsonpath

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/httpcore/content"
)

func TestSelect(t *testing.T) {
	var many strings.Builder
	many.WriteString("[0")
	for i := 1; i < 100_000; i++ {
		fmt.Fprintf(&many, ",%d", i)
	}
	many.WriteString("]")
	pad := strings.Repeat("x", 3*pageSize)
	for _, tc := range []struct{ name, expr, text, want string }{
		{"as it came", "$.*", `{"a" : 1.0, "b":1e400,"a":"\u00e9" }`, `1.0 1e400 "\u00e9"`},
		{"duplicate keys", "$.a", `{"a":1,"\u0061":2,"a":3}`, `1 2 3`},
		{"a name that looks like JSON", `$["a\":1,\"b"]`, `{"a":1,"b":2}`, ``},
		{"an escaped name", `$["a\"\\"]`, `{"a\"\\":1,"a":2}`, `1`},
		{"texts one after another", "$.a", "{\"a\":1}\n[{\"a\":2}]{\"a\":3} 4\r\n{\"a\":5}", `1 3 5`},
		{"numbers that touch", "$", `01-2 3e-05"x"true[]-0.5e1`, `0 1 -2 3e-05 "x" true [] -0.5e1`},
		{"filters look into their own text", "$[?@.a==$[0].a]", "[{\"a\":1},{\"a\":2}]\n[{\"a\":2},{\"a\":2}]", `{"a":1} {"a":2} {"a":2}`},
		{"a byte order mark", "$", "\ufeff1", `1`},
		{"a guard", "$.a", ")]}'\n{\"a\":1}", `1`},
		{"a guard behind a byte order mark", "$.a", "\ufefffor(;;);{\"a\":1}", `1`},
		{"nothing", "$", " \n", ``},
		{"an order by selectors", "$['b','a',-1,0]", `{"a":1,"b":2}[1,2]`, `2 1 2 1`},
		{"parents before children", "$..a", `{"b":{"a":{"a":1}},"a":2}`, `2 {"a":1} 1`},
		{"from the end", "$[-1,-100001,-3]", many.String(), `99999 99997`},
		{"backwards", "$[::-33333]", many.String(), `99999 66666 33333 0`},
		{"backwards between", "$[70000:-70000:-10001]", many.String(), `70000 59999 49998 39997`},
		{"up to the end", "$[-30000::10000]", many.String(), `70000 80000 90000`},
		{"exact numbers", "$[?@.id==9007199254740993].n", `[{"id":9007199254740992,"n":1},{"id":9007199254740993,"n":2}]`, `2`},
		{"deep equality", "$[?@.a==@.b].n", `[{"a":{"x":[1,{}],"y":1},"b":{"y":1.0,"x":[1e0,{}]},"n":1},{"a":[],"b":{},"n":2},{"a":[1],"b":[1,2],"n":3}]`, `1`},
		{"long strings are counted", "$[?length(@)>300000][0]", `[["` + pad + `"]` + `,"` + pad + `"]`, ``},
		{"of what is long, the length", "$[?length(@.s)==393217].n", `[{"s":"` + pad + `\ud83d\ude00","n":1},{"s":"` + pad + `","n":2}]`, `1`},
		{"over pages", "$..z", `{"a":{"b":"` + pad + `","z":1},"z":2,"c":["` + pad + `",{"z":3}]}`, `2 1 3`},
		{"over pages twice", "$['z','a'].z", `{"a":{"b":"` + pad + `","z":1},"c":["` + pad + `"],"z":{"z":3}}`, `3 1`},
		{"patterns of the body", "$.v[?match(@, $.p)]", `{"p":"a.","v":["ab","b"]}`, `"ab"`},
		{"no pattern at all", "$[?search(@,'(')]", `["("]`, ``},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, size := range []int{1, 4096, 1 << 30} {
				if len(tc.text) > 10_000 && size == 1 {
					continue
				}
				got, _, err := selected(t, tc.expr, &dripping{text: tc.text, size: size})
				if err != nil || strings.Join(got, " ") != tc.want {
					t.Errorf("%s in pieces of %d\n got %.200s, %v\nwant %s", tc.expr, size, got, err, tc.want)
				}
			}
		})
	}
}

// dripping is a source that grows by pieces of a size when it is waited for.
type dripping struct {
	text    string
	size    int
	arrived int
	late    error // what it ends with
}

func (d *dripping) Size() int64         { return int64(d.arrived) }
func (d *dripping) Done() (bool, error) { return d.arrived == len(d.text), d.late }
func (d *dripping) Wait(ctx context.Context, size int64) error {
	if ctx.Err() == nil && d.arrived <= int(size) {
		d.arrived = min(d.arrived+d.size, len(d.text))
	}
	return ctx.Err()
}

func (d *dripping) ReadAt(p []byte, off int64) (int, error) {
	return strings.NewReader(d.text[:d.arrived]).ReadAt(p, off)
}

func TestWhatPrecedesAnErrorIsGiven(t *testing.T) {
	for _, tc := range []struct{ expr, text, want, err string }{
		{"$[*]", `[1,2}`, "1 2", "expected a comma or ] after the element, found '}' (byte 4)"},
		{"$[*]", `[1,2`, "1", "the text ends where a comma or ] after the element should follow (byte 4)"},
		{"$[*].a", `[{"a":1},{"a":2,"b":tru}]`, "1 2", "expected true, false or null, found '}' in the word (byte 23)"},
		{"$..a", `{"b":{"a":1},"a":2,"c":{"a":3,]}`, "2 1 3", "expected a key in quotes, found ']' (byte 30)"},
		{"$['b','a']", `{"a":1,"b":2,}`, "2 1", "expected a key in quotes, found '}' (byte 13)"},
		{"$.a", "{\"a\":1}\n{\"a\":2}\nnope", "1 2", "expected true, false or null, found 'o' in the word (byte 17)"},
		{"$.a", "{\"a\":1}\x00", "1", "expected a value, found byte 0x00 (byte 7)"},
		{"$", "\x00", "", "expected a value, found byte 0x00 (byte 0)"},
		{"$[?@.a]", `[{"a":1},{"b":`, `{"a":1}`, "the text ends where a value should follow (byte 14)"},
		{"$[-1]", `[1,`, "", "the text ends where a value should follow (byte 3)"},
	} {
		for _, size := range []int{1, 1 << 20} {
			got, _, err := selected(t, tc.expr, &dripping{text: tc.text, size: size})
			var bad *content.SyntaxError
			if !errors.As(err, &bad) || err.Error() != tc.err || strings.Join(got, " ") != tc.want {
				t.Errorf("%s of %s in pieces of %d\n got %s, %v\nwant %s, %s", tc.expr, tc.text, size, got, err, tc.want, tc.err)
			}
		}
	}
	broken := errors.New("the connection broke")
	got, _, err := selected(t, "$[*]", &dripping{text: "[1,2,3", size: 3, late: broken})
	if !errors.Is(err, broken) || strings.Join(got, " ") != "1 2" {
		t.Errorf("a body that broke off: %s, %v", got, err)
	}
}

// arriving is a body that arrives as the test says.
type arriving struct {
	mu      sync.Mutex
	text    string
	ended   bool
	changed chan struct{}
}

func newArriving(text string) *arriving {
	return &arriving{text: text, changed: make(chan struct{})}
}

func (a *arriving) add(text string, ended bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.text, a.ended = a.text+text, ended
	close(a.changed)
	a.changed = make(chan struct{})
}

func (a *arriving) now() (string, bool, chan struct{}) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.text, a.ended, a.changed
}

func (a *arriving) Size() int64 { text, _, _ := a.now(); return int64(len(text)) }

func (a *arriving) Done() (bool, error) { _, ended, _ := a.now(); return ended, nil }

func (a *arriving) ReadAt(p []byte, off int64) (int, error) {
	text, _, _ := a.now()
	return strings.NewReader(text).ReadAt(p, off)
}

func (a *arriving) Wait(ctx context.Context, size int64) error {
	for {
		text, ended, changed := a.now()
		if ended || int64(len(text)) > size {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func TestResultsComeWhileTheBodyArrives(t *testing.T) {
	for _, tc := range []struct{ expr, first, second string }{
		{"$.a[*].b", `{"a":[{"b":1},{"b":2`, `2},{}]}`},
		{"$.a[0:9].b", `{"a":[{"b":1},{"b":2`, `2},{}]}`},
		{"$.a[?@.b>0].b", `{"a":[{"b":1},{"b":2`, `2},{}]}`},
		{"$..b", `[{"b":1},{"b":2`, `2},{}]`},
	} {
		t.Run(tc.expr, func(t *testing.T) {
			q, err := Parse(tc.expr)
			if err != nil {
				t.Fatal(err)
			}
			src := newArriving(tc.first)
			found, ended := make(chan Node), make(chan error)
			go func() {
				ended <- q.Select(t.Context(), src, func(n Node) error { found <- n; return nil })
			}()
			watchdog := time.After(time.Minute)
			next := func() string {
				select {
				case n := <-found:
					text, _, _ := src.now()
					return text[n.Start:n.End]
				case err := <-ended:
					return fmt.Sprint("ended: ", err)
				case <-watchdog:
					return "nothing came"
				}
			}
			if got := next(); got != "1" {
				t.Errorf("before the rest has come: %s", got)
			}
			src.add(tc.second, true)
			if got := next(); got != "22" {
				t.Errorf("the second is %s", got)
			}
			if got := next(); got != "ended: <nil>" {
				t.Error(got)
			}
		})
	}
}

func TestSelectionEnds(t *testing.T) {
	q, err := Parse("$[*]")
	if err != nil {
		t.Fatal(err)
	}
	for _, enough := range []error{errors.New("enough"), io.EOF} {
		if err := q.Select(t.Context(), source("[1,2]"), func(Node) error { return enough }); err != enough {
			t.Errorf("by found: %v", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	err = q.Select(ctx, newArriving("[1,2"), func(Node) error { n++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("while waiting: %d, %v", n, err)
	}
	// Each of these takes hours.
	deep := strings.Repeat("[", 5000) + strings.Repeat("1,", 10_000) + "1" + strings.Repeat("]", 5000)
	for expr, src := range map[string]content.Source{
		"$.a":                     &repeated{head: "[", piece: "[1],", size: 1 << 50},
		"$":                       &repeated{head: `["`, piece: "x", size: 1 << 50},
		"$..[?@..[?@..[?@..*]]]":  source(deep),
		"$[?count(@..*..*..*)>1]": source(deep),
	} {
		q, err := Parse(expr)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		started := time.Now()
		err = q.Select(ctx, src, func(Node) error { return nil })
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(started) > time.Minute {
			t.Errorf("%s: %v after %v", expr, err, time.Since(started))
		}
	}
}

// repeated is a head, a piece again and again, and a tail.
type repeated struct {
	head, piece, tail string
	size              int64
}

func (r *repeated) Size() int64                             { return r.size }
func (r *repeated) Done() (bool, error)                     { return true, nil }
func (r *repeated) Wait(ctx context.Context, _ int64) error { return nil }

func (r *repeated) ReadAt(p []byte, off int64) (int, error) {
	tail := r.size - int64(len(r.tail))
	for i := 0; i < len(p); {
		switch at := off + int64(i); {
		case at >= r.size:
			return i, io.EOF
		case at < int64(len(r.head)):
			i += copy(p[i:], r.head[at:])
		case at >= tail:
			i += copy(p[i:], r.tail[at-tail:])
		default:
			from := (at - int64(len(r.head))) % int64(len(r.piece))
			i += copy(p[i:min(len(p), i+int(tail-at))], r.piece[from:])
		}
	}
	return len(p), nil
}

// pieces is a source of n pieces between a head and a tail.
func pieces(head, piece, tail string, n int) *repeated {
	return &repeated{head, piece, tail, int64(len(head) + n*len(piece) + len(tail))}
}

// TestHostileBodies selects from bodies made to fill the memory.
func TestHostileBodies(t *testing.T) {
	long := strings.Repeat("x", 1000)
	for _, tc := range []struct {
		name, expr string
		src        *repeated
		n          int
		err        string
	}{
		{"brackets", "$..a", pieces("", "[", "", 10_000_000), 0, "objects and arrays are nested more than 10000 deep (byte 10000)"},
		{"objects in objects", "$..*", pieces("", `{"a":`, "", 10_000), 0, "the text ends where a value should follow (byte 50000)"},
		{"a long key", "$.*", pieces(`{"`, long, `":1}`, 100_000), 1, ""},
		{"a long key that is not the name", "$.xx", pieces(`{"`, long, `":1}`, 20_000), 0, ""},
		{"a long string", "$[0]", pieces(`["`, long, `"]`, 20_000), 1, ""},
		{"a long number", "$[1]", pieces(`[`, "1234567890", `,2]`, 2_000_000), 1, ""},
		{"a long string is compared", "$[?@=='x']", pieces(`["`, long, `"]`, 20_000), 0, "a string of more than 1048576 bytes is too large for this (byte 1)"},
		{"a long number is compared", "$[?@<1]", pieces(`[`, "1", `]`, 2_000_000), 0, "a number of more than 1048576 bytes is too large for this (byte 1)"},
		{"large objects are compared", "$[?@==$[0]]", pieces(`[{},{"a":[1`, ",2", `]}]`, 2_000_000), 1, "an array or object of more than 131072 bytes is too large for this (byte 4)"},
		{"a large object is compared with a number", "$[?@==1]", pieces(`[{"a":[1`, ",2", `]},1]`, 2_000_000), 1, ""},
		{"zeros", "$", pieces("", "\x00", "", 10_000_000), 0, "expected a value, found byte 0x00 (byte 0)"},
		{"white space", "$[1]", pieces("[1,", " ", "2]", 20_000_000), 1, ""},
		{"an escape without end", "$[0]", pieces(`["`, `\\`, `"]`, 10_000_000), 1, ""},
		{"empty arrays", "$[-1]", pieces("[[]", ",[]", `]`, 5_000_000), 1, ""},
		{"deep and back", "$[-1]..[-1]", pieces("[", strings.Repeat("[", 9000)+strings.Repeat("]", 9000)+",", "[]]", 500), 0, ""},
		{"many texts", "$.a", pieces("", "{\"a\":1}\n", "", 1_000_000), 1_000_000, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			q, err := Parse(tc.expr)
			if err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			n := 0
			err = q.Select(t.Context(), tc.src, func(Node) error { n++; return nil })
			runtime.ReadMemStats(&after)
			if n != tc.n || (err != nil || tc.err != "") && fmt.Sprint(err) != tc.err {
				t.Errorf("%d found, %v", n, err)
			}
			if all := after.TotalAlloc - before.TotalAlloc; all > 8<<20 {
				t.Errorf("%d bytes were allocated", all)
			}
		})
	}
}

func TestLocationOfALongName(t *testing.T) {
	for n, tooLong := range map[int]bool{10: false, 10_000: false, 1_000_000: true} {
		name := strings.Repeat("x", n)
		_, paths, err := selected(t, "$.*[0]", source(`{"`+name+`":[1]}`))
		var large *TooLargeError
		if tooLong != errors.As(err, &large) || !tooLong && paths[0] != "$['"+name+"'][0]" {
			t.Errorf("%d: %v", n, err)
		}
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		"a": ".a ['a']", "": "[''] ['']", "é1": ".é1 ['é1']", "1a": "['1a'] ['1a']",
		"a'\\\n\x01": `['a\'\\\n\u0001'] ['a\'\\\n\u0001']`,
	} {
		if got := string(AppendMember(nil, name)) + " " + string(AppendName(nil, name)); got != want {
			t.Errorf("%q: %s", name, got)
		}
		got, _, err := selected(t, string(AppendMember([]byte("$"), name)), source(`{"a":1,"":1,"é1":1,"1a":1,"a'\\\n\u0001":1}`))
		if len(got) != 1 || err != nil {
			t.Errorf("%q selects %s, %v", name, got, err)
		}
	}
	if got := string(AppendIndex(nil, 12)); got != "[12]" {
		t.Error(got)
	}
}

func TestAShrinkingBody(t *testing.T) {
	src := content.NewSource(bytes.NewReader([]byte("[1,2")), 10)
	if _, _, err := selected(t, "$[*]", src); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
}

// reading counts what is read of a source.
type reading struct {
	content.Source
	n int
}

func (r *reading) ReadAt(p []byte, off int64) (int, error) {
	r.n += len(p)
	return r.Source.ReadAt(p, off)
}

// TestSelectingIsLinear counts what is read of a large body, and what is
// allocated for it.
func TestSelectingIsLinear(t *testing.T) {
	for expr, passes := range map[string]int{
		"$.items[*].id":                    1,
		"$.items[5:100].id":                1,
		"$.items[?@.n>5].id":               1,
		"$.items[?@.tags[-1]=='c'].nested": 1,
		"$.*[?@.id==1]":                    1,
		"$.items[-1].id":                   2,
		"$..name":                          2,
		"$..[?@.x==null]":                  4,
		"$['next','items']":                2,
		"$.items[?@.id<$.last].id":         3,
		"$.items[::-1].id":                 3,
		"$.items[?length($.items)>@.n].n":  3,
	} {
		t.Run(expr, func(t *testing.T) {
			q, err := Parse(expr)
			if err != nil {
				t.Fatal(err)
			}
			work := func(size int) (read int, allocs float64) {
				text := records(size)
				var src *reading
				allocs = testing.AllocsPerRun(1, func() {
					src = &reading{Source: content.NewSource(bytes.NewReader(text), int64(len(text)))}
					if err := q.Select(t.Context(), src, func(Node) error { return nil }); err != nil {
						t.Error(err)
					}
				})
				return src.n, allocs
			}
			const size = 8 << 20
			read, allocs := work(size)
			if read > passes*(size+pageSize*pageCount) {
				t.Errorf("%d bytes are read of %d", read, size)
			}
			if _, few := work(size / 4); allocs > few+100 {
				t.Errorf("%v allocations, %v of a quarter", allocs, few)
			}
		})
	}
}
