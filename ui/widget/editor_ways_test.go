package widget

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/ui/uitest"
	"parley/ui/widget/text"
)

func newVim(s string, w, h int) *Editor {
	e := newEditor(s, w, h)
	e.SetWay(Vim)
	return e
}

func TestVimInTheEditor(t *testing.T) {
	e := newVim("one two\nthree", 30, 4)
	if e.Mode() != "NORMAL" || e.Shape() != tea.CursorBlock {
		t.Errorf("begins as %s, %v", e.Mode(), e.Shape())
	}
	typeText(e, "cwfour")
	if e.Mode() != "INSERT" || e.Shape() != tea.CursorBar {
		t.Errorf("types as %s, %v", e.Mode(), e.Shape())
	}
	press(e, "backspace", "backspace", "left")
	typeText(e, "x")
	if !e.Escape() || e.Text() != "fxo two\nthree" {
		t.Errorf("changed to %q", e.Text())
	}
	if !e.Takes("ctrl+r") {
		t.Error("ctrl+r is left to others in normal mode")
	}
	typeText(e, "vj")
	if got := e.Selected(); got != "xo two\nth" {
		t.Errorf("selected %q", got)
	}
	if e.Mode() != "VISUAL" || !e.Escape() || e.Selected() != "" || e.Escape() {
		t.Error("esc does not leave visual mode, or leaves more")
	}
	e.Paste("pasted")
	if !strings.Contains(e.Text(), "pasted") || e.Mode() != "NORMAL" {
		t.Errorf("pasted: %q", e.Text())
	}
	e.SetWay(Plain)
	typeText(e, "x")
	if e.Mode() != "" || strings.Count(e.Text(), "x") != 2 {
		t.Errorf("plain keys do not type: %q", e.Text())
	}
}

func TestVimSearches(t *testing.T) {
	e := newVim("ab x ab x ab", 40, 4)
	typeText(e, "/x")
	press(e, "enter")
	if e.Finding() || e.Position() != (text.Pos{Col: 3}) {
		t.Fatalf("the search leads to %v", e.Position())
	}
	typeText(e, "n")
	if e.Position() != (text.Pos{Col: 8}) {
		t.Errorf("n leads to %v", e.Position())
	}
	typeText(e, "N")
	if e.Position() != (text.Pos{Col: 3}) {
		t.Errorf("N leads to %v", e.Position())
	}
	typeText(e, "x.")
	if e.Text() != "ab ab x ab" {
		t.Errorf("after x and the dot: %q", e.Text())
	}
}

func TestClicksSelectWordsAndLines(t *testing.T) {
	now := time.Unix(0, 0)
	e := NewEditor(testStyles(), EditorOptions{Clock: func() time.Time { return now }})
	e.SetSize(19, 3)
	e.Focus(true)
	e.Reset("one two\nthree")
	click := func(after time.Duration, mod tea.KeyMod) string {
		now = now.Add(after)
		e.Update(tea.MouseClickMsg{X: 5, Y: 0, Button: tea.MouseLeft, Mod: mod})
		e.Update(tea.MouseReleaseMsg{X: 5, Y: 0, Button: tea.MouseLeft})
		return e.Selected()
	}
	for i, want := range []string{"", "two", "one two\n", ""} {
		if got := click(100*time.Millisecond, 0); got != want {
			t.Errorf("click %d selects %q, want %q", i+1, got, want)
		}
	}
	if got := click(time.Second, 0); got != "" {
		t.Errorf("a late click selects %q", got)
	}
	press(e, "ctrl+home")
	now = now.Add(time.Second)
	if got := click(0, tea.ModShift); got != "one t" {
		t.Errorf("a click with shift selects %q", got)
	}
	e.SetWay(Vim)
	now = now.Add(time.Second)
	click(0, 0)
	if got := click(0, 0); got != "two" || e.Mode() != "VISUAL" {
		t.Errorf("in vim two clicks select %q in %s", got, e.Mode())
	}
}

func TestFindLine(t *testing.T) {
	e := newEditor(strings.Repeat("abc\n", 5), 60, 4)
	e.StartFind()
	typeText(e, "b")
	if got := uitest.Grid(t, e.View(), 60, 4); !strings.Contains(got, "1 of 5") {
		t.Errorf("shows\n%s", got)
	}
	press(e, "up")
	if e.Position().Line != 4 {
		t.Errorf("up leads to %v", e.Position())
	}
	if got := uitest.Grid(t, e.View(), 60, 4); !strings.Contains(got, "5 of 5") || !strings.Contains(got, "5  abc") {
		t.Errorf("the hit is not shown:\n%s", got)
	}
	e.StartReplace()
	typeText(e, "xy")
	e.StartReplace()
	if got := e.Text(); got != strings.Repeat("axyc\n", 5) {
		t.Errorf("replaced all: %q", got)
	}
	press(e, "tab", "backspace")
	typeText(e, "/[/")
	if got := uitest.Grid(t, e.View(), 60, 4); !strings.Contains(got, "missing") {
		t.Errorf("half an expression is not complained of:\n%s", got)
	}
	x, y, ok := e.Cursor()
	if !e.Escape() || e.Finding() || !ok || y != 3 || x < 3 {
		t.Errorf("the cursor was at %d,%d, %v", x, y, ok)
	}
}

func TestPairsGetOutOfTheWay(t *testing.T) {
	for _, c := range []struct{ name, in, typed, want string }{
		{"in a string", `"|"`, "{[", `"{["`},
		{"a quote in a string", `"a|"`, `\"b"`, `"a\"b""`},
		{"before a word", "|word", "[", "[word"},
		{"an apostrophe is none", "|", "don't", "don't"},
		{"a quote after a word", "|", `5"`, `5"`},
		{"a string", "|", `"a": "b"`, `"a": "b"`},
		{"two braces", "|", "{{name}}", "{{name}}"},
		{"what was typed is not stepped over", "|]", "]", "]]"},
	} {
		e := newEditor(strings.Replace(c.in, "|", "", 1), 40, 3)
		e.SetPairs(`{}[]""`)
		e.Go(strings.Index(c.in, "|"))
		typeText(e, c.typed)
		if got := e.Text(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	e := newEditor("", 40, 3)
	e.SetPairs(`{}[]""`)
	typeText(e, "{")
	press(e, "backspace")
	e.Update(tea.PasteMsg{Content: `{"a": [`})
	if got := e.Text(); got != `{"a": [` {
		t.Errorf("pasted %q", got)
	}
}

// What replaces in the background is given up with the find line, and by another text; what would be too long is said.
func TestReplacingAllIsGivenUp(t *testing.T) {
	long := strings.Repeat("abc\n", smallText)
	for name, c := range map[string]struct {
		with, want, says string
		meanwhile        func(*Editor)
	}{
		"done":           {"x", strings.Repeat("xbc\n", smallText), "replaced", func(*Editor) {}},
		"left":           {"x", long, "", func(e *Editor) { e.Escape() }},
		"another text":   {"x", "new", "", func(e *Editor) { e.Reset("new") }},
		"another change": {"x", "typed" + long[1:], "changed", func(e *Editor) { e.buffer.Insert("typed") }},
		"too long":       {strings.Repeat("y", 1<<10), long, "nothing replaced", func(*Editor) {}},
	} {
		var waits []func() func()
		e := NewEditor(testStyles(), EditorOptions{Later: func(work func() func()) { waits = append(waits, work) }})
		e.SetSize(120, 4)
		e.Focus(true)
		e.Reset(long)
		all := func() {
			for len(waits) > 0 {
				work := waits[0]
				waits = waits[1:]
				work()()
			}
		}
		e.StartFind()
		typeText(e, "a")
		all()
		e.StartReplace()
		e.Paste(c.with)
		e.StartReplace()
		if got := uitest.Grid(t, e.View(), 120, 4); !strings.Contains(got, "esc gives it up") {
			t.Errorf("%s: nothing tells that it is on its way:\n%s", name, got)
		}
		c.meanwhile(e)
		all()
		if e.Text() != c.want {
			t.Errorf("%s: the text is %d bytes, want %d", name, len(e.Text()), len(c.want))
		}
		if got := uitest.Grid(t, e.View(), 120, 4); !strings.Contains(got, c.says) {
			t.Errorf("%s: says\n%s", name, got)
		}
	}
}
