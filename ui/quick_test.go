package ui

import (
	"regexp"
	"strings"
	"testing"
)

// A quick answer takes the place of the one before: no frame in between shows neither.
func TestAQuickAnswerFlickersNothing(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("f5")
	b.WaitText(`"name": "GitHub"`)
	before := b.root.tab().exchange
	var torn []string
	quick := true
	b.Press("f5")
	b.WaitFor("another exchange", func(grid string) bool {
		tab := b.root.tab()
		quick = quick && !tab.slow
		if quick && (!strings.Contains(grid, `"name": "GitHub"`) || strings.Contains(grid, "Stop")) {
			torn = append(torn, grid)
		}
		return tab.exchange != before
	})
	if len(torn) > 0 {
		t.Errorf("%d frames showed something else, as in\n%s", len(torn), torn[0])
	}
}

// halfASecond is that or more, since a busy machine leaves some tenths out.
var halfASecond = regexp.MustCompile(`\b(0\.[5-9]|[1-9]\.\d) s`)

func TestASlowAnswerIsSaidToRunAndCanBeStopped(t *testing.T) {
	for name, key := range map[string]string{"esc": "esc", "ctrl+c": "ctrl+c"} {
		t.Run(name, func(t *testing.T) {
			b := open(t, 120, 36)
			b.Press("ctrl+n")
			b.Type(b.play.URL + "/delay/10")
			b.Press("enter")
			if grid := b.Grid(); strings.Contains(grid, "Stop") {
				t.Errorf("it is said to run before anybody could see it:\n%s", grid)
			}
			b.WaitText("esc stops")
			at := rowWith(b.Grid(), "esc stops")
			b.WaitFor("half a second", func(grid string) bool { return halfASecond.MatchString(grid) })
			if now := rowWith(b.Grid(), "esc stops"); now != at {
				t.Errorf("the status went from line %d to %d", at, now)
			}
			b.Press(key)
			b.WaitText("Stopped")
			if b.Quit() {
				t.Error("the program has ended")
			}
			if bar := b.View().ProgressBar; bar != nil {
				t.Errorf("the terminal still shows progress: %v", bar)
			}
		})
	}
}

func rowWith(grid, text string) int { return strings.Count(grid[:strings.Index(grid, text)], "\n") }
