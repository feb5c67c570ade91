package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"

	"parley/collections"
	"parley/collections/runner/batch"
	"parley/ui/report"
	"parley/ui/safe"
)

// boardScreen is a terminal of so many cells that a board is drawn on, by a clock that stands still in between.
type boardScreen struct {
	*board
	emulator *vt.Emulator
	text     report.Report
	at       time.Time
	columns  int
}

func newScreen(columns int) *boardScreen {
	s := &boardScreen{emulator: vt.NewEmulator(columns, 16), at: time.Unix(1_700_000_000, 0), columns: columns}
	go io.Copy(io.Discard, s.emulator) //nolint:errcheck // what a terminal answers, nobody asked for
	s.board = newBoard(s.emulator, func() int { return s.columns }, func() time.Time { return s.at })
	s.text = report.NewText(asTerminal{s.above(s.emulator)}, report.TextOptions{Show: report.Failures})
	return s
}

// asTerminal ends lines as a terminal in its usual mode does.
type asTerminal struct{ io.Writer }

func (w asTerminal) Write(p []byte) (int, error) {
	_, err := io.WriteString(w.Writer, strings.ReplaceAll(string(p), "\n", "\r\n"))
	return len(p), err
}

func (s *boardScreen) tell(after time.Duration, events ...batch.Event) {
	s.at = s.at.Add(after)
	for _, e := range events {
		s.hear(e)
		s.text.Handle(e)
	}
	s.draw()
}

// shows is what stands on the screen, without the empty rows at its end.
func (s *boardScreen) shows() string {
	var rows []string
	for row := range strings.Lines(s.emulator.String()) {
		rows = append(rows, strings.TrimRight(row, " \n"))
	}
	return strings.TrimRight(strings.Join(rows, "\n"), "\n")
}

func stepOf(id int, path string) batch.Step {
	return batch.Step{ID: id, Request: &collections.Request{Path: path}}
}

func started(id int, path string, at time.Time) batch.Event {
	return batch.Started{Step: stepOf(id, path), At: at}
}

func ended(id int, path string, status batch.Status) batch.Event {
	r := &batch.Result{Step: stepOf(id, path), Status: status}
	if status == batch.Broken {
		r.Err = fmt.Errorf("it \x1b[31mbroke")
	}
	return batch.Finished{Result: r}
}

func TestABoardShowsHowFarARunIs(t *testing.T) {
	s := newScreen(80)
	s.tell(0, batch.Planned{Total: 20}, started(1, "users/create", s.at))
	if got := s.shows(); got != "" {
		t.Errorf("what is done at once flickers: %q", got)
	}
	s.tell(time.Second, ended(1, "users/create", batch.Passed), started(2, "users/\x1b[2Jread", s.at.Add(time.Second)))
	for id := 3; id < 8; id++ {
		s.tell(0, started(id, fmt.Sprintf("jobs/%d", id), s.at))
	}
	s.tell(1500 * time.Millisecond)
	want := `  users/␛[2Jread  1.5s
  jobs/3  1.5s
  jobs/4  1.5s
  jobs/5  1.5s
  … and 2 more running
[==                                      ]  1/20  1 passed  48s left  0.4/s`
	if got := s.shows(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	s.tell(500*time.Millisecond, ended(2, "users/read", batch.Broken), ended(3, "jobs/3", batch.Skipped), ended(4, "jobs/4", batch.Failed))
	s.tell(0, batch.Waiting{Until: s.at.Add(2300 * time.Millisecond), Reason: "429 Too Many \x1b[31mRequests"})
	want = `ERROR    users/read
    it ␛[31mbroke
FAILED   jobs/4
  jobs/5  2s
  jobs/6  2s
  jobs/7  2s
  waiting 3s: 429 Too Many ␛[31mRequests
[====          ]  4/20  1 failed  1 broken  1 passed  1 skipped  12s left  1.3/s`
	if got := s.shows(); !like(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	s.close()
	s.draw() // a tick that comes late
	if got := s.shows(); got != "ERROR    users/read\n    it ␛[31mbroke\nFAILED   jobs/4" {
		t.Errorf("it leaves\n%s", got)
	}
}

// like compares screens without rates and what is left, which are tested by themselves.
func like(got, want string) bool {
	cut := func(s string) string {
		before, _, _ := strings.Cut(s, "  1 failed  1 broken")
		return before[:strings.LastIndex(before, "\n")]
	}
	return cut(got) == cut(want) && strings.Contains(got, "4/20  1 failed  1 broken  1 passed  1 skipped")
}

// Whatever the width, a line is a row, and what matters most is in it.
func TestABoardFitsEveryWidth(t *testing.T) {
	var state runState
	now := time.Unix(1_700_000_000, 0)
	state.begin(now)
	state.hear(batch.Planned{Total: 123_456}, now)
	for id := 1; id < 10; id++ {
		state.hear(started(id, strings.Repeat("长い/name", 30), now), now)
	}
	state.hear(ended(1, "x", batch.Failed), now)
	state.hear(batch.Waiting{Until: now.Add(time.Hour), Reason: strings.Repeat("because ", 40)}, now)
	for width := 1; width <= 200; width++ {
		lines := state.lines(now.Add(time.Minute), width)
		if len(lines) != maxRunning+3 {
			t.Fatalf("at %d there are %d lines", width, len(lines))
		}
		for _, line := range lines {
			if safe.Width(line) > width {
				t.Fatalf("at %d a line has %d cells: %q", width, safe.Width(line), line)
			}
		}
		last := lines[len(lines)-1]
		if width >= 39 && !strings.Contains(last, "1/123456  1 failed") || width >= 60 && !strings.HasPrefix(last, "[ ") {
			t.Fatalf("at %d the bar is %q", width, last)
		}
	}
	state.hear(batch.Planned{Total: -1}, now)
	if lines := state.lines(now, 80); lines[len(lines)-1] != "1  1 failed" {
		t.Errorf("without a total it is %q", lines[len(lines)-1])
	}
}

// A terminal that became narrower has wrapped what stood there; all of it is taken away.
func TestABoardIsTakenAwayAfterAResize(t *testing.T) {
	s := newScreen(60)
	s.tell(0, batch.Planned{Total: 2}, started(1, strings.Repeat("n", 70), s.at))
	s.tell(time.Second)
	var out strings.Builder
	s.board.out, s.columns = &out, 20
	s.close()
	if got := out.String(); got != "\r\x1b[5A\x1b[J" { // three rows of each of the two lines
		t.Errorf("it writes %q", got)
	}
}

// Who asks at the terminal has it for himself, one after another.
func TestABoardMakesRoomForQuestions(t *testing.T) {
	s := newScreen(60)
	s.tell(0, batch.Planned{Total: 2}, started(1, "a", s.at))
	s.tell(time.Second)
	release := s.hold()
	s.tell(time.Second, ended(1, "a", batch.Broken))
	if got := s.shows(); got != "ERROR    a\n    it ␛[31mbroke" {
		t.Errorf("while somebody is asked there is\n%s", got)
	}
	second := make(chan struct{})
	var order []string
	var mu sync.Mutex
	note := func(word string) { mu.Lock(); defer mu.Unlock(); order = append(order, word) }
	go func() { defer close(second); defer s.hold()(); note("second") }()
	note("first")
	release()
	<-second
	if got := strings.Join(order, " "); got != "first second" {
		t.Errorf("asked: %s", got)
	}
	s.draw()
	if got := s.shows(); !strings.HasSuffix(got, "1/2  1 broken  2s left  0.5/s") {
		t.Errorf("afterwards there is\n%s", got)
	}
	var none *board
	none.hear(batch.Planned{})
	none.hold()()
	none.close()
}
