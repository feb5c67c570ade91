package report

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley/collections/runner/batch"
	"parley/httpcore"
	"parley/ui/safe"
)

// step is what reports tell of a step. Every text in it is safe to show: secrets are marks, control characters visible.
type step struct {
	Name, Chain, File string
	// Turn tells the row and the repetition, "" where there is only one.
	Turn        string
	Method, URL string
	Status      batch.Status
	// Answer is the status line's end, such as "201 Created".
	Answer string
	// Reason is why it was skipped.
	Reason   string
	Problems []problem
	// Met counts the expectations that were met, of Asked.
	Met, Asked int
	Captured   []string
	// Notes are what its hooks have to say: values beside the response, and their console.
	Notes []string
	// Attempts counts all that was sent; Redirects and Retries are among them.
	Attempts, Redirects, Retries int
	Started                      time.Time
	Elapsed                      time.Duration
	Size                         int64
	Phases                       []phase
	Details                      []detail `json:",omitempty"`
}

// problem is something that a step did not meet.
type problem struct {
	// Kind is "expectation", "capture", "status", or the kind of an error.
	Kind, Title string
	Lines       []string
}

// phase is a part of an attempt, in time from its start.
type phase struct {
	Name       string
	Start, End time.Duration
}

// words masks a text and makes it safe.
type words struct{ masker *httpcore.Masker }

func (w words) line(s string) string { return safe.Line(bounded(w.masker.Shortened(s), maxText)) }
func (w words) text(s string) string { return safe.Text(bounded(w.masker.Shortened(s), maxText)) }

// maxText bounds a text in bytes.
const maxText = 16 << 10

func bounded(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + " … " + strconv.Itoa(len(s)-limit) + " bytes more"
}

// secretsOf are what nobody may see of a step.
func secretsOf(r *batch.Result) []httpcore.Secret {
	switch {
	case r.Exchange != nil:
		return r.Exchange.Request.Secrets
	case r.Call != nil:
		return r.Call.Out.Request.Secrets
	default:
		return nil
	}
}

// stepOf is what reports tell of a result, but for details.
func stepOf(r *batch.Result) step {
	w := words{httpcore.NewMasker(secretsOf(r), httpcore.Mark)}
	s := step{
		Name: "?", Chain: safe.Line(r.Step.Chain), Turn: turn(r.Step), Status: r.Status, Reason: w.line(r.Reason),
		Problems: problemsOf(r, w), Started: r.Started, Elapsed: r.Elapsed,
	}
	if saved := r.Step.Request; saved != nil {
		s.Name, s.File, s.URL = safe.Line(saved.Path), safe.Line(saved.File), safe.Line(saved.URL.Text)
		if s.Method = safe.Line(saved.Method.Text); s.Method == "" {
			s.Method = "GET"
		}
	}
	for _, e := range r.Verdict.Expect {
		s.Asked++
		if e.Passed {
			s.Met++
		}
	}
	for _, c := range r.Verdict.Captured {
		if c.Error == "" {
			s.Captured = append(s.Captured, w.line(c.Name+" = "+bounded(c.Value, 200)))
		}
	}
	s.addNotes(r, w)
	if r.Exchange != nil {
		s.addExchange(r.Exchange, w)
	}
	return s
}

// maxNotes bounds the notes of a step.
const maxNotes = 100

func (s *step) addNotes(r *batch.Result, w words) {
	hooks := r.Verdict.Hooks
	if r.Exchange == nil && r.Call != nil {
		hooks = r.Call.Hooks
	}
	for _, a := range hooks.Annotations {
		s.Notes = append(s.Notes, w.line(a.Name+": "+a.Value))
	}
	for _, line := range hooks.Console {
		s.Notes = append(s.Notes, w.text(fmt.Sprintf("%s:%d: %s: %s", line.Where.File, line.Where.Line, line.Level, line.Text)))
	}
	if more := len(s.Notes) - maxNotes; more > 0 {
		s.Notes = append(s.Notes[:maxNotes], fmt.Sprintf("… and %d more", more))
	}
}

func turn(s batch.Step) string {
	var parts []string
	if s.Row > 0 {
		parts = append(parts, fmt.Sprintf("row %d", s.Row))
	}
	if s.Repeat > 0 {
		parts = append(parts, fmt.Sprintf("repetition %d", s.Repeat))
	}
	return strings.Join(parts, ", ")
}

func (s *step) addExchange(x *httpcore.Exchange, w words) {
	s.Elapsed = x.Total()
	for _, hop := range x.Hops {
		s.Attempts += len(hop.Attempts)
		s.Retries += max(0, len(hop.Attempts)-1)
	}
	s.Redirects = max(0, len(x.Hops)-1)
	if last := x.Last(); last != nil {
		p := x.Hops[len(x.Hops)-1].Request(last)
		s.Method, s.URL = w.line(p.Method), w.line(p.URL.Redacted())
		for _, span := range last.Timeline {
			s.Phases = append(s.Phases, phase{string(span.Phase), span.Start, max(span.Start, span.End)})
		}
	}
	if r := x.Response(); r != nil {
		s.Answer = w.line(strings.TrimSpace(fmt.Sprintf("%d %s", r.Status, r.Reason)))
		s.Size = r.Body.Size()
	}
}

// problemsOf lists what was not met, in the order of the file, and what went wrong.
func problemsOf(r *batch.Result, w words) []problem {
	var list []problem
	for _, c := range r.Verdict.Captured {
		if c.Error != "" {
			list = append(list, problem{"capture", w.line("not captured: " + c.Name + ": " + c.Error), nil})
		}
	}
	for _, e := range r.Verdict.Expect {
		if e.Passed {
			continue
		}
		p := problem{Kind: "expectation", Title: w.line("not as expected: " + e.Name + ": " + e.Expression)}
		for _, line := range e.Explanation {
			p.Lines = append(p.Lines, w.text(line))
		}
		list = append(list, p)
	}
	for _, err := range each(cmp.Or(r.Err, r.Verdict.Err)) {
		list = append(list, problemOf(err, w))
	}
	return list
}

// each takes joined errors apart.
func each(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var list []error
	for _, one := range joined.Unwrap() {
		list = append(list, each(one)...)
	}
	return list
}

func problemOf(err error, w words) problem {
	p := problem{Kind: "error", Title: w.text(err.Error())}
	if engine, ok := errors.AsType[*httpcore.Error](err); ok {
		p.Kind = string(engine.Kind)
	}
	if hinted, ok := errors.AsType[interface {
		error
		Hint() string
	}](err); ok && hinted.Hint() != "" {
		p.Lines = []string{w.text("hint: " + hinted.Hint())}
	}
	return p
}

// label names a step in a list.
func (s step) label() string {
	if s.Turn == "" {
		return s.Name
	}
	return s.Name + " (" + s.Turn + ")"
}

// failed reports whether it counts against the run.
// try says that a step was run before all was run again, so that it does not count that it has not passed.
func (s *step) try() {
	if !s.failed() {
		return
	}
	s.Status, s.Reason = batch.Tried, "a try before the last one, which does not count"
}

func (s step) failed() bool { return s.Status == batch.Failed || s.Status == batch.Broken }

func quoted(s string) string { return `"` + safe.Line(s) + `"` }
