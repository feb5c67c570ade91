package ui

import (
	"strings"
	"testing"
)

// However small the screen and wherever focus is, what was sent for is seen.
func TestAnAnswerIsSeen(t *testing.T) {
	for _, setup := range [][]string{{}, {"alt+1"}, {"alt+3"}, {"alt+3", "alt+z"}, {"alt+z"}} {
		b := open(t, 60, 16)
		b.Press(setup...)
		b.Press("f5")
		b.WaitText("200 OK")
		b.WaitText(`"login"`)
	}
}

func TestTitlesWithoutRoomAreHintedAt(t *testing.T) {
	b := open(t, 60, 16)
	b.Press("alt+3")
	if !strings.Contains(b.Grid(), "Vars ›") {
		t.Errorf("nothing tells of more sections:\n%s", b.Grid())
	}
	b.root.tab().request.Show("Notes")
	if !strings.Contains(b.Grid(), "Notes 3") {
		t.Errorf("the chosen section has no title:\n%s", b.Grid())
	}
}
