package pane

import (
	"fmt"
	"time"

	"parley/httpcore"
	"parley/themes"
	"parley/ui/job"
)

// ProgressSpans tells how far a job is: phase, elapsed time, bytes, rate and, when the size is known, what is left.
func ProgressSpans(s job.State, now time.Time) []Span {
	spans := []Span{
		{phaseWord(s.Phase), themes.Info},
		{fmt.Sprintf(" %.1f s", max(0, now.Sub(s.Started)).Seconds()), themes.Text},
	}
	done, total := s.Received, s.ReceiveTotal
	if s.Response == nil {
		done, total = s.Sent, s.SendTotal
	}
	if done > 0 {
		text := " · " + Bytes(done)
		if total > 0 {
			text += fmt.Sprintf(" of %s (%d %%)", Bytes(total), done*100/total)
		}
		spans = append(spans, Span{text, themes.Muted})
	}
	rate := s.Rate(now)
	if rate > 0 {
		spans = append(spans, Span{" · " + Bytes(int64(rate)) + "/s", themes.Muted})
	}
	if rate > 0 && s.Response != nil && total > done {
		left := time.Duration(float64(total-done) / rate * float64(time.Second))
		spans = append(spans, Span{" · " + left.Round(time.Second).String() + " left", themes.Muted})
	}
	return append(spans, Span{" · esc stops", themes.Faint})
}

func phaseWord(p httpcore.Phase) string {
	switch p {
	case httpcore.PhaseDNS:
		return "looking up"
	case httpcore.PhaseConnect:
		return "connecting"
	case httpcore.PhaseTLS:
		return "securing"
	case httpcore.PhaseSend:
		return "sending"
	case httpcore.PhaseWait:
		return "waiting"
	case httpcore.PhaseReceive:
		return "receiving"
	default:
		return "preparing"
	}
}

// Bytes writes a number of bytes for people, in steps of 1,000 as curl's and browsers' tools do.
func Bytes(n int64) string {
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	value, unit := float64(n), 0
	for value >= 999.5 && unit < len(units) {
		value /= 1000
		unit++
	}
	if value < 10 {
		return fmt.Sprintf("%.1f %s", value, units[unit-1])
	}
	return fmt.Sprintf("%.0f %s", value, units[unit-1])
}

var units = [...]string{"kB", "MB", "GB", "TB", "PB"}

// Duration writes a duration for people in at most seven cells: "120 µs", "42 ms", "1.20 s", "2 m 5 s".
func Duration(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return fmt.Sprintf("%d µs", d.Microseconds())
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.2f s", d.Seconds())
	default:
		return fmt.Sprintf("%d m %d s", int(d.Minutes()), int(d.Seconds())%60)
	}
}
