package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// rightClick presses the right button on a text.
func (b *bench) rightClick(text string) {
	b.t.Helper()
	x, y := b.at(text)
	b.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseRight})
}

// The right button lists what fits what is under the mouse, and does nothing else.
func TestTheRightButtonListsWhatCanBeDone(t *testing.T) {
	for _, c := range []struct {
		name, text  string
		setup, want []string
		not         string
	}{
		{"tree", "list-params", nil, []string{"Rename", "Duplicate", "Move to…", "Send", "everything is saved"}, "Wrap long lines"},
		{"URL", "/users/github", nil, []string{"What the variable is", "Paste", "Undo"}, "Rename"},
		{"table", "lang", []string{"ctrl+p", "tour/list-params", "enter"}, []string{"Delete row", "Move row up", "Switch on or off"}, "Rename"},
		{"screen", "Name", []string{"alt+c"}, []string{"Import from a file", "Export to a file"}, "Rename"},
		{"tab", "GET first-get", nil, []string{"Close tab", "Pin tab", "there is no other tab"}, "Rename"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, 120, 36)
			for _, key := range c.setup {
				if strings.Contains(key, "/") {
					b.Type(key)
				} else {
					b.Press(key)
				}
			}
			tabs, path := len(b.root.tabs), b.root.tab().draft.Path
			b.rightClick(c.text)
			grid := b.Grid()
			for _, want := range c.want {
				if !strings.Contains(grid, want) {
					t.Errorf("the menu does not have %q:\n%s", want, grid)
				}
			}
			if strings.Contains(grid, c.not) {
				t.Errorf("the menu has %q:\n%s", c.not, grid)
			}
			if len(b.root.tabs) != tabs || b.root.tab().draft.Path != path {
				t.Error("the right button opens something")
			}
			b.Press("esc")
			if grid := b.Grid(); strings.Contains(grid, "─ esc close") && c.name != "screen" {
				t.Errorf("esc does not close it:\n%s", grid)
			}
		})
	}
}

func TestTheMenuIsChosenFromByKeysAndClicks(t *testing.T) {
	b := open(t, 80, 24)
	b.Press("alt+1", "alt+m")
	b.WaitText("New request here")
	b.Press("down", "enter")
	b.WaitText("Path")
	b.Press("esc")
	b.rightClick("list-params")
	b.click("Duplicate")
	b.WaitText("list-params copy")
	b.Press("shift+f10")
	b.click("Everything that can be done")
	b.WaitText("Search actions")
	b.Press("esc", "esc")
	for _, size := range fourSizes {
		b.Resize(size[0], size[1])
		b.Send(tea.MouseClickMsg{X: size[0] - 1, Y: size[1] - 4, Button: tea.MouseRight})
		if grid := b.Grid(); !strings.Contains(grid, "esc close") || !strings.Contains(grid, "Copy") {
			t.Errorf("at %v the menu is cut:\n%s", size, grid)
		}
		b.Press("esc")
	}
}

// Nobody can choose what cannot be done.
func TestTheMenuSaysWhyNot(t *testing.T) {
	b := open(t, 120, 36)
	b.rightClick("GET first-get")
	b.click("there is no other tab")
	if b.root.overlays.Top() == nil || len(b.root.tabs) != 1 {
		t.Error("the click on what is off has an effect")
	}
}

// On a screen the palette has what can be done there first; what else is picked leaves the screen.
func TestThePaletteOnAScreen(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+x", "8")
	b.WaitText("Environments")
	b.Press("ctrl+p")
	b.Type("Protect, or not")
	b.Press("enter")
	b.WaitText("protected")
	b.Press("ctrl+p")
	b.Type("Zoom pane")
	b.Press("enter")
	if b.root.overlays.Top() != nil || !b.root.zoomed {
		t.Errorf("the screen stays, or nothing was zoomed\n%s", b.Grid())
	}
}

// What a pane can do is not kept back because the root could not do it elsewhere.
func TestWhatFocusCanDoIsOffered(t *testing.T) {
	b := open(t, 120, 36)
	b.send("200 OK")
	b.Press("alt+1", "]")
	b.WaitText("200 GET")
	b.Press("ctrl+p")
	b.Type("Replay exchange")
	b.Press("enter")
	b.WaitText("as sent then")
}

// The button is let go over the list that it has opened: what is listed stays.
func TestLettingGoOverAPickerLeavesItsList(t *testing.T) {
	b := open(t, 120, 36)
	b.send("200 OK")
	b.Press("alt+4", "=")
	b.WaitText("0s ago")
	b.Send(tea.MouseReleaseMsg{X: 60, Y: 12, Button: tea.MouseLeft})
	if strings.Contains(b.Grid(), "Nothing in history fits") {
		t.Errorf("the list is empty\n%s", b.Grid())
	}
}
