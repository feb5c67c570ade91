package ui

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
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

// What was asked for right before the end is done, in its order, and only once.
func TestFilesAreChangedBeforeTheProgramEnds(t *testing.T) {
	b := open(t, 120, 36)
	first, second := b.root.Delete("tour/headers"), b.root.Delete("tour/json")
	if second != nil {
		t.Fatal("the second deletion does not wait for the first")
	}
	undo := b.root.undoFiles()
	if err := errors.Join(b.root.finishFiles(), b.root.finishFiles()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"headers": false, "json": true} { // the second came back
		if _, err := os.Stat(filepath.Join(b.dir, "tour", name+".toml")); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if undo != nil {
		t.Error("the undo does not wait")
	}
	first() // too late, and harmless
	if len(b.root.organised.done) != 1 || b.root.organised.busy {
		t.Errorf("%+v", b.root.organised.done)
	}
}

// A second copy does not take the name of the first, of which the screen has not heard yet.
func TestCopiesMadeAtOnceHaveNamesOfTheirOwn(t *testing.T) {
	b := open(t, 120, 36)
	b.root.Duplicate("tour/json")
	b.root.Duplicate("tour/json")
	b.root.Duplicate("flows/")
	b.root.Duplicate("flows/")
	if err := b.root.finishFiles(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"tour/json copy.toml", "tour/json copy 2.toml", "flows copy", "flows copy 2"} {
		if _, err := os.Stat(filepath.Join(b.dir, name)); err != nil {
			t.Error(err)
		}
	}
}

// A request that is saved while it is moved is saved where it goes.
func TestASaveWaitsForAMove(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/headers")
	b.Press("ctrl+l", "end")
	b.Type("?late=1")
	move := b.root.inTurn(func(c *collections.Collection) func() (tea.Cmd, error) {
		moved, err := moveFiles(c, "tour/headers", "tour/elsewhere")
		return func() (tea.Cmd, error) { return nil, errors.Join(err, b.root.followMove(moved.From, moved.To)) }
	})
	if b.root.save() != nil {
		t.Fatal("it is saved at once")
	}
	b.Send(move())
	text, err := os.ReadFile(filepath.Join(b.dir, "tour", "elsewhere.toml"))
	if err != nil || !strings.Contains(string(text), "?late=1") {
		t.Errorf("%v\n%s", err, text)
	}
	if _, err := os.Stat(filepath.Join(b.dir, "tour", "headers.toml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is there twice: %v", err)
	}
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

// Files are changed beside the screen, which goes on meanwhile: what is undone next waits for its turn.
func TestUndoesOfFilesWaitForTheirTurn(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+1")
	var order []string
	held := make(chan struct{})
	change := func(name string, waits chan struct{}) step {
		return func(*collections.Collection) func() (tea.Cmd, error) {
			if waits != nil {
				<-waits
			}
			return func() (tea.Cmd, error) {
				order = append(order, name)
				return nil, nil
			}
		}
	}
	b.root.organised.did(fileChange{what: "the older", back: change("older", nil), again: change("older again", nil)})
	b.root.organised.did(fileChange{what: "the newer", back: change("newer", held), again: change("newer again", nil)})
	b.Press("ctrl+z", "ctrl+z", "ctrl+y")
	b.Press("f1")
	b.WaitText("Help")
	if len(order) != 0 || len(b.root.organised.waiting) != 2 {
		t.Fatalf("%q is done, %d wait", order, len(b.root.organised.waiting))
	}
	b.Press("esc")
	close(held)
	b.WaitText("made again: the older")
	if want := []string{"newer", "older", "older again"}; !slices.Equal(order, want) || b.root.organised.busy {
		t.Errorf("%q are done, not %q", order, want)
	}
	if f := b.root.organised; len(f.done) != 1 || len(f.undone) != 1 {
		t.Errorf("%d can be undone and %d made again", len(f.done), len(f.undone))
	}
}

func TestDeletionsAreTakenBackOneAfterAnother(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.Press("alt+1")
	files := []string{"users/github.toml", "users/list.toml"}
	for _, file := range files {
		b.root.sidebar.SetCurrent(strings.TrimSuffix(file, ".toml"))
		b.Press("d")
		b.WaitFor("the deletion of "+file, func(string) bool { return b.missing(file) })
	}
	b.Press("ctrl+z", "ctrl+z")
	b.WaitFor("both of them", func(string) bool { return !b.missing(files[0]) && !b.missing(files[1]) })
	b.WaitFor("the end", func(string) bool { return !b.root.organised.busy })
	b.Press("ctrl+y", "ctrl+y", "ctrl+z")
	b.WaitFor("one of them", func(string) bool { return !b.root.organised.busy && b.missing(files[0]) && !b.missing(files[1]) })
}

// missing reports whether a file of the collection is not there.
func (b *bench) missing(name string) bool {
	_, err := os.Stat(filepath.Join(b.dir, filepath.FromSlash(name)))
	return errors.Is(err, fs.ErrNotExist)
}
