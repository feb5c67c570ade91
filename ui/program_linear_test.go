package ui_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/testdata/terminal"
)

// movedBytes is what moving by a row of the tree may cost on a slow line.
const movedBytes = 400

// readsLinear drives the workbench as who hears it does: by the cursor, and by words.
func readsLinear(t *testing.T, p program) {
	d := terminal.Drive(t, p.command("demo", "-C", p.demo, "--linear"), terminal.Options{Width: 80, Height: 24})
	d.Sees("Request, ", "Response, Body side")
	d.Keys("alt+1")
	d.Sees("Sidebar, Collection side")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	lines := strings.Split(d.Screen(), "\n")
	at := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, "GET   first-get") })
	// While it is drawn, the cursor is wherever something is written: only the line that it has to stay at counts.
	isAt := func(want int) {
		t.Helper()
		if _, err := d.UntilCursor(ctx, func(_, y int) bool { return y == want }); err != nil {
			t.Fatal(err)
		}
	}
	isAt(at)
	for i := range 6 {
		before := len(d.Output())
		d.Keys("down")
		isAt(at + i + 1)
		if cost := len(d.Output()) - before; cost > movedBytes {
			t.Errorf("a row further costs %d bytes, more than %d: %q", cost, movedBytes, d.Output()[before:])
		}
	}
	d.Keys("enter", "f5")
	d.Sees("Response, Body side", "200 OK")
	if i := strings.IndexAny(d.Screen(), "─│━┃╭▌▸▾●"); i >= 0 {
		t.Errorf("there are signs on the screen:\n%s", d.Screen())
	}
	d.Keys("ctrl+c")
	d.Leaves()
}
