package ui

import (
	"strings"
	"testing"
	"time"

	"parley/history"
	"parley/httpcore"
	"parley/ui/uitest"
)

func TestHowARequestWentBeforeIsDrawnAndOpened(t *testing.T) {
	b := open(t, 120, 36)
	b.WaitFor("the history", func(string) bool { return b.root.history != nil })
	for n := 1; n <= 3; n++ {
		before := b.root.tab().exchange
		b.Press("f5")
		b.WaitFor("another exchange", func(string) bool { return b.root.tab().exchange != before && len(b.root.recording) == 0 })
	}
	first := b.root.recent
	b.side("Timing")
	b.WaitText("· n 3")
	b.WaitText("median")
	b.Press("alt+4")
	b.until("down", func(grid string) bool { return strings.Contains(lastLine(grid), "Open") })
	newest := b.root.tab().exchange
	b.Press("left", "left")
	b.Press("enter")
	b.WaitText("from history")
	if b.root.tab().exchange == newest || len(first) == 0 {
		t.Error("enter opened the one that was shown")
	}
	if got := b.root.tab().exchange.Started; !got.Before(newest.Started) {
		t.Errorf("enter opened one of %v, not before %v", got, newest.Started)
	}
}

// What history answers may be from before the newest exchange was recorded, and come after what it was asked later.
func TestAnAnswerOfHistoryThatWasOvertakenIsNotShown(t *testing.T) {
	b := open(t, 120, 36)
	b.WaitFor("the history", func(string) bool { return b.root.history != nil })
	b.sendTo("/anything/one")
	b.sendTo("/anything/one")
	b.side("Timing")
	b.WaitText("· n 2")
	late := b.root.lookBack(b.root.tab())()
	b.sendTo("/anything/one")
	b.WaitText("· n 3")
	b.Send(late)
	if grid := b.Grid(); !strings.Contains(grid, "· n 3") {
		t.Errorf("the newest exchange is gone:\n%s", grid)
	}
}

// until presses a key until the screen is as it should be.
func (b *bench) until(key string, fits func(grid string) bool) {
	b.t.Helper()
	for range 100 {
		if fits(b.Grid()) {
			return
		}
		b.Press(key)
	}
	b.t.Fatalf("%s a hundred times does not lead there:\n%s", key, b.Grid())
}

func lastLine(grid string) string {
	lines := strings.Split(strings.TrimRight(grid, "\n"), "\n")
	return lines[len(lines)-1]
}

func TestThePastIsDrawnToScaleAndFailuresHaveAShape(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.shows(eventful(t), "Timing")
	var list []history.Summary
	for i, of := range []struct {
		status int
		ms     int
		kind   httpcore.Kind
	}{{200, 10, ""}, {204, 20, ""}, {500, 40, ""}, {404, 20, ""}, {0, 3000, httpcore.KindDNS}, {301, 20, ""}} {
		list = append(list, history.Summary{
			ID: history.ID(1_700_000_000_000_000 - i*1_000_000), Status: of.status, ErrorKind: of.kind, Total: time.Duration(of.ms) * time.Millisecond,
		})
	}
	b.root.tab().response.SetPast(list)
	b.Press("alt+4", "G")
	for _, text := range []string{
		"Latency     ▂█▂▄▂▁", "Status      3✗45··", "min 10 ms · median 20 ms · max 3.00 s · n 6 · 3 failed", "200 · 10 ms",
	} {
		b.until("up", func(grid string) bool { return strings.Contains(grid, text) })
	}
	for i := range 400 {
		list = append(list, history.Summary{ID: history.ID(i + 1), Status: 200, Total: time.Millisecond})
	}
	b.root.tab().response.SetPast(list)
	b.WaitText(" of 200")
	for _, size := range [][2]int{{60, 16}, {40, 12}, {200, 60}} {
		b.Resize(size[0], size[1])
		for y, line := range strings.Split(b.Grid(), "\n") {
			if n := len([]rune(line)); n > size[0] {
				t.Errorf("at %v line %d is %d cells", size, y, n)
			}
		}
	}
}

func TestAddressesAreLinksAndTakeNoCells(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.shows(eventful(t), "Timing")
	b.Press("alt+4")
	const link = "\x1b]8;;https://api.example/orders\x1b\\"
	content := b.View().Content
	if !strings.Contains(content, link) || strings.Count(content, "\x1b]8;;http") != strings.Count(content, "\x1b]8;;\x1b\\") {
		t.Errorf("the address of a hop is no link, or one is not ended")
	}
	uitest.Exact(t, content, 120, 36)
	b.Press("ctrl+p") // what lies on top hides the links below
	b.WaitText("Palette")
	uitest.Exact(t, b.View().Content, 120, 36)
}
