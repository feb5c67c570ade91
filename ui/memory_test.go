package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections/disk"
)

// again ends the workbench and starts another one on the same folders.
func (b *bench) again(width, height int) {
	b.t.Helper()
	b.end()
	b.start(width, height)
	b.WaitFor("the history", func(string) bool { return b.root.history != nil })
}

// settled waits until nothing is to be read any more.
func (b *bench) settled() {
	b.t.Helper()
	b.WaitFor("what was shown", func(grid string) bool {
		t := b.root.tab()
		return t.asleep == nil && (t.second == nil || t.second.asleep == nil) && !strings.Contains(grid, readingText)
	})
}

func TestAStartBringsEverythingBack(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/query")
	b.root.OpenRequest("users/list")
	b.root.pinTab()
	b.root.goTab(1)
	b.WaitFor("the history", func(string) bool { return b.root.history != nil })
	b.sendTo("/anything/one?of=many")
	b.Press("alt+\\")
	b.sendTo("/anything/two")
	b.WaitFor("both bodies", func(grid string) bool { return strings.Count(grid, `"headers": {`) == 2 })
	b.Drag(b.root.layout.Sidebar.W-1, 9, b.root.layout.Sidebar.W+3, 9)
	b.Press("alt+4", "3", "j", "j", "enter", "ctrl+d") // folded, and scrolled
	b.Press("alt+4")
	b.root.response().ShowSide("Timing")
	b.Press("alt+1", "g", "j", "]", "alt+4")
	before, grid := kept(b.root), b.Grid()
	b.again(120, 36)
	b.settled()
	b.WaitFor("the places", func(string) bool { return kept(b.root)["places"] == before["places"] })
	for what, was := range before {
		if is := kept(b.root)[what]; is != was {
			t.Errorf("%s: %s, and before %s", what, is, was)
		}
	}
	for p := range partWords {
		mark := "━"
		if p == partURL {
			mark = "▌"
		}
		if drawn := strings.Contains(b.root.pane(p).Lines()[0], mark); drawn != (p == b.root.focus) {
			t.Errorf("%s: focus is drawn: %v", partNames[p], drawn)
		}
	}
	if t.Failed() {
		t.Logf("before\n%s\nafter\n%s", grid, b.Grid())
	}
}

// kept is what has to be as it was.
func kept(r *Root) map[string]string {
	t := r.tab()
	node, history := r.sidebar.Place()
	return map[string]string{
		"tabs": fmt.Sprint(names(r), r.current, r.tabs[0].pinned), "layout": fmt.Sprint(r.layout), "focus": fmt.Sprint(r.focus, r.last, r.answer),
		"responses": fmt.Sprint(idOf(t.exchange), idOf(t.second.exchange)), "sidebar": fmt.Sprint(node, history),
		"places": fmt.Sprint(t.response.Place(), t.second.response.Place()),
	}
}

func names(r *Root) (list []string) {
	for _, t := range r.tabs {
		list = append(list, t.name())
	}
	return list
}

func TestUnsavedRequestsKeepTheirPlaceAmongTabs(t *testing.T) {
	b := open(t, 120, 36)
	b.root.newTab()
	b.setURL("http://typed.example/only-here")
	b.root.OpenRequest("tour/query")
	b.root.OpenRequest("tour/headers")
	b.root.goTab(1)
	before := names(b.root)
	b.again(120, 36)
	if after := names(b.root); fmt.Sprint(after) != fmt.Sprint(before) || b.root.current != 1 {
		t.Errorf("%v, and the current one is %d; before %v", after, b.root.current, before)
	}
}

func TestWhatIsGoneIsLeftOutInSilence(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/query")
	b.root.OpenRequest("tour/headers")
	b.WaitFor("the history", func(string) bool { return b.root.history != nil })
	b.sendTo("/anything/one")
	b.Press("ctrl+s")
	b.WaitText("saved tour/headers.toml")
	if err := os.Remove(filepath.Join(b.dir, "tour", "query.toml")); err != nil {
		t.Fatal(err)
	}
	b.end()
	if err := os.RemoveAll(filepath.Join(b.state, "history")); err != nil {
		t.Fatal(err)
	}
	b.start(120, 36)
	b.settled()
	if got := fmt.Sprint(names(b.root)); got != "[first-get headers]" || b.root.tab().name() != "headers" {
		t.Errorf("the tabs are %s, and %s is shown", got, b.root.tab().name())
	}
	if n := b.root.notices.current(); n != nil {
		t.Errorf("it says %q", n.Text)
	}
}

func TestAMemoryThatCannotBeUnderstoodIsHarmless(t *testing.T) {
	for name, text := range map[string]string{
		"cut off":      `{"version": 1, "tabs": [{"path": "tour/que`,
		"another one":  `{"version": 99, "tabs": [{"path": "tour/query"}]}`,
		"of old":       `{"tabs": ["tour/query"], "current": 0}`,
		"out of range": `{"version": 1, "tabs": [{"path": "tour/query", "section": "?", "shown": {"exchange": 5, "place": {"side": "?", "view": "?", "spot": {"Cursor": {"Line": 99999999}, "Left": -5}}}, "edited": {"url": {"cursor": 9999, "anchor": -4}}}], "current": 77, "focus": "moon", "sizes": {"sidebar": -5, "stacked": -1, "split": 100000}}`,
		"large":        `{"version": 1, "tabs": "` + strings.Repeat("x", memoryMost) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, 120, 36)
			b.end()
			if err := os.WriteFile(filepath.Join(b.state, "memory.json"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			b.start(120, 36)
			b.settled()
			if len(b.root.tabs) != 1 || b.root.layout.of(b.root.focus).Empty() {
				t.Errorf("%d tabs are open", len(b.root.tabs))
			}
		})
	}
}

func TestTheMemoryIsOnlyForItsOwner(t *testing.T) {
	b := open(t, 120, 36)
	if err := b.root.remember(); err != nil {
		t.Fatal(err)
	}
	info, err := disk.OS().Lstat(filepath.Join(b.state, "memory.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestEditorsComeBackWithTheirSelection(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/json")
	b.root.tab().request.Show("Body")
	b.Press("alt+3", "enter", "down", "shift+right", "shift+right", "shift+right")
	before := b.root.selected()
	if before == "" {
		t.Fatalf("nothing is selected:\n%s", b.Grid())
	}
	b.again(120, 36)
	if after := b.root.selected(); after != before {
		t.Errorf("%q is selected, and before %q", after, before)
	}
}

func TestAZoomedPaneComesBackZoomed(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+3", "alt+z", "ctrl+x", "7")
	before := b.root.layout
	b.again(120, 36)
	if b.root.layout != before || b.root.focus != partRequest {
		t.Errorf("%+v, and before %+v", b.root.layout, before)
	}
	b.Press("alt+z")
	if !b.root.layout.Sidebar.Empty() {
		t.Error("the sidebar was hidden")
	}
}

func TestTheLastOfTwoWorkbenchesWins(t *testing.T) {
	b := open(t, 120, 36)
	one, end := b.root, b.end
	b.start(120, 36)
	b.root.OpenRequest("tour/query")
	one.OpenRequest("tour/headers")
	b.end()
	end()
	b.start(120, 36)
	if got := fmt.Sprint(names(b.root)); got != "[first-get headers]" {
		t.Errorf("the tabs are %s", got)
	}
}

func TestThePlaceInAListOfEventsComesBack(t *testing.T) {
	b := open(t, 120, 36)
	b.WaitFor("the history", func(string) bool { return b.root.history != nil })
	b.root.OpenRequest("tour/query")
	b.setURL("{{base_url}}/events?count=6&interval=1ms")
	b.Press("f5")
	b.WaitFor("the end", func(grid string) bool {
		return b.root.tab().job == nil && len(b.root.recording) == 0 && strings.Contains(grid, `"n":6`)
	})
	b.Press("alt+4", "g", "j")
	b.WaitFor("the second event", func(string) bool { return b.root.tab().response.Place().Spot.Cursor.Line == 1 })
	b.Press("ctrl+s")
	b.WaitText("saved tour/query.toml")
	b.again(120, 36)
	b.settled()
	b.WaitText(`"n":6`)
	b.WaitFor("the second event", func(string) bool { return b.root.tab().response.Place().Spot.Cursor.Line == 1 })
}
