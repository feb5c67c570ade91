package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// foot is the last line of the screen.
func foot(b *bench) string {
	lines := strings.Split(strings.TrimRight(b.Grid(), "\n"), "\n")
	return lines[len(lines)-1]
}

// clickFoot clicks a word of the footer.
func clickFoot(b *bench, word string) {
	b.t.Helper()
	x := strings.Index(foot(b), word)
	if x < 0 {
		b.t.Fatalf("the footer has no %q: %q", word, foot(b))
	}
	b.Send(tea.MouseClickMsg{X: len([]rune(foot(b)[:x])), Y: b.root.height - 1, Button: tea.MouseLeft})
}

// What lies on top has the keys, and the footer says so: none of those that work below it.
func TestTheFooterNamesTheKeysOfWhatLiesOnTop(t *testing.T) {
	for _, size := range fourSizes {
		b := open(t, size[0], size[1])
		b.Press("f5")
		b.WaitText("200 OK")
		for _, c := range []struct{ keys, wants string }{
			{"ctrl+p", "enter Pick"},
			{"ctrl+r", "enter Open"},
			{"alt+e", "enter Pick"},
			{"ctrl+x 8", "enter Variables"},
			{"ctrl+x t", "enter Pick"},
			{"alt+c", "enter Edit"},
			{"alt+s", "enter Use"},
			{"alt+m", "enter Do it"},
			{"ctrl+o", "a-z Go there"},
			{"f1", "enter Pick"},
		} {
			for key := range strings.FieldsSeq(c.keys) {
				b.Press(key)
			}
			b.WaitFor("what lies on top", func(string) bool { return b.root.overlays.Top() != nil })
			if got := foot(b); !strings.HasPrefix(strings.TrimSpace(got), c.wants) || !strings.Contains(got, "esc ") || strings.Contains(got, "Save") {
				t.Errorf("at %v after %s the footer is %q", size, c.keys, got)
			}
			b.Press("esc")
		}
		if got := foot(b); !strings.Contains(got, "F5 Send") {
			t.Errorf("at %v the footer stays %q", size, got)
		}
	}
}

func TestTipsOfTheFooterCanBeClicked(t *testing.T) {
	b := open(t, 80, 24)
	b.Press("ctrl+p")
	b.Type("zoom")
	clickFoot(b, "Pick")
	if b.root.overlays.Top() != nil || !b.root.zoomed {
		t.Errorf("the click on enter does not pick\n%s", b.Grid())
	}
	b.Press("alt+c")
	clickFoot(b, "Add")
	b.WaitText("Add a cookie")
	clickFoot(b, "Cancel")
	clickFoot(b, "Close")
	if b.root.overlays.Top() != nil {
		t.Errorf("the clicks on esc do not close\n%s", b.Grid())
	}
}

// Whatever can follow on a chord is seen at any size: where there is no room for all of it, page by page.
func TestEveryPageOfAChordCanBeSeen(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {200, 60}} {
		b := open(t, size[0], size[1])
		b.Press("ctrl+x")
		all := b.Grid()
		for range 5 {
			b.Press("pgdown")
			all += b.Grid()
		}
		for _, hint := range b.root.keymap.Follow("ctrl+x", b.root.context()) {
			begin := []rune(hint.Title)
			if !strings.Contains(all, string(begin[:min(12, len(begin))])) {
				t.Errorf("at %v %q is on no page", size, hint.Title)
			}
		}
		if b.Press("z"); !b.root.zoomed {
			t.Errorf("at %v the chord was lost by turning pages", size)
		}
	}
	b := open(t, 80, 24)
	b.Press("ctrl+x")
	first := b.Grid()
	b.Send(tea.MouseWheelMsg{X: 5, Y: 10, Button: tea.MouseWheelDown})
	if b.Grid() == first || !strings.Contains(b.Grid(), "2 of ") {
		t.Error("the wheel does not turn the pages")
	}
	clickFoot(b, "Back")
	if b.Grid() != first {
		t.Errorf("a click does not turn back\n%s", b.Grid())
	}
	b.Press("esc", "ctrl+x")
	if b.Grid() != first {
		t.Error("another chord does not begin on the first page")
	}
}

// As in a spreadsheet, esc puts a cell back as it was; the footer says so as long as one types.
func TestTheFooterSaysWhatEscDoesInACell(t *testing.T) {
	b := open(t, 80, 24)
	b.Press("ctrl+x", "+", "h")
	b.Type("X-One")
	if got := foot(b); !strings.HasPrefix(got, " tab Next cell  esc Take back") {
		t.Errorf("in a cell the footer is %q", got)
	}
	clickFoot(b, "Take back")
	if len(b.root.tab().draft.Headers) != 0 || strings.Contains(foot(b), "Take back") {
		t.Errorf("the header stays\n%s", b.Grid())
	}
}

// While a request runs, how it is stopped stands first at any size.
func TestTheFooterStopsWhatRuns(t *testing.T) {
	for _, size := range fourSizes {
		b := open(t, size[0], size[1])
		b.Press("ctrl+l")
		b.Type("{{base_url}}/delay/9")
		b.Press("enter")
		b.WaitFor("the request", func(string) bool { return b.root.tab().runs() })
		if got := foot(b); !strings.HasPrefix(got, " ^C Stop") {
			t.Errorf("at %v the footer is %q", size, got)
		}
		clickFoot(b, "Stop")
		b.WaitText("Stopped")
		if got := foot(b); strings.Contains(got, "Stop") {
			t.Errorf("at %v the footer stays %q", size, got)
		}
	}
}

// A line that is typed in a pane has the keys of the footer, and what it found has them after that.
func TestTheFooterNamesTheKeysOfALineThatIsTyped(t *testing.T) {
	b := open(t, 80, 24)
	b.Press("f5")
	b.WaitText("200 OK")
	b.Press("alt+4", "/")
	if got := foot(b); !strings.HasPrefix(got, " enter To the first hit  esc End the search") {
		t.Errorf("in the search the footer is %q", got)
	}
	b.Type("log")
	b.WaitText("1 of 2")
	clickFoot(b, "To the first hit")
	if got := foot(b); !strings.HasPrefix(got, " n Next match  N Previous match") {
		t.Errorf("after the search the footer is %q", got)
	}
	clickFoot(b, "Next match")
	b.WaitText("2 of 2")
	b.Press("f")
	if got := foot(b); !strings.HasPrefix(got, " enter To the result  tab Language") {
		t.Errorf("in the filter the footer is %q", got)
	}
	clickFoot(b, "End the filter")
	b.Press("alt+1", "/")
	b.Type("json")
	clickFoot(b, "List all")
	if got := foot(b); !strings.HasPrefix(got, " [ ] Side") {
		t.Errorf("after the filter the footer is %q", got)
	}
}
