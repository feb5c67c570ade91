package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/httpcore"
	"parley/ui/uitest"
)

// sendTo sends the current request to a path of the playground, and waits for the answer.
func (b *bench) sendTo(path string) *httpcore.Exchange {
	b.t.Helper()
	before := b.root.tab().exchange
	b.setURL(b.play.URL + path)
	b.Press("f5")
	b.WaitFor("the answer of "+path, func(string) bool {
		t := b.root.tab()
		return t.job == nil && t.exchange != nil && t.exchange != before && len(b.root.recording) == 0
	})
	return b.root.tab().exchange
}

func TestASplitShowsTheResponseBefore(t *testing.T) {
	b := open(t, 120, 36)
	first := b.sendTo("/anything/one")
	second := b.sendTo("/anything/two")
	b.Press("alt+\\")
	b.WaitText("from history")
	tab := b.root.tab()
	if tab.exchange != second || idOf(tab.second.exchange) != idOf(first) {
		t.Error("other responses are shown than the newest and the one before")
	}
	third := b.sendTo("/anything/three")
	if tab.exchange != third || tab.second.exchange != second {
		t.Error("the response before has not moved aside")
	}
	b.Press("alt+4")
	if b.root.focus != partResponse {
		t.Error("alt+4 leads elsewhere")
	}
	if b.Press("alt+4"); b.root.focus != partOther {
		t.Error("alt+4 does not lead to the one beside")
	}
	b.Press("=")
	b.WaitText("From the one beside")
	b.Press("esc", "alt+\\")
	if tab.second != nil || b.root.focus != partResponse || !b.root.layout.Other.Empty() {
		t.Error("the split has not been closed")
	}
	b.Press("alt+\\")
	b.WaitFor("the one before again", func(string) bool { return tab.second.exchange != nil })
	if got := idOf(tab.second.exchange); got != idOf(second) {
		t.Errorf("%s is beside, want %s", got, idOf(second))
	}
}

// History is of all collections, and other ones have requests of the same path.
func TestTheResponseBeforeIsOfThisCollection(t *testing.T) {
	b := open(t, 120, 36)
	b.sendTo("/anything/one")
	b.sendTo("/anything/two")
	tab := b.root.tab()
	tab.before = 0 // as after a start, when nothing is known of it
	here := b.root.work.Collection
	elsewhere := *here // others read the one that is here
	elsewhere.Root += "-other"
	b.root.work.Collection = &elsewhere
	b.Press("alt+\\")
	b.WaitFor("what history has", func(string) bool { return tab.second.asleep == nil })
	b.root.work.Collection = here
	if tab.second.exchange != nil {
		t.Error("a response of another collection is shown")
	}
}

func TestAPinnedResponseStays(t *testing.T) {
	b := open(t, 120, 36)
	first := b.sendTo("/anything/one")
	b.root.pinResponse()
	b.WaitText("pinned")
	for _, path := range []string{"/anything/two", "/anything/three"} {
		b.sendTo(path)
	}
	tab := b.root.tab()
	if tab.second.exchange != first || tab.exchange == first {
		t.Fatal("the pinned response has gone")
	}
	b.Press("alt+4", "alt+4", "alt+z")
	b.WaitText("anything/one")
	b.Press("alt+z")
	b.root.pinResponse()
	b.sendTo("/anything/four")
	if tab.second.exchange == first {
		t.Error("it stays although it was let go")
	}
}

func TestAnotherTabsResponseStandsBeside(t *testing.T) {
	b := open(t, 120, 36)
	first := b.sendTo("/anything/of-the-first")
	b.root.newTab()
	b.sendTo("/anything/of-the-second")
	b.root.pickBeside()
	b.WaitText("Show beside")
	b.Type("first-get")
	b.Press("enter")
	b.WaitText("of first-get")
	if b.root.tab().second.exchange != first {
		t.Error("another response is shown")
	}
	// Its own tab goes away, and what is shown here stays readable.
	b.root.goTab(0)
	b.root.drop(b.root.tab())
	if _, err := first.Response().Body.ReadAt(make([]byte, 1), 0); err != nil {
		t.Error(err)
	}
}

// In half of a narrow screen what to do next is wrapped rather than cut.
func TestANarrowSplitSaysAllOfWhatToDo(t *testing.T) {
	b := open(t, 80, 24)
	b.Press("alt+\\")
	b.WaitText("No response before this one")
	if grid := b.Grid(); !strings.Contains(grid, " this request ") {
		t.Errorf("a hint is cut:\n%s", grid)
	}
}

func TestAnEmptySplitSaysWhatFillsIt(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+\\")
	b.WaitText("No response before this one")
	first := b.sendTo("/anything/one")
	b.sendTo("/anything/two")
	if b.root.tab().second.exchange != first {
		t.Error("the first response is not beside the second one")
	}
}

func TestResponsesScrollTogether(t *testing.T) {
	b := open(t, 120, 36)
	b.sendTo("/anything?page=1")
	b.Press("alt+\\")
	b.sendTo("/anything?page=2")
	b.WaitFor("both bodies", func(grid string) bool { return strings.Count(grid, `"method"`)+strings.Count(grid, `"args"`) >= 2 })
	b.Press("alt+4", "ctrl+d")
	tab := b.root.tab()
	here, there := tab.response.Spot(), tab.second.response.Spot()
	if here == there {
		t.Fatal("they scroll together without being asked to")
	}
	b.root.linkScroll()
	b.Press("down")
	if here, there = tab.response.Spot(), tab.second.response.Spot(); here != there {
		t.Errorf("one is at %+v, the other one at %+v", here, there)
	}
	b.Press("alt+4", "g")
	if here, there = tab.response.Spot(), tab.second.response.Spot(); here != there {
		t.Errorf("from the other one: one is at %+v, the other one at %+v", here, there)
	}
}

func TestBordersAreDragged(t *testing.T) {
	b := open(t, 120, 36)
	side := b.root.layout.Sidebar
	edge := side.X + side.W - 1
	b.Drag(edge, 10, edge+8, 12)
	if got := b.root.layout.Sidebar.W; got != side.W+8 {
		t.Errorf("the sidebar is %d cells wide, want %d", got, side.W+8)
	}
	b.Click(edge+8, 5)
	b.Click(edge+8, 5)
	if got := b.root.layout.Sidebar.W; got != side.W {
		t.Errorf("after a double click the sidebar is %d cells wide, want %d", got, side.W)
	}
	before := b.root.layout.Response
	free := before.X + before.W - 3
	b.Drag(free, before.Y, free, before.Y-4)
	if got := b.root.layout.Response; got.Y != max(before.Y-4, b.root.layout.Request.Y+stackedLeast) {
		t.Errorf("the response begins at %d, before at %d", got.Y, before.Y)
	}
	b.Drag(free, b.root.layout.Response.Y, free, 0)
	if got := b.root.layout.Request.H; got != stackedLeast {
		t.Errorf("the request is %d lines high, want no less than %d", got, stackedLeast)
	}
}

func TestTitlesInABorderAreStillClicked(t *testing.T) {
	b := open(t, 120, 36)
	rect := b.root.layout.Response
	line := strings.Split(b.Grid(), "\n")[rect.Y]
	at := strings.Index(line, "Headers")
	if at < 0 {
		t.Fatalf("no title stands in %q", line)
	}
	x := len([]rune(line[:at]))
	b.Drag(x, rect.Y, x, rect.Y-3)
	if b.root.layout.Response != rect || b.root.focus != partResponse {
		t.Error("a title is dragged instead of chosen")
	}
}

func TestKeysChangeTheSizeOfWhatHasFocus(t *testing.T) {
	b := open(t, 120, 36)
	for _, c := range []struct {
		focus string
		part  part
	}{{"alt+1", partSidebar}, {"alt+3", partRequest}, {"alt+4", partResponse}} {
		b.Press(c.focus)
		before := *b.root.layout.of(c.part)
		b.Press("alt+=")
		larger := *b.root.layout.of(c.part)
		if larger.W*larger.H <= before.W*before.H {
			t.Errorf("%s: %+v has become %+v", partNames[c.part], before, larger)
		}
		b.Press("alt+-")
		if got := *b.root.layout.of(c.part); got != before {
			t.Errorf("%s: %+v instead of %+v", partNames[c.part], got, before)
		}
	}
	for range 100 {
		b.Press("alt+=")
	}
	b.WaitText("as large as it can be")
	b.Press("alt+-")
	if got := b.root.layout.Request.H; got == stackedLeast {
		t.Error("presses beyond the end are counted")
	}
}

func TestTheSidebarGoesAndComes(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+x", "7")
	if !b.root.layout.Sidebar.Empty() {
		t.Fatal("it is still there")
	}
	b.Press("alt+1")
	if b.root.layout.Sidebar.Empty() {
		t.Error("it has focus and is not seen")
	}
	b.Press("ctrl+x", "7")
	if !b.root.layout.Sidebar.Empty() || b.root.focus == partSidebar {
		t.Error("it has not left with its focus")
	}
	b.Press("ctrl+x", "7")
	if b.root.layout.Sidebar.Empty() {
		t.Error("it has not come back")
	}
}

// TestAStormOfSizes resizes a split workbench in every state from one cell to a wall of them.
func TestAStormOfSizes(t *testing.T) {
	b := open(t, 120, 36)
	b.sendTo("/anything/one")
	b.Press("alt+\\")
	b.sendTo("/anything/two")
	for _, keys := range [][]string{{"alt+4"}, {"alt+4"}, {"alt+1"}, {"alt+2"}, {"alt+3"}, {"alt+z"}} {
		b.Press(keys...)
		for i := range 60 {
			w, h := 1+(i*i*37)%500, 1+(i*53)%200
			b.Send(tea.WindowSizeMsg{Width: w, Height: h})
			uitest.Exact(t, b.View().Content, w, h)
			if !b.root.layout.TooSmall && b.root.layout.of(b.root.focus).Empty() {
				t.Fatalf("%dx%d: %s has focus and is not seen", w, h, partNames[b.root.focus])
			}
		}
	}
}
