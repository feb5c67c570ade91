package document

import (
	"fmt"
	"strings"
	"testing"

	"parley/httpcore/content"
)

// fromString is a finished source.
func fromString(s string) Source { return content.NewSource(strings.NewReader(s), int64(len(s))) }

// draw is a window as plain text, a row a line: the number, the text between
// bars, and what the row ends with.
func draw(w Window) string {
	var b strings.Builder
	for _, row := range w.Rows {
		number := "   "
		switch {
		case row.Number > 0:
			number = fmt.Sprintf("%3d", row.Number)
		case row.Joined:
			number = "  ↪"
		}
		b.WriteString(number + "│")
		for _, s := range row.Spans {
			b.WriteString(s.Text)
		}
		b.WriteString("│")
		if row.Cut {
			b.WriteString("…")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func openView(t testing.TB, s string, kind content.Kind, mode Mode) *View {
	d := Open(fromString(s), Options{Kind: kind})
	t.Cleanup(d.Close)
	return d.View(mode)
}

func TestWindows(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		kind       content.Kind
		mode       Mode
		layout     Layout
		want       string
	}{
		{"pretty JSON keeps everything", `{"b":1.0,"a":[1e400,-0,"\u00e9",{},[]],"a":true}`, content.JSON, Pretty, Layout{Width: 40, Height: 20}, `
  1│{│
  2│  "b": 1.0,│
  3│  "a": [│
  4│    1e400,│
  5│    -0,│
  6│    "\u00e9",│
  7│    {},│
  8│    []│
  9│  ],│
 10│  "a": true│
 11│}│
`},
		{"an error at its place", "{\"a\": 1,\n \"b\": }\nrest\n", content.JSON, Pretty, Layout{Width: 60, Height: 20}, `
  1│{│
  2│  "a": 1,│
  3│  "b": │
   │✗ expected a value, found '}' (byte 15)│
  4│}│
  5│rest│
`},
		{"an early end", `[1, {"a`, content.JSON, Pretty, Layout{Width: 60, Height: 20}, `
  1│[│
  2│  1,│
  3│  {│
  4│    "a│
   │✗ the text ends within a string (byte 7)│
`},
		{"nothing at all", "", content.JSON, Pretty, Layout{Width: 60, Height: 20}, `
   │✗ the text ends where a value should follow (byte 0)│
`},
		{"a guard", ")]}'\n{\"a\":[1]}", content.JSON, Pretty, Layout{Width: 60, Height: 20}, `
   │)]}'│
  1│{│
  2│  "a": [│
  3│    1│
  4│  ]│
  5│}│
`},
		{"byte order mark", "\ufeff[1]", content.JSON, Pretty, Layout{Width: 60, Height: 20}, `
  1│[│
  2│  1│
  3│]│
`},
		{"NDJSON", "{\"a\":1}\n[]\n2\n", content.NDJSON, Pretty, Layout{Width: 60, Height: 20}, `
  1│{│
  2│  "a": 1│
  3│}│
  4│[]│
  5│2│
`},
		{"NDJSON with a broken line", "[1]\nDEBUG x\n[2]\n{", content.NDJSON, Pretty, Layout{Width: 70, Height: 20}, `
  1│[│
  2│  1│
  3│]│
   │✗ expected a value, found 'D' (byte 4)│
  4│DEBUG x│
  5│[│
  6│  2│
  7│]│
  8│{│
   │✗ the text ends where a key in quotes or } should follow (byte 17)│
`},
		{"raw text", "a\r\n\nc\td\re\nno end", content.Text, Raw, Layout{Width: 20, Height: 20}, `
  1│a│
  2││
  3│c       d␍e│
  4│no end│
`},
		{"hostile text", "\x1b[31m\u202ex\xff\x00\n", content.Text, Raw, Layout{Width: 40, Height: 20}, `
  1│␛[31m‹U+202E›x‹FF›␀│
`},
		{"wrapped wide characters", "日本語x👩‍👩‍👧e\u0301", content.Text, Raw, Layout{Width: 5, Height: 20, Wrap: true}, `
  1│日本│
  ↪│語x👩‍👩‍👧│
  ↪│é│
`},
		{"scrolled into a wide character", "日本語x👩‍👩‍👧!", content.Text, Raw, Layout{Width: 5, Height: 20, Left: 3}, `
  1│ 語x│…
`},
		{"a tab cut in two", "a\tb", content.Text, Raw, Layout{Width: 4, Height: 20, Left: 6}, `
  1│  b│
`},
		{"hex", "hello\x00\xff, world", content.Binary, Hex, Layout{Width: 80, Height: 20}, `
  1│00000000  68 65 6c 6c 6f 00 ff 2c  20 77 6f 72 6c 64       │hello··, world││
`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, err := openView(t, tc.body, tc.kind, tc.mode).Window(Pos{}, tc.layout)
			if err != nil {
				t.Fatal(err)
			}
			if got := "\n" + draw(w); got != tc.want {
				t.Errorf("got%swant%s", got, tc.want)
			}
		})
	}
}
