package pane

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/history"
	"parley/themes"
	"parley/ui/action"
)

// past is how this request went before: a bar for the time that each exchange took, and a mark for what came of it, of
// which one is picked.
type past struct {
	list   []history.Summary // newest first
	picked int
}

// PastMost is how many exchanges are worth looking at.
const PastMost = 200

const (
	// pastColumn is where the bars of the Timing side begin, below those of the phases.
	pastColumn = timingColumn + 1
	// pastShort is how many of them stand in the edge.
	pastShort = 8
	// pastSteep is how many times the median a bar is at most: one that took longer fills its cell, and the others can
	// still be told apart.
	pastSteep = 5
)

// SetPast shows how the request went before, newest first.
func (r *Response) SetPast(list []history.Summary) {
	var picked history.ID
	switch {
	case len(r.past.list) > r.past.picked && r.past.picked > 0:
		picked = r.past.list[r.past.picked].ID // the person's choice stays
	case r.exchange != nil:
		picked = history.ID(r.exchange.Started.UnixMicro())
	}
	r.past.list = list[:min(len(list), PastMost)]
	r.past.picked = max(0, slices.IndexFunc(r.past.list, func(s history.Summary) bool { return s.ID == picked }))
	r.texts[sideTiming].renew()
}

// pastLines draw the past in so many cells, the newest at the right.
func (r *Response) pastLines(width int) []pageLine {
	cells := width - pastColumn - 1
	if len(r.past.list) < 2 || cells < 4 {
		return nil
	}
	list := r.past.list[:min(len(r.past.list), cells)]
	scale := pastScale(list)
	bars, marks := []Span{pastTitle("Latency")}, []Span{pastTitle("Status")}
	for i, s := range slices.Backward(list) {
		bar, mark, role := pastBar(s.Total, scale), pastMark(s), pastRole(s)
		lit := role
		if s.Total > scale {
			lit = themes.Warning
		}
		if i == r.past.picked {
			lit, role = themes.Active, themes.Active
		}
		bars, marks = addSpan(bars, Span{bar, lit}), addSpan(marks, Span{mark, role})
	}
	lines := []pageLine{{spans: bars, past: true}, {spans: marks, past: true}, {spans: append([]Span{pastTitle("")}, pastSums(list, len(r.past.list))...), past: true}}
	return append(lines, pageLine{spans: append([]Span{pastTitle("Picked")}, r.pickedSpans()...), past: true}, pageLine{})
}

func pastTitle(name string) Span {
	return Span{" " + name + strings.Repeat(" ", pastColumn-1-len(name)), themes.Muted}
}

// addSpan joins spans of one role.
func addSpan(spans []Span, s Span) []Span {
	if last := &spans[len(spans)-1]; last.Role == s.Role && len(spans) > 1 {
		last.Text += s.Text
		return spans
	}
	return append(spans, s)
}

// pastScale is the time that fills a cell.
func pastScale(list []history.Summary) time.Duration {
	_, median, most := pastTimes(list)
	return max(1, min(most, pastSteep*median))
}

func pastTimes(list []history.Summary) (least, median, most time.Duration) {
	times := make([]time.Duration, len(list))
	for i, s := range list {
		times[i] = s.Total
	}
	slices.Sort(times)
	n := len(times)
	return times[0], (times[(n-1)/2] + times[n/2]) / 2, times[n-1]
}

var lowEighths = [...]string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}

func pastBar(total, scale time.Duration) string {
	return lowEighths[max(0, min(len(lowEighths)-1, int((total*8-1)/scale)))]
}

// pastMark tells by its shape what came of an exchange: a dot when all was well, else the class of the status, or a cross.
func pastMark(s history.Summary) string {
	switch {
	case s.Status == 0 || s.ErrorKind != "" && s.Status < 400:
		return "✗"
	case s.Status >= 200 && s.Status < 300:
		return "·"
	default:
		return fmt.Sprint(s.Status / 100 % 10)
	}
}

func pastRole(s history.Summary) themes.Role {
	if pastMark(s) == "✗" {
		return themes.Error
	}
	return themes.Status(s.Status)
}

// pastSums say what the bars are between.
func pastSums(list []history.Summary, of int) []Span {
	least, median, most := pastTimes(list)
	failed := 0
	for _, s := range list {
		if pastMark(s) == "✗" || s.Status >= 400 {
			failed++
		}
	}
	count := fmt.Sprintf("n %d", len(list))
	if of > len(list) {
		count += fmt.Sprintf(" of %d", of)
	}
	spans := []Span{{fmt.Sprintf("min %s · median %s · max %s · %s", Duration(least), Duration(median), Duration(most), count), themes.Text}}
	if failed > 0 {
		spans = append(spans, Span{fmt.Sprintf(" · %d failed", failed), themes.Error})
	}
	return spans
}

// pickedSpans tell of the exchange that is picked, and what can be done.
func (r *Response) pickedSpans() []Span {
	s := r.past.list[min(r.past.picked, len(r.past.list)-1)]
	badge, role := StatusBadge(s.Status)
	what := Span{badge, role}
	if s.ErrorKind != "" {
		what = Span{badge + " " + kindWord(s.ErrorKind), themes.Error}
	}
	return []Span{
		what,
		{" · " + Duration(s.Total) + " · " + s.ID.Time().Local().Format("Jan 2 15:04:05"), themes.Text},
		{" · ←→ pick · enter opens", themes.Faint},
	}
}

// pastSpans is the past in a few cells, for the edge.
func (r *Response) pastSpans() []Span {
	if len(r.past.list) < 3 {
		return nil
	}
	list := r.past.list[:min(len(r.past.list), pastShort)]
	scale := pastScale(list)
	spans := []Span{{" · ", themes.Text}}
	for _, s := range slices.Backward(list) {
		bar := pastBar(s.Total, scale)
		if mark := pastMark(s); mark != "·" {
			bar = mark
		}
		spans = addSpan(spans, Span{bar, pastRole(s)})
	}
	return spans
}

// onPast reports whether the cursor is where one picks.
func (r *Response) onPast() bool {
	if r.strip.at != sideTiming || r.strip.focused || !r.tells() {
		return false
	}
	line, ok := r.texts[sideTiming].current()
	return ok && line.past
}

// doPast picks and opens; false means that the action is not for that.
func (r *Response) doPast(id action.ID) (tea.Cmd, bool) {
	if !r.onPast() {
		return nil, false
	}
	switch id {
	case action.Left:
		return nil, r.pick(r.past.picked + 1)
	case action.Right:
		return nil, r.pick(r.past.picked - 1)
	case action.Open:
		return r.openPicked(), true
	}
	return nil, false
}

// pick picks another exchange, and reports false when there is none that is seen.
func (r *Response) pick(i int) bool {
	w, _ := r.frame.inside()
	if i < 0 || i >= min(len(r.past.list), w-pastColumn-1) {
		return false
	}
	r.past.picked = i
	r.texts[sideTiming].renew()
	return true
}

func (r *Response) openPicked() tea.Cmd { return r.host.OpenExchange(r.past.list[r.past.picked].ID) }

// clickPast picks what is under the pointer at a cell of the inside; what is picked already is opened.
func (r *Response) clickPast(x int) tea.Cmd {
	w, _ := r.frame.inside()
	shown := min(len(r.past.list), w-pastColumn-1)
	i := shown - 1 - (x - pastColumn)
	if x < pastColumn || i < 0 || i >= shown {
		return nil
	}
	if i == r.past.picked {
		return r.openPicked()
	}
	r.pick(i)
	return nil
}
