package ui

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/disk/disktest"
	"parley/ui/uitest"
)

func TestABrokenFileIsShownAndTheRestWorks(t *testing.T) {
	b := open(t, 120, 36)
	if err := os.WriteFile(filepath.Join(b.dir, "tour", "query.toml"), []byte("url = \"x\"\nurl = \n"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.WaitText("query")
	b.WaitText("broken")
	b.root.sidebar.ShowTree()
	b.Press("alt+1", "/")
	b.Type("query")
	b.Press("enter", "enter")
	b.WaitText("tour/query.toml:2")
	b.Press("esc", "f5")
	b.WaitText("200 OK")
}

func TestASaveOverAnotherChangeAsks(t *testing.T) {
	const theirs = "url = \"https://theirs.test/\"\n"
	file := "tour/first-get.toml"
	conflict := func() *bench {
		b := open(t, 60, 16)
		b.Press("alt+2", "end")
		b.Type("?mine=1")
		if err := os.WriteFile(filepath.Join(b.dir, file), []byte(theirs), 0o644); err != nil {
			t.Fatal(err)
		}
		b.Press("ctrl+s")
		b.WaitText("write yours over theirs")
		b.WaitText("take theirs")
		if b.read(file) != theirs {
			t.Fatal("their version is gone before anyone was asked")
		}
		b.Press("m") // typed for something else: the question came up by itself
		if b.read(file) != theirs {
			t.Fatal("a key that was on its way answered the question")
		}
		return b
	}
	b := conflict()
	b.Press("t")
	b.WaitText("https://theirs.test/")
	if b.root.tab().dirty {
		t.Error("what was taken from the file is not an edit")
	}
	b = conflict()
	b.Press("m")
	b.WaitFor("mine", func(string) bool { return strings.Contains(b.read(file), "?mine=1") })
	b = conflict()
	b.Press("esc")
	if got := b.root.tab().draft.URL.Text; !strings.Contains(got, "?mine=1") || !b.root.tab().dirty {
		t.Errorf("leaving the question alone lost the edit: %q", got)
	}
}

func TestChangesOfOtherKeysAreMerged(t *testing.T) {
	const file = "tour/first-get.toml"
	b := open(t, 120, 36)
	b.Press("alt+2", "end")
	b.Type("?mine=1")
	theirs := b.read(file) + "\n[headers]\nX-Theirs = \"1\" # said\n"
	if err := os.WriteFile(filepath.Join(b.dir, file), []byte(theirs), 0o644); err != nil {
		t.Fatal(err)
	}
	b.Press("ctrl+s")
	b.WaitText("merged with changes on disk: headers")
	got := b.read(file)
	if !strings.Contains(got, "?mine=1") || !strings.HasSuffix(got, "[headers]\nX-Theirs = \"1\" # said\n") {
		t.Errorf("the file is\n%s", got)
	}
	if tab := b.root.tab(); tab.dirty || len(tab.draft.Headers) != 1 {
		t.Errorf("the tab has headers %v, dirty %v", tab.draft.Headers, tab.dirty)
	}
}

func TestOfEachKeyOneSideIsChosen(t *testing.T) {
	const file = "tour/first-get.toml"
	b := open(t, 120, 36)
	b.Press("alt+2", "end")
	b.Type("?mine=1")
	b.root.tab().draft.Notes = collections.Str("my notes")
	b.root.Changed(b.root.tab().url)
	if err := os.WriteFile(filepath.Join(b.dir, file), []byte("url = \"https://theirs.test/\" # x\nnotes = \"their notes\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.Press("ctrl+s")
	b.WaitText("choose for each key")
	b.WaitText("their notes")
	b.Press("esc")
	b.WaitFor("the question to go", func(string) bool { return b.root.overlays.Top() == nil })
	b.Press("ctrl+s", "x", "c") // the first key may have been on its way
	b.WaitText("● my notes")
	b.WaitText("○ their notes")
	b.Press("down", "space")
	b.WaitText("● their notes")
	b.Press("enter")
	b.WaitFor("the file", func(string) bool { return strings.Contains(b.read(file), "?mine=1") })
	if got := b.read(file); !strings.Contains(got, "their notes") || !strings.Contains(got, "# x") {
		t.Errorf("the file is\n%s", got)
	}
}

func TestADeletedFileIsWrittenBack(t *testing.T) {
	const file = "tour/first-get.toml"
	b := open(t, 120, 36)
	before := b.read(file)
	b.Press("alt+2", "end")
	b.Type("?mine=1")
	if err := os.RemoveAll(filepath.Join(b.dir, "tour")); err != nil {
		t.Fatal(err)
	}
	b.WaitText("tour/first-get has no file any more")
	b.Press("ctrl+s")
	b.WaitText("write it back to tour/first-get.toml")
	b.Press("x", "b")
	b.WaitText("saved tour/first-get.toml")
	got := b.read(file)
	if !strings.Contains(got, "?mine=1") || len(strings.Split(got, "\n")) != len(strings.Split(before, "\n")) {
		t.Errorf("written back as\n%s", got)
	}
}

func TestACollectionThatIsDeletedWhileItIsOpen(t *testing.T) {
	b := open(t, 120, 36)
	kept := filepath.Join(t.TempDir(), "kept")
	if err := os.Rename(b.dir, kept); err != nil {
		t.Fatal(err)
	}
	b.WaitText("it does not exist")
	b.WaitFor("the open request to be kept", func(string) bool { return b.root.tab().dirty })
	if err := os.Rename(kept, b.dir); err != nil {
		t.Fatal(err)
	}
	b.WaitFor("the open request to have its file", func(string) bool { return !b.root.tab().dirty })
}

// A disk that takes nothing loses nothing: the edit stays, and is said to be unsaved.
func TestADiskThatTakesNothing(t *testing.T) {
	full := disktest.Wrap(disk.OS())
	b := openOn(t, full)
	b.Press("alt+2", "end")
	full.Fail(func(disktest.Step) error { return syscall.ENOSPC })
	b.Type("?kept=1")
	b.WaitText("unsaved edits cannot be written down")
	b.Press("ctrl+s")
	b.WaitText("the disk is full")
	b.WaitText("free some space")
	if tab := b.root.tab(); !tab.dirty || !strings.Contains(tab.draft.URL.Text, "?kept=1") {
		t.Error("the edit is gone, or counts as saved")
	}
	full.Fail(nil)
	b.WaitFor("the journal", func(string) bool { return !b.root.unwritten })
	b.Press("ctrl+s")
	b.WaitText("saved tour/first-get.toml")
}

func TestAHistoryThatCannotBeOpened(t *testing.T) {
	b := made(t, &bench{now: time.Now, fsys: disk.OS(), noHistory: errors.New("the database is locked by another program")}, 120, 36)
	b.WaitText("locked by another program")
	b.click("History")
	if !strings.Contains(b.Grid(), "The history cannot be") {
		t.Errorf("the list says nothing:\n%s", b.Grid())
	}
	b.Press("f5")
	b.WaitText("200 OK")
	b.Press("ctrl+r")
	if b.root.overlays.Top() != nil || !strings.Contains(b.Grid(), "locked by another program") {
		t.Errorf("a search of nothing begins:\n%s", b.Grid())
	}
}

// ownLinks are the hyperlinks to addresses that were asked for, which the workbench itself makes.
var ownLinks = regexp.MustCompile("\x1b]8;;(http://127\\.0\\.0\\.1:[!-~]*)?\x1b\\\\")

// Nothing that a server sends acts on the terminal or moves a cell of the screen.
func TestHostileAnswers(t *testing.T) {
	for _, target := range []string{
		"/hostile", "/response-headers?X-Evil=%1B%5D0%3Bowned%07&X-Bidi=%E2%80%AE", "/charset/shift_jis", "/charset/utf-16le?declare=bom",
		"/image/png", "/json/big?size=300kB&minified=1", "/status/418", "/faults/truncate-length", "/faults/reset", "/gzip",
	} {
		b := open(t, 100, 30)
		b.ask(target)
		for _, side := range []string{"Body", "Headers", "Cookies", "Timing", "Attempts", "Wire", "Sent"} {
			b.root.tab().response.ShowSide(side)
			b.Press("alt+4", "j", "v", "G", "w", "enter", "v", "g", "v")
			content := b.View().Content
			uitest.Exact(t, content, 100, 30)
			for _, r := range b.Grid() {
				if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
					t.Fatalf("%s: %s shows %U", target, side, r)
				}
			}
			rest := ownLinks.ReplaceAllString(content, "")
			if strings.Contains(rest, "\x1b]") || strings.Contains(rest, "\x07") {
				t.Errorf("%s: %s acts on the terminal", target, side)
			}
		}
	}
}

// ask sends a GET to a path of the playground and waits for its end.
func (b *bench) ask(target string) {
	b.t.Helper()
	b.Press("ctrl+l")
	b.Paste("{{base_url}}" + target)
	b.Press("enter")
	b.WaitFor("the end of "+target, func(string) bool {
		tab := b.root.tab()
		return tab.job == nil && tab.exchange != nil
	})
}

func TestCharsetsAreReadAsTheyAre(t *testing.T) {
	for target, text := range map[string]string{
		"/charset/windows-1251": "съешь ещё", "/charset/shift_jis": "いろはにほへと", "/charset/utf-16le?declare=bom": "garçon, où est le cœur",
		"/charset/iso-8859-1": "garçon",
	} {
		b := open(t, 120, 36)
		b.ask(target)
		b.WaitText(text)
	}
}

// Every key is answered while a long body of one line arrives and is indexed, and after that.
func TestKeysAreAnsweredBesideALongBody(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+l")
	b.Paste("{{base_url}}/json/big?size=64MiB&minified=1")
	b.Press("enter", "alt+4")
	keys := []string{"j", "G", "g", "ctrl+d", "w", "v", "v", "v", "/", "a", "enter", "n", "N", "w", "G", "k", "ctrl+p", "esc", "alt+z", "alt+z"}
	for round := 0; round < 3 || b.root.tab().job != nil; round++ {
		for _, key := range keys {
			answered := make(chan struct{})
			watchdog := time.AfterFunc(time.Minute, func() {
				select {
				case <-answered:
				default:
					panic(key + " was not answered for a minute")
				}
			})
			b.Press(key)
			_ = b.View()
			close(answered)
			watchdog.Stop()
			b.Poll()
		}
	}
	if response := b.root.tab().exchange.Response(); response.Body.Size() < 64<<20 {
		t.Errorf("%d bytes arrived", response.Body.Size())
	}
}

func TestTwoRequestsRunAtOnce(t *testing.T) {
	b := open(t, 120, 36)
	b.Press("ctrl+l")
	b.Paste("{{base_url}}/delay/10") // as long as any wait here: it still runs when it is stopped
	b.Press("enter")
	b.WaitText("esc stops")
	b.root.OpenRequest("tour/query")
	b.Press("f5")
	b.WaitFor("the quick one to end", func(grid string) bool {
		return strings.Contains(grid, "200 OK") && b.root.tab().job == nil
	})
	running := b.root.tabs[0]
	if running.job == nil || b.root.tab() == running || strings.Count(b.Grid(), "◌") != 1 {
		t.Errorf("the tab that runs does not say so:\n%s", b.Grid())
	}
	b.Press("alt+left", "alt+w")
	if b.root.byID(running.id) != nil {
		t.Fatal("a tab that runs cannot be closed")
	}
	b.Press("f5")
	b.WaitFor("the quick one to end again", func(grid string) bool {
		return strings.Contains(grid, "200 OK") && b.root.tab().job == nil
	})
}
