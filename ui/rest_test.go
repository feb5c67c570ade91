package ui

import (
	"strings"
	"testing"

	"parley/ui/action"
)

// openVim is open with the keymap vim.
func openVim(t *testing.T) *bench {
	t.Helper()
	b := open(t, 120, 36)
	preset, err := action.PresetNamed("vim")
	if err != nil {
		t.Fatal(err)
	}
	keymap, err := preset.Keymap()
	if err != nil {
		t.Fatal(err)
	}
	b.root.keymap, b.root.matcher = keymap, action.NewMatcher(keymap)
	b.root.resting = true
	return b
}

// Letters are keys until i types, esc leaves the field again, and the fingers never leave the home row.
func TestVimTypesAndLeaves(t *testing.T) {
	b := openVim(t)
	before := b.root.tab().draft.URL.Text
	b.Press("x", "q", "é")
	if got := b.root.tab().draft.URL.Text; got != before {
		t.Fatalf("letters type at rest: %q", got)
	}
	b.Press("end", "i", "x")
	if got := b.root.tab().draft.URL.Text; got == before || !strings.Contains(got, "x") {
		t.Fatalf("i does not type: %q", got)
	}
	b.Press("esc", "u")
	if got := b.root.tab().draft.URL.Text; got != before {
		t.Errorf("u does not undo: %q", got)
	}
	b.Press("ctrl+r")
	if got := b.root.tab().draft.URL.Text; got == before {
		t.Error("ctrl+r does not redo")
	}
	b.Press("j")
	if b.root.focus != partRequest {
		t.Errorf("j leads to %s", partNames[b.root.focus])
	}
	b.Press("ctrl+w", "h")
	if b.root.focus != partSidebar {
		t.Errorf("ctrl+w h leads to %s", partNames[b.root.focus])
	}
	b.Press("ctrl+w", "l")
	if b.root.focus == partSidebar {
		t.Error("ctrl+w l stays")
	}
	b.Press("space", "n")
	b.Type("api.example.com")
	if len(b.root.tabs) != 2 || b.root.tab().draft.URL.Text != "api.example.com" {
		t.Errorf("a new request does not take what is typed: %q", b.root.tab().draft.URL.Text)
	}
	b.Press("esc", "g", "T")
	if b.root.current != 0 {
		t.Error("gT does not go to the tab before")
	}
	b.Press(":")
	b.WaitText("Search actions")
}

func TestVimDeletesRows(t *testing.T) {
	b := openVim(t)
	b.root.OpenRequest("tour/list-params")
	b.Press("g", "p")
	if b.root.focus != partRequest || b.root.tab().request.Section() != "Params" {
		t.Fatal("g p does not lead to the parameters")
	}
	rows := func() int { return strings.Count(b.Grid(), "☑") + strings.Count(b.Grid(), "☐") }
	before := rows()
	b.Press("g", "g", "d")
	if !strings.Contains(b.Grid(), "Delete row") {
		t.Errorf("d does not say what can follow:\n%s", b.Grid())
	}
	b.Press("d")
	if rows() != before-1 {
		t.Errorf("dd leaves %d rows of %d", rows(), before)
	}
	b.Press("u")
	if rows() != before {
		t.Errorf("u leaves %d rows of %d", rows(), before)
	}
}

// Keys that only some terminals send are named once the terminal has said that it does.
func TestKeysThatTheTerminalDoesNotSend(t *testing.T) {
	b := open(t, 120, 36)
	b.root.options.Swallowed = []string{"f5", "ctrl+s"}
	b.root.footing = footing{}
	grid := b.Grid()
	line := grid[strings.LastIndex(strings.TrimRight(grid, "\n"), "\n")+1:]
	if !strings.Contains(line, "^J Send") || !strings.Contains(line, "^X w Save") {
		t.Errorf("the footer names keys that do not come: %q", line)
	}
	b.Press("f1")
	b.Type("send")
	if grid := b.Grid(); !strings.Contains(grid, "✗F5") || strings.Contains(grid, " F5 ┃") || strings.Contains(grid, " · ctrl+enter") {
		t.Errorf("help does not mark them:\n%s", grid)
	}
}
