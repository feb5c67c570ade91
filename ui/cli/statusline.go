package cli

import (
	"io"
	"strings"
	"sync"
	"time"

	"parley/httpcore"
)

const (
	// drawEvery is the shortest time between two drawings.
	drawEvery = 100 * time.Millisecond
	// drawAfter keeps what is done at once from flickering.
	drawAfter = 300 * time.Millisecond
)

// statusLine shows how far an exchange is on the last line of a terminal, below what is said meanwhile. It is safe for
// concurrent use; close it before anybody else writes to the terminal.
type statusLine struct {
	out   io.Writer
	width func() int
	now   func() time.Time

	mu     sync.Mutex
	state  progress
	shown  string
	closed bool
	stop   chan struct{}
}

// newStatusLine returns a line that draws itself at every tick.
func newStatusLine(out io.Writer, width func() int, now func() time.Time, state progress) *statusLine {
	s := &statusLine{out: out, width: width, now: now, state: state, stop: make(chan struct{})}
	s.state.restart(now())
	go s.run(now())
	return s
}

func (s *statusLine) run(started time.Time) {
	tick := time.NewTicker(drawEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if s.now().Sub(started) >= drawAfter {
				s.draw()
			}
		case <-s.stop:
			return
		}
	}
}

func (s *statusLine) hear(event httpcore.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.hear(event, s.now())
}

func (s *statusLine) draw() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	line := s.state.line(s.now(), s.width()-1) // a full line makes some terminals wrap
	if line != s.shown {
		s.write(line)
	}
}

// write replaces what is shown. A terminal that has gone is no reason to stop.
func (s *statusLine) write(line string) {
	var out strings.Builder
	if s.shown != "" {
		out.WriteString("\r\x1b[K")
	}
	out.WriteString(line)
	s.shown = line
	_, _ = io.WriteString(s.out, out.String())
}

// say writes safe text above the line.
func (s *statusLine) say(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	line := s.shown
	if line != "" {
		s.write("")
	}
	_, _ = io.WriteString(s.out, text)
	if line != "" && !s.closed {
		s.write(line)
	}
}

// close takes the line away. More calls do nothing.
func (s *statusLine) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	s.closed = true
	close(s.stop)
	if s.shown != "" {
		s.write("")
	}
}
