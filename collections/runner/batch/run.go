package batch

import (
	"context"
	"errors"
	"sync"
	"time"

	"parley/collections/env"
	"parley/httpcore"
)

// ErrNothing says that a plan holds no request.
var ErrNothing = errors.New("there is nothing to run: no request is chosen")

// Run runs a plan to its end, or until ctx ends.
func Run(ctx context.Context, p *Plan, o Options) Summary {
	r := newRun(p, o)
	r.summary.Started = r.now()
	r.summary.Err = r.run(ctx)
	r.summary.Elapsed = r.now().Sub(r.summary.Started)
	return r.summary
}

// run is one run of a plan.
type run struct {
	plan    *Plan
	options Options
	loaded  *library
	pace    *pace
	hosts   *hosts
	until   *until
	// asks says that what requests inherit asks for responses.
	asks  bool
	now   func() time.Time
	after func(time.Duration) <-chan time.Time

	mu      sync.Mutex // held while the sink is called
	summary Summary
	lastID  int
	// total is how many steps are planned, -1 when nobody knows.
	total int
	// rowCount is how many rows of data there are; 1 without any.
	rowCount int
	// bailed is closed when a step has not passed, and no more are to begin.
	bailed chan struct{}
}

func newRun(p *Plan, o Options) *run {
	o.Jobs, o.Repeat = max(o.Jobs, 1), max(o.Repeat, 1)
	r := &run{plan: p, options: o, now: o.Now, after: o.After, bailed: make(chan struct{})}
	if r.now == nil {
		r.now = time.Now
	}
	if r.after == nil {
		r.after = time.After
	}
	if o.Sink == nil {
		r.options.Sink = func(Event) {}
	}
	r.pace, r.hosts = newPace(o.Rate), newHosts()
	return r
}

func (r *run) run(ctx context.Context) error {
	if r.plan.Steps() == 0 {
		return ErrNothing
	}
	var err error
	if r.until, err = newUntil(r.options); err != nil {
		return err
	}
	rows := 1
	if r.options.Rows != nil {
		if rows, err = count(r.options.Rows); err != nil {
			return err
		}
	}
	r.rowCount = rows
	again := rows > 1 || r.options.Repeat > 1 || r.until != nil
	r.loaded, r.asks = newLibrary(r.options.Work, again), allAsk(r.options.Work)
	r.total = r.plan.Steps() * rows * r.options.Repeat
	if r.until != nil {
		r.total = -1
	}
	r.tell(Planned{r.total})
	if r.until == nil {
		err = r.pass(ctx)
	} else {
		err = r.passUntil(ctx)
	}
	r.countRest()
	return errors.Join(err, context.Cause(ctx))
}

// maxTold bounds how many of the steps that a run did not come to are told one by one.
const maxTold = 10_000

// pass runs everything once, with each row and as often as asked for. When the run is to end it goes on as long as there
// is something to tell of what is skipped.
func (r *run) pass(ctx context.Context) (err error) {
	crew := newCrew(r.options.Jobs, func(l *links) { l.walk(ctx) })
	defer crew.finish()
	jobs := 0
	for repeat := range r.options.Repeat {
		for number, row := range r.rows() {
			if row.err != nil {
				return row.err
			}
			for _, c := range r.chains() {
				if r.over(ctx) != "" && r.skipped() >= maxTold {
					return nil
				}
				jobs++
				crew.do(&links{run: r, chain: c, row: row.layer, job: jobs, place: r.place(c, number, repeat+1)})
			}
		}
	}
	return nil
}

// countRest counts the steps that were not told one by one.
func (r *run) countRest() {
	s := &r.summary
	if rest := r.total - s.Passed - s.Failed - s.Broken - s.Skipped; r.total >= 0 && rest > 0 {
		s.Skipped += rest
	}
}

// dataRow is a row as the chains see it.
type dataRow struct {
	layer env.Layer
	err   error
}

// rows yields the rows by their numbers; without data, one that is empty and has the number 0.
func (r *run) rows() func(yield func(int, dataRow) bool) {
	return func(yield func(int, dataRow) bool) {
		if r.options.Rows == nil {
			yield(0, dataRow{})
			return
		}
		number := 0
		for row, err := range r.options.Rows {
			number++
			if !yield(number, dataRow{row.layer(number), err}) || err != nil {
				return
			}
		}
	}
}

// chains are those of the plan, and of a folder that is parallel one for each request.
func (r *run) chains() func(yield func(int, Chain) bool) {
	return func(yield func(int, Chain) bool) {
		for i, c := range r.plan.Chains {
			if !c.Parallel {
				if !yield(i, c) {
					return
				}
				continue
			}
			for at := range c.Nodes {
				if !yield(i, Chain{Name: c.Name, Nodes: c.Nodes[at : at+1]}) {
					return
				}
			}
		}
	}
}

// over says why no more steps are to begin; "" when they are.
func (r *run) over(ctx context.Context) string {
	if ctx.Err() != nil {
		return "the run was interrupted"
	}
	if r.hasBailed() {
		return "the run ended with the first step that did not pass"
	}
	return ""
}

func (r *run) hasBailed() bool {
	select {
	case <-r.bailed:
		return true
	default:
		return false
	}
}

func (r *run) skipped() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.summary.Skipped
}

func (r *run) tell(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.options.Sink(e)
}

// begin gives a step its number.
func (r *run) begin(step *Step, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lastID++
	step.ID = r.lastID
	r.options.Sink(Started{*step, at})
}

// finish records, tells and forgets a result.
func (r *run) finish(result *Result) {
	if result.Exchange != nil && r.options.Keep != nil {
		r.options.Keep(result)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if result.Step.ID == 0 {
		r.lastID++
		result.Step.ID = r.lastID
	}
	switch result.Status {
	case Passed:
		r.summary.Passed++
	case Failed:
		r.summary.Failed++
	case Broken:
		r.summary.Broken++
	case Skipped:
		r.summary.Skipped++
	}
	if r.options.Bail && (result.Status == Failed || result.Status == Broken) && !r.hasBailed() {
		close(r.bailed)
	}
	r.options.Sink(Finished{result})
}

// replan changes how many steps there are to run.
func (r *run) replan(by int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.total >= 0 && by != 0 {
		r.total += by
		r.options.Sink(Planned{r.total})
	}
}

// wait waits, and says why where a person would notice. It ends with ctx.
func (r *run) wait(ctx context.Context, d time.Duration, reason string) {
	r.waitUnless(ctx, nil, d, reason)
}

// pause is wait between two steps, which ends as well when no more are to begin.
func (r *run) pause(ctx context.Context, d time.Duration, reason string) {
	r.waitUnless(ctx, r.bailed, d, reason)
}

func (r *run) waitUnless(ctx context.Context, ended <-chan struct{}, d time.Duration, reason string) {
	if d <= 0 {
		return
	}
	if d >= noticed {
		r.tell(Waiting{r.now().Add(d), reason})
	}
	select {
	case <-r.after(d):
	case <-ended:
	case <-ctx.Done():
	}
}

// noticed is how long a wait is that is worth a word.
const noticed = time.Second

// release frees the bodies of an exchange.
func release(x *httpcore.Exchange) {
	if x != nil {
		_ = x.Close() // a temporary file that is still there harms nobody
	}
}
