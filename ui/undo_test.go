package ui

import (
	"strings"
	"testing"

	"parley/httpcore/auth"
)

func TestARequestThatWasNeverSavedIsClosedAndBroughtBack(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+n")
	b.Type("https://never.saved/here")
	b.Press("alt+w")
	b.WaitText("which was never saved · ^Z brings it back")
	if b.root.overlays.Top() != nil {
		t.Error("it is asked about")
	}
	if len(b.root.tabs) != 1 {
		t.Fatalf("%d tabs are open", len(b.root.tabs))
	}
	b.Press("ctrl+z") // in the URL bar of another request, which was edited as well
	b.WaitText("took back the closing of")
	b.WaitText("https://never.saved/here")
	if tab := b.root.tab(); !tab.dirty || !tab.untitled() {
		t.Error("what is back counts as saved")
	}
	b.journaled()
	b.killed().WaitText("https://never.saved/here")
}

// What was typed after a deletion is what undo takes back; the deletion is taken back from the tree.
func TestUndoTakesBackWhatWasDoneLast(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+1", "d")
	b.WaitText("^Z brings it back")
	b.Press("ctrl+l", "end")
	b.Type("?x=1")
	b.WaitText("?x=1")
	b.Press("ctrl+z")
	b.WaitFor("the URL as it was", func(grid string) bool { return !strings.Contains(grid, "?x=1") })
	b.Press("alt+1", "ctrl+z")
	b.WaitText("took back the deletion of")
}

func TestAForgottenTokenComesBack(t *testing.T) {
	b := open(t, 120, 36)
	tokens := b.root.options.Tokens
	if err := tokens.Restore(auth.KeptToken{Key: "k", Token: auth.Token{ClientID: "a-client", TokenURL: "https://id.example/token"}}); err != nil {
		t.Fatal(err)
	}
	b.Press("alt+t")
	b.WaitText("a-client")
	b.Press("d")
	b.WaitText("the token is forgotten · ^Z brings it back")
	if list, err := tokens.List(); err != nil || len(list) != 0 {
		t.Errorf("%v, %v", list, err)
	}
	b.Press("ctrl+z")
	b.WaitText("the token is back")
	if list, err := tokens.List(); err != nil || len(list) != 1 || list[0].ClientID != "a-client" {
		t.Errorf("%v, %v", list, err)
	}
}
