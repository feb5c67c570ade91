package ui

import (
	"strings"
	"testing"
)

func TestAnOptionThatCannotBeIsSaidAndKept(t *testing.T) {
	b := open(t, 80, 24)
	b.root.tab().request.Show("Options")
	b.Press("alt+3")
	b.Type("soon?j")
	if got := b.root.tab().draft.Options.Timeout.Connect.Text; got != "soon?j" {
		t.Fatalf("the option is %q", got)
	}
	if !strings.Contains(b.Grid(), "duration") {
		t.Errorf("nothing is said about it:\n%s", b.Grid())
	}
	b.Press("f5")
	b.WaitText("✗")
}
