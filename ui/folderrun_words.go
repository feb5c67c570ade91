package ui

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley/collections/runner/batch"
	"parley/themes"
	"parley/ui/pane"
	"parley/ui/widget"
)

// rows are the lines of the table, and the step that each is about. What failed has its reasons below it, in lines of at
// most so many cells.
func (f *folderRun) rows(now time.Time, cells int) ([]widget.Entry, []*ranStep) {
	f.mu.Lock()
	defer f.mu.Unlock()
	rows, steps := make([]widget.Entry, 0, len(f.steps)), make([]*ranStep, 0, len(f.steps))
	for _, s := range f.steps {
		rows, steps = append(rows, s.entry(now)), append(steps, s)
		for _, line := range s.because {
			text := strings.TrimLeft(line, " ")
			indent := "  " + line[:len(line)-len(text)]
			for _, piece := range widget.Wrap(text, max(16, cells-len(indent))) {
				rows, steps = append(rows, widget.Entry{Name: indent + piece, Whole: true}), append(steps, s)
			}
		}
	}
	return rows, steps
}

// marks are how a step ended, told without colour.
var marks = [...]string{batch.Passed: "✓ ", batch.Failed: "✗ ", batch.Broken: "! ", batch.Skipped: "- "}

// running marks a step that is not over.
const running = "… "

// lightRun colours the marks.
func lightRun(column widget.Column, cell string) []widget.Span {
	role := themes.Muted
	switch {
	case column != widget.ColumnName:
		return nil
	case strings.HasPrefix(cell, marks[batch.Passed]):
		role = themes.Success
	case strings.HasPrefix(cell, marks[batch.Failed]), strings.HasPrefix(cell, marks[batch.Broken]):
		role = themes.Error
	case !strings.HasPrefix(cell, marks[batch.Skipped]) && !strings.HasPrefix(cell, running):
		return nil
	}
	return []widget.Span{{To: strings.IndexByte(cell, ' '), Role: role}}
}

func (s *ranStep) entry(now time.Time) widget.Entry {
	entry := widget.Entry{Name: running + s.path, Value: "running " + pane.Duration(now.Sub(s.started)), Note: s.where()}
	if !s.over {
		return entry
	}
	entry.Name = marks[s.status] + s.path
	words := []string{[...]string{batch.Passed: "passed", batch.Failed: "failed", batch.Broken: "broken", batch.Skipped: "skipped"}[s.status]}
	if s.code != 0 {
		words = append(words, strconv.Itoa(s.code))
	}
	if s.status != batch.Skipped {
		words = append(words, pane.Duration(s.elapsed))
	}
	entry.Value = strings.Join(words, " · ")
	return entry
}

// where tells the steps of one request apart.
func (s *ranStep) where() string {
	var words []string
	if s.row > 0 {
		words = append(words, fmt.Sprintf("row %d", s.row))
	}
	if s.repeat > 0 {
		words = append(words, fmt.Sprintf("round %d", s.repeat))
	}
	return strings.Join(words, " · ")
}

// tally counts the ends.
func (f *folderRun) tally() string {
	words := []string{fmt.Sprintf("%d passed", f.counts[batch.Passed])}
	for _, end := range []struct {
		status batch.Status
		word   string
	}{{batch.Failed, "failed"}, {batch.Broken, "broken"}, {batch.Skipped, "skipped"}} {
		if n := f.counts[end.status]; n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, end.word))
		}
	}
	return strings.Join(words, ", ")
}

// status is the line above the table.
func (f *folderRun) status(now time.Time) string {
	done := 0
	for _, n := range f.counts {
		done += n
	}
	elapsed := now.Sub(f.started)
	if f.finished {
		elapsed = f.summary.Elapsed
	}
	words := []string{f.tally()}
	if !f.finished && f.planned > 0 {
		words = append(words, fmt.Sprintf("%d of %d", done, f.planned))
	}
	words = append(words, pane.Duration(elapsed))
	if left := f.planned - done; !f.finished && f.planned > 0 && done > 0 && elapsed > time.Second {
		words = append(words, "about "+(elapsed/time.Duration(done)*time.Duration(left)).Round(time.Second).String()+" left")
	}
	switch {
	case f.summary.Err != nil && errors.Is(f.summary.Err, context.Canceled):
		words = append(words, "stopped")
	case f.summary.Err != nil:
		words = append(words, f.summary.Err.Error())
	case !f.finished && now.Before(f.waiting.Until):
		words = append(words, "waits "+pane.Duration(f.waiting.Until.Sub(now).Truncate(100*time.Millisecond))+": "+f.waiting.Reason)
	}
	if f.dropped > 0 {
		words = append(words, fmt.Sprintf("the first %d are not listed", f.dropped))
	}
	return strings.Join(words, " · ")
}
