package pane

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/httpcore"
	"parley/themes"
	"parley/ui/job"
	"parley/ui/style"
)

// ProgressSpans tells how far a job is in so many cells: phase, elapsed time, bytes, what is left, rate, and a bar where the
// size is known. What matters least gives way. Where nothing may move there is no bar, and seconds are whole.
func ProgressSpans(styles style.Styles, s job.State, now time.Time, cells int) []Span {
	switch {
	case s.Waiting != nil:
		return waitingSpans(s, now, cells)
	case strings.Contains(s.Notice, "://"): // a page to open
		return []Span{{"waiting for you", themes.Warning}, {fmt.Sprintf(" %.0f s", max(0, now.Sub(s.Started)).Seconds()), themes.Text}, {" · esc stops", themes.Faint}}
	case s.Lost != nil:
		return []Span{{"connects again in " + countdown(s.Lost.Until.Sub(now)), themes.Warning}, {" · esc stops", themes.Faint}}
	}
	done, total := s.Received, s.ReceiveTotal
	if s.Response == nil {
		done, total = s.Sent, s.SendTotal
	}
	// In the order they are shown; the rank says which go first when there is no room.
	parts := []progressPart{
		{1, []Span{{phaseWord(s.Phase), themes.Info}, {" " + elapsed(styles, now.Sub(s.Started)), themes.Text}}},
	}
	rate := s.Rate(now)
	if s.Response == nil && s.Phase != httpcore.PhaseSend {
		rate = 0
	}
	return fitting(append(parts, transferParts(styles, done, total, rate)...), cells)
}

// elapsed is how long something goes on.
func elapsed(styles style.Styles, d time.Duration) string {
	if styles.Moves() {
		return fmt.Sprintf("%.1f s", max(0, d).Seconds())
	}
	return fmt.Sprintf("%d s", int(max(0, d).Seconds()))
}

// TransferSpans tell in so many cells how far something is that moves bytes, after what it is; total is -1 when unknown.
func TransferSpans(styles style.Styles, what []Span, done, total int64, started, now time.Time, cells int) []Span {
	rate := 0.0
	if since := now.Sub(started); since > 0 {
		rate = float64(done) / since.Seconds()
	}
	return fitting(append([]progressPart{{1, what}}, transferParts(styles, done, total, rate)...), cells)
}

// transferParts are a bar, the bytes, their rate, the time that is left, and how to stop it.
func transferParts(styles style.Styles, done, total int64, rate float64) []progressPart {
	var parts []progressPart
	if done > 0 && total > 0 && styles.Moves() {
		parts = append(parts, progressPart{5, []Span{{" ", themes.Text}, {progressBar(done, total), themes.Accent}}})
	}
	if done > 0 {
		text := " · " + Bytes(done)
		if total > 0 {
			text += fmt.Sprintf(" of %s (%d %%)", Bytes(total), min(done, total)*100/total)
		}
		parts = append(parts, progressPart{2, []Span{{text, themes.Muted}}})
	}
	if rate > 0 {
		parts = append(parts, progressPart{4, []Span{{" · " + Bytes(int64(rate)) + "/s", themes.Muted}}})
		if total > done {
			left := time.Duration(float64(total-done) / rate * float64(time.Second))
			parts = append(parts, progressPart{3, []Span{{" · " + Coarse(left) + " left", themes.Muted}}})
		}
	}
	return append(parts, progressPart{6, []Span{{" · esc stops", themes.Faint}}})
}

// progressPart is a piece of a line with how much it matters, 1 most.
type progressPart struct {
	rank  int
	spans []Span
}

// fitting joins the parts that have room, those that matter most first.
func fitting(parts []progressPart, cells int) []Span {
	for rank := 6; rank > 1; rank-- {
		total := 0
		for _, p := range parts {
			total += width(p.spans)
		}
		if total <= cells {
			break
		}
		parts = slices.DeleteFunc(parts, func(p progressPart) bool { return p.rank == rank })
	}
	var spans []Span
	for _, p := range parts {
		spans = append(spans, p.spans...)
	}
	return spans
}

// progressCells is how wide the bar of a progress is.
const progressCells = 12

var eighths = [...]string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// progressBar draws what is done as a bar.
func progressBar(done, total int64) string {
	part := int(min(done, total) * progressCells * 8 / total)
	bar := strings.Repeat("█", part/8) + eighths[part%8]
	return "▕" + bar + strings.Repeat(" ", progressCells-columnsOf(bar)) + "▏"
}

// waitingSpans count down to the next attempt.
func waitingSpans(s job.State, now time.Time, cells int) []Span {
	return fitting([]progressPart{
		{1, []Span{{RetryWords(s), themes.Warning}, {" in " + countdown(s.Waiting.Until.Sub(now)), themes.Text}}},
		{2, []Span{{" · " + shown(s.Waiting.Repeat.Why, 32), themes.Muted}}},
		{3, []Span{{" · esc stops", themes.Faint}}},
	}, cells)
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
