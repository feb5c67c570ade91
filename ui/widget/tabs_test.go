package widget

import (
	"testing"

	"parley/themes"
)

// Wherever a tab is dragged to, the mouse is on it then: it does not jump to and fro over one that is wider.
func TestADraggedTabStaysBelowTheMouse(t *testing.T) {
	tabs := []Tab{{Title: "a"}, {Title: "much longer than that"}, {Title: "bb"}, {Title: "long, too"}}
	for active := range tabs {
		for x := range 60 {
			line := NewTabs(testStyles(), themes.Background)
			line.SetSize(100)
			line.SetTabs(tabs, active)
			to := line.Drag(x)
			moved := append([]Tab{}, tabs[:active]...)
			moved = append(moved, tabs[active+1:]...)
			moved = append(moved[:to:to], append([]Tab{tabs[active]}, moved[to:]...)...)
			line.SetTabs(moved, to)
			if again := line.Drag(x); again != to {
				t.Errorf("tab %d at cell %d goes to %d, and on to %d", active, x, to, again)
			}
		}
	}
}
