package pane

import (
	"strings"
	"testing"

	"parley/collections"
	"parley/ui/action"
)

// The text of rows begins on the line of the row that had the cursor; what comes from elsewhere has no line.
func TestTheTextOfRowsBeginsOnTheRow(t *testing.T) {
	rows := []collections.Entry{{Name: "A", Value: collections.Str("1")}, {Name: "B", Value: collections.Str("2")}}
	for downs, want := range []string{"|A: 1\nB: 2", "|A: 1\nB: 2", "A: 1\n|B: 2", "A: 1\nB: 2|"} {
		e := newHeaders()
		e.setSize(60, 10)
		e.setRequest(&collections.Request{Headers: rows})
		e.inherit([]Inherited{{Name: "From", Value: "above", Scope: "folder"}})
		e.setFocus(true)
		e.do(action.Top)
		for range downs {
			e.do(action.Down)
		}
		e.do(action.RowsAsText)
		text, at := e.grid.text.Text(), e.grid.text.Offset()
		if got := text[:at] + "|" + text[at:]; got != want {
			t.Errorf("%d rows down: %q, want %q", downs, got, want)
		}
		if _, y, ok := e.cursor(); !ok || y != strings.Count(want[:strings.Index(want, "|")], "\n") {
			t.Errorf("%d rows down the cursor is in line %d", downs, y)
		}
	}
}
