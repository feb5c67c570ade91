package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/collections/runner/batch"
	"parley/ui/report"
	"parley/ui/safe"
)

// board shows at a terminal how far a run is, in lines below what is said meanwhile: the requests that are running, and a
// bar. It is safe for concurrent use; close it before anybody else writes to the terminal. A nil board shows nothing.
type board struct {
	out   io.Writer
	width func() int
	now   func() time.Time
	begun time.Time

	mu     sync.Mutex
	state  runState
	shown  []string
	held   int // somebody asks at the terminal
	closed bool
	stop   chan struct{}
	// asking is held by who asks.
	asking sync.Mutex
}

// board returns what shows progress at a terminal, drawing itself; nil where nobody would see it.
func (p *Program) board() *board {
	if !p.IsTerminal(p.Stderr) || p.env("TERM") == "dumb" {
		return nil
	}
	b := newBoard(p.Stderr, func() int { return p.Width(p.Stderr) }, p.Now)
	go b.run()
	return b
}

func newBoard(out io.Writer, width func() int, now func() time.Time) *board {
	b := &board{out: out, width: width, now: now, begun: now(), stop: make(chan struct{})}
	b.state.begin(b.begun)
	return b
}

func (b *board) run() {
	tick := time.NewTicker(drawEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			b.draw()
		case <-b.stop:
			return
		}
	}
}

func (b *board) hear(event batch.Event) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.state.hear(event, b.now())
}

// draw shows the state as it is, unless the run has hardly begun.
func (b *board) draw() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now := b.now(); !b.closed && b.held == 0 && now.Sub(b.begun) >= drawAfter {
		b.show(b.state.lines(now, b.width()-1)) // a full line makes some terminals wrap
	}
}

// show replaces what is shown. A terminal that has gone is no reason to stop.
func (b *board) show(lines []string) {
	if slices.Equal(lines, b.shown) {
		return
	}
	var out strings.Builder
	if len(b.shown) > 0 {
		out.WriteString("\r")
		if up := b.rows() - 1; up > 0 {
			fmt.Fprintf(&out, "\x1b[%dA", up)
		}
		out.WriteString("\x1b[J")
	}
	out.WriteString(strings.Join(lines, "\r\n"))
	b.shown = lines
	_, _ = io.WriteString(b.out, out.String())
}

// rows is how many rows what is shown takes: a terminal that became narrower has wrapped it.
func (b *board) rows() int {
	rows := 0
	for _, line := range b.shown {
		rows += max(1, (safe.Width(line)+b.width()-1)/max(1, b.width()))
	}
	return rows
}

// above returns a writer of text that goes above the board.
func (b *board) above(w io.Writer) io.Writer { return aboveBoard{b, w} }

type aboveBoard struct {
	board *board
	to    io.Writer
}

// Write clears the board, writes, and shows it again.
func (a aboveBoard) Write(p []byte) (int, error) {
	b := a.board
	b.mu.Lock()
	defer b.mu.Unlock()
	lines := b.shown
	b.show(nil)
	n, err := a.to.Write(p)
	if !b.closed && b.held == 0 {
		b.show(lines)
	}
	return n, err
}

// hold gives the terminal to one who asks, until the function that it returns is called.
func (b *board) hold() (release func()) {
	if b == nil {
		return func() {}
	}
	b.asking.Lock()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held++
	b.show(nil)
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.held--
		b.asking.Unlock()
	}
}

// close takes the board away.
func (b *board) close() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.closed {
		b.closed = true
		close(b.stop)
		b.show(nil)
	}
}

// running is a request on its way.
type running struct {
	id    int
	name  string
	since time.Time
}

// maxRunning bounds the requests that are shown on their way.
const maxRunning = 4

// runState is how far a run is.
type runState struct {
	total                                  int // -1: nobody knows
	passed, failed, broken, skipped, tried int
	running                                map[int]running
	waiting                                batch.Waiting
	pace                                   progress // counts requests where it counts bytes elsewhere
	begun                                  time.Time
}

func (s *runState) begin(now time.Time) {
	s.total, s.running, s.begun = -1, map[int]running{}, now
	s.pace.restart(now)
}

func (s *runState) hear(event batch.Event, now time.Time) {
	switch e := event.(type) {
	case batch.Planned:
		s.total = e.Total
	case batch.Started:
		s.waiting = batch.Waiting{}
		s.running[e.Step.ID] = running{e.Step.ID, runningName(e.Step), e.At}
	case batch.Waiting:
		s.waiting = e
	case batch.Again:
		s.tried += s.failed + s.broken
		s.failed, s.broken = 0, 0
	case batch.Finished:
		delete(s.running, e.Result.Step.ID)
		s.count(e.Result.Status)
		s.pace.mark(now, int64(s.done()))
	}
}

func (s *runState) count(status batch.Status) {
	switch status {
	case batch.Passed:
		s.passed++
	case batch.Failed:
		s.failed++
	case batch.Broken:
		s.broken++
	case batch.Skipped:
		s.skipped++
	}
}

func (s *runState) done() int { return s.passed + s.failed + s.broken + s.skipped + s.tried }

func runningName(step batch.Step) string {
	name := "?"
	if step.Request != nil {
		name = safe.Line(step.Request.Path)
	}
	switch {
	case step.Row > 0 && step.Repeat > 0:
		return fmt.Sprintf("%s (row %d, repetition %d)", name, step.Row, step.Repeat)
	case step.Row > 0:
		return fmt.Sprintf("%s (row %d)", name, step.Row)
	case step.Repeat > 0:
		return fmt.Sprintf("%s (repetition %d)", name, step.Repeat)
	default:
		return name
	}
}

// lines draws the state in at most width cells.
func (s *runState) lines(now time.Time, width int) []string {
	oldest := make([]running, 0, len(s.running))
	for _, r := range s.running {
		oldest = append(oldest, r)
	}
	slices.SortFunc(oldest, func(a, b running) int { return cmp.Compare(a.id, b.id) })
	var lines []string
	for i, r := range oldest {
		if i == maxRunning {
			lines = append(lines, safe.Truncate(fmt.Sprintf("  … and %d more running", len(oldest)-i), width))
			break
		}
		elapsed := now.Sub(r.since).Round(100 * time.Millisecond).String()
		name := safe.Truncate(r.name, max(1, width-len(elapsed)-4))
		lines = append(lines, safe.Truncate("  "+name+"  "+elapsed, width))
	}
	if s.waiting.Until.After(now) {
		left := (s.waiting.Until.Sub(now) + time.Second - 1).Truncate(time.Second)
		lines = append(lines, safe.Truncate(fmt.Sprintf("  waiting %s: %s", left, safe.Line(s.waiting.Reason)), width))
	}
	return append(lines, s.bar(now, width))
}

// bar draws what is done of how much, and a bar where there is room. What matters least is left out first.
func (s *runState) bar(now time.Time, width int) string {
	done := s.done()
	parts := []string{fmt.Sprint(done)}
	if s.total >= 0 {
		parts[0] = fmt.Sprintf("%d/%d", done, s.total)
	}
	for _, part := range []struct {
		count int
		word  string
	}{{s.failed, "failed"}, {s.broken, "broken"}, {s.passed, "passed"}, {s.skipped, "skipped"}, {s.tried, "in earlier tries"}} {
		if part.count > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.count, part.word))
		}
	}
	rate := s.pace.rate(now, int64(done))
	if left := s.total - done; left > 0 && rate > 0 {
		parts = append(parts, leftText(time.Duration(float64(left)/rate*float64(time.Second)))+" left")
	}
	if rate > 0 {
		parts = append(parts, report.RateText(rate))
	}
	line := strings.Join(parts, "  ")
	for len(parts) > 1 && len(line) > width {
		parts = parts[:len(parts)-1]
		line = strings.Join(parts, "  ")
	}
	if room := min(40, width-len(line)-4); s.total > 0 && room >= 8 {
		full := min(room, room*done/s.total)
		line = "[" + strings.Repeat("=", full) + strings.Repeat(" ", room-full) + "]  " + line
	}
	return safe.Truncate(line, width)
}
