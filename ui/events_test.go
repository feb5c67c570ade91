package ui

import (
	"strings"
	"testing"
)

func TestEventsAreListedAndAskedForAgain(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/events")
	b.Press("ctrl+l")
	b.Paste("{{base_url}}/events?count=4&drop=2")
	b.root.tab().draft.Params = nil
	b.Press("f5")
	b.WaitText("connects again in")
	b.WaitText("after the event 2")
	b.WaitText("connected again")
	b.WaitText(`{"n":4,"of":4}`)
	b.WaitText("that there is no more")
	if grid := b.Grid(); strings.Count(grid, `{"n":2,"of":4}`) != 1 || !strings.Contains(grid, "server-sent events · 4 · ended") {
		t.Errorf("the screen is\n%s", grid)
	}
	b.Press("alt+4", "g", "/")
	b.Type("n\":3")
	b.Press("enter")
	b.WaitText("1 line · n next")
	b.Press("y")
	b.WaitFor("the clipboard", func(string) bool { return b.Clipboard() == `{"n":3,"of":4}` })
	b.WaitFor("the history", func(string) bool { return len(b.root.recording) == 0 && b.root.tab().passed == nil })
}

func TestALostStreamIsGivenUp(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/events")
	b.Press("ctrl+l")
	b.Paste("{{base_url}}/events?count=4&drop=2")
	b.root.tab().draft.Params = nil
	b.Press("f5")
	b.WaitText("connects again in")
	b.Press("esc")
	b.WaitText("■ stopped")
	b.Press("f5")
	b.WaitText("connects again in")
	b.Press("ctrl+c")
	b.WaitText("■ stopped")
}

func TestEventsOfAnyResponseAreListed(t *testing.T) {
	b := open(t, 120, 36)
	b.ask("/events?count=3")
	b.WaitText("server-sent events · 3 · ended")
	b.Press("alt+4", "v")
	b.WaitText("id: 3")
	b.Press("v", "v", "v")
	b.WaitText("server-sent events · 3 · ended")
}

func TestLinesAreFollowedAsTheyCome(t *testing.T) {
	b := open(t, 80, 24)
	b.Press("ctrl+l")
	b.Paste("{{base_url}}/lines?count=200&delay=20ms")
	b.Press("enter")
	b.WaitText("live, G follows")
	b.Press("alt+4", "G")
	b.WaitText("· live")
	b.WaitText(`"line 40"`)
	b.Press("k")
	b.WaitText("live, G follows")
	b.Press("esc")
	b.WaitFor("the end", func(string) bool { return b.root.tab().job == nil })
}
