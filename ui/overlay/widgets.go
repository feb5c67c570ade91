package overlay

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// split returns the lines of a widget's view.
func split(view string) []string { return strings.Split(view, "\n") }

// inside returns the cursor of a widget that stands in a sheet's upper left corner.
func inside(x, y int, ok bool) *tea.Cursor {
	if !ok {
		return nil
	}
	return tea.NewCursor(x+1, y+1)
}
