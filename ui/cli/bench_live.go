package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"parley/collections/runner/bench"
	"parley/ui/safe"
)

// benchLive shows on the last line of a terminal how far a load is. It belongs to one goroutine at a time.
type benchLive struct {
	out   io.Writer
	width func() int
	load  bench.Load
	// recent are the snapshots of the last second or so, for the rate.
	recent []bench.Snapshot
	shown  string
}

func (l *benchLive) draw(s bench.Snapshot) {
	const window = time.Second
	for len(l.recent) > 1 && s.Elapsed-l.recent[0].Elapsed > window {
		l.recent = l.recent[1:]
	}
	rate := 0.0
	if len(l.recent) > 0 {
		if since := s.Elapsed - l.recent[0].Elapsed; since > 0 {
			rate = float64(s.Answered-l.recent[0].Answered) / since.Seconds()
		}
	}
	l.recent = append(l.recent, s)
	l.write(l.line(s, rate, l.width()-1)) // a full line makes some terminals wrap
}

// line leaves out what there is no room for, the least important first.
func (l *benchLive) line(s bench.Snapshot, rate float64, width int) string {
	percent, left := l.done(s)
	if s.WarmingUp {
		return safe.Truncate(fmt.Sprintf("warming up  in flight %s", grouped(s.InFlight)), width)
	}
	parts := []string{fmt.Sprintf("%3d%%", percent), grouped(int64(rate)) + "/s", "p99 " + latencyText(s.P99), "p50 " + latencyText(s.P50)}
	if s.Broken+s.Failed > 0 {
		parts = append(parts, "failed "+grouped(s.Broken+s.Failed))
	}
	parts = append(parts, "in flight "+grouped(s.InFlight))
	if left > 0 {
		parts = append(parts, leftText(left)+" left")
	}
	line := strings.Join(parts, "  ")
	for len(parts) > 1 && len([]rune(line)) > width {
		parts = parts[:len(parts)-1]
		line = strings.Join(parts, "  ")
	}
	if room := min(40, width-len([]rune(line))-4); room >= 8 {
		full := room * percent / 100
		line = "[" + strings.Repeat("=", full) + strings.Repeat(" ", room-full) + "]  " + line
	}
	return safe.Truncate(line, width)
}

// done is how much of the load is behind, by its time or its number, and how long the rest takes at this pace.
func (l *benchLive) done(s bench.Snapshot) (percent int, left time.Duration) {
	part := 0.0
	if l.load.Duration > 0 {
		part = s.Elapsed.Seconds() / l.load.Duration.Seconds()
	}
	if l.load.Requests > 0 {
		part = max(part, float64(s.Answered+s.Broken)/float64(l.load.Requests))
	}
	if part = min(part, 1); part > 0 {
		left = time.Duration(float64(s.Elapsed) * (1 - part) / part)
	}
	return int(100 * part), left
}

// write replaces what is shown. A terminal that has gone is no reason to stop.
func (l *benchLive) write(line string) {
	if line == l.shown {
		return
	}
	text := line
	if l.shown != "" {
		text = "\r\x1b[K" + line
	}
	l.shown = line
	_, _ = io.WriteString(l.out, text)
}

// close takes the line away.
func (l *benchLive) close() { l.write("") }
