package document

import (
	"regexp"
	"strings"
	"testing"

	"parley/httpcore/content"
)

// numbers are those in the margin.
var numbers = regexp.MustCompile(`\n[ 0-9]{3}│`)

func TestTree(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		kind       content.Kind
		script     []string
		want       string
	}{
		{"the first level", `{"name": "Ada", "a\"b": -1.50, "items": [1, {"deep": [[2], {}]}, 3], "none": [], "x": {}, "last": {"x": null}}`, content.JSON, nil, `
▾ object  6 keys  110 B
    name  "Ada"
    a\"b  -1.50
  ▸ items  array  3 elements  27 B
    none  []
    x  {}
  ▸ last  object  1 key  11 B
`},
		{"expanded", nested, content.JSON, []string{"toggle items", "toggle 1  obj", "toggle last", "toggle last"}, `
▾ object  3 keys  74 B
    name  "Ada"
  ▾ items  array  3 elements  27 B
      0  1
    ▾ 1  object  1 key  19 B
      ▸ deep  array  2 elements  9 B
      2  3
  ▸ last  object  1 key  11 B
`},
		{"collapsed", nested, content.JSON, []string{"toggle items", "toggle object"}, "\n▸ object  3 keys  74 B\n"},
		{"the node around a line", nested, content.JSON, []string{"toggle items", "fold 2  3"}, `
▾ object  3 keys  74 B
    name  "Ada"
  ▸ items  array  3 elements  27 B
  ▸ last  object  1 key  11 B
`},
		{"what holds a byte", nested, content.JSON, []string{"to 0", "reveal 44"}, `
▾ object  3 keys  74 B
    name  "Ada"
  ▾ items  array  3 elements  27 B
      0  1
    ▾ 1  object  1 key  19 B
      ▾ deep  array  2 elements  9 B
        ▸ 0  array  1 element  3 B
          1  {}
      2  3
  ▸ last  object  1 key  11 B
`},
		{"an error inside", "{\"a\": [1, {\"b\": x}]}\nrest", content.JSON, []string{"toggle a"}, `
▾ object  1+ keys  16 B
  ▾ a  array  2+ elements  10 B
      0  1
    ▸ 1  object  1+ keys  6 B
  ✗ expected a value, found 'x' (byte 16)
`},
		{"one value", `"x"`, content.JSON, nil, "\n  \"x\"\n"},
		{"nothing", ``, content.JSON, nil, "\n  ✗ the text ends where a value should follow (byte 0)\n"},
		{"lines of JSON", "{\"a\":1}\n{\"b\":[2]}\nDEBUG x\n[3]\n4", content.NDJSON, []string{"toggle 9 B"}, `
▸ object  1 key  7 B
▾ object  1 key  9 B
  ▸ b  array  1 element  3 B
  ✗ expected a value, found 'D' (byte 18)
▸ array  1 element  3 B
  4
`},
		{"a long value and a long key", `{"k":"` + strings.Repeat("v", 9000) + `","` + strings.Repeat("n", 9000) + `":[1]}`, content.JSON, nil, `
▾ object  2 keys  18.0 KB
    k  "` + strings.Repeat("v", 62) + `…
  ▸ ` + strings.Repeat("n", 66) + `…
`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := Open(fromString(tc.body), Options{Kind: tc.kind})
			defer d.Close()
			v := d.View(Tree)
			until(t, d, func() bool { _, done := v.Lines(); return done })
			do(t, v, tc.script...)
			if got := strings.NewReplacer("   │", "", "│\n", "\n", "│…\n", "…\n").Replace(numbers.ReplaceAllString(drawAll(t, v), "\n")); got != tc.want {
				t.Errorf("got%swant%s", got, tc.want)
			}
		})
	}
}

func TestATreeOfManyLevels(t *testing.T) {
	const depth = 1000
	d := Open(fromString(strings.Repeat("[", depth)+strings.Repeat("]", depth)), Options{Kind: content.JSON})
	defer d.Close()
	v := d.View(Tree)
	until(t, d, func() bool { _, done := v.Lines(); return done })
	at, err := v.Reveal(depth)
	if err != nil || at.Line < 200 {
		t.Fatalf("the innermost is at %v, %v", at, err)
	}
	w, err := v.Window(at, Layout{Width: 300, Height: 3})
	if err != nil || len(w.Rows) != 1 || !strings.Contains(draw(w), "▸ 0  array  1 element") {
		t.Errorf("it is shown as %s (%v)", draw(w), err)
	}
	if up, err := v.Parent(at); err != nil || up.Line != at.Line-1 {
		t.Errorf("around it is %v, %v", up, err)
	}
	do(t, v, "to 1")
	if n, _ := v.Lines(); n != 2 {
		t.Errorf("%d lines of the first level", n)
	}
}
