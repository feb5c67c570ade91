package uitest

import (
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Grid draws a view on a screen of w by h cells and returns the plain text, without the blanks at the line ends.
// Anything that would not fit the screen fails the test: a real terminal would wrap or lose it.
func Grid(t testing.TB, view string, w, h int) string {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) > h {
		t.Errorf("the view has %d lines on a screen of %d", len(lines), h)
	}
	for y, line := range lines {
		if width := ansi.StringWidth(line); width > w {
			t.Errorf("line %d is %d cells wide on a screen of %d: %q", y, width, w, ansi.Strip(line))
		}
	}
	screen := Screen(view, w, h)
	var b strings.Builder
	for y := range h {
		b.WriteString(strings.TrimRight(screen.Line(y).String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// Screen draws a view on a screen of w by h cells, for tests that look at styles.
func Screen(view string, w, h int) uv.ScreenBuffer {
	screen := uv.NewScreenBuffer(w, h)
	uv.NewStyledString(view).Draw(screen, screen.Bounds())
	return screen
}

// Exact fails the test unless the view covers exactly w by h cells.
func Exact(t testing.TB, view string, w, h int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Errorf("the view has %d lines, want %d", len(lines), h)
	}
	for y, line := range lines {
		if width := ansi.StringWidth(line); width != w {
			t.Errorf("line %d is %d cells wide, want %d: %q", y, width, w, ansi.Strip(line))
		}
	}
}
