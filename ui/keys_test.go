package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// Every key of the table does what it says, and so does its twin after ctrl+x.
func TestKeysAndTheirTwins(t *testing.T) {
	shows := func(text string) func(*bench) bool {
		return func(b *bench) bool { return strings.Contains(b.Grid(), text) }
	}
	focus := func(p part) func(*bench) bool { return func(b *bench) bool { return b.root.focus == p } }
	for _, c := range []struct {
		name  string
		setup []string
		keys  []string
		done  func(*bench) bool
	}{
		{"send", nil, []string{"f5", "ctrl+enter", "ctrl+j", "alt+enter", "enter", "ctrl+x s"}, shows("200 OK")},
		{"sidebar", nil, []string{"alt+1", "ctrl+x 1"}, focus(partSidebar)},
		{"URL", []string{"alt+4"}, []string{"alt+2", "ctrl+x 2", "ctrl+l", "ctrl+x l"}, focus(partURL)},
		{"request", nil, []string{"alt+3", "ctrl+x 3"}, focus(partRequest)},
		{"response", nil, []string{"alt+4", "ctrl+x 4"}, focus(partResponse)},
		{"next", nil, []string{"tab"}, focus(partRequest)},
		{"previous", nil, []string{"shift+tab"}, focus(partSidebar)},
		{"jump", nil, []string{"ctrl+o", "ctrl+x o"}, func(b *bench) bool { return b.root.overlays.Top() != nil }},
		{"palette", nil, []string{"ctrl+p", "ctrl+x p"}, shows("Palette ─")},
		{"method", nil, []string{"ctrl+t", "ctrl+x m"}, shows("OPTIONS")},
		{"environment", nil, []string{"alt+e", "ctrl+x e"}, shows("playground-tls")},
		{"history", nil, []string{"ctrl+r", "ctrl+x r"}, shows("words, method:")},
		{"save", []string{"end", "x"}, []string{"ctrl+s", "ctrl+x w"}, shows("saved tour/first-get.toml")},
		{"new", nil, []string{"ctrl+n", "ctrl+x n"}, func(b *bench) bool { return len(b.root.tabs) == 2 }},
		{"close", []string{"ctrl+n"}, []string{"alt+w", "ctrl+x k"}, func(b *bench) bool { return len(b.root.tabs) == 1 }},
		{"tab beside", []string{"ctrl+n"}, []string{"alt+left", "alt+right", "ctrl+x b", "ctrl+x f"}, func(b *bench) bool { return b.root.current == 0 }},
		{"undo", []string{"end", "x"}, []string{"ctrl+z", "ctrl+x u"}, func(b *bench) bool { return !strings.HasSuffix(b.root.tab().draft.URL.Text, "x") }},
		{"redo", []string{"end", "x", "ctrl+z"}, []string{"ctrl+y", "ctrl+x y"}, func(b *bench) bool { return strings.HasSuffix(b.root.tab().draft.URL.Text, "x") }},
		{"zoom", []string{"alt+4"}, []string{"alt+z", "ctrl+x z"}, func(b *bench) bool { return b.root.layout.URL.Empty() }},
		{"help", nil, []string{"f1", "ctrl+x h"}, shows("Help: keys in the URL bar")},
		{"help outside text", []string{"alt+1"}, []string{"?"}, shows("Help: keys in the sidebar")},
		{"theme", nil, []string{"ctrl+x t"}, shows("Theme ─")},
		{"copy as", nil, []string{"ctrl+x a"}, shows("Copy the request as")},
		{"quit", nil, []string{"ctrl+c", "ctrl+x c", "ctrl+x q"}, func(b *bench) bool { return b.Quit() }},
	} {
		for _, keys := range c.keys {
			t.Run(c.name+" "+keys, func(t *testing.T) {
				b := open(t, 120, 36)
				b.Press(c.setup...)
				if c.done(b) {
					t.Fatal("it is so before the key")
				}
				b.Press(strings.Fields(keys)...)
				b.WaitFor(c.name, func(string) bool { return c.done(b) })
			})
		}
	}
}

func TestInterruptCopiesThenCancelsThenQuits(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("failures/slow")
	b.Press("f5")
	b.WaitFor("a request that runs", func(string) bool { return b.root.tab().job != nil })
	b.Press("ctrl+l", "ctrl+c")
	b.WaitFor("the URL to be copied", func(string) bool { return b.Clipboard() != "" })
	if b.root.tab().job == nil || b.Quit() {
		t.Fatal("ctrl+c did more than copy")
	}
	b.Press("end", "ctrl+c")
	b.WaitText("Stopped")
	if b.Quit() {
		t.Fatal("ctrl+c did more than cancel")
	}
	b.Press("ctrl+c")
	b.WaitFor("the end", func(string) bool { return b.Quit() })
}

func TestEscapeClosesThenLeavesThenCancels(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("failures/slow")
	b.root.tab().request.Show("Notes")
	b.Press("f5", "alt+3", "ctrl+p", "esc")
	if b.root.overlays.Top() != nil || b.root.tab().job == nil {
		t.Fatal("esc closes the palette and no more")
	}
	b.Press("esc")
	if b.root.tab().job == nil {
		t.Fatal("esc leaves the editor first")
	}
	b.Press("esc")
	b.WaitText("Stopped")
}

// Tab goes through every stop of the screen and comes back, and shift+tab the other way.
func TestTabWalksThroughEverything(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/form")
	b.root.tab().request.Show("Body")
	b.Press("alt+\\", "alt+2")
	seen := map[part]bool{}
	steps := 0
	for ; steps < 30; steps++ {
		b.Press("tab")
		seen[b.root.focus] = true
		if b.root.focus == partURL {
			break
		}
	}
	if len(seen) != len(ring) {
		t.Errorf("tab comes to %d parts of %d", len(seen), len(ring))
	}
	for range steps + 1 {
		b.Press("shift+tab")
	}
	if b.root.focus != partURL {
		t.Errorf("shift+tab does not lead back, but to %s", partNames[b.root.focus])
	}
}

// The brackets turn the sides of whatever has focus, and never type where a side would take them as text.
func TestBracketsTurnTheSides(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/json")
	b.root.tab().request.Show("Headers")
	b.Press("alt+3", "shift+tab")
	before := b.root.tab().draft.Body.Content.Text
	for _, side := range []string{"Auth", "Body", "Vars", "Cookies", "Options", "Hooks", "Expect", "Capture", "Notes", "Params", "Path"} {
		b.Press("]")
		if got := b.root.tab().request.Section(); got != side {
			t.Fatalf("] leads to %s, want %s", got, side)
		}
	}
	b.Press("[")
	if got := b.root.tab().request.Section(); got != "Params" || b.root.tab().draft.Body.Content.Text != before || b.root.tab().dirty {
		t.Errorf("[ leads to %s; edited: %v", got, b.root.tab().dirty)
	}
	b.Press("ctrl+l", "ctrl+x", "]")
	if got := b.root.tab().request.Section(); got != "Path" {
		t.Errorf("from the URL bar the chord leads to %s", got)
	}
	b.Press("f5")
	b.WaitText("201 Created")
	b.Press("alt+4")
	b.WaitText("[ ] Side")
	b.Press("[")
	b.WaitText("This request expects nothing")
	b.Press("alt+1", "]")
	b.WaitText("R Replay")
	b.Press("]")
	b.WaitText("a New")
}

func TestTheKindOfABodyIsReachedByKeys(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/json")
	b.root.tab().request.Show("Body")
	b.Press("alt+3", "esc", "down", "right")
	if kind := b.root.tab().draft.Body.Kind; kind != "text" {
		t.Fatalf("the kind is %q", kind)
	}
	b.Press("down")
	b.Type("typed ")
	if text := b.root.tab().draft.Body.Content.Text; !strings.HasPrefix(text, "typed ") {
		t.Errorf("the text is %q", text)
	}
	b.Press("tab")
	if text := b.root.tab().draft.Body.Content.Text; b.root.focus != partRequest || !strings.Contains(text[:16], "  ") && !strings.Contains(text[:16], "\t") {
		t.Errorf("tab does not indent: %q", text)
	}
}

func TestCutAndPaste(t *testing.T) {
	b := open(t, 120, 36)
	b.root.tab().request.Show("Notes")
	b.Press("alt+3", "ctrl+home")
	b.Type("word ")
	b.Press("shift+left", "shift+left", "shift+delete")
	b.WaitFor("the clipboard", func(string) bool { return b.Clipboard() == "d " })
	b.Press("ctrl+v")
	b.Send(tea.ClipboardMsg{Content: "k!"})
	if text := b.root.tab().draft.Notes.Text; !strings.HasPrefix(text, "work!") {
		t.Errorf("the notes are %q", text)
	}
	b.Send(tea.ClipboardMsg{Content: "nobody asked"})
	if text := b.root.tab().draft.Notes.Text; strings.Contains(text, "nobody") {
		t.Error("the terminal pastes without being asked")
	}
	b.Press("ctrl+v")
	b.WaitText("ctrl+shift+v")
}

func TestAnExchangeIsFoundAndReplayedTwice(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/json")
	b.Press("f5")
	b.WaitText("201 Created")
	b.Press("ctrl+r")
	b.Type("margaret")
	b.WaitFor("the exchange", func(grid string) bool { return strings.Contains(grid, " ago") && strings.Contains(grid, "POST  http") })
	b.Press("enter")
	b.WaitText("from history")
	for range 2 {
		b.Press("R", "s")
		b.WaitText("sending it as it was sent then")
		b.WaitFor("the answer", func(grid string) bool { return b.root.tab().job == nil && !strings.Contains(grid, "from history") })
		if got := b.root.tab().exchange; got.Response() == nil || got.Response().Status != 201 {
			t.Fatalf("the replay ended with %v", got.Err)
		}
		b.root.notices.dismiss()
	}
	b.Press("alt+1")
	b.click("History")
	b.Press("g", "R")
	b.WaitText("Send it again")
}

// There is nothing to ask about before an exchange was opened, whoever asks.
func TestReplayNeedsAnExchange(t *testing.T) {
	b := open(t, 120, 36)
	b.does(b.root.replay)
	b.WaitText("open an exchange from history first")
	if b.root.overlays.Top() != nil {
		t.Errorf("it asks how to send nothing again:\n%s", b.Grid())
	}
}
