package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// hold presses the left button on a text and moves to a cell, and lets go of nothing.
func (b *bench) hold(text string, x, y int) {
	b.t.Helper()
	fromX, fromY := b.at(text)
	b.Send(tea.MouseClickMsg{X: fromX, Y: fromY, Button: tea.MouseLeft})
	b.Send(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft})
}

func (b *bench) letGo(x, y int) { b.Send(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft}) }

func TestASelectionGoesOnWhileTheMouseIsHeldBeyondTheEdge(t *testing.T) {
	b := openFixed(t, 80, 24)
	b.body("application/json", orders)
	b.hold(`"orders": [`, 20, 23)
	b.WaitText("50  }") // the mouse does not move any more
	b.WaitFor("the end", func(string) bool { return !b.root.hold.ticking })
	b.Press("y")
	b.WaitFor("the copy", func(string) bool { return b.Clipboard() != "" })
	if text := b.Clipboard(); !strings.HasPrefix(text, `  "orders": [`) || !strings.HasSuffix(text, "\n}") {
		t.Errorf("selected is %q … %q", text[:min(40, len(text))], text[max(0, len(text)-40):])
	}
	b.Send(tea.MouseMotionMsg{X: 20, Y: 0, Button: tea.MouseLeft})
	b.WaitText(`"orders": [`)
	b.letGo(20, 0)
	top := b.Grid()
	b.Send(holdTick{})
	if b.root.dragging != nil || b.Grid() != top {
		t.Error("it goes on after the button was let go")
	}
}

func TestTextIsSelectedBeyondTheEdge(t *testing.T) {
	b := openFixed(t, 80, 24)
	b.act("request.body-text")
	b.Paste("first\n" + strings.Repeat("more\n", 60) + "last")
	b.Press("ctrl+home")
	b.WaitText("first")
	b.hold("first", 30, b.root.layout.Request.Y+b.root.layout.Request.H)
	b.WaitText("last")
	b.WaitFor("all of it", func(string) bool { return strings.HasSuffix(b.root.selected(), "last") })
	if got := b.root.selected(); strings.Count(got, "more") != 60 {
		t.Errorf("%d lines are selected", strings.Count(got, "more"))
	}
}

// order is the names of the tabs.
func (b *bench) order() string {
	var names []string
	for _, t := range b.root.tabs {
		names = append(names, t.name())
	}
	return strings.Join(names, " ")
}

func TestTabsAreDragged(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.root.OpenRequest("users/create")
	b.root.OpenRequest("users/list")
	if b.order() != "github create list" {
		t.Fatal(b.order())
	}
	y := b.root.layout.Tabs.Y
	drag := func(text string, to int) {
		b.hold(text, to, y)
		b.letGo(to, y)
	}
	x, _ := b.at("GET list")
	drag("GET github", x+1)
	if b.order() != "create list github" || b.root.tab().name() != "github" {
		t.Errorf("after a drag to the end: %s, at %s", b.order(), b.root.tab().name())
	}
	b.Send(tea.MouseMotionMsg{X: 0, Y: y, Button: tea.MouseLeft})
	if b.order() != "create list github" {
		t.Errorf("the tab moves after it was let go: %s", b.order())
	}
	drag("GET github", b.root.layout.Tabs.X)
	if b.order() != "github create list" {
		t.Errorf("after a drag to the beginning: %s", b.order())
	}
	b.act("tab.pin")
	x, _ = b.at("GET list")
	drag("POST create", b.root.layout.Tabs.X)
	if b.order() != "github create list" {
		t.Errorf("a tab is before one that is pinned: %s", b.order())
	}
	drag("POST create", x+1)
	if b.order() != "github list create" {
		t.Errorf("%s", b.order())
	}
}

func TestTabsAreMovedByKeys(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.root.OpenRequest("users/create")
	b.root.OpenRequest("users/list")
	b.Press("ctrl+x", "(", "ctrl+x", "(")
	if b.order() != "list github create" {
		t.Error(b.order())
	}
	b.Press("ctrl+x", "(")
	b.WaitText("it is the first tab")
	b.Press("ctrl+x", ")")
	if b.order() != "github list create" || b.root.tab().name() != "list" {
		t.Errorf("%s, at %s", b.order(), b.root.tab().name())
	}
}
