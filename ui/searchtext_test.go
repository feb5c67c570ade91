package ui

import (
	"strings"
	"testing"
)

func TestTextOfTheCollectionIsFoundAsOneTypes(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.Press("alt+/")
	b.WaitText("Search the collection's text")
	b.Type("request-SOURCE")
	b.WaitText("headers.Request-Source")
	grid := b.Grid()
	if !strings.Contains(grid, "users/create") {
		t.Errorf("the request is not named:\n%s", grid)
	}
	b.Press("down", "enter")
	b.WaitFor("the request", func(string) bool { return b.root.tab().draft.Path == "users/create" })
	if got := b.root.tab().request.Section(); got != "Headers" || b.root.focus != partRequest {
		t.Errorf("shows %s, focus on part %d", got, b.root.focus)
	}
	if got := b.root.tab().request.Why(); got != "headers.Request-Source" {
		t.Errorf("the cursor is on %q", got)
	}
}

func TestSearchOfTextLeadsToSettingsAndEnvironments(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.Press("alt+/")
	b.Type("application/json")
	b.WaitText("headers.Accept")
	b.Press("down", "enter")
	b.WaitFor("the settings", func(string) bool {
		folder, settings := b.root.tab().settings()
		return settings && folder == "" && b.root.tab().request.Section() == "Headers"
	})
	b.Press("alt+/")
	b.Type("ada@acme")
	b.WaitText("vars.email")
	b.Press("down", "enter")
	b.WaitText("Variables of the environment test")
}

func TestSearchOfTextForgetsWhatIsNoLongerAskedFor(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.Press("alt+/")
	b.WaitText("Type what to look for")
	b.Type("directory")
	b.WaitText("notes")
	b.Type(" of nothing")
	b.WaitText("no file has what is typed")
}
