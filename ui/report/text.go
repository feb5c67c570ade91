package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"parley/collections/runner/batch"
	"parley/ui/safe"
)

// Show says which steps a text tells of.
type Show int

// The choices.
const (
	Failures Show = iota // those that have not passed, and why
	All                  // every step on a line
	Details              // with what was expected, captured and noted
)

// TextOptions say how a text looks.
type TextOptions struct {
	Show Show
	// Colors asks for escape sequences of colours.
	Colors bool
}

// Text tells of a run in lines, as it goes on, and sums it up at the end.
type Text struct {
	w       *bufio.Writer
	options TextOptions
	// failures are the first of those that have not passed, for the end.
	failures []string
	failed   int
	checks   struct{ met, asked int }
	listed   int
}

// maxListed bounds the failures that are listed again at the end.
const maxListed = 50

// NewText begins a text. Each step is written as a whole, when it is over.
func NewText(w io.Writer, options TextOptions) *Text {
	return &Text{w: bufio.NewWriter(w), options: options}
}

// Handle implements Report.
func (t *Text) Handle(event batch.Event) {
	if _, again := event.(batch.Again); again {
		t.forget()
	}
	finished, ok := event.(batch.Finished)
	if !ok {
		return
	}
	s := stepOf(finished.Result)
	t.checks.met += s.Met
	t.checks.asked += s.Asked
	if s.failed() {
		t.remember(s)
	}
	if s.failed() || t.options.Show != Failures {
		t.step(s)
	}
	_ = t.w.Flush() // a bufio.Writer keeps its error for Close
}

// forget makes tries of what has not passed so far: only the last ones decide.
func (t *Text) forget() {
	t.failures, t.failed = nil, 0
	t.checks.met, t.checks.asked = 0, 0
}

// remember keeps a line for the end.
func (t *Text) remember(s step) {
	t.failed++
	if len(t.failures) >= maxListed {
		return
	}
	line := s.label()
	if len(s.Problems) > 0 {
		title, _, _ := strings.Cut(s.Problems[0].Title, "\n")
		line += ": " + title
	}
	if more := len(s.Problems) - 1; more > 0 {
		line += fmt.Sprintf(" (and %d more)", more)
	}
	t.failures = append(t.failures, t.word(s.Status)+line)
}

// statusWords have the width of the longest one, so that names stand below one another.
var statusWords = [...]struct{ word, color string }{
	batch.Passed: {"ok", "32"}, batch.Failed: {"FAILED", "31"}, batch.Broken: {"ERROR", "31"}, batch.Skipped: {"skipped", "33"},
	batch.Tried: {"tried", "33"},
}

func (t *Text) word(s batch.Status) string {
	padded := fmt.Sprintf("%-9s", statusWords[s].word)
	if !t.options.Colors {
		return padded
	}
	return "\x1b[" + statusWords[s].color + "m" + padded + "\x1b[0m"
}

func (t *Text) step(s step) {
	t.listed++
	parts := []string{s.label()}
	switch {
	case s.Status == batch.Skipped && s.Reason != "":
		parts = append(parts, s.Reason)
	case s.Status == batch.Skipped:
	case s.Answer != "":
		parts = append(parts, s.Answer, timeText(s.Elapsed))
	case s.Attempts > 0:
		parts = append(parts, timeText(s.Elapsed))
	}
	if s.Redirects > 0 {
		parts = append(parts, plural(s.Redirects, "redirect"))
	}
	if s.Retries > 0 {
		parts = append(parts, "sent "+plural(s.Retries+1, "time"))
	}
	t.printf("%s%s\n", t.word(s.Status), strings.Join(parts, "  "))
	if t.options.Show == Details {
		t.details(s)
	}
	for _, p := range s.Problems {
		t.indented("    ", p.Title)
		for _, line := range p.Lines {
			t.indented("      ", line)
		}
	}
}

// details tells what went well.
func (t *Text) details(s step) {
	if s.Status != batch.Skipped {
		t.printf("    %s %s\n", s.Method, s.URL)
	}
	if s.Asked > 0 {
		t.printf("    %d of %s met\n", s.Met, plural(s.Asked, "expectation"))
	}
	for _, captured := range s.Captured {
		t.printf("    captured %s\n", captured)
	}
	for _, note := range s.Notes {
		t.indented("    ", note)
	}
}

// indented writes the lines of a text.
func (t *Text) indented(by, text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		t.printf("%s%s\n", by, line)
	}
}

func (t *Text) printf(format string, args ...any) {
	_, _ = fmt.Fprintf(t.w, format, args...) // a bufio.Writer keeps its error for Close
}

// Close implements Report.
func (t *Text) Close(s batch.Summary) error {
	if t.listed > 0 {
		t.printf("\n")
	}
	if len(t.failures) > 0 && t.listed > len(t.failures) {
		t.printf("Not passed:\n")
		for _, line := range t.failures {
			t.printf("  %s\n", line)
		}
		if more := t.failed - len(t.failures); more > 0 {
			t.printf("  … and %d more\n", more)
		}
		t.printf("\n")
	}
	t.printf("%s\n", t.total(s))
	if s.Err != nil {
		t.printf("%s\n", safe.Text("ended before its time: "+s.Err.Error()))
	}
	return t.w.Flush()
}

// total is the last line.
func (t *Text) total(s batch.Summary) string {
	sent := s.Passed + s.Failed + s.Broken + s.Tried
	parts := []string{t.count(batch.Passed, s.Passed, "passed")}
	for _, other := range []struct {
		status batch.Status
		count  int
		word   string
	}{{batch.Failed, s.Failed, "failed"}, {batch.Broken, s.Broken, "broken"}, {batch.Skipped, s.Skipped, "skipped"}, {batch.Tried, s.Tried, "failed in earlier tries, which do not count"}} {
		if other.count > 0 {
			parts = append(parts, t.count(other.status, other.count, other.word))
		}
	}
	line := fmt.Sprintf("%s: %s", plural(sent+s.Skipped, "request"), strings.Join(parts, ", "))
	if t.checks.asked > 0 {
		line += fmt.Sprintf("; %d of %s met", t.checks.met, plural(t.checks.asked, "expectation"))
	}
	line += "; " + timeText(s.Elapsed)
	if seconds := s.Elapsed.Seconds(); seconds > 0 && sent > 1 {
		line += ", " + RateText(float64(sent)/seconds)
	}
	return line
}

func (t *Text) count(status batch.Status, n int, word string) string {
	text := fmt.Sprintf("%d %s", n, word)
	if !t.options.Colors || n == 0 {
		return text
	}
	return "\x1b[" + statusWords[status].color + "m" + text + "\x1b[0m"
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
