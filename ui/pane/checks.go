package pane

import (
	"fmt"
	"strconv"
	"strings"

	"parley/collections/har"
	"parley/collections/script"
	"parley/httpcore"
	"parley/themes"
	"parley/ui/widget"
)

// Checks is what came of what a request asks of its response, with every secret masked.
type Checks struct {
	Captured []har.Captured
	Expect   []har.Expect
	// Hooks is what hooks logged and said beside that; their tests are among Expect.
	Hooks script.Report
	// Note says of what time it is, when it was not evaluated as the response came.
	Note string
	// Kept names those who see the captured values; empty when they are not kept.
	Kept string
	// Secrets are those that were captured. No side of the response shows them.
	Secrets []httpcore.Secret
}

// SetChecks shows what came of what the request asks of the response that is shown.
func (r *Response) SetChecks(c Checks) {
	r.checks = c
	if r.body.body != nil {
		r.body.open(r.body.response, r.secrets())
	}
	r.fill()
}

// score counts what is as it is expected to be: a capture that found nothing is not.
func (c Checks) score() (met, of int) {
	of = len(c.Expect)
	for _, e := range c.Expect {
		if e.Passed {
			met++
		}
	}
	for _, captured := range c.Captured {
		if captured.Error != "" {
			of++
		}
	}
	return met, of
}

// count is what stands behind the title.
func (c Checks) count() string {
	met, of := c.score()
	if of == 0 {
		return countOf(len(c.Captured))
	}
	return fmt.Sprintf("%d/%d", met, of)
}

// status is the score for the edge; not by colour alone.
func (c Checks) status() []Span {
	switch met, of := c.score(); {
	case of == 0:
		return nil
	case met < of:
		return []Span{{fmt.Sprintf(" ✗ %d/%d", met, of), themes.Error}}
	default:
		return []Span{{fmt.Sprintf(" ✓ %d/%d", met, of), themes.Success}}
	}
}

// The marks of what is met and what is not.
const (
	metMark   = "✓ "
	unmetMark = "✗ "
)

// expectations lists each expectation with what came of it, those that failed with why, and the values that were captured.
func (r *Response) expectations(width int) []pageLine {
	c := r.checks
	if c.isEmpty() {
		return append([]pageLine{{}}, wrapped(themes.Muted, r.nothingChecked(), 1, width)...)
	}
	var lines []pageLine
	if len(c.Expect) > 0 {
		lines = append(lines, pageLine{spans: []Span{{" Expected", themes.Title}}, right: noted(c.Note)})
		names := columnOf(len(c.Expect), width, func(i int) string { return c.Expect[i].Name })
		for _, e := range c.Expect {
			lines = append(lines, expectLines(e, names, width)...)
		}
	}
	lines = append(lines, r.captured(len(lines) > 0, width)...)
	return append(lines, hookLines(c.Hooks, len(lines) > 0, width)...)
}

// isEmpty reports whether there is nothing to show.
func (c Checks) isEmpty() bool {
	return len(c.Expect)+len(c.Captured)+len(c.Hooks.Console)+len(c.Hooks.Annotations) == 0
}

// captured lists the values that were captured.
func (r *Response) captured(below bool, width int) (lines []pageLine) {
	c := r.checks
	if len(c.Captured) == 0 {
		return nil
	}
	title := pageLine{spans: []Span{{" Captured", themes.Title}}}
	switch {
	case c.Kept != "":
		title.right = []Span{{"kept for " + c.Kept + " ", themes.Faint}}
	case len(c.Expect) == 0:
		title.right = noted(c.Note)
	}
	if below {
		lines = append(lines, pageLine{})
	}
	lines = append(lines, title)
	names := columnOf(len(c.Captured), width, func(i int) string { return c.Captured[i].Name })
	for _, captured := range c.Captured {
		lines = append(lines, capturedLines(captured, names, width)...)
	}
	return lines
}

// hookLines list what hooks have to say beside a response, and what they logged, with the place of each line.
func hookLines(h script.Report, below bool, width int) (lines []pageLine) {
	title := func(text string) {
		if below || len(lines) > 0 {
			lines = append(lines, pageLine{})
		}
		lines = append(lines, pageLine{spans: []Span{{" " + text, themes.Title}}})
	}
	if len(h.Annotations) > 0 {
		title("Annotations")
		names := columnOf(len(h.Annotations), width, func(i int) string { return h.Annotations[i].Name })
		for _, a := range h.Annotations {
			lines = append(lines, pageLine{
				spans: []Span{{"   ", themes.Text}, {inColumn(a.Name, names), themes.Key}, {shortValue(a.Value), themes.Text}},
				copy:  a.Value, what: "the value of " + a.Name,
			})
		}
	}
	if len(h.Console) == 0 {
		return lines
	}
	title("Console")
	for _, l := range h.Console {
		lines = append(lines, consoleLines(l, width)...)
	}
	return lines
}

// consoleLines write what was logged; not by colour alone: what is no plain line says what it is.
func consoleLines(l script.Line, width int) []pageLine {
	role, text := themes.Text, l.Text
	switch l.Level {
	case "error":
		role, text = themes.Error, "error: "+text
	case "warn":
		role, text = themes.Warning, "warning: "+text
	case "debug":
		role = themes.Muted
	}
	where := []Span{{l.Where.String() + " ", themes.Faint}}
	lines := wrapped(role, text, 3, max(20, width-columnsOf(where[0].Text)-2))
	for i := range lines {
		lines[i].copy, lines[i].what = l.Text, "the line"
	}
	if len(lines) > 0 {
		lines[0].right = where
	}
	return lines
}

func noted(note string) []Span {
	if note == "" {
		return nil
	}
	return []Span{{note + " ", themes.Faint}}
}

// nothingChecked says why there is nothing to see.
func (r *Response) nothingChecked() string {
	if r.checks.Note != "" {
		return "No result was recorded with this exchange. " + r.keys.Check + " runs what the request expects now."
	}
	return "This request expects nothing of its response. Say what must be true of it in the request's Expect, such as status == 200."
}

// columnOf is the width of a column of names: as wide as they are, and no more than a third of the page.
func columnOf(n, width int, name func(int) string) int {
	widest := 0
	for i := range min(n, 200) {
		widest = max(widest, columnsOf(name(i)))
	}
	return min(widest, max(12, width/3))
}

// inColumn is a name in its column; one that is too long takes what it needs.
func inColumn(name string, cells int) string {
	return name + strings.Repeat(" ", max(0, cells-columnsOf(name))+2)
}

func expectLines(e har.Expect, names, width int) []pageLine {
	mark, role := metMark, themes.Success
	if !e.Passed {
		mark, role = unmetMark, themes.Error
	}
	name := inColumn(e.Name, names)
	indent := 5 + columnsOf(name)
	line := pageLine{spans: []Span{{"   ", themes.Text}, {mark, role}, {name, themes.Text}}, copy: e.Expression, what: "the expression"}
	lines := []pageLine{line}
	below := indent > width*2/3 // a long name has a line to itself
	if below {
		indent = 7
	}
	for i, l := range widget.Wrap(e.Expression, max(8, width-indent-1)) {
		if i == 0 && !below {
			lines[0].spans = append(lines[0].spans, coloured(l)...)
			continue
		}
		lines = append(lines, pageLine{spans: append([]Span{{strings.Repeat(" ", indent), themes.Text}}, coloured(l)...)})
	}
	for _, text := range e.Explanation {
		lines = append(lines, explained(text, width)...)
	}
	return lines
}

// explained is a line that says why an expectation failed; lines of a diff keep their sign and its colour.
func explained(text string, width int) []pageLine {
	role := themes.Muted
	switch {
	case strings.HasPrefix(text, "- "):
		role = themes.Removed
	case strings.HasPrefix(text, "+ "):
		role = themes.Added
	}
	lines := wrapped(role, text, 7, width)
	for i := range lines {
		lines[i].copy, lines[i].what = text, "the line"
	}
	return lines
}

// coloured is an expression in its colours.
func coloured(line string) []Span {
	var spans []Span
	end := 0
	for _, s := range expressionSpans(line) {
		if s.From > end {
			spans = append(spans, Span{line[end:s.From], themes.Text})
		}
		spans = append(spans, Span{line[s.From:s.To], s.Role})
		end = s.To
	}
	return append(spans, Span{line[end:], themes.Text})
}

func capturedLines(c har.Captured, names, width int) []pageLine {
	mark, role, value, valueRole := metMark, themes.Success, c.Value, themes.Text
	if c.Error != "" {
		mark, role, value, valueRole = unmetMark, themes.Error, c.Error, themes.Error
	}
	name := inColumn(c.Name, names)
	line := pageLine{spans: []Span{{"   ", themes.Text}, {mark, role}, {name, themes.Key}}, copy: c.Value, what: "the value of " + c.Name}
	if c.Secret {
		line.right = []Span{{"secret ", themes.Warning}}
	}
	if c.Error == "" {
		line.spans = append(line.spans, Span{shortValue(value), valueRole})
		return []pageLine{line}
	}
	return append([]pageLine{line}, wrapped(valueRole, value, 7, width)...)
}

// shortValue is a captured value on a line: a page must not grow by what a server sends.
func shortValue(value string) string {
	const most = 400
	switch {
	case value == "":
		return `""`
	case len(value) > most:
		return strings.ToValidUTF8(value[:most], "") + "… (" + strconv.Itoa(len(value)) + " bytes)"
	default:
		return value
	}
}
