package ui

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/collections"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/runner/batch"
	"parley/history"
	"parley/httpcore"
)

// runShown bounds how many steps of a run are kept to be shown. Beyond it those that passed first are forgotten first.
const runShown = 10_000

// folderRun is a run of a folder or of a request with data: what it has come to so far. It goes on when its screen is
// closed, and it is heard of under its lock: its steps end on goroutines of their own.
type folderRun struct {
	title  string
	cancel context.CancelFunc
	over   chan struct{} // closed when nothing of it runs any more
	again  batch.Options // what it was run with, and with what it is run again
	plan   *batch.Plan

	mu       sync.Mutex
	steps    []*ranStep // in the order of beginning
	byID     map[int]*ranStep
	planned  int // -1 when nobody knows
	counts   [batch.Skipped + 1]int
	dropped  int // how many steps are no longer shown
	waiting  batch.Waiting
	started  time.Time
	summary  batch.Summary
	finished bool
	problem  error // the first exchange that could not be recorded
}

// ranStep is what is shown of a step.
type ranStep struct {
	path, chain string
	row, repeat int
	started     time.Time
	over        bool
	status      batch.Status
	code        int // of the response; 0 without one
	elapsed     time.Duration
	// because says in lines what did not go as expected. Secrets are masked in it.
	because []string
	// recorded is where its exchange is in history; zero when it is not.
	recorded history.ID
}

// begin runs the plan. prepare asks what the requests ask; keep records an exchange; changed is called whenever there is
// something new to show.
func (f *folderRun) begin(ctx context.Context, prepare func(context.Context, *folderRun) (runner.Workspace, error), keep func(*batch.Result) (history.ID, error), now func() time.Time, changed func()) {
	ctx, f.cancel = context.WithCancel(ctx)
	f.over, f.byID, f.started = make(chan struct{}), map[int]*ranStep{}, now()
	options := f.again
	options.Sink = func(e batch.Event) {
		f.hear(e)
		changed()
	}
	options.Keep = func(r *batch.Result) { f.keep(r, keep) }
	go func() {
		defer close(f.over)
		defer changed()
		summary := f.run(ctx, prepare, options)
		f.mu.Lock()
		defer f.mu.Unlock()
		f.summary, f.finished = summary, true
	}()
}

// run is batch.Run, which must not take the terminal down with it.
func (f *folderRun) run(ctx context.Context, prepare func(context.Context, *folderRun) (runner.Workspace, error), options batch.Options) (summary batch.Summary) {
	defer f.cancel()
	defer func() {
		if value := recover(); value != nil {
			summary.Err = &batch.PanicError{Value: value, Stack: debug.Stack()}
		}
	}()
	work, err := prepare(ctx, f)
	if err != nil {
		return batch.Summary{Err: err}
	}
	options.Work = work
	return batch.Run(ctx, f.plan, options)
}

// stop ends the run, and waits until nothing of it runs any more.
func (f *folderRun) stop() {
	f.cancel()
	<-f.over
}

// keep records a result, on one of many goroutines.
func (f *folderRun) keep(r *batch.Result, record func(*batch.Result) (history.ID, error)) {
	id, err := record(r)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil && f.problem == nil {
		f.problem = err
	}
	if step := f.byID[r.Step.ID]; step != nil {
		step.recorded = id
	}
}

func (f *folderRun) hear(e batch.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch e := e.(type) {
	case batch.Planned:
		f.planned = e.Total
	case batch.Waiting:
		f.waiting = e
	case batch.Started:
		f.add(e.Step, e.At)
	case batch.Finished:
		f.finish(e.Result)
	}
}

// add lists a step that has begun.
func (f *folderRun) add(step batch.Step, at time.Time) *ranStep {
	if len(f.steps) >= runShown {
		f.forget()
	}
	s := &ranStep{path: step.Request.Path, chain: step.Chain, row: step.Row, repeat: step.Repeat, started: at}
	f.steps = append(f.steps, s)
	f.byID[step.ID] = s
	return s
}

// forget drops the older half of the steps that passed, or of all where none did.
func (f *folderRun) forget() {
	most := len(f.steps) / 2
	drop := func(s *ranStep) bool {
		gone := s.over && (s.status == batch.Passed || s.status == batch.Skipped) && most > 0
		if gone {
			most--
			f.dropped++
		}
		return gone
	}
	f.steps = slices.DeleteFunc(f.steps, drop)
	if over := len(f.steps) - runShown*3/4; over > 0 { // hardly anything passes
		f.dropped += over
		f.steps = slices.Delete(f.steps, 0, over)
	}
}

// finish says how a step ended. One that was skipped may never have begun.
func (f *folderRun) finish(r *batch.Result) {
	f.counts[r.Status]++
	s := f.byID[r.Step.ID]
	if s == nil {
		s = f.add(r.Step, r.Started)
	}
	delete(f.byID, r.Step.ID)
	s.over, s.status, s.elapsed, s.because = true, r.Status, r.Elapsed, because(r)
	if r.Exchange != nil && r.Exchange.Response() != nil {
		s.code = r.Exchange.Response().Status
	}
}

// becauseShown bounds the lines that are said about one step.
const becauseShown = 20

// because says what did not go as expected, in lines.
func because(r *batch.Result) []string {
	var lines []string
	if r.Reason != "" {
		lines = append(lines, r.Reason)
	}
	if r.Err != nil {
		text := r.Err.Error()
		if hinted, ok := r.Err.(interface{ Hint() string }); ok && hinted.Hint() != "" {
			text += "\n" + hinted.Hint()
		}
		lines = append(lines, strings.Split(masked(r).Shortened(text), "\n")...)
	}
	for _, c := range r.Verdict.Captured {
		if c.Error != "" {
			lines = append(lines, "not captured: "+c.Name+": "+c.Error)
		}
	}
	for _, e := range r.Verdict.Expect {
		if !e.Passed {
			lines = append(lines, fmt.Sprintf("%s: %s", e.Name, e.Expression))
			for _, line := range e.Explanation {
				lines = append(lines, "  "+line)
			}
		}
	}
	if len(lines) > becauseShown {
		lines = append(lines[:becauseShown], fmt.Sprintf("… and %d more lines", len(lines)-becauseShown))
	}
	return lines
}

// masked hides what is secret in the words about a result.
func masked(r *batch.Result) *httpcore.Masker {
	switch {
	case r.Exchange != nil:
		return httpcore.NewMasker(r.Exchange.Request.Secrets, httpcore.Secret.String)
	case r.Call != nil && r.Call.Out != nil:
		return httpcore.NewMasker(r.Call.Out.Request.Secrets, httpcore.Secret.String)
	}
	return httpcore.NewMasker(nil, httpcore.Secret.String)
}

// recorder returns what puts the exchanges of a run into history: into the spool as long as that is not open.
func (r *Root) recorder() func(*batch.Result) (history.ID, error) {
	store, spool, work := r.history, r.options.Spool, *r.work
	return func(result *batch.Result) (history.ID, error) {
		call := result.Call
		if call.Out.Record == resolve.RecordNone {
			return 0, nil
		}
		meta := history.Meta{
			Collection: work.Collection.Root, Request: call.Request.Path, Environments: work.Names(), Session: work.SessionName(call.Out.Session),
			Written: string(call.Request.Source()), WithoutBodies: call.Out.Record == resolve.RecordNoBody,
			Captured: result.Verdict.Captured, Expect: result.Verdict.Expect,
		}
		if store == nil {
			return 0, spool.Add(meta, result.Exchange)
		}
		return store.Add(context.WithoutCancel(r.ctx), meta, result.Exchange)
	}
}

// preparer returns what asks all that the requests of a run ask, in one form, and lets them run commands that were allowed.
func (r *Root) preparer() func(context.Context, *folderRun) (runner.Workspace, error) {
	tab := r.tab().id
	return func(ctx context.Context, f *folderRun) (runner.Workspace, error) {
		var requests []*collections.Request
		for _, chain := range f.plan.Chains {
			for _, n := range chain.Nodes {
				if request, err := n.Request(); err == nil { // else its step says what is wrong
					requests = append(requests, request)
				}
			}
		}
		return r.asking(ctx, f.again.Work, tab, requests...)
	}
}
