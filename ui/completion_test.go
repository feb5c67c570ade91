package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// What the screen shows of a list of completions.
const completionHint = "tab accept · ↓ choose"

func holds(parts ...string) func(string) bool {
	return func(grid string) bool {
		for _, part := range parts {
			if !strings.Contains(grid, part) {
				return false
			}
		}
		return true
	}
}

func lacks(part string) func(string) bool {
	return func(grid string) bool { return !strings.Contains(grid, part) }
}

// The list comes by itself, and takes only keys that are meant for it.
func TestCompletionComesByItself(t *testing.T) {
	b := open(t, 80, 24)
	b.Press("ctrl+n", "ctrl+l")
	b.Type("{{base")
	b.WaitFor("variables with their values", holds(completionHint, "base_url", "http://127.0.0.1", "env playground"))
	b.Press("tab")
	b.WaitFor("the variable in the URL", holds("{{base_url}}"))
	if grid := b.Grid(); strings.Contains(grid, completionHint) {
		t.Errorf("the list stays after a candidate was taken:\n%s", grid)
	}
	b.Type("/{{b")
	b.WaitFor("the list again", holds(completionHint))
	b.Press("esc")
	b.WaitFor("no list", lacks(completionHint))
	b.Type("as")
	if grid := b.Grid(); strings.Contains(grid, completionHint) {
		t.Errorf("the list comes again though it was closed:\n%s", grid)
	}
	b.Press("ctrl+space")
	b.WaitFor("the list by hand", holds("base_url"))
	b.Press("down", "enter")
	b.WaitFor("the second one", holds("{{base_url}}/{{base64("))
}

// Enter sends what was typed as long as nothing in the list was chosen.
func TestCompletionLeavesEnter(t *testing.T) {
	b := open(t, 80, 24)
	b.Press("ctrl+n", "ctrl+l")
	b.Type("{{base_url}}/{{bas")
	b.WaitFor("the list", holds(completionHint))
	b.Press("enter")
	b.WaitFor("what the server or the template says", lacks(completionHint))
	if text, _ := b.root.tab().url.Template(); text != "{{base_url}}/{{bas" {
		t.Errorf("enter took a candidate that nobody chose: %q", text)
	}
}

// A click on a candidate takes it.
func TestCompletionByMouse(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n", "ctrl+l")
	b.Type("{{u")
	b.WaitFor("the list", holds(completionHint))
	list, at, lines := b.root.completion()
	if list == nil || len(lines) < 4 {
		t.Fatalf("no list:\n%s", b.Grid())
	}
	b.Click(at.X+4, at.Y+2)
	if text, _ := b.root.tab().url.Template(); text == "{{u" || b.root.editor().Completion() != nil {
		t.Errorf("a click on the second candidate left %q:\n%s", text, b.Grid())
	}
}

// Variables complete wherever text is typed that may hold them: in a cell, the body, a field of auth and of options.
func TestCompletionEverywhere(t *testing.T) {
	for side, begin := range map[string]func(b *bench){
		"Params":  func(b *bench) { b.Type("{{tls") },
		"Headers": func(b *bench) { b.Type("X-A"); b.Press("enter"); b.Type("{{tls") },
		"Vars":    func(b *bench) { b.Type("a"); b.Press("enter"); b.Type("{{tls") },
		"Body":    func(b *bench) { b.Press("enter"); b.Type(`{"a": "{{tls`) },
		"Auth":    func(b *bench) { b.Press("right", "right", "down"); b.Type("{{tls") },
		"Options": func(b *bench) { b.Press("g"); b.Type("{{tls") },
	} {
		b := open(t, 120, 36)
		b.Press("ctrl+n")
		b.root.tab().request.ShowSide(side)
		b.root.setFocus(partRequest)
		begin(b)
		b.WaitFor("the variable in "+side, holds("tls_url", "env playground", completionHint))
		b.Press("tab")
		if text, _ := b.root.tab().request.Template(); !strings.Contains(text, "{{tls_url}}") {
			t.Errorf("%s: tab made %q", side, text)
		}
	}
}

// The list fits on the smallest screen, and stands above the cursor where there is no room below.
func TestCompletionFitsTheScreen(t *testing.T) {
	b := open(t, 60, 16)
	b.Press("ctrl+n")
	b.root.tab().request.ShowSide("Params")
	b.root.setFocus(partRequest)
	for range 5 {
		b.Type("a")
		b.Press("enter")
		b.Type("b")
		b.Press("enter")
	}
	b.Type("{{")
	list, at, lines := b.root.completion()
	if list == nil || len(lines) == 0 {
		t.Fatalf("no list:\n%s", b.Grid())
	}
	cursor := b.root.cursor()
	if at.X < 0 || at.Y < 0 || at.X+at.W > 60 || at.Y+at.H > 15 || at.Y <= cursor.Y && at.Y+at.H > cursor.Y {
		t.Errorf("the list is at %+v, the cursor at %d,%d:\n%s", at, cursor.X, cursor.Y, b.Grid())
	}
}

// A variable of an environment completes with others, in a form that lies on top; enter there still saves.
func TestCompletionInAForm(t *testing.T) {
	b := open(t, 120, 36)
	b.root.editVariable("playground", variableRow{}, func(variableRow, string) tea.Cmd { return nil })
	b.Press("down")
	b.Type("{{tls")
	b.WaitFor("the list over the form", holds("tls_url", completionHint))
	b.Press("tab")
	b.WaitFor("the variable in the field", holds("{{tls_url}}"))
	if b.root.overlays.Top() == nil {
		t.Error("the form was closed")
	}
}
