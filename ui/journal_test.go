package ui

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"parley/collections"
)

// killed starts the workbench again on what is on disk now, as after kill -9: the one before is not closed first.
func (b *bench) killed() *bench {
	b.t.Helper()
	again := &bench{t: b.t, now: b.now, fsys: b.fsys, first: b.first, dir: b.dir, state: b.t.TempDir(), play: b.play}
	if err := os.CopyFS(again.state, os.DirFS(b.state)); err != nil {
		b.t.Fatal(err)
	}
	again.start(120, 36)
	return again
}

// journaled waits until the journal has been written.
func (b *bench) journaled() {
	b.t.Helper()
	b.WaitFor("the journal", func(string) bool { return !b.root.journaling })
}

func TestEditsAreThereAgainAfterAKill(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/headers")
	b.Press("alt+2", "end")
	b.Type("?typed=1")
	b.journaled()
	b.Press("ctrl+n")
	b.Type("never.saved/x")
	b.journaled()

	again := b.killed()
	again.WaitText("not saved")
	var names []string
	for _, tab := range again.root.tabs {
		if tab.dirty {
			names = append(names, tab.draft.URL.Text)
		}
	}
	if got := strings.Join(names, " "); !strings.Contains(got, "typed=1") || !strings.Contains(got, "never.saved/x") {
		t.Errorf("the edits that came back are %q", got)
	}
	if strings.Count(again.Grid(), "●") < 2 {
		t.Errorf("the tabs do not say that they are not saved:\n%s", again.Grid())
	}

	// Killed at once, before anything new was written, they are still there.
	third := again.killed()
	if n := len(third.root.tabs); n != len(again.root.tabs) {
		t.Errorf("%d tabs became %d", len(again.root.tabs), n)
	}
}

// longBody gives the open request a JSON body of 1 MB.
func (b *bench) longBody() {
	t := b.root.tab()
	t.draft.Body.Content = collections.Str("[" + strings.Repeat("{\"name\": \"a value, and more\"},\n", 1<<15) + "1]")
	t.dirty, t.stale = true, true
}

// Typing goes on while a long body is written down: what that takes is not taken from the screen.
func TestALongBodyIsWrittenDownInTheBackground(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/json")
	b.longBody()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cmd := b.root.noteEdits()
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 1<<19 {
		t.Errorf("%d bytes were made for a body of 1 MB while the screen waited", n)
	}
	b.Send(cmd())
	b.WaitFor("the journal", func(string) bool { return len(b.root.options.Journal.Drafts()) == 1 })
	if n := len(b.root.options.Journal.Drafts()[0].Text); n < 1_000_000 {
		t.Errorf("%d bytes of the body are in the journal", n)
	}
}

// What was on its way to the journal when the request was saved would bring an old edit back after a crash.
func TestASaveOvertakesTheJournal(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+2", "end")
	b.Type("?old=1")
	late := b.root.noteEdits()()
	b.Type("&new=1")
	b.Press("ctrl+s")
	b.WaitText("saved")
	b.Send(late)
	b.journaled()
	if left := b.root.options.Journal.Drafts(); len(left) != 0 {
		t.Errorf("the journal has %s", left[0].Text)
	}
	for _, tab := range b.killed().root.tabs {
		if tab.dirty {
			t.Errorf("%s has edits", tab.name())
		}
	}
}

// The end does not wait for what is on its way: it is written again.
func TestAnEndWhileTheJournalIsWrittenLosesNothing(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+2", "end")
	b.Type("?kept=1")
	b.root.noteEdits() // and never comes back
	if err := b.root.remember(); err != nil {
		t.Fatal(err)
	}
	if kept := b.root.options.Journal.Drafts(); len(kept) != 1 || !strings.Contains(string(kept[0].Text), "?kept=1") {
		t.Errorf("the journal has %d drafts", len(kept))
	}
	b.killed().WaitText("not saved")
}

func TestWhatWasSavedIsNoEditAfterAKill(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+2", "end")
	b.Type("?saved=1")
	b.journaled()
	b.Press("ctrl+s")
	b.journaled()
	again := b.killed()
	for _, tab := range again.root.tabs {
		if tab.dirty {
			t.Errorf("%s has edits", tab.name())
		}
	}
}

func TestEditsThatWereTakenBackAreNone(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+2", "end", "x")
	b.journaled()
	if !b.root.tab().dirty {
		t.Fatal("typing is no edit")
	}
	b.Press("backspace")
	b.journaled()
	if b.root.tab().dirty {
		t.Error("the request is as in its file, and not saved, it says")
	}
}

func TestAClosedTabKeepsItsEdits(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+2", "end")
	b.Type("?kept=1")
	b.Press("alt+w")
	b.root.OpenRequest("tour/first-get")
	b.WaitText("?kept=1")
	if !b.root.tab().dirty {
		t.Error("the edits count as saved")
	}
}

func TestACellCountsAsItIsTyped(t *testing.T) {
	b := open(t, 120, 36)
	b.root.tab().request.Show("Headers")
	b.Press("alt+3")
	b.Type("X-Typed")
	b.Press("enter")
	b.Type("yes")
	b.journaled()
	b.killed().WaitText("not saved")
	// Without leaving the cell: what is seen is what is saved.
	b.Press("ctrl+s")
	b.WaitText("saved tour/first-get.toml")
	if text := b.read("tour/first-get.toml"); !strings.Contains(text, `X-Typed = "yes"`) {
		t.Errorf("the file is\n%s", text)
	}
}

func TestOpeningACellIsNoEdit(t *testing.T) {
	b := open(t, 120, 36)
	b.root.OpenRequest("tour/headers")
	b.root.tab().request.Show("Headers")
	b.Press("alt+3", "enter", "esc", "enter", "down")
	if b.root.tab().dirty {
		t.Error("a look at a cell made the request dirty")
	}
}

func TestLettersAreTextOnTheEmptyLine(t *testing.T) {
	b := open(t, 120, 36)
	b.root.tab().request.Show("Headers")
	b.Press("alt+3")
	b.Type("jkd /?gG")
	if text := b.Grid(); !strings.Contains(text, "jkd /?gG") {
		t.Errorf("typed text was taken by keys:\n%s", text)
	}
}

func TestAnOpenRequestFollowsItsFile(t *testing.T) {
	b := open(t, 120, 36)
	if err := os.WriteFile(b.dir+"/tour/first-get.toml", []byte("url = \"https://changed.test/\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.WaitText("https://changed.test/")
	if err := os.Remove(b.dir + "/tour/first-get.toml"); err != nil {
		t.Fatal(err)
	}
	b.WaitFor("the request to be kept as an edit", func(string) bool { return b.root.tab().dirty })
	b.Press("ctrl+s")
	b.WaitText("write yours as a new request")
}

func TestAMovedFolderTakesItsOpenRequestsAlong(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("alt+2", "end")
	b.Type("?unsaved=1")
	b.root.Move("tour/")
	b.Press("ctrl+a", "ctrl+k")
	b.Type("tour-de-force")
	b.Press("enter")
	b.WaitText("moved to tour-de-force")
	if got := b.root.tab().draft.Path; got != "tour-de-force/first-get" {
		t.Fatalf("the tab is of %s", got)
	}
	b.Press("ctrl+s")
	b.WaitText("saved tour-de-force/first-get.toml")
	b.Press("alt+1", "ctrl+z")
	b.WaitText("took back the move")
	if got := b.root.tab().draft.Path; got != "tour/first-get" {
		t.Errorf("after undo the tab is of %s", got)
	}
}
