package ui

import (
	"fmt"
	"strings"
	"testing"

	"parley/themes"
	"parley/ui/uitest"
)

// Screen readers and magnifiers follow the terminal's own cursor: it is in the row that is selected.
func TestTheCursorIsAtTheSelectedRow(t *testing.T) {
	for _, linear := range []bool{false, true} {
		for name, play := range map[string]func(*bench){
			"tree": func(b *bench) { b.Press("alt+1") },
			"headers": func(b *bench) {
				b.root.OpenRequest("users/create")
				b.root.tab().request.Show("Headers")
				b.Press("alt+3")
			},
			"attempts":     func(b *bench) { b.shows(eventful(b.t), "Attempts") },
			"wire":         func(b *bench) { b.shows(eventful(b.t), "Wire") },
			"received":     func(b *bench) { b.shows(eventful(b.t), "Headers") },
			"body":         func(b *bench) { b.body("application/json", orders) },
			"environments": func(b *bench) { environmentsOpen(b) },
			"jar":          func(b *bench) { b.fillJar(); b.Press("alt+c") },
			"menu":         func(b *bench) { b.Press("alt+1", "shift+f10") },
		} {
			t.Run(fmt.Sprintf("%s, linear %v", name, linear), func(t *testing.T) {
				b := openFixed(t, 120, 36)
				if linear {
					b.root.toggleLinear()
				}
				play(b)
				for _, key := range []string{"down", "down", "up", "down"} {
					b.Press(key)
					b.isAtTheSelection(key)
				}
			})
		}
	}
}

// isAtTheSelection fails the test unless the terminal's cursor is in the one row that is drawn as selected.
func (b *bench) isAtTheSelection(after string) {
	b.t.Helper()
	at := b.View().Cursor
	if at == nil {
		b.t.Fatalf("after %s there is no cursor:\n%s", after, b.Grid())
	}
	screen := uitest.Screen(b.View().Content, 120, 36)
	theme := b.root.styles.Theme()
	surface := func(x, y int) themes.Color {
		if cell := screen.CellAt(x, y); cell != nil && cell.Style.Bg != nil {
			return colorOf(cell.Style.Bg)
		}
		return 0
	}
	if got := surface(at.X, at.Y); got != theme.Style(themes.Selection).Bg && got != theme.Style(themes.Line).Bg {
		b.t.Errorf("after %s the cursor is at %d,%d on %s: %q", after, at.X, at.Y, got, strings.TrimRight(screen.Line(at.Y).String(), " "))
	}
}

// In a linear picker the cursor goes along in the list, and comes back to what is typed.
func TestALinearPickersCursorFollows(t *testing.T) {
	b := openFixed(t, 80, 24)
	b.root.toggleLinear()
	b.Press("ctrl+p")
	typed := b.View().Cursor.Y
	b.Press("down")
	first := b.View().Cursor.Y
	b.Press("down")
	if second := b.View().Cursor.Y; first <= typed || second != first+1 {
		t.Errorf("the cursor was at %d, and went to %d and %d", typed, first, second)
	}
	b.Type("x")
	if b.View().Cursor.Y != typed {
		t.Errorf("while one types it is at %d, not at %d", b.View().Cursor.Y, typed)
	}
}
