package pane

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parley/httpcore"
	"parley/themes"
)

// attempts lists every hop and attempt to one scale: what came of it, why it was made again and how long was waited for
// that. Enter unfolds the heads of the attempt under the cursor.
func (r *Response) attempts(width int) []pageLine {
	tries := r.tries()
	start, total := r.span(tries)
	scale := attemptScale{start: start, total: total, column: max(26, min(width*5/12, 58)), width: width}
	lines := r.gauge(width)
	hop := -1
	for i, t := range tries {
		if t.hop != hop {
			if hop >= 0 {
				lines = append(lines, pageLine{})
			}
			hop = t.hop
			lines = append(lines, r.hopLines(t, i+1, width)...)
		}
		if t.repeat != nil {
			lines = append(lines, scale.repeated(t, i+1))
		}
		lines = append(lines, r.attemptLine(scale, t, i+1))
		if r.unfolded[i+1] {
			lines = append(lines, r.details(t, i+1, width)...)
		}
	}
	if r.running != nil && r.running.Waiting != nil {
		lines = append(lines, scale.waits(r.running.Waiting, RetryWords(*r.running), r.now))
	}
	return lines
}

// hopLines name a request of the exchange, and what the redirect to it left out.
func (r *Response) hopLines(t try, of, width int) []pageLine {
	lead := ""
	if t.hop > 0 {
		lead = "↪ "
	}
	lines := []pageLine{{
		spans: []Span{{" " + lead, themes.Muted}, {t.method, themes.Method(t.method)}, {" ", themes.Text}, {t.url, themes.Title}},
		copy:  t.url, what: "the URL", of: of, link: t.url,
	}}
	for _, dropped := range t.dropped {
		lines = append(lines, wrapped(themes.Warning, "left out "+dropped.What+": "+dropped.Why, 3, width)...)
	}
	return lines
}

func (r *Response) attemptLine(scale attemptScale, t try, of int) pageLine {
	sign := "▸ "
	if r.unfolded[of] {
		sign = "▾ "
	}
	spans := []Span{{"   ", themes.Text}, {sign, themes.Muted}, {strconv.Itoa(t.attempt+1) + "  ", themes.Muted}}
	text, role := r.cameOf(t)
	spans = append(spans, Span{text, role})
	line := pageLine{spans: spans, of: of, copy: t.url, what: "the URL"}
	line.right = []Span{{Duration(t.length()), themes.Text}}
	line.bar = scale.bar(barPiece{role, int64(t.started.Sub(scale.start)), int64(max(t.length(), 1))})
	return line
}

// cameOf tells what an attempt came to.
func (r *Response) cameOf(t try) (string, themes.Role) {
	switch {
	case t.response != nil && t.err != nil:
		return statusText(t.response) + " ✗ " + kindWord(t.err.Kind), themes.Error
	case t.response != nil:
		return statusText(t.response), themes.Status(t.response.Status)
	case t.err != nil:
		return "✗ " + kindWord(t.err.Kind), themes.Error
	case len(t.timeline) > 0 && r.running != nil && r.running.Waiting == nil:
		return phaseWord(t.timeline[len(t.timeline)-1].Phase) + "…", themes.Info
	case t.failed != "":
		return t.failed, themes.Error
	default:
		return "no response", themes.Error
	}
}

func statusText(response *httpcore.Response) string {
	reason := response.Reason
	if reason == "" { // HTTP/2 has none
		reason = http.StatusText(response.Status)
	}
	return strings.TrimSpace(strconv.Itoa(response.Status) + " " + reason)
}

// details are the heads as they left and came, and what went wrong.
func (r *Response) details(t try, of, width int) []pageLine {
	const indent = 8
	var lines []pageLine
	if t.repeat != nil {
		lines = append(append(lines, wrapped(themes.Muted, "made again: "+ruled(t.repeat), indent, width)...), pageLine{})
	}
	head := func(text string) {
		for i, l := range strings.Split(trimmed(strings.ReplaceAll(text, "\r\n", "\n")), "\n") {
			lines = append(lines, headLines(l, i == 0, indent, width)...)
		}
	}
	if t.err != nil {
		lines = append(lines, wrapped(themes.Error, t.err.Error(), indent, width)...)
		if hint := t.err.Hint(); hint != "" {
			lines = append(lines, wrapped(themes.Muted, hint, indent, width)...)
		}
		lines = append(lines, pageLine{})
	}
	if len(t.head) > 0 {
		head(string(t.head))
		lines = append(lines, pageLine{})
	}
	for _, interim := range t.interim {
		head(fmt.Sprintf("%d %s", interim.Status, interim.Reason))
	}
	if t.response != nil {
		head(r.masked(string(t.response.RawHead)))
		lines = append(lines, pageLine{spans: []Span{
			{strings.Repeat(" ", indent), themes.Text}, {Bytes(t.response.Body.Size()) + " of content", themes.Muted},
		}}, pageLine{})
	}
	for i := range lines {
		lines[i].of = of
	}
	return lines
}

// headLines write a line of a head: the first one, or a field.
func headLines(text string, first bool, indent, width int) []pageLine {
	name, value, isField := strings.Cut(text, ":")
	var lines []pageLine
	for i, part := range pieces(text, width-indent-1) {
		line := pageLine{spans: []Span{{strings.Repeat(" ", indent), themes.Text}}}
		switch {
		case first:
			line.spans = append(line.spans, Span{part, themes.Title})
		case i == 0 && isField && len(name) < len(part):
			line.spans = append(line.spans, Span{name, themes.Key}, Span{":", themes.Punctuation}, Span{part[len(name)+1:], themes.Text})
			line.copy, line.what = strings.TrimSpace(value), name
		default:
			line.spans = append(line.spans, Span{part, themes.Text})
		}
		lines = append(lines, line)
	}
	return lines
}

// unfold shows or hides the heads of an attempt.
func (r *Response) unfold() {
	line, ok := r.texts[sideAttempts].current()
	if !ok || line.of == 0 {
		return
	}
	if r.unfolded == nil {
		r.unfolded = map[int]bool{}
	}
	r.unfolded[line.of] = !r.unfolded[line.of]
	page := r.texts[sideAttempts]
	page.follow = false // who looks at something in the middle does not follow the end
	page.renew()
	page.load()
	at := page.first(func(l pageLine) bool { return l.of == line.of && l.bar != nil })
	page.to(at)
	if r.unfolded[line.of] {
		page.reveal(at, page.end(at))
	}
}

// attemptScale puts the attempts and the waits between them on one scale of time.
type attemptScale struct {
	start         time.Time
	total         time.Duration
	column, width int
}

const durationCells = 9

func (s attemptScale) bar(list ...barPiece) *lineBar {
	if s.width-s.column-durationCells < 8 {
		return &lineBar{from: s.column, to: durationCells}
	}
	return &lineBar{from: s.column, to: durationCells, pieces: list, total: int64(max(s.total, 1))}
}

// repeated says why an attempt was made after another one, and how long was waited before it.
func (s attemptScale) repeated(t try, of int) pageLine {
	line := pageLine{spans: s.again("", t.repeat), of: of, copy: t.repeat.Why, what: "the reason"}
	if t.repeat.Wait > 0 {
		began := t.started.Add(-t.repeat.Wait).Sub(s.start)
		line.right = []Span{{Duration(t.repeat.Wait), themes.Muted}}
		line.bar = s.bar(barPiece{themes.Border, int64(began), int64(t.repeat.Wait)})
	}
	return line
}

// waits counts down to the attempt to come.
func (s attemptScale) waits(w *httpcore.Waiting, retry string, now time.Time) pageLine {
	left := max(0, w.Until.Sub(now))
	line := pageLine{spans: s.again(retry, &w.Repeat)}
	line.right = []Span{{countdown(left), themes.Warning}}
	line.bar = s.bar(barPiece{themes.Warning, int64(now.Sub(s.start)), int64(left)})
	return line
}

// again says which attempt comes, what set its wait and why it is made; what has no room before the bar is left out.
// The attempt above tells of the last, too.
func (s attemptScale) again(which string, r *httpcore.Repeat) []Span {
	spans := []Span{{"     ↻  ", themes.Warning}}
	if which != "" {
		spans = append(spans, Span{which, themes.Warning})
	}
	for _, text := range []string{r.Rule, r.Why} {
		if text == "" {
			continue
		}
		if len(spans) > 1 {
			text = " · " + text
			if width(spans)+columnsOf(text) >= s.column {
				break
			}
		}
		spans = append(spans, Span{text, themes.Muted})
	}
	return spans
}

// ruled is why an attempt is made again, after what set its wait.
func ruled(r *httpcore.Repeat) string {
	if r.Rule == "" {
		return r.Why
	}
	return r.Rule + " · " + r.Why
}
