package cli

import (
	"fmt"
	"strings"
	"time"

	"parley/httpcore"
	"parley/ui/safe"
)

// progress is how far an exchange is, as a status line shows it.
type progress struct {
	// download says that the content goes to a file: only then is its arrival shown.
	download bool
	// before is how many bytes of the file were there already.
	before int64
	// retries is how many there may be.
	retries int

	receiving       bool
	sent, sendTotal int64
	received, total int64
	waiting         *httpcore.Waiting
	marks           []mark // of the last seconds, for the rate
	begun           time.Time
}

// mark is how much there was at a moment.
type mark struct {
	at    time.Time
	bytes int64
}

// rateOver is how far the rate looks back.
const rateOver = 3 * time.Second

func (s *progress) hear(event httpcore.Event, now time.Time) {
	switch e := event.(type) {
	case httpcore.PhaseBegan:
		s.waiting = nil
		if e.Phase == httpcore.PhaseSend {
			s.restart(now)
		}
	case httpcore.Uploaded:
		s.sent, s.sendTotal = e.Bytes, e.Total
		s.mark(now, e.Bytes)
	case httpcore.HeadReceived:
		s.restart(now)
		s.receiving = true
	case httpcore.Downloaded:
		s.received, s.total = e.Bytes, e.Total
		s.mark(now, e.Bytes)
	case httpcore.Waiting:
		s.waiting = &e
	}
}

func (s *progress) restart(now time.Time) {
	s.receiving, s.sent, s.sendTotal, s.received, s.total = false, 0, -1, 0, -1
	s.marks, s.begun = nil, now
}

// mark remembers some ten moments a second.
func (s *progress) mark(now time.Time, bytes int64) {
	if n := len(s.marks); n > 0 && now.Sub(s.marks[n-1].at) < drawEvery {
		return
	}
	for len(s.marks) > 1 && now.Sub(s.marks[0].at) > rateOver {
		s.marks = s.marks[1:]
	}
	s.marks = append(s.marks, mark{now, bytes})
}

// rate is bytes a second over the last seconds; 0 before it can be told.
func (s *progress) rate(now time.Time, bytes int64) float64 {
	first := mark{s.begun, 0}
	if len(s.marks) > 0 && now.Sub(s.begun) > rateOver {
		first = s.marks[0]
	}
	since := now.Sub(first.at)
	if since < drawEvery {
		return 0
	}
	return float64(bytes-first.bytes) / since.Seconds()
}

// line draws the state in at most width cells; empty when there is nothing to show.
func (s *progress) line(now time.Time, width int) string {
	switch {
	case s.waiting != nil:
		return safe.Truncate(countdown(*s.waiting, s.retries, now), width)
	case s.receiving && s.download:
		total := s.total
		if total >= 0 {
			total += s.before
		}
		return bar("", s.before+s.received, total, s.rate(now, s.received), width)
	case !s.receiving && s.sent > 0:
		return bar("sent ", s.sent, s.sendTotal, s.rate(now, s.sent), width)
	default:
		return ""
	}
}

// countdown says how long is still waited, rounded up: the last second is shown as 1.
func countdown(w httpcore.Waiting, of int, now time.Time) string {
	left := max(0, w.Until.Sub(now))
	return repeatText(w, of, (left + time.Second - 1).Truncate(time.Second))
}

// bar draws bytes, total and percent when known, rate and what is left of the time, and a bar where there is room.
func bar(word string, done, total int64, rate float64, width int) string {
	text := word + bytesText(done)
	percent := -1
	if total > 0 {
		percent = int(min(100, done*100/total))
		text = fmt.Sprintf("%s%3d%%  %s of %s", word, percent, bytesText(done), bytesText(total))
	}
	parts := []string{text}
	if rate > 0 {
		parts = append(parts, bytesText(int64(rate))+"/s")
	}
	if rate > 0 && total > done {
		left := time.Duration(float64(total-done) / rate * float64(time.Second))
		parts = append(parts, leftText(left)+" left")
	}
	line := strings.Join(parts, "  ")
	for len(parts) > 1 && len(line) > width {
		parts = parts[:len(parts)-1]
		line = strings.Join(parts, "  ")
	}
	if room := min(40, width-len(line)-4); percent >= 0 && room >= 8 {
		full := room * percent / 100
		line = "[" + strings.Repeat("=", full) + strings.Repeat(" ", room-full) + "]  " + line
	}
	return safe.Truncate(line, width)
}

func leftText(d time.Duration) string {
	if d > 100*time.Hour {
		return "days"
	}
	return max(time.Second, d.Round(time.Second)).String()
}

// bytesText writes a number of bytes in steps of 1,000.
func bytesText(n int64) string {
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	value, units := float64(n), "kMGTPE"
	at := -1
	for value >= 999.5 && at < len(units)-1 {
		value /= 1000
		at++
	}
	if value < 10 {
		return fmt.Sprintf("%.1f %cB", value, units[at])
	}
	return fmt.Sprintf("%.0f %cB", value, units[at])
}
