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
	switch {
	case s.Waiting != nil:
		return waitingSpans(s, now)
	case s.Lost != nil:
		return []Span{{"connects again in " + countdown(s.Lost.Until.Sub(now)), themes.Warning}, {" · esc stops", themes.Faint}}
	}
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
	moving := s.Response != nil || s.Phase == httpcore.PhaseSend
	if rate := s.Rate(now); rate > 0 && moving {
		spans = append(spans, Span{" · " + Bytes(int64(rate)) + "/s", themes.Muted})
		if total > done {
			left := time.Duration(float64(total-done) / rate * float64(time.Second))
			spans = append(spans, Span{" · " + Coarse(left) + " left", themes.Muted})
		}
	}
	return append(spans, Span{" · esc stops", themes.Faint})
}

// waitingSpans count down to the next attempt.
func waitingSpans(s job.State, now time.Time) []Span {
	return []Span{
		{RetryWords(s), themes.Warning},
		{" in " + countdown(s.Waiting.Until.Sub(now)), themes.Text},
		{" · " + shown(s.Waiting.Repeat.Why, 32), themes.Muted},
		{" · esc stops", themes.Faint},
	}
}

// RetryWords count the attempt that is waited for, as in "retry 2 of 3".
func RetryWords(s job.State) string {
	n := 1
	for _, step := range s.Trail {
		if step.Repeat != nil && step.Repeat.Rule != "" {
			n++
		}
	}
	if s.Request == nil || s.Request.Options.Retry.Total < n {
		return fmt.Sprintf("retry %d", n)
	}
	return fmt.Sprintf("retry %d of %d", n, s.Request.Options.Retry.Total)
}

// countdown writes a time that is left: tenths while they matter.
func countdown(left time.Duration) string {
	left = max(0, left)
	if left < 10*time.Second {
		return fmt.Sprintf("%.1f s", left.Seconds())
	}
	return Coarse(left)
}

// Coarse writes a time in whole seconds, and larger ones in larger units.
func Coarse(d time.Duration) string {
	seconds := int(d.Round(time.Second) / time.Second)
	switch {
	case seconds < 60:
		return fmt.Sprintf("%d s", seconds)
	case seconds < 3600:
		return fmt.Sprintf("%d m %d s", seconds/60, seconds%60)
	case seconds < 48*3600:
		return fmt.Sprintf("%d h %d m", seconds/3600, seconds/60%60)
	default:
		return fmt.Sprintf("%d days", seconds/86400)
	}
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
