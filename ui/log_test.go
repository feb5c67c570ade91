package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"parley/ui/pane"
)

// tell shows a notice as if a command had brought it.
func (b *bench) tell(n pane.Notice) {
	b.Send(then{func() tea.Cmd { return b.root.notify(n) }})
}

func TestWhatHooksAndFailuresSaidCanBeReadAgain(t *testing.T) {
	b := open(t, 120, 36)
	b.WaitFor("the history", func(string) bool { return b.root.history != nil })
	b.root.OpenRequest("hooks/tests")
	b.Press("f5")
	b.WaitText("200 OK")
	b.Press("ctrl+n")
	b.Type("http://127.0.0.1:1/nothing")
	b.Press("f5")
	b.WaitText("refused")
	b.Press("alt+l")
	b.WaitText("first of all:")
	grid := b.Grid()
	for _, line := range []string{"· ", "hooks/tests.toml:21", "✗ "} {
		if !strings.Contains(grid, line) {
			t.Errorf("the log does not say %q:\n%s", line, grid)
		}
	}
	b.Press("y")
	b.WaitFor("the clipboard", func(string) bool { return b.Clipboard() != "" })
	if !strings.Contains(b.Clipboard(), "refused") || !strings.Contains(b.Clipboard(), "127.0.0.1:1/nothing") {
		t.Errorf("copied was %q", b.Clipboard())
	}
	// What console.log said is about an exchange, which enter shows.
	b.Press("/")
	b.Type("first of all")
	b.Press("enter", "enter")
	b.WaitText("from history")
	if path := b.root.tab().draft.Path; path != "hooks/tests" {
		t.Errorf("enter went to %q", path)
	}
}

func TestTheLogIsBoundedAndComesUpOverOtherScreens(t *testing.T) {
	b := open(t, 80, 24)
	for i := range logKept + 20 {
		b.tell(info(fmt.Sprintf("message %d of many", i)))
	}
	if n := len(b.root.notices.messages); n != logKept {
		t.Errorf("%d messages are kept", n)
	}
	if n := len(b.root.notices.waiting); n > noticesWaiting {
		t.Errorf("%d notices wait", n)
	}
	b.Press("alt+c", "alt+l")
	b.WaitText(fmt.Sprintf("message %d of many", logKept+19))
	b.Press("g")
	b.WaitText("20 older ones are forgotten")
	b.Press("alt+l")
	b.WaitText("Cookies of the session")
}

func TestANoticeWaitsUntilTheOneBeforeWasRead(t *testing.T) {
	b := open(t, 120, 36)
	b.tell(warning("the first", "with a hint"))
	b.tell(info("the second"))
	b.WaitText("the first")
	if strings.Contains(b.Grid(), "the second") {
		t.Error("the first was covered by what came right after it")
	}
	b.tell(failure(errors.New("what matters more")))
	b.WaitText("what matters more")
	b.Press("up") // in flight when it came
	b.WaitText("what matters more")
	b.WaitFor("it to be seen", func(string) bool { return b.root.notices.seen })
	b.Press("up")
	b.WaitText("the first")
	b.WaitText("the second") // after its time
	b.Press("up")
	b.tell(info("brought by a key"))
	b.WaitText("brought by a key")
}

func TestANoticeStaysAsLongAsReadingTakes(t *testing.T) {
	short, long := info("saved"), warning(strings.Repeat("many words ", 12), strings.Repeat("and more ", 8))
	if s, l := readingTime(&short), readingTime(&long); s < 3*time.Second || l < 10*time.Second || l > 15*time.Second {
		t.Errorf("%v for one word, %v for twenty", s, l)
	}
}

func TestANoticeNeverCoversWhatIsTyped(t *testing.T) {
	b := open(t, 60, 16)
	b.root.OpenRequest("tour/json")
	b.root.tab().request.Show("Body")
	b.Press("alt+3", "alt+z")
	for range 40 {
		b.Press("enter")
	}
	b.Type("typed here")
	b.WaitText("typed here")
	b.tell(pane.Notice{Level: pane.Warning, Text: strings.Repeat("a long warning ", 10) + "its end", Hint: "a hint"})
	b.WaitText("a long warning")
	if grid := b.Grid(); !strings.Contains(grid, "typed here") || !strings.Contains(grid, "shows all") {
		t.Errorf("what is typed is covered, or there is no way to all of it:\n%s", grid)
	}
	b.Press("alt+l")
	b.WaitText("its end")
}

// A hook may write megabytes: of each message a beginning is kept, and no more of it is wrapped than is shown.
func TestTheTextOfTheLogIsBounded(t *testing.T) {
	var l log
	for range 3 {
		l.note(time.Now(), pane.Notice{Text: strings.Repeat("ä word\n", 1<<18), Hint: strings.Repeat("é", 1<<20)}, about{})
	}
	for _, m := range l.messages {
		if len(m.Text) > logText+64 || len(m.Hint) > logHint+64 || !utf8.ValidString(m.Text+m.Hint) {
			t.Fatalf("%d and %d bytes are kept", len(m.Text), len(m.Hint))
		}
		if !strings.Contains(m.text(), "bytes more are not kept)") {
			t.Error("it is not said that more was written")
		}
	}
	rows, of := l.rows(40)
	if len(rows) != 3*messageLines || len(of) != len(rows) || rows[messageLines-1].Value != "…" {
		t.Errorf("%d rows", len(rows))
	}
	again, _ := l.rows(40)
	if &l.messages[0].wrapped[0] != &l.messages[0].lines(40)[0] || len(again) != len(rows) {
		t.Error("it is wrapped again")
	}
	l.note(time.Now(), pane.Notice{Text: strings.Repeat("x", logText)}, about{})
	if rows, _ := l.rows(16); len(rows) != 4*messageLines || rows[0].Value == again[0].Value && len(rows[0].Value) > 20 {
		t.Errorf("%d rows of 16 cells", len(rows))
	}
}
