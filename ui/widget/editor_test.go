package widget

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"parley/themes"
	"parley/ui/style"
	"parley/ui/uitest"
	"parley/ui/widget/text"
)

func testStyles() style.Styles {
	return style.New(themes.Embedded().Default(true), colorprofile.TrueColor)
}

func press(w interface{ Update(tea.Msg) bool }, keys ...string) {
	for _, key := range keys {
		w.Update(uitest.Key(key))
	}
}

func typeText(w interface{ Update(tea.Msg) bool }, s string) {
	for _, key := range uitest.Typed(s) {
		w.Update(key)
	}
}

func newEditor(s string, w, h int) *Editor {
	e := NewEditor(testStyles(), EditorOptions{Numbers: w >= 20, Highlight: quoted})
	e.SetSize(w, h)
	e.Focus(true)
	e.Reset(s)
	return e
}

// quoted is a highlighter that knows strings.
func quoted(line string) []Span {
	var spans []Span
	for i := 0; i < len(line); {
		open := strings.IndexByte(line[i:], '"')
		if open < 0 {
			break
		}
		open += i
		end := strings.IndexByte(line[open+1:], '"')
		if end < 0 {
			spans = append(spans, Span{open, len(line), themes.String})
			break
		}
		i = open + end + 2
		spans = append(spans, Span{open, i, themes.String})
	}
	return spans
}

func TestEditorTypesAndShows(t *testing.T) {
	e := newEditor("", 30, 5)
	typeText(e, "{\n\"a\": [1, 2]\n}")
	if got := e.Text(); got != "{\n  \"a\": [1, 2]\n}" {
		t.Fatalf("typed %q", got)
	}
	uitest.Exact(t, e.View(), 30, 5)
	uitest.Golden(t, "editor", uitest.Grid(t, e.View(), 30, 5))
	if x, y, ok := e.Cursor(); x != 5 || y != 2 || !ok {
		t.Errorf("the cursor is at %d,%d %v", x, y, ok)
	}
	e.Focus(false)
	if _, _, ok := e.Cursor(); ok {
		t.Error("a cursor without focus")
	}
}

func TestEditorWideCharacters(t *testing.T) {
	e := newEditor("日本語 e\u0301\tx\x1b[31m👩‍👩‍👧!", 19, 2)
	uitest.Exact(t, e.View(), 19, 2)
	for range 40 {
		press(e, "right")
		uitest.Exact(t, e.View(), 19, 2)
		if x, _, ok := e.Cursor(); !ok || x < 0 || x >= 19 {
			t.Fatalf("the cursor left the view: %d", x)
		}
	}
	press(e, "home", "right", "right")
	if x, _, _ := e.Cursor(); x != 4 {
		t.Errorf("after two wide characters the cursor is at %d", x)
	}
	if strings.Contains(e.View(), "\x1b[31m👩") {
		t.Error("the text's escape sequence reached the screen")
	}
}

func TestEditorSelection(t *testing.T) {
	e := newEditor("one two\nthree", 12, 3)
	press(e, "ctrl+shift+right", "shift+down")
	if got := e.Selected(); got != "one two\nthr" {
		t.Errorf("selected %q", got)
	}
	screen := uitest.Screen(e.View(), 12, 3)
	selection := testStyles().Color(themes.Selection)
	for _, c := range []struct {
		x, y int
		want bool
	}{{0, 0, true}, {7, 0, true}, {8, 0, false}, {2, 1, true}, {3, 1, false}} {
		if got := screen.CellAt(c.x, c.y).Style.Bg == selection; got != c.want {
			t.Errorf("cell %d,%d selected: %v", c.x, c.y, got)
		}
	}
	if got := e.Cut(); got != "one two\nthr" || e.Text() != "ee" {
		t.Errorf("cut %q, left %q", got, e.Text())
	}
	e.Undo()
	if e.Text() != "one two\nthree" {
		t.Errorf("undone to %q", e.Text())
	}
}

func TestEditorMouse(t *testing.T) {
	e := newEditor("one\ntwo\nthree\nfour\nfive", 12, 3)
	e.Update(tea.MouseClickMsg{X: 1, Y: 1, Button: tea.MouseLeft})
	e.Update(tea.MouseMotionMsg{X: 2, Y: 2, Button: tea.MouseLeft})
	if got := e.Selected(); got != "wo\nth" {
		t.Errorf("dragged over %q", got)
	}
	e.Update(tea.MouseMotionMsg{X: 2, Y: 5, Button: tea.MouseLeft})
	e.Update(tea.MouseReleaseMsg{X: 2, Y: 5, Button: tea.MouseLeft})
	if got := e.Selected(); got != "wo\nthree\nfo" {
		t.Errorf("dragging below the view does not scroll: %q", got)
	}
	e.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if got := uitest.Grid(t, e.View(), 12, 3); got != "three\nfour\nfive\n" {
		t.Errorf("the wheel shows\n%s", got)
	}
	e.Update(tea.MouseClickMsg{X: 50, Y: 2, Button: tea.MouseLeft})
	if e.Position() != (text.Pos{Line: 4, Col: 4}) {
		t.Errorf("a click after the text goes to %v", e.Position())
	}
}

func TestInput(t *testing.T) {
	e := NewInput(testStyles(), EditorOptions{Placeholder: "https://…"})
	e.SetSize(12, 1)
	e.Focus(true)
	if got := uitest.Grid(t, e.View(), 12, 1); got != "https://…\n" {
		t.Errorf("the placeholder shows as %q", got)
	}
	e.Update(tea.PasteMsg{Content: "a\r\nb"})
	if e.Text() != "a b" {
		t.Errorf("pasted %q", e.Text())
	}
	for _, key := range []string{"enter", "tab", "up", "f5", "ctrl+s"} {
		if e.Update(uitest.Key(key)) {
			t.Errorf("%s was taken", key)
		}
	}
	typeText(e, " long enough to scroll")
	if got := uitest.Grid(t, e.View(), 12, 1); got != "… to scroll\n" {
		t.Errorf("scrolled to %q", got)
	}
	press(e, "ctrl+a")
	if got := uitest.Grid(t, e.View(), 12, 1); got != "a b long en…\n" {
		t.Errorf("back at %q", got)
	}
	press(e, "ctrl+e")
	for range 12 { // to the cell beside the mark
		press(e, "left")
	}
	if got := uitest.Grid(t, e.View(), 12, 1); got != "…gh to scro…\n" {
		t.Errorf("in the middle it shows %q", got)
	}
	if x, _, ok := e.Cursor(); !ok || x == 0 || x == 11 {
		t.Errorf("the cursor is at %d, on a mark", x)
	}
	e.Focus(false)
	if got := uitest.Grid(t, e.View(), 12, 1); got != "a b long en…\n" {
		t.Errorf("without focus it shows %q", got)
	}
}

func TestEditorMask(t *testing.T) {
	e := NewInput(testStyles(), EditorOptions{Mask: "•"})
	e.SetSize(10, 1)
	e.Focus(true)
	typeText(e, "päß")
	e.SelectAll()
	if got := uitest.Grid(t, e.View(), 10, 1); got != "•••\n" {
		t.Errorf("shows %q", got)
	}
	if e.Selected() != "" || e.Cut() != "" || e.Text() != "päß" {
		t.Error("a masked text can be copied or cut")
	}
	if x, _, _ := e.Cursor(); x != 3 {
		t.Errorf("the cursor is at %d", x)
	}
}

func TestEditorMarksAndBrackets(t *testing.T) {
	e := newEditor("{\"}\": [1\n}", 40, 3)
	e.SetMarks(Mark{From: text.Pos{Line: 1, Col: 0}, To: text.Pos{Line: 1, Col: 1}, Role: themes.Invalid, Message: "expected ]"})
	if got := uitest.Grid(t, e.View(), 40, 3); !strings.Contains(got, " 2! }") || e.Complaint() != "expected ]" {
		t.Errorf("the mark is not before the line, or says %q:\n%s", e.Complaint(), got)
	}
	if got := e.matchBrackets(); len(got) != 0 {
		t.Errorf("a brace with an open bracket before its partner matches %v", got)
	}
	e.SetMarks()
	e.Reset("{\"}\": [1]\n}")
	if got := e.matchBrackets(); len(got) != 2 || got[1] != (text.Pos{Line: 1, Col: 0}) {
		t.Errorf("the brace matches %v", got)
	}
	press(e, "ctrl+end")
	if got := e.matchBrackets(); len(got) != 2 || got[1] != (text.Pos{Line: 0, Col: 0}) {
		t.Errorf("the closing brace matches %v", got)
	}
}

// What the caches of columns and of rows say must be what a walk from the start says.
func FuzzColumns(f *testing.F) {
	f.Add("aé日\t\x1b👩‍👩‍👧", []byte{1, 2, 3, 200, 100, 0, 50})
	f.Fuzz(func(t *testing.T, seed string, ops []byte) {
		if seed == "" || strings.Contains(seed, "\n") {
			return
		}
		e := newEditor(strings.Repeat(seed, 3*columnStep/len(seed)+1), 40, 2)
		wrapped := newWrapped(e.Text(), 30, 3)
		for i, op := range ops[:min(len(ops), 9)] {
			line := e.buffer.Line(0)
			e.buffer.MoveTo(text.Pos{Col: len(line) * int(op) / 256}, false)
			if i%3 == 2 {
				e.Paste(seed)
			}
			at := e.buffer.Cursor()
			if got, want := e.column(at), walk(e.buffer.Line(0), point{}, at.Col, unbounded).column; got != want {
				t.Fatalf("byte %d is in column %d, want %d", at.Col, got, want)
			}
			uitest.Exact(t, e.View(), 40, 2)
			wrapped.SetText(e.Text())
			wrapped.buffer.MoveTo(at, false)
			wrapped.Paste(seed)
			wrapped.Undo()
			press(wrapped, []string{"up", "down", "end", "home", "pgup", "pgdown"}[op%6])
			checkRows(t, wrapped, at)
		}
	})
}

func BenchmarkEditorKey(b *testing.B) {
	for name, s := range map[string]string{
		"lines":   strings.Repeat("  \"name\": \"some value\",\n", 1<<20/24),
		"oneline": strings.Repeat("\"name\": \"some value\",", 1<<20/21),
		"wide":    strings.Repeat("\"näme\": \"söme välue\",", 1<<20/25),
	} {
		b.Run(name, func(b *testing.B) {
			e := newEditor(s, 120, 36)
			e.Go(len(s) / 2)
			key := uitest.Key("x")
			for b.Loop() {
				e.Update(key)
				_ = e.View()
			}
		})
	}
}
