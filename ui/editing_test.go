package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/disk"
	"parley/ui/action"
)

// typingJSON opens a request with that text as its body of JSON, and puts the cursor into it.
func typingJSON(t *testing.T, text string, width, height int) *bench {
	t.Helper()
	return open(t, width, height).typeJSON(text)
}

func (b *bench) typeJSON(text string) *bench {
	b.t.Helper()
	b.root.OpenRequest("tour/json")
	b.root.tab().draft.Body.Content = collections.Str(text)
	b.root.tab().request.SetRequest(b.root.tab().draft)
	b.root.tab().request.Show("Body")
	b.Press("alt+3")
	return b
}

func (b *bench) bodyText() string { return b.root.tab().draft.Body.Content.Text }

// Who asks for the body of a request that has none is told how one is begun, sees where focus is, and begins it by enter.
func TestABodyBeginsFromNothing(t *testing.T) {
	b := open(t, 80, 24)
	b.root.OpenRequest("tour/first-get")
	b.root.tab().request.Show("Body")
	b.Press("alt+3")
	b.WaitText("enter begins JSON")
	b.Press("enter")
	b.Type("{}")
	if got := b.root.tab().draft.Body; got.Kind != collections.BodyJSON || got.Content.Text != "{}" {
		t.Errorf("the body is %q of kind %q", got.Content.Text, got.Kind)
	}
	if strings.Contains(b.Grid(), "No body is sent") {
		t.Error("it is still said that there is none")
	}
}

// A pane that has the screen to itself says how the rest comes back.
func TestTheFooterOfAZoomedPaneUnzooms(t *testing.T) {
	b := open(t, 80, 24)
	b.Press("alt+4", "alt+z")
	b.WaitText("Unzoom")
	b.Press("alt+z")
	if strings.Contains(b.Grid(), "Unzoom") {
		t.Error("nothing is zoomed any longer")
	}
}

func TestFindAndReplaceInTheBody(t *testing.T) {
	const before = "{\n  \"name\": \"Ada\",\n  \"nick\": \"ada\",\n  \"n\": 1\n}"
	b := typingJSON(t, before, 80, 24)
	b.Press("ctrl+f")
	b.Type("ada")
	b.WaitText("1 of 2")
	b.Press("down")
	b.WaitText("2 of 2")
	b.Press("alt+r")
	b.Type("Bob")
	b.WaitText("enter replaces")
	b.Press("enter")
	b.WaitText("1 of 1")
	if got := b.bodyText(); got != strings.Replace(before, "ada", "Bob", 1) {
		t.Fatalf("one replaced: %s", got)
	}
	b.Press("ctrl+x", "R")
	b.WaitText("1 replaced")
	want := strings.NewReplacer("ada", "Bob", "Ada", "Bob").Replace(before)
	if got := b.bodyText(); got != want {
		t.Fatalf("all replaced: %s", got)
	}
	b.Press("ctrl+z")
	if got := b.bodyText(); got != strings.Replace(before, "ada", "Bob", 1) {
		t.Fatalf("undone in the line: %s", got)
	}
	b.Press("esc")
	b.WaitFor("the line to go", func(grid string) bool { return !strings.Contains(grid, "1 of 1") })
	b.Press("ctrl+z")
	if got := b.bodyText(); got != before {
		t.Fatalf("undone: %s", got)
	}
	if b.root.focus != partRequest || !b.root.tab().request.Editable() {
		t.Error("esc has left more than the line")
	}
}

func TestFormatTheBody(t *testing.T) {
	b := typingJSON(t, `{"b":1.0,"id":{{id}},"b":"\u00e9"}`, 80, 24)
	b.Press("alt+j")
	const want = "{\n  \"b\": 1.0,\n  \"id\": {{id}},\n  \"b\": \"\\u00e9\"\n}"
	if got := b.bodyText(); got != want {
		t.Fatalf("formatted: %s", got)
	}
	b.Press("ctrl+z")
	if got := b.bodyText(); strings.Contains(got, "\n") {
		t.Fatalf("undone: %s", got)
	}
	b.Press("end", "backspace")
	b.WaitText("line 1, column 34: the text ends where")
	b.Press("ctrl+x", ";")
	b.WaitText("the cursor is there")
	if got := b.bodyText(); strings.Contains(got, "\n") {
		t.Fatalf("formatted what is no JSON: %s", got)
	}
}

// What is long is checked in the background, and the mark follows what is typed meanwhile.
func TestMarksInALongBody(t *testing.T) {
	b := typingJSON(t, "["+strings.Repeat("{\"name\": \"value\"},\n", 10_000)+"1]", 80, 24)
	b.Press("ctrl+end")
	b.Type("]")
	b.WaitText("line 10001, column 3: expected nothing more")
	b.Press("backspace")
	b.WaitFor("the mark to go", func(grid string) bool { return !strings.Contains(grid, "expected nothing more") })
}

// What is long is replaced in the background, and that too is an edit of the request.
func TestReplaceAllInALongBody(t *testing.T) {
	b := typingJSON(t, "["+strings.Repeat("{\"name\": \"value\"},\n", 10_000)+"1]", 80, 24)
	b.Press("alt+r")
	b.Type("value")
	b.WaitText("1 of 10000")
	b.Press("tab")
	b.Type("x")
	b.Press("alt+r")
	b.WaitText("10000 replaced")
	if got := b.bodyText(); strings.Contains(got, "value") || strings.Count(got, `"x"`) != 10_000 {
		t.Errorf("the request has a text of %d bytes", len(got))
	}
	if !b.root.tab().dirty {
		t.Error("the tab is not marked as changed")
	}
}

// Who goes on to another request meanwhile has edited the one that the text is of.
func TestWhatIsReplacedInTheBackgroundIsAnEditOfItsRequest(t *testing.T) {
	b := typingJSON(t, "["+strings.Repeat("{\"name\": \"value\"},\n", 10_000)+"1]", 80, 24)
	edited := b.root.tab()
	b.Press("alt+r")
	b.Type("value")
	b.WaitText("1 of 10000")
	b.Press("tab")
	b.Type("x")
	edited.dirty = false
	cmd, _ := edited.request.Do(action.ReplaceText)
	shown := b.root.OpenRequest("tour/query")
	b.Send(then{func() tea.Cmd { return tea.Batch(cmd, shown) }})
	b.WaitFor("the text", func(string) bool { return strings.Count(edited.draft.Body.Content.Text, `"x"`) == 10_000 })
	if other := b.root.tab(); !edited.dirty || other == edited || other.dirty {
		t.Errorf("its tab is marked as changed: %v; the other one: %v", edited.dirty, other.dirty)
	}
}

// What is long is formatted in the background: the text that comes is that of the body, whatever is shown by then.
func TestWhatIsFormattedInTheBackgroundIsTheBody(t *testing.T) {
	b := typingJSON(t, "["+strings.Repeat("{\"name\": \"value\"},", 20_000)+"1]", 80, 24)
	tab := b.root.tab()
	cmd, _ := tab.request.Do(action.FormatText)
	tab.request.Show("Notes")
	notes := tab.draft.Notes.Text
	b.Send(then{func() tea.Cmd { return cmd }})
	b.WaitFor("the text", func(string) bool { return strings.Contains(b.bodyText(), "\n  ") || tab.draft.Notes.Text != notes })
	if tab.draft.Notes.Text != notes || !tab.dirty {
		t.Errorf("the notes are %.40q, and the tab is marked as changed: %v", tab.draft.Notes.Text, tab.dirty)
	}
}

// Brackets that close by themselves never add to what is typed straight on.
func TestTypingJSONStraightOn(t *testing.T) {
	b := typingJSON(t, "", 80, 24)
	b.Type("{\n\"a\": [1, {\"b\": \"x}\"}],\n\"c\": \"\\\"]\",\n\"d\": {\n\"e\": []\n}\n}")
	const want = "{\n  \"a\": [1, {\"b\": \"x}\"}],\n  \"c\": \"\\\"]\",\n  \"d\": {\n    \"e\": []\n  }\n}"
	if got := b.bodyText(); got != want {
		t.Fatalf("typed:\n%s\nwant:\n%s", got, want)
	}
}

// With the keymap vim the body has vim's modes, and the leader works in it too.
func TestVimInTheBody(t *testing.T) {
	b := made(t, &bench{now: time.Now, fsys: disk.OS(), preset: "vim"}, 80, 24).typeJSON("{\n  \"a\": 1\n}")
	b.WaitText("NORMAL")
	b.Type("jf1cw[2")
	b.WaitText("INSERT")
	b.Press("esc")
	b.WaitText("NORMAL")
	if got := b.bodyText(); got != "{\n  \"a\": [2]\n}" {
		t.Fatalf("changed to %s", got)
	}
	b.Type("ggdG")
	if got := b.bodyText(); got != "" {
		t.Fatalf("deleted but for %s", got)
	}
	b.Press("u", "u", "ctrl+r", "u")
	if got := b.bodyText(); got != "{\n  \"a\": 1\n}" {
		t.Fatalf("undone to %s", got)
	}
	b.Type("ggVj")
	b.WaitText("V-LINE")
	b.Press("ctrl+c")
	b.WaitFor("lines to be copied", func(string) bool { return strings.HasPrefix(b.Clipboard(), "{\n") })
	b.Press("esc", "space", "s")
	b.WaitText("422 Unprocessable")
	b.Press("alt+3", ":")
	b.WaitText("Palette")
}

// g and a letter lead to another side from within the text, too; g g stays the editor's.
func TestVimGoesToSidesFromTheBody(t *testing.T) {
	b := made(t, &bench{now: time.Now, fsys: disk.OS(), preset: "vim"}, 80, 24).typeJSON("{\n  \"a\": 1\n}")
	b.Press("j", "g", "g", "x")
	if got := b.root.tab().draft.Body.Content.Text; strings.HasPrefix(got, "{") {
		t.Fatalf("g g does not lead to the top: %q", got)
	}
	b.Press("u", "g", "h")
	if got := b.root.tab().request.Section(); got != "Headers" {
		t.Errorf("g h leads to %s", got)
	}
	b.Press("g", "b")
	if got := b.root.tab().request.Section(); got != "Body" || !b.root.tab().request.Editor().Steady() || b.root.tab().request.Editor().Begun() != "" {
		t.Errorf("g b leads to %s", got)
	}
}
