package widget

import (
	"slices"
	"strings"
	"testing"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/uitest"
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

func TestRowsOfNothingFollowWhatTheyDependOn(t *testing.T) {
	list := NewList(testStyles(), themes.Background)
	for _, c := range []struct {
		message string
		w, h    int
		want    string
	}{
		{"nothing yet", 14, 3, " nothing yet\n\n\n"},
		{"nothing yet", 10, 3, " nothing\n yet\n\n"},
		{"a word", 10, 2, " a word\n\n"},
		{"", 10, 2, "\n\n"},
	} {
		list.SetEmpty(c.message)
		list.SetSize(c.w, c.h)
		uitest.Exact(t, list.View(), c.w, c.h)
		if got := uitest.Grid(t, list.View(), c.w, c.h); got != c.want {
			t.Errorf("%q in %d×%d is %q, want %q", c.message, c.w, c.h, got, c.want)
		}
	}
}
