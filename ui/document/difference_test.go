package document

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"parley/httpcore/content"
	"parley/httpcore/content/diff"
)

func difference(t *testing.T, a, b string) *Difference {
	t.Helper()
	source := func(text string) Source { return content.NewSource(strings.NewReader(text), int64(len(text))) }
	r, err := diff.Compare(t.Context(), source(a), source(b), diff.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return NewDifference([]Section{{"body", r}}, 1)
}

func drawn(t *testing.T, v *View, width int) string {
	t.Helper()
	w, err := v.Window(Pos{}, Layout{Width: width, Height: 100})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, row := range w.Rows {
		text := ""
		for _, s := range row.Spans {
			text += s.Text
		}
		b.WriteString(strings.TrimRight(text, " ") + "\n")
	}
	return b.String()
}

const (
	diffA = `{"id":1,"name":"Ada","tags":["x","y","z"],"gone":true,"list":[1,2,3,4,5,6]}`
	diffB = `{"id":1,"name":"Ada L","tags":["z","x","y"],"list":[1,2,3,4,5,6,[7]]}`
)

func TestDifferenceUnified(t *testing.T) {
	v := difference(t, diffA, diffB).Unified()
	want := `body
 1  1   {
 2  2     "id": 1,
 3    -   "name": "Ada",
    3 +   "name": "Ada L",
 4  4     "tags": [
 7  5 >     "z",
 5  6       "x",
 6  7       "y"
 8  8     ],
 9    -   "gone": true,
10  9     "list": [
   ⋯ 5 lines alike
16 15       6,
   16 +     [
   17 +       7
   18 +     ]
17 19     ]
18 20   }
`
	if d := cmp.Diff(want, drawn(t, v, 80)); d != "" {
		t.Error(d)
	}
	var at []int64
	for pos, ok := v.Change(Pos{}, false); ok; pos, ok = v.Change(pos, false) {
		at = append(at, pos.Line)
	}
	if d := cmp.Diff([]int64{3, 6, 10, 14}, at); d != "" {
		t.Error(d)
	}
	if pos, ok := v.Change(Pos{Line: 10}, true); !ok || pos.Line != 6 {
		t.Errorf("before line 10 there is %v, %v", pos, ok)
	}
	if _, ok := v.Change(Pos{Line: 3}, true); ok {
		t.Error("there is a change before the first")
	}
}

func TestDifferenceSideBySide(t *testing.T) {
	const width = 61
	v := difference(t, diffA, diffB).SideBySide(width)
	got := drawn(t, v, width)
	want := ` 3 ~   "name": "Ada",         │  3 ~   "name": "Ada L",
`
	if !strings.Contains(got, want) || !strings.Contains(got, " 9 -   \"gone\": true,          │\n") {
		t.Errorf("got\n%s", got)
	}
	long := difference(t, strings.Repeat("x", 9000)+"\n", strings.Repeat("x", 8000)+"世界\x1b[2J\t"+strings.Repeat("x", 1000)+"\n")
	for _, w := range []int{1, 10, 31, 120} {
		window, err := long.SideBySide(w).Window(Pos{}, Layout{Width: 1 << 20, Height: 10})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range window.Rows[1:] {
			text := ""
			for _, s := range row.Spans {
				text += s.Text
			}
			if strings.ContainsRune(text, 0x1b) {
				t.Error("an escape sequence reaches the terminal")
			}
			if n := ansi.StringWidth(text); w > 30 && n > w && strings.Contains(text, "│") {
				t.Errorf("in %d cells a row takes %d: %q", w, n, text)
			}
		}
	}
	if text := drawn(t, long.Unified(), 200); !strings.Contains(text, "⋯ 7936 bytes alike x") || !strings.Contains(text, "世界␛[2J") {
		t.Errorf("of a long line one sees %s", text)
	}
}

func TestDifferenceOfText(t *testing.T) {
	got := drawn(t, difference(t, "a\r\nsame\nold one\nend", "a\nsame\nnew one\nend\n").Unified(), 200)
	want := `body
 1    - a (CRLF)
    1 + a (LF)
 2  2   same
 3    - old one
 4    - end (no newline at the end)
    3 + new one
    4 + end
`
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
