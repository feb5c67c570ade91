package widget

import (
	"slices"
	"strings"
	"testing"

	"parley/ui/safe"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"the quick brown fox", 12, []string{"the quick", "brown fox"}},
		{"one\n\n  two", 12, []string{"one", "", "  two"}},
		{"http://long.example/path", 10, []string{"http://lon", "g.example/", "path"}},
		{"日本語日本", 4, []string{"日本", "語日", "本"}},
		{"a\x1b[31mb", 20, []string{"a␛[31mb"}},
	} {
		if got := Wrap(c.text, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d cells is %q, want %q", c.text, c.width, got, c.want)
		}
	}
	for _, line := range Wrap(strings.Repeat("word 日本語\u202e ", 50), 7) {
		if safe.Width(line) > 7 {
			t.Errorf("%q is wider than 7 cells", line)
		}
	}
}
