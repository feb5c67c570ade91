package ui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/collections/exporter"
	"parley/ui/action"
)

// The families name what there is, no more and no less.
func TestFamiliesAreWhole(t *testing.T) {
	b := open(t, 120, 36)
	names := func(members []action.Member) []string {
		var list []string
		for _, m := range members {
			list = append(list, m.Name)
		}
		return list
	}
	var formats []string
	for _, f := range exporter.All() {
		formats = append(formats, f.Name)
	}
	types := []string{"none", "inherit"}
	for _, s := range b.root.options.Schemes {
		types = append(types, s.Type())
	}
	for what, lists := range map[string][2][]string{
		"sides of the request":  {names(action.RequestSides()), b.root.tab().request.Sides()},
		"sides of the response": {names(action.ResponseSides()), b.root.tab().response.Sides()},
		"export formats":        {names(action.Formats()), formats},
		"types of auth":         {names(action.AuthTypes()), types},
	} {
		if slices.Sort(lists[0]); !slices.Equal(lists[0], slices.Sorted(slices.Values(lists[1]))) {
			t.Errorf("%s: there are actions for %q, and there is %q", what, lists[0], lists[1])
		}
	}
}

// What a stranger types into the palette leads to where one types next.
func TestThePaletteLeadsToWhereOneTypes(t *testing.T) {
	find := func(b *bench, words string) {
		b.Press("ctrl+p")
		b.Type(words)
		b.Press("enter")
	}
	t.Run("add a header", func(t *testing.T) {
		b := open(t, 120, 36)
		find(b, "add header")
		b.Type("X-Mine")
		b.Press("tab")
		b.Type("1")
		b.Press("enter")
		if list := b.root.tab().draft.Headers; len(list) == 0 || list[len(list)-1].Name != "X-Mine" || list[len(list)-1].Value.Text != "1" {
			t.Errorf("the headers are %v", list)
		}
	})
	t.Run("body as JSON", func(t *testing.T) {
		b := open(t, 120, 36)
		find(b, "json")
		b.Type("[1]")
		if body := b.root.tab().draft.Body; body.Kind != "json" || !strings.HasPrefix(body.Content.Text, "[1]") {
			t.Errorf("the body is %v", body)
		}
	})
	t.Run("body as form", func(t *testing.T) {
		b := open(t, 120, 36)
		find(b, "as form")
		b.Type("a")
		b.Press("tab")
		b.Type("1")
		b.Press("enter")
		if form := b.root.tab().draft.Body.Form; len(form) != 1 || form[0].Name != "a" {
			t.Errorf("the form is %v", form)
		}
	})
	t.Run("basic auth", func(t *testing.T) {
		b := open(t, 120, 36)
		find(b, "basic")
		b.Type("ada")
		b.Press("tab")
		b.Type("secret")
		if a := b.root.tab().draft.Auth; a.Type.Text != "basic" || a.Get("username").Text != "ada" || a.Get("password").Text != "secret" {
			t.Errorf("the auth is %v", a)
		}
	})
	t.Run("copy as curl", func(t *testing.T) {
		b := open(t, 120, 36)
		find(b, "curl")
		b.WaitFor("the clipboard", func(string) bool { return strings.HasPrefix(b.Clipboard(), "curl ") })
	})
	t.Run("what has focus", func(t *testing.T) {
		b := open(t, 120, 36)
		b.Press("alt+1")
		find(b, "new folder here")
		b.WaitText("New folder")
	})
}

// After the first key of a chord the screen says what can follow, and a click types it.
func TestAChordSaysWhatCanFollow(t *testing.T) {
	for _, size := range fourSizes {
		b := open(t, size[0], size[1])
		b.Press("ctrl+x")
		if grid := b.Grid(); !strings.Contains(grid, "^X …") || !strings.Contains(grid, "Save") || !strings.Contains(grid, "esc leave") {
			t.Errorf("at %v the screen is\n%s", size, grid)
		}
		b.Press("esc")
		if grid := b.Grid(); strings.Contains(grid, "^X …") {
			t.Errorf("esc does not leave\n%s", grid)
		}
	}
	b := open(t, 120, 36)
	b.Press("ctrl+x")
	b.click("Sides…")
	b.click("Request: Vars")
	if got := b.root.tab().request.Section(); got != "Vars" || b.root.matcher.Pending() {
		t.Errorf("the clicks lead to %s", got)
	}
	b.Press("ctrl+x")
	b.Send(tea.MouseClickMsg{X: 2, Y: 2, Button: tea.MouseLeft})
	if b.root.matcher.Pending() {
		t.Error("a click elsewhere does not give the chord up")
	}
}
