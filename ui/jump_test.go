package ui

import (
	"strings"
	"testing"

	"parley/ui/action"
)

// letterOn presses ctrl+o and returns the letter before the title.
func (b *bench) letterOn(title string) string {
	b.t.Helper()
	before := strings.Split(b.Grid(), "\n")
	b.Press("ctrl+o")
	for y, line := range strings.Split(b.Grid(), "\n") {
		if at := strings.Index(before[y], title); at >= 0 {
			cell := len([]rune(before[y][:at]))
			return string([]rune(line)[cell-1])
		}
	}
	b.t.Fatalf("%q is not on the screen:\n%s", title, strings.Join(before, "\n"))
	return ""
}

func TestJump(t *testing.T) {
	b := open(t, 120, 36)
	for _, c := range []struct {
		title, section string
		focus          part
	}{
		{"Headers", "Headers", partRequest},
		{"Timing", "", partResponse},
		{"History", "", partSidebar},
		{"{{base_url}}", "", partURL},
		{"Options", "Options", partRequest},
	} {
		b.Press(b.letterOn(c.title))
		if b.root.focus != c.focus {
			t.Errorf("the letter on %s leads to %s", c.title, partNames[b.root.focus])
		}
		if c.section != "" && b.root.tab().request.Section() != c.section {
			t.Errorf("the letter on %s leads to %s", c.title, b.root.tab().request.Section())
		}
	}
	if b.root.sidebar.Context().Has(action.InTree) {
		t.Error("the history was not chosen")
	}
	plain := b.Grid()
	for _, key := range []string{"esc", "=", "ctrl+o", "ctrl+p"} {
		b.Press("ctrl+o")
		if b.Grid() == plain {
			t.Fatal("no letters are shown")
		}
		b.Press(key)
		if b.Grid() != plain {
			t.Errorf("%s leaves the letters, or does more:\n%s", key, b.Grid())
		}
	}
	b.Press("ctrl+n", "ctrl+x", "o")
	b.Resize(90, 30)
	if b.root.overlays.Top() != nil {
		t.Error("the letters stay although nothing is where it was")
	}
}
