package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// at returns the cell where text begins on the screen.
func (b *bench) at(text string) (x, y int) {
	b.t.Helper()
	for y, line := range strings.Split(b.Grid(), "\n") {
		if i := strings.Index(line, text); i >= 0 {
			return len([]rune(line[:i])), y
		}
	}
	b.t.Fatalf("%q is not on the screen:\n%s", text, b.Grid())
	return 0, 0
}

// click clicks on the text.
func (b *bench) click(text string) {
	b.t.Helper()
	x, y := b.at(text)
	b.Click(x+1, y)
}

// side shows a side of the response, whose upper edge is the lowest line with its title.
func (b *bench) side(title string) {
	b.t.Helper()
	lines := strings.Split(b.Grid(), "\n")
	for y := len(lines) - 1; y >= 0; y-- {
		if i := strings.Index(lines[y], title); i >= 0 && strings.Contains(lines[y], " Body  ") {
			b.Click(len([]rune(lines[y][:i])), y)
			return
		}
	}
	b.t.Fatalf("no side is called %s:\n%s", title, b.Grid())
}

func TestEverythingCanBeClicked(t *testing.T) {
	b := open(t, 120, 36)
	b.click("Send ")
	b.WaitText("200 OK")
	b.click("Timing")
	b.WaitText("Connection")
	b.click("Options")
	b.WaitText("Connect timeout")
	b.click("GET   query")
	b.WaitText("/search/repositories")
	if len(b.root.tabs) != 2 {
		t.Fatalf("%d tabs are open", len(b.root.tabs))
	}
	x, y := b.at(" query  ")
	b.click("GET first-get")
	if b.root.current != 0 {
		t.Error("a click on a tab does not show it")
	}
	b.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseMiddle})
	if len(b.root.tabs) != 1 && b.root.tabs[0].name() != "first-get" {
		t.Error("the middle button does not close a tab")
	}
	b.click("GET   ▾")
	b.WaitText("OPTIONS")
	b.click("TRACE")
	if b.root.tab().method() != "TRACE" {
		t.Errorf("the method is %s", b.root.tab().method())
	}
	b.click("env ")
	b.WaitText("playground-tls")
	b.Click(0, 0)
	if b.root.overlays.Top() != nil {
		t.Error("a click beside a picker leaves it open")
	}
	b.click("History")
	b.WaitText("tour/first-get")
	b.click("200 GET")
	b.WaitText("from history")
	b.click("F1 ")
	b.WaitText("Help: keys in")
}

func TestTheWheelScrollsWhatIsUnderIt(t *testing.T) {
	b := open(t, 80, 24)
	b.Press("f5")
	b.WaitText(`"login"`)
	b.WaitText("15 lines")
	b.Wheel(20, 18, 2)
	if strings.Contains(b.Grid(), `"login"`) {
		t.Errorf("the wheel does not scroll the body:\n%s", b.Grid())
	}
	if b.root.focus != partURL {
		t.Error("the wheel takes focus")
	}
	b.Wheel(20, 18, -2)
	b.WaitText(`"login"`)
	b.Send(tea.MouseWheelMsg{X: 20, Y: 18, Button: tea.MouseWheelRight})
	if !strings.Contains(b.Grid(), `"login"`) {
		t.Error("a wheel to the side scrolls down")
	}
}

func TestTheTreeIsChangedByKeys(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+1", "A")
	b.Press("ctrl+a", "ctrl+k")
	b.Type("made")
	b.Press("enter")
	b.WaitText("▸ made")
	b.Press("a", "ctrl+a", "ctrl+k")
	b.Type("made/one")
	b.Press("enter")
	b.WaitFor("the request", func(string) bool { return b.root.tab().draft.Path == "made/one" })
	b.Press("alt+1")
	b.WaitText("▌  GET   one")
	b.Press("p")
	b.WaitText("copied to made/one copy")
	b.WaitText("▌  GET   one copy")
	b.Press("k", "r", "ctrl+a", "ctrl+k")
	b.Type("made/two")
	b.Press("enter")
	b.WaitText("moved to made/two")
	if got := b.root.tab().draft.Path; got != "made/two" {
		t.Errorf("the open request is %s", got)
	}
	b.WaitText("▌  GET   two")
	b.Press("m", "ctrl+a", "ctrl+k")
	b.Type("two")
	b.Press("enter")
	b.WaitText("moved to two")
	b.WaitText("▌GET   two")
	b.Press("d")
	b.WaitText("deleted two")
	b.Press("ctrl+z")
	b.WaitText("took back the deletion of two")
	b.WaitFor("the file", func(string) bool { return b.read("two.toml") != "" })
	// What was taken back can be made again, and so on to the first change.
	exists := func(name string) func(string) bool {
		return func(string) bool { _, err := os.Lstat(filepath.Join(b.dir, name)); return err == nil }
	}
	gone := func(name string) func(string) bool {
		return func(screen string) bool { return !exists(name)(screen) }
	}
	b.Press("ctrl+y")
	b.WaitFor("the deletion again", gone("two.toml"))
	b.Press("ctrl+z")
	b.WaitFor("the file again", exists("two.toml"))
	b.Press("ctrl+z")
	b.WaitText("took back the move of made/two")
	b.WaitFor("the file where it was", exists("made/two.toml"))
	b.Press("ctrl+z")
	b.WaitFor("its first name", exists("made/one.toml"))
	b.WaitFor("the open request", func(string) bool { return b.root.tab().draft.Path == "made/one" })
	b.Press("ctrl+z")
	b.WaitText("there is nothing to undo")
	b.Press("ctrl+y")
	b.WaitText("made again: the move of made/one")
	b.WaitFor("its second name", exists("made/two.toml"))
}

func TestTheTrashIsRestoredFromThePalette(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+1", "g", "d")
	b.WaitFor("the folder to go", func(string) bool { _, err := os.Lstat(filepath.Join(b.dir, "tour")); return err != nil })
	b.WaitText("tour/first-get has no file any more")
	b.root.organised = fileChanges{} // as after a restart
	b.Press("ctrl+p")
	b.Type("restore from")
	b.WaitText("Restore from the trash")
	b.Press("enter")
	b.WaitFor("the trash", func(grid string) bool {
		return strings.Contains(grid, "Restore from the trash") && !strings.Contains(grid, "restore from")
	})
	b.Press("enter")
	b.WaitText("restored tour/")
	b.WaitFor("the folder", func(string) bool { return b.read("tour/first-get.toml") != "" })
	b.WaitFor("the open request to have its file", func(string) bool { return !b.root.tab().dirty })
}

func TestAPathThatIsTakenIsRefused(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n", "ctrl+s", "ctrl+a", "ctrl+k")
	b.Type("tour/query")
	b.Press("enter")
	b.WaitText("is there already")
	b.Press("ctrl+a", "ctrl+k")
	b.Type("../outside")
	b.Press("enter")
	if b.root.overlays.Top() == nil {
		t.Error("a path outside the collection is taken")
	}
}
