package ui

import (
	"os/exec"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/ui/uitest"
)

// welcomed is a workbench at its first start, with a tour.
func welcomed(t *testing.T, width, height int) *bench {
	t.Helper()
	b := openFixed(t, width, height)
	b.welcomes()
	return b
}

// welcomes shows the first start, with a tour.
func (b *bench) welcomes() {
	b.root.options.Tour = func() *exec.Cmd { return exec.Command("true") }
	b.root.newTab()
	b.root.welcome()
}

func TestTheWelcomeIsInNobodysWay(t *testing.T) {
	for _, test := range []struct {
		name  string
		do    func(*bench)
		want  string
		still bool // the welcome is still up
	}{
		{"typing goes to the URL bar", func(b *bench) { b.Type("http://h/typed") }, "http://h/typed", false},
		{"so does a paste", func(b *bench) { b.Paste("http://h/pasted") }, "http://h/pasted", false},
		{"escape begins", func(b *bench) { b.Press("esc") }, "Type a URL, or paste a curl command", false},
		{"other keys do what they do", func(b *bench) { b.Press("f1") }, "Help: keys in", false},
		{"tab turns the page", func(b *bench) { b.Press("tab") }, "takes the tour", true},
		{"enter, too", func(b *bench) { b.Press("enter") }, "takes the tour", true},
		{"and back", func(b *bench) { b.Press("enter", "left") }, "sends the request", true},
		{"a click beside it begins", func(b *bench) { b.Click(119, 34) }, "Type a URL, or paste a curl command", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := welcomed(t, 120, 36)
			b.WaitText("Type a URL and press enter.")
			test.do(b)
			b.WaitText(test.want)
			if up := strings.Contains(b.Grid(), "Welcome to Parley") || strings.Contains(b.Grid(), "Look around first?"); up != test.still {
				t.Errorf("the welcome is up: %v\n%s", up, b.Grid())
			}
		})
	}
}

func TestTheTourIsAnotherProgramInThisOnesPlace(t *testing.T) {
	b := welcomed(t, 80, 24)
	b.Press("enter")
	b.WaitText("takes the tour")
	if cmd := b.root.overlays.Top().Key(uitest.Key("enter")); cmd == nil {
		t.Error("the tour is not started")
	}
	b.root.overlays.Drop()
	b.Send(toured{exec.ErrNotFound})
	b.WaitText("the tour could not be started")
	b.Send(tea.KeyPressMsg{Code: tea.KeyEscape})
}
