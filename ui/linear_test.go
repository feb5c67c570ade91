package ui

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/ui/uitest"
)

// decoration is what says nothing to who hears it: lines, blocks, and signs beside words.
func decoration(r rune) bool {
	return r >= '─' && r <= '▟' || strings.ContainsRune("●○•▾▸❯‹›↪", r)
}

func TestLinearScreensAreWordsAlone(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		for _, scene := range mainScenes {
			if scene.name == "help" { // which shows the keys of signs
				continue
			}
			t.Run(scene.name, func(t *testing.T) {
				b := openFixed(t, size[0], size[1])
				b.root.toggleLinear()
				scene.play(b)
				uitest.Exact(t, b.View().Content, size[0], size[1])
				for line := range strings.Lines(b.Grid()) {
					if i := strings.IndexFunc(line, decoration); i >= 0 {
						t.Errorf("%q is drawn", line[i:])
					}
				}
			})
		}
	}
}

// One column: where there is room for panes beside each other, they are below each other all the same.
func TestALinearScreenIsReadFromTopToBottom(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {240, 60}} {
		for _, split := range []bool{false, true} {
			wish := wishes{focus: partURL, last: partRequest, linear: true, split: split}
			a := arrange(size[0], size[1], wish)
			row := 0
			for _, rect := range []Rect{a.Top, a.Tabs, a.URL, a.Request, a.Response, a.Other, a.Status} {
				if rect.Empty() {
					continue
				}
				if rect.X != 0 || rect.W != size[0] || rect.Y != row {
					t.Errorf("%v, split %v: %+v after row %d", size, split, rect, row)
				}
				row += rect.H
			}
			if row != size[1] || !a.Sidebar.Empty() {
				t.Errorf("%v, split %v: %d rows are used, the sidebar is %+v", size, split, row, a.Sidebar)
			}
			wish.focus = partSidebar
			if a := arrange(size[0], size[1], wish); a.Sidebar.W != size[0] || !a.Request.Empty() {
				t.Errorf("%v: with focus the sidebar is %+v, beside %+v", size, a.Sidebar, a.Request)
			}
		}
	}
}

func TestALinearScreenSaysWhatThereIs(t *testing.T) {
	b := openFixed(t, 80, 24)
	b.Press("ctrl+p")
	b.Type("screen readers")
	b.Press("enter")
	b.WaitText("the screen is linear")
	if got := b.config(); got != "linear = true\n" {
		t.Errorf("the settings say %q", got)
	}
	b.root.OpenRequest("users/create")
	b.root.tab().request.Show("Headers")
	b.Press("alt+3")
	b.WaitText("Request, Headers side, 1 row")
	b.Press("alt+4")
	b.WaitText("Response, Body side")
	b.Press("alt+1")
	b.WaitText("Sidebar, Collection side")

	b.Press("ctrl+p")
	b.Type("screen readers")
	b.Press("enter")
	b.WaitText("frames and signs")
	if got := b.config(); got != "" {
		t.Errorf("the settings say %q", got)
	}
}

// What lies on top is all there is to read.
func TestALinearOverlayIsAlone(t *testing.T) {
	b := openFixed(t, 80, 24)
	b.root.toggleLinear()
	b.Press("ctrl+x", "t")
	b.WaitText("Follow the terminal")
	for line := range strings.Lines(b.Grid()) {
		if strings.Contains(line, "Request,") || strings.Contains(line, "users/github") {
			t.Errorf("below the picker there is %q", line)
		}
	}
}

func TestLinearMessagesStayUntilAKey(t *testing.T) {
	b := openFixed(t, 80, 24)
	b.root.toggleLinear()
	b.root.notify(info("this may be read slowly"))
	shown := b.root.notices.shown
	b.Press("down") // it was not seen yet
	b.WaitText("this may be read slowly")
	b.Send(noticeOver{shown: shown, seen: true})
	b.WaitText("this may be read slowly")
	b.Press("down")
	if strings.Contains(b.Grid(), "this may be read slowly") {
		t.Error("it is still there after a key")
	}
}

// Where nothing may move, numbers tell how far a job is, a second at a time.
func TestReducedMotionTellsByNumbers(t *testing.T) {
	b := openFixed(t, 120, 36)
	download := moving(t, 3_400_000)
	b.running(download)
	if grid := b.Grid(); !strings.Contains(grid, "▕") || !tenths.MatchString(grid) {
		t.Fatalf("nothing to leave out:\n%s", grid)
	}
	b.Press("ctrl+p")
	b.Type("reduced motion")
	b.Press("enter")
	b.WaitText("motion is reduced")
	if got := b.config(); got != "reduced_motion = true\n" {
		t.Errorf("the settings say %q", got)
	}
	b.running(download)
	grid := b.Grid()
	if strings.Contains(grid, "▕") || tenths.MatchString(grid) {
		t.Errorf("something moves:\n%s", grid)
	}
	if !strings.Contains(grid, "3.4 MB") {
		t.Errorf("how far it is is not said:\n%s", grid)
	}
}

var tenths = regexp.MustCompile(`receiv\w* \d+\.\d s`)

func TestJobsAreToldOfOnceASecondWhereNothingMoves(t *testing.T) {
	b := openFixed(t, 120, 36)
	now := time.Unix(1_780_000_000, 0)
	b.root.now = func() time.Time { return now }
	state, on := moving(t, 3_400_000), b.root.tab()
	on.told = now
	more := state
	more.Received += 1_000_000
	if b.root.isNews(on, state, more) {
		t.Error("bytes that came are news within a second")
	}
	ended := more
	ended.Response = nil
	if !b.root.isNews(on, state, ended) {
		t.Error("another attempt is no news")
	}
	now = now.Add(time.Second)
	if !b.root.isNews(on, state, more) {
		t.Error("nothing is told after a second")
	}
	for _, c := range []struct {
		linear       bool
		wished, want time.Duration
	}{{false, runBeat, runBeat}, {true, runBeat, time.Second}, {true, time.Minute, time.Minute}} {
		if b.root.options.Linear != c.linear {
			b.root.toggleLinear()
		}
		if got := b.root.beat(c.wished); got != c.want {
			t.Errorf("linear %v: a beat of %v is one of %v", c.linear, c.wished, got)
		}
	}
}
