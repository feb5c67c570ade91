package document

import (
	"fmt"
	"strings"
	"testing"

	"parley/httpcore/content"
)

// drawAll is all that a view shows.
func drawAll(t *testing.T, v *View) string {
	t.Helper()
	w, err := v.Window(Pos{}, Layout{Width: 70, Height: 60})
	if err != nil {
		t.Fatal(err)
	}
	if w.Done && w.Lines != int64(len(w.Rows)) && len(w.Rows) < 60 {
		t.Errorf("%d lines are shown, %d known", len(w.Rows), w.Lines)
	}
	return "\n" + draw(w)
}

// lineWith is the first line that shows a text.
func lineWith(t *testing.T, v *View, text string) Pos {
	t.Helper()
	for i, row := range strings.Split(drawAll(t, v)[1:], "\n") {
		if strings.Contains(row, text) {
			return Pos{Line: int64(i)}
		}
	}
	t.Fatalf("no line shows %s in%s", text, drawAll(t, v))
	return Pos{}
}

// do follows a script: what to do, and with which line.
func do(t *testing.T, v *View, script ...string) {
	t.Helper()
	for _, step := range script {
		verb, text, _ := strings.Cut(step, " ")
		var err error
		switch verb {
		case "to":
			var depth int
			fmt.Sscan(text, &depth)
			v.FoldTo(depth)
		case "toggle":
			_, err = v.Toggle(lineWith(t, v, text))
		case "fold":
			_, err = v.Fold(lineWith(t, v, text))
		case "unfold":
			_, err = v.Unfold(lineWith(t, v, text))
		case "reveal":
			var offset int64
			fmt.Sscan(text, &offset)
			_, err = v.Reveal(offset)
		}
		if err != nil {
			t.Fatal(step, err)
		}
	}
}

const nested = `{"name": "Ada", "items": [1, {"deep": [[2], {}]}, 3], "last": {"x": null}}`

func TestFold(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		kind       content.Kind
		script     []string
		want       string
	}{
		{"a node within another", nested, content.JSON, []string{"toggle deep"}, `
  1│{│
  2│  "name": "Ada",│
  3│  "items": [│
  4│    1,│
  5│    {│
  6│      "deep": [ 2 elements, 9 B ]│
 12│    },│
 13│    3│
 14│  ],│
 15│  "last": {│
 16│    "x": null│
 17│  }│
 18│}│
`},
		{"and the other around it", nested, content.JSON, []string{"toggle deep", "toggle items"}, `
  1│{│
  2│  "name": "Ada",│
  3│  "items": [ 3 elements, 27 B ],│
 15│  "last": {│
 16│    "x": null│
 17│  }│
 18│}│
`},
		{"what was folded within stays so", nested, content.JSON, []string{"toggle deep", "toggle items", "toggle last", "toggle items"}, `
  1│{│
  2│  "name": "Ada",│
  3│  "items": [│
  4│    1,│
  5│    {│
  6│      "deep": [ 2 elements, 9 B ]│
 12│    },│
 13│    3│
 14│  ],│
 15│  "last": { 1 key, 11 B }│
 18│}│
`},
		{"the root, from its end", nested, content.JSON, []string{"toggle last", "toggle 18│"}, `
  1│{ 3 keys, 74 B }│
`},
		{"the node around a line", nested, content.JSON, []string{"fold null"}, `
  1│{│
  2│  "name": "Ada",│
  3│  "items": [│
  4│    1,│
  5│    {│
  6│      "deep": [│
  7│        [│
  8│          2│
  9│        ],│
 10│        {}│
 11│      ]│
 12│    },│
 13│    3│
 14│  ],│
 15│  "last": { 1 key, 11 B }│
 18│}│
`},
		{"the node around a fold", nested, content.JSON, []string{"fold last", "fold last"}, "\n  1│{ 3 keys, 74 B }│\n"},
		{"to a depth", nested, content.JSON, []string{"to 1"}, `
  1│{│
  2│  "name": "Ada",│
  3│  "items": [ 3 elements, 27 B ],│
 15│  "last": { 1 key, 11 B }│
 18│}│
`},
		{"to no depth", nested, content.JSON, []string{"to 0"}, "\n  1│{ 3 keys, 74 B }│\n"},
		{"to a depth and open", nested, content.JSON, []string{"to 1", "unfold items", "toggle deep"}, `
  1│{│
  2│  "name": "Ada",│
  3│  "items": [│
  4│    1,│
  5│    {│
  6│      "deep": [ 2 elements, 9 B ]│
 12│    },│
 13│    3│
 14│  ],│
 15│  "last": { 1 key, 11 B }│
 18│}│
`},
		{"and closed again from its end", nested, content.JSON, []string{"to 1", "unfold items", "toggle deep", "toggle 14│"}, `
  1│{│
  2│  "name": "Ada",│
  3│  "items": [ 3 elements, 27 B ],│
 15│  "last": { 1 key, 11 B }│
 18│}│
`},
		{"around what a depth folds", nested, content.JSON, []string{"to 1", "unfold items", "fold name"}, "\n  1│{ 3 keys, 74 B }│\n"},
		{"all open again", `[[1]]`, content.JSON, []string{"to 0", "to -1"}, `
  1│[│
  2│  [│
  3│    1│
  4│  ]│
  5│]│
`},
		{"what hides a byte is unfolded", nested, content.JSON, []string{"toggle deep", "toggle items", "toggle last", "toggle {", "reveal 41"}, `
  1│{│
  2│  "name": "Ada",│
  3│  "items": [│
  4│    1,│
  5│    {│
  6│      "deep": [│
  7│        [│
  8│          2│
  9│        ],│
 10│        {}│
 11│      ]│
 12│    },│
 13│    3│
 14│  ],│
 15│  "last": { 1 key, 11 B }│
 18│}│
`},
		{"lines of JSON", "{\"a\":1}\n{\"b\":[2]}\nDEBUG x\n[3]\n", content.NDJSON, []string{"to 0"}, `
  1│{ 1 key, 7 B }│
  4│{ 1 key, 9 B }│
   │✗ expected a value, found 'D' (byte 18)│
  9│DEBUG x│
 10│[ 1 element, 3 B ]│
`},
		{"one of the lines of JSON", "{\"a\":1}\n{\"b\":[2]}\nDEBUG x\n[3]\n", content.NDJSON, []string{"toggle 4│"}, `
  1│{│
  2│  "a": 1│
  3│}│
  4│{ 1 key, 9 B }│
   │✗ expected a value, found 'D' (byte 18)│
  9│DEBUG x│
 10│[│
 11│  3│
 12│]│
`},
		{"an error inside", "{\"a\": [1, {\"b\": x}]}\nrest", content.JSON, []string{"toggle a"}, `
  1│{│
  2│  "a": [ 2+ elements, 10 B│
   │✗ expected a value, found 'x' (byte 16)│
  6│x}]}│
  7│rest│
`},
		{"an error inside, to a depth", "{\"a\": [1, {\"b\": x}]}\nrest", content.JSON, []string{"to 1"}, `
  1│{│
  2│  "a": [ 2+ elements, 10 B│
   │✗ expected a value, found 'x' (byte 16)│
  6│x}]}│
  7│rest│
`},
		{"an early end", `{"a": [1, {"b": [2,`, content.JSON, []string{"toggle b"}, `
  1│{│
  2│  "a": [│
  3│    1,│
  4│    {│
  5│      "b": [ 1+ elements, 3 B│
   │✗ the text ends where a value should follow (byte 19)│
`},
		{"nothing to fold", `[1, [], {}]`, content.JSON, []string{"toggle 1,", "toggle []", "toggle {}", "unfold 1,"}, `
  1│[│
  2│  1,│
  3│  [],│
  4│  {}│
  5│]│
`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := Open(fromString(tc.body), Options{Kind: tc.kind})
			defer d.Close()
			v := d.View(Pretty)
			do(t, v, tc.script...)
			until(t, d, func() bool { _, done := v.Lines(); return done })
			if got := drawAll(t, v); got != tc.want {
				t.Errorf("got%swant%s", got, tc.want)
			}
		})
	}
}

func TestAnOpenNodeIsFolded(t *testing.T) {
	for _, script := range []string{"toggle a", "to 1"} {
		src := newGrowing()
		d := Open(src, Options{Kind: content.JSON})
		v := d.View(Pretty)
		src.write(`{"a":[1,[2,`)
		until(t, d, func() bool { n, _ := v.Lines(); return n == 5 })
		do(t, v, script)
		if got, want := drawAll(t, v), "\n  1│{│\n  2│  \"a\": [ 2+ elements, 6 B│\n"; got != want {
			t.Errorf("%s: got%swant%s", script, got, want)
		}
		src.write(`3`)
		until(t, d, func() bool { return strings.Contains(drawAll(t, v), "7 B") })
		src.write(`],4],"b":5}`)
		src.end()
		until(t, d, func() bool { n, done := v.Lines(); return n == 4 && done })
		if got, want := drawAll(t, v), "\n  1│{│\n  2│  \"a\": [ 3 elements, 11 B ],│\n 10│  \"b\": 5│\n 11│}│\n"; got != want {
			t.Errorf("%s: got%swant%s", script, got, want)
		}
		do(t, v, "unfold a")
		until(t, d, func() bool { n, done := v.Lines(); return n == 11 && done })
		d.Close()
	}
}

func TestAnUnfoldedNodeGrows(t *testing.T) {
	src := newGrowing()
	d := Open(src, Options{Kind: content.JSON})
	defer d.Close()
	v := d.View(Pretty)
	src.write(`[[1],[2,`)
	until(t, d, func() bool { n, _ := v.Lines(); return n == 6 })
	do(t, v, "to 1", "unfold +")
	src.write(`[3],`)
	until(t, d, func() bool { return strings.Contains(drawAll(t, v), "9│") })
	do(t, v, "toggle 7│")
	src.write(`4]]`)
	src.end()
	until(t, d, func() bool { n, done := v.Lines(); return n == 8 && done })
	want := `
  1│[│
  2│  [ 1 element, 3 B ],│
  5│  [│
  6│    2,│
  7│    [ 1 element, 3 B ],│
 10│    4│
 11│  ]│
 12│]│
`
	if got := drawAll(t, v); got != want {
		t.Errorf("got%swant%s", got, want)
	}
}

func TestFamily(t *testing.T) {
	v := openView(t, nested, content.JSON, Pretty)
	for _, tc := range []struct {
		from    string
		sibling int // how many away; 0 for the parent
		want    string
	}{
		{"name", 1, "items"},
		{"name", 2, "last"},
		{"name", 9, "last"},
		{"last", -1, "items"},
		{"last", -9, "name"},
		{" 4│", 1, " 5│"},
		{" 4│", 2, "13│"},
		{"13│", -1, " 5│"},
		{" 7│", 1, "10│"},
		{" 9│", 1, "10│"},
		{" 1│", 1, " 1│"},
		{"last", 0, " 1│"},
		{" 8│", 0, " 7│"},
		{" 9│", 0, " 7│"},
		{" 7│", 0, "deep"},
		{"deep", 0, " 5│"},
		{"14│", 0, "items"},
		{" 1│", 0, " 1│"},
	} {
		at, err := v.Parent(lineWith(t, v, tc.from))
		if tc.sibling != 0 {
			at, err = v.Sibling(lineWith(t, v, tc.from), tc.sibling)
		}
		if want := lineWith(t, v, tc.want); err != nil || at != want {
			t.Errorf("from %q by %d: %v, %v, want %v", tc.from, tc.sibling, at, err, want)
		}
	}
	do(t, v, "toggle items")
	if at, err := v.Sibling(lineWith(t, v, "last"), -1); err != nil || at.Line != 2 {
		t.Errorf("before a line below a fold is %v, %v", at, err)
	}
	n, ok, err := v.NodeAt(lineWith(t, v, "items"))
	if err != nil || !ok || n.Path != "$.items" || n.Value != (Range{25, 52}) {
		t.Errorf("the node of a fold is %+v, %v, %v", n, ok, err)
	}
}

func TestTextsOfAStreamAreSiblings(t *testing.T) {
	v := openView(t, "{\"a\":1}\n{\"b\":\nDEBUG x\noops\n[3]\n4", content.NDJSON, Pretty)
	at := Pos{}
	for _, want := range []string{"4│", "6│", "7│", "8│", "11│", "11│"} {
		var err error
		if at, err = v.Sibling(at, 1); err != nil || at != lineWith(t, v, want) {
			t.Fatalf("next is %v, %v, not %v of%s", at, err, want, drawAll(t, v))
		}
	}
	for _, want := range []string{"8│", "7│", "6│", "4│", "1│"} {
		var err error
		if at, err = v.Sibling(at, -1); err != nil || at != lineWith(t, v, want) {
			t.Fatalf("before is %v, %v, not %v of%s", at, err, want, drawAll(t, v))
		}
	}
}

func TestPlacesInFolds(t *testing.T) {
	v := openView(t, nested, content.JSON, Pretty)
	l := Layout{Width: 60, Height: 3}
	for _, script := range []string{"toggle items", "to 1"} {
		do(t, v, script)
		at, err := v.AtOffset(41, l)
		number, err2 := v.AtNumber(8)
		if err != nil || err2 != nil || at.Line != 2 || number.Line != 2 {
			t.Errorf("%s: byte 41 is at %v, line 8 at %v (%v, %v)", script, at, number, err, err2)
		}
		if at, err := v.AtNumber(15); err != nil || at.Line != 3 {
			t.Errorf("%s: line 15 is at %v (%v)", script, at, err)
		}
		if r, err := v.LineRange(2); err != nil || nested[r.Start:r.End] != `"items": [1, {"deep": [[2], {}]}, 3],` {
			t.Errorf("%s: the line's source is %s (%v)", script, nested[r.Start:r.End], err)
		}
		if at, err := v.Move(Pos{Line: 4}, -2, l); err != nil || at.Line != 2 {
			t.Errorf("%s: two up is %v (%v)", script, at, err)
		}
	}
}
