package ui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
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

// A row that is not whole is in no file and in no journal: nothing takes it away without a word.
func TestARowThatIsNotWholeIsNotLost(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.root.OpenSettings("")
	b.halfARow()
	settings := b.root.tab()
	for _, keys := range [][]string{{"alt+w"}, {"ctrl+x", "q"}} {
		b.root.OpenRequest("users/list")
		b.root.goTab(slices.Index(b.root.tabs, settings))
		b.Press(keys...)
		b.WaitText("What you typed cannot be saved yet")
		b.Press("e")
		if b.root.tab() != settings || settings.request.Problem() == "" || b.Quit() {
			t.Errorf("%q take the row away", keys)
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

// What is said of URLs, of sessions and of secrets has tables of its own, of which only what is edited changes in the file.
func TestSettingsByURLAndForSessionsAreRows(t *testing.T) {
	b := openFixed(t, 120, 36)
	before := b.read("collection.toml")
	b.root.OpenSettings("")
	row := func(side string, cells ...string) {
		b.root.tab().request.Show(side)
		b.root.tab().request.Enter(1)
		b.Press("tab")
		for i, cell := range cells {
			b.Type(cell)
			if i < len(cells)-1 {
				b.Press("tab")
			}
		}
		b.Press("enter", "esc")
	}
	row("By URL", "https://api.test/", "options.verify", "false")
	row("Sessions", "guest", "headers.X-Role", "visitor")
	row("Secrets", "token", "api.test")
	b.Press("ctrl+s")
	b.WaitText("saved collection.toml")
	got := b.read("collection.toml")
	for _, want := range []string{
		"[for.\"https://api.test/\"]\noptions = { verify = false }\n",
		"[sessions.guest]\nheaders = { X-Role = \"visitor\" }\n",
		"[secrets.token]\nhosts = \"api.test\"\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	for line := range strings.Lines(before) {
		if !strings.Contains(got, line) {
			t.Errorf("%q is gone from\n%s", line, got)
		}
	}
	b.root.tab().request.Show("By URL")
	b.root.tab().request.Enter(1)
	b.Press("tab", "up", "d")
	b.WaitFor("an empty table", func(grid string) bool {
		return !strings.Contains(grid, "options.verify") || strings.Contains(grid, "then options.verify")
	})
	b.Press("ctrl+z")
	b.WaitText("options.verify")
	b.Press("up", "d", "ctrl+s")
	b.WaitFor("the file without it", func(string) bool { return !strings.Contains(b.read("collection.toml"), "[for") })
}

// halfARow types a row of settings that the file cannot say.
func (b *bench) halfARow() {
	b.root.tab().request.Show("By URL")
	b.root.tab().request.Enter(1)
	b.Press("tab")
	b.Type("https://api.test/")
	b.Press("tab")
	b.Type("options.verfy")
	b.Press("esc", "esc")
}

// A row that is not whole is in no file: it is said what it lacks, and neither saving nor the text takes it away.
func TestARowOfSettingsThatIsNotWholeIsKept(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.root.OpenSettings("")
	settings := b.root.tab()
	b.halfARow()
	b.Press("ctrl+s")
	b.WaitText("By URL, row 1")
	settings.request.ShowSide("File")
	b.WaitText("read-only: a row of the side By URL is not whole")
	before := settings.request.Problem()
	b.Type("x")
	b.Paste("y")
	b.WaitText("nothing was changed")
	b.Press("enter")
	b.WaitFor("the row", func(string) bool { return settings.request.Section() == "By URL" })
	if settings.request.Problem() != before {
		t.Errorf("the trouble is %q now, was %q", settings.request.Problem(), before)
	}
}

// While the text cannot be read, the other sides cannot be edited: what is typed there and there would not go together.
func TestUnreadableTextKeepsTheOtherSidesFromBeingEdited(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.root.OpenSettings("")
	settings := b.root.tab()
	settings.request.Show("File")
	b.Press("tab", "ctrl+end")
	b.Paste("\n[half")
	text := settings.request.Editor().Text()
	for _, side := range settings.request.Sides() {
		if side == "File" {
			continue
		}
		settings.request.ShowSide(side)
		b.WaitText("read-only: the File side cannot be read at line")
		b.Press("space", "a", "right", "d", "ctrl+z", "j", "k", "b")
		b.Type("lost")
		b.Paste("A: 1")
		x, y := b.at("read-only")
		b.Click(x, y-2)
	}
	b.act(action.AddHeader)
	b.act(action.AuthTypes()[1].ID)
	settings.request.ShowSide("Headers")
	b.Press("enter")
	b.WaitFor("the text", func(string) bool { return settings.request.Section() == "File" })
	if got := settings.request.Editor().Text(); got != text {
		t.Errorf("the text is now\n%s", got)
	}
	b.Press("ctrl+end")
	b.Paste("]\nkey = 1\n")
	if problem := settings.request.Problem(); problem != "" {
		t.Fatal(problem)
	}
	settings.request.ShowSide("General")
	b.Press("tab")
	b.Type("!")
	b.Press("ctrl+s")
	b.WaitText("saved collection.toml")
	if got := b.read("collection.toml"); !strings.Contains(got, "[half]\nkey = 1\n") || strings.Contains(got, "lost") || !strings.Contains(got, `!"`) {
		t.Errorf("the file is\n%s", got)
	}
}

// A file that others change while its text cannot be read is not taken in silently, nor written over.
func TestAFileThatChangesUnderUnreadableTextIsAConflict(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.root.OpenSettings("")
	b.root.tab().request.Show("File")
	b.Press("tab", "ctrl+end")
	b.Paste("\n[half")
	b.Send(then{func() tea.Cmd { return b.root.reload() }})
	b.WaitFor("the reading", func(string) bool { return !b.root.reloads.reading })
	b.write("collection.toml", strings.Replace(b.read("collection.toml"), "\n", "\n# theirs\n", 1))
	b.Send(then{func() tea.Cmd { return b.root.reload() }})
	b.WaitFor("the reading", func(string) bool { return !b.root.reloads.reading })
	b.Paste("]\n")
	b.Press("ctrl+s")
	b.WaitFor("both of them", func(grid string) bool {
		text := b.read("collection.toml")
		return strings.Contains(text, "# theirs") && (strings.Contains(text, "[half]") || strings.Contains(grid, "changed on disk"))
	})
}
