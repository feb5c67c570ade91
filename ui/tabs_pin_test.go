package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// clickInTree clicks the line of the tree that ends with a name.
func (b *bench) clickInTree(name string) {
	b.t.Helper()
	for y, line := range strings.Split(b.Grid(), "\n") {
		side := string([]rune(line)[:b.root.layout.Sidebar.W-1])
		if strings.HasSuffix(strings.TrimSpace(side), " "+name) {
			b.Click(8, y)
			return
		}
	}
	b.t.Fatalf("no line of the tree is %q:\n%s", name, b.Grid())
}

func TestPreviewsShareOneTab(t *testing.T) {
	b := open(t, 120, 36)
	b.sendTo("/anything/stays")
	for _, name := range []string{"query", "list-params", "headers"} {
		b.clickInTree(name)
		if got := fmt.Sprint(names(b.root)); got != "[first-get "+name+"]" || b.root.tab().name() != name {
			t.Fatalf("after a click on %s the tabs are %s", name, got)
		}
	}
	if b.root.focus != partSidebar {
		t.Error("a preview takes focus away from the tree")
	}
	b.setURL("http://edited.example/")
	b.clickInTree("query")
	if got := fmt.Sprint(names(b.root)); got != "[first-get headers query]" {
		t.Errorf("an edited preview is replaced: %s", got)
	}
	b.clickInTree("query") // the second click of two
	b.clickInTree("list-params")
	if got := fmt.Sprint(names(b.root)); got != "[first-get headers query list-params]" {
		t.Errorf("what was opened by a double click is replaced: %s", got)
	}
	b.Press("alt+1", "enter")
	b.clickInTree("timeout")
	if got := fmt.Sprint(names(b.root)); got != "[first-get headers query list-params timeout]" {
		t.Errorf("what was opened by enter is replaced: %s", got)
	}
}

func TestAPreviewIsToldApart(t *testing.T) {
	b := open(t, 120, 36)
	b.clickInTree("query")
	passing := b.root.drawTabs()[0]
	b.root.tab().keep()
	if kept := b.root.drawTabs()[0]; kept == passing {
		t.Error("it looks as the others do")
	}
}

func TestAPinnedTabComesFirstAndStays(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/query")
	b.root.OpenRequest("tour/headers")
	b.Press("ctrl+x", "6")
	b.WaitText("pinned headers")
	if got := fmt.Sprint(names(b.root)); got != "[headers first-get query]" || b.root.current != 0 {
		t.Fatalf("the tabs are %s, and %d is shown", got, b.root.current)
	}
	b.WaitText("◆ GET headers")
	b.Press("alt+w")
	b.WaitText("the tab is pinned")
	x, ok := b.root.tabLine.Place(0)
	if !ok {
		t.Fatal("the tab is not seen")
	}
	b.Send(tea.MouseClickMsg{X: b.root.layout.Tabs.X + x + 1, Y: b.root.layout.Tabs.Y, Button: tea.MouseMiddle})
	if len(b.root.tabs) != 3 {
		t.Fatal("a pinned tab was closed")
	}
	b.root.OpenRequest("tour/form")
	if got := fmt.Sprint(names(b.root)); got != "[headers form first-get query]" {
		t.Errorf("a new tab stands before a pinned one: %s", got)
	}
	b.root.goTab(0)
	b.Press("ctrl+x", "6", "alt+w")
	if got := fmt.Sprint(names(b.root)); got != "[form first-get query]" {
		t.Errorf("the tabs are %s", got)
	}
}

func TestMoreTabsThanFitAreListed(t *testing.T) {
	b := open(t, 80, 24)
	for _, name := range []string{"query", "list-params", "form", "json", "put", "patch", "delete", "headers", "timeout"} {
		b.root.OpenRequest("tour/" + name)
	}
	b.WaitText("‹")
	b.Click(b.root.layout.Tabs.X, b.root.layout.Tabs.Y)
	b.WaitText("Tabs")
	b.Type("list-par")
	b.Press("enter")
	if got := b.root.tab().name(); got != "list-params" {
		t.Errorf("%s is shown", got)
	}
	b.Wheel(b.root.layout.Tabs.X+4, b.root.layout.Tabs.Y, 1)
	if got := b.root.tab().name(); got != "form" {
		t.Errorf("the wheel leads to %s", got)
	}
	b.Wheel(b.root.layout.Tabs.X+4, b.root.layout.Tabs.Y, -20)
	if got := b.root.tab().name(); got != "first-get" {
		t.Errorf("the wheel leads beyond the first tab, to %s", got)
	}
}

func TestWhatIsOpenedFromAFullSidebarIsSeen(t *testing.T) {
	for _, key := range []string{"enter", "space"} {
		b := open(t, 80, 24)
		b.Press("alt+1", "j", key)
		b.WaitText("/search/repositories")
		if b.root.layout.URL.Empty() {
			t.Errorf("after %s only the sidebar is seen", key)
		}
	}
}

// One pane has focus, also in a tab that was open last time and is gone to now.
func TestOnePaneHasFocusInATabOfLastTime(t *testing.T) {
	b := open(t, 80, 24)
	b.root.OpenRequest("users/list")
	b.root.OpenRequest("users/create")
	b.Press("alt+3")
	b.again(80, 24)
	for range b.root.tabs {
		grid := b.Grid()
		if !strings.Contains(grid, "\n━━") || strings.Contains(grid, "\n▌") {
			t.Errorf("not the request alone has focus:\n%s", grid)
		}
		b.Press("alt+right")
	}
}
