package ui

import (
	"os"
	"strings"
	"testing"
)

// halfTyped types half a line into the text of the collection's settings, after something whole, and returns the text.
func (b *bench) halfTyped() string {
	b.t.Helper()
	b.root.OpenSettings("")
	b.root.tab().request.Show("File")
	b.Press("tab", "ctrl+end")
	b.Paste("\n[vars]\nwhole = \"1\" # mine\n")
	b.Paste("half = \"") // and no end of it
	return b.root.tab().request.Editor().Text()
}

// hasHeld looks for the settings with a text on their File side that cannot be read.
func (b *bench) hasHeld(text string) {
	b.t.Helper()
	b.root.OpenSettings("")
	settings := b.root.tab()
	if !settings.dirty || settings.request.Problem() == "" {
		b.t.Fatalf("the settings are dirty: %t, with the problem %q", settings.dirty, settings.request.Problem())
	}
	if len(settings.draft.Vars) == 0 || settings.draft.Vars[len(settings.draft.Vars)-1].Name != "whole" {
		b.t.Errorf("what could be read last is not there: %v", settings.draft.Vars)
	}
	settings.request.ShowSide("File")
	if got := settings.request.Editor().Text(); got != text {
		b.t.Errorf("the text is\n%q, was\n%q", got, text)
	}
	b.WaitText("half = \"")
	b.Press("ctrl+s")
	b.WaitText("cannot be read yet")
}

func TestTextThatCannotBeReadYetIsThereAfterAKill(t *testing.T) {
	b := openFixed(t, 120, 36)
	text := b.halfTyped()
	b.journaled()

	again := b.killed()
	again.WaitText("not saved")
	again.hasHeld(text)
	third := again.killed() // at once, before anything new was written
	third.hasHeld(text)
	third.root.setFocus(partRequest)
	third.Press("ctrl+end")
	third.Type("2\"")
	third.Press("ctrl+s")
	third.WaitText("saved collection.toml")
	if got := third.read("collection.toml"); !strings.Contains(got, "whole = \"1\" # mine\nhalf = \"2\"") {
		t.Errorf("the file is\n%s", got)
	}
	third.journaled()
	for _, tab := range third.killed().root.tabs {
		if tab.dirty {
			t.Errorf("%s has edits after it was saved", tab.name())
		}
	}
}

// Half a line after nothing else was changed is an edit as well.
func TestHalfALineAloneIsAnEdit(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.root.OpenSettings("")
	b.root.tab().request.Show("File")
	b.Press("tab", "ctrl+end")
	b.Type("x")
	b.journaled()
	again := b.killed()
	again.root.OpenSettings("")
	if !again.root.tab().dirty || again.root.tab().request.Problem() == "" {
		t.Fatal("it is gone")
	}
	again.root.tab().request.ShowSide("File")
	again.Press("ctrl+end", "backspace")
	again.journaled()
	if again.root.tab().dirty || again.root.tab().request.Problem() != "" {
		t.Error("it was taken back, and is an edit still")
	}
}

// Neither the end nor the closing of the tab asks: the journal has it.
func TestTextThatCannotBeReadYetOutlivesTheTabAndTheEnd(t *testing.T) {
	b := openFixed(t, 120, 36)
	text := b.halfTyped()
	b.Press("alt+w")
	if b.root.byPath("collection") != nil {
		t.Fatalf("the tab is still there:\n%s", b.Grid())
	}
	b.hasHeld(text)
	b.Press("ctrl+x", "q")
	b.WaitFor("the end", func(string) bool { return b.Quit() })
	b.killed().hasHeld(text)
}

// A file that others changed meanwhile takes nothing away, and is not written over.
func TestTextThatCannotBeReadYetComesBackOverAChangedFile(t *testing.T) {
	b := openFixed(t, 120, 36)
	text := b.halfTyped()
	b.journaled()
	b.write("collection.toml", "# theirs\n"+b.read("collection.toml"))
	again := b.killed()
	again.hasHeld(text)
	again.root.setFocus(partRequest)
	again.Press("ctrl+end")
	again.Type("2\"")
	again.Press("ctrl+s")
	again.WaitFor("both of them", func(grid string) bool {
		text := again.read("collection.toml")
		return strings.Contains(text, "# theirs") && (strings.Contains(text, "half = \"2\"") || strings.Contains(grid, "changed on disk"))
	})

	if err := os.WriteFile(b.dir+"/collection.toml", []byte("broken = \n"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.killed().hasHeld(text)
}
