package ui

import (
	"slices"
	"strings"
	"testing"
)

// settingsOpen shows the settings of the folder that the cursor of the tree is on.
func settingsOpen(b *bench, folder string) {
	b.t.Helper()
	b.Press("alt+1")
	b.root.sidebar.SetCurrent(folder + "/")
	b.Press("e")
	b.WaitText(folder + "/settings")
}

func TestSettingsOfAFolderAreSavedByTheKeyOfRequests(t *testing.T) {
	b := openFixed(t, 120, 36)
	settingsOpen(b, "users")
	if !b.root.layout.URL.Empty() || !b.root.layout.Response.Empty() {
		t.Error("settings are not sent, but there is an URL bar or a response")
	}
	b.root.tab().request.Show("Vars")
	b.Press("tab")
	b.Type("team")
	b.Press("tab")
	b.Type("42")
	b.Press("enter", "ctrl+s")
	b.WaitText("saved users/folder.toml")
	if got := b.read("users/folder.toml"); got != "[vars]\nteam = \"42\"\n" {
		t.Errorf("the file is\n%s", got)
	}
	b.root.OpenRequest("users/list")
	b.WaitFor("the variable below", func(string) bool {
		input, err := b.root.work.Input(b.root.tab().draft)
		if err != nil {
			return false
		}
		for _, scope := range input.Request.Scopes {
			for _, v := range scope.Vars {
				if v.Name == "team" && v.Value.Text == "42" {
					return true
				}
			}
		}
		return false
	})
}

func TestTabWalksThroughSettingsAndTheTreeAlone(t *testing.T) {
	b := openFixed(t, 120, 36)
	settingsOpen(b, "users")
	b.root.setFocus(partURL)
	if b.root.focus != partRequest {
		t.Errorf("focus goes to part %d, which is not there", b.root.focus)
	}
	b.root.setFocus(partSidebar)
	b.Press("tab")
	if b.root.focus != partRequest {
		t.Errorf("tab leads to part %d", b.root.focus)
	}
	b.root.setFocus(partRequest)
	b.Press("shift+tab", "shift+tab") // over the sides
	if b.root.focus != partSidebar {
		t.Errorf("shift+tab leads to part %d", b.root.focus)
	}
	b.Press("f5")
	b.WaitText("these are settings")
}

func TestTypedTextOfSettingsIsSavedAsItIs(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.root.OpenSettings("")
	b.root.tab().request.Show("File")
	b.Press("tab", "ctrl+end")
	b.Paste("\n[sessions.other.headers] # mine\nX-Role =")
	if b.root.tab().request.Problem() == "" {
		t.Error("nothing is said about half a line")
	}
	b.Press("ctrl+s")
	b.WaitText("cannot be read yet")
	b.Paste(" \"admin\"\n")
	b.Press("ctrl+s")
	b.WaitText("saved collection.toml")
	if got := b.read("collection.toml"); !strings.Contains(got, "[sessions.other.headers] # mine\nX-Role = \"admin\"") {
		t.Errorf("the file is\n%s", got)
	}
}

// Half a line is in no file and in no journal: nothing takes it away without a word.
func TestTextThatCannotBeReadYetIsNotLost(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.root.OpenSettings("")
	b.root.tab().request.Show("File")
	b.Press("tab", "ctrl+end")
	b.Paste("\n[half")
	settings := b.root.tab()
	for _, keys := range [][]string{{"alt+w"}, {"ctrl+x", "q"}} {
		b.root.OpenRequest("users/list")
		b.root.goTab(slices.Index(b.root.tabs, settings))
		b.Press(keys...)
		b.WaitText("The text cannot be read yet")
		b.Press("e")
		if b.root.tab() != settings || settings.request.Problem() == "" || b.Quit() {
			t.Errorf("%q take the text away", keys)
		}
	}
	b.Press("ctrl+x", "q")
	b.WaitText("quit all the same")
	b.Press("c")
	b.WaitFor("the end", func(string) bool { return b.Quit() })
}

func TestSettingsShowWhatIsInherited(t *testing.T) {
	b := openFixed(t, 120, 36)
	settingsOpen(b, "users")
	b.root.tab().request.Show("Headers")
	b.WaitFor("the header of the collection", func(grid string) bool {
		for line := range strings.Lines(grid) {
			if strings.Contains(line, "Accept") && strings.Contains(line, "application/json") && strings.Contains(line, "collection") {
				return true
			}
		}
		return false
	})
}

func TestUnsavedSettingsComeBack(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.root.OpenSettings("")
	b.Press("down")
	b.Type(" & Co")
	b.journaled()
	b = b.killed()
	b.WaitText("not saved")
	b.root.OpenSettings("")
	b.Press("ctrl+s")
	b.WaitText("saved collection.toml")
	if got := b.read("collection.toml"); !strings.Contains(got, `name = "Acme & Co"`) {
		t.Errorf("the file is\n%s", got)
	}
}
