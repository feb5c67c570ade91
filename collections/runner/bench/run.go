package bench

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"parley/collections/resolve"
	"parley/httpcore"
	"parley/httpcore/body"
)

// grace is how long the last requests have to be answered when the load's time is over.
const grace = 30 * time.Second

// Options say what is measured.
type Options struct {
	Load   Load
	Target Target
	// Watch is given a snapshot each Every, from one goroutine; nil does not watch.
	Watch func(Snapshot)
	Every time.Duration
}

// Snapshot is how far a load is.
type Snapshot struct {
	Counts
	// WarmingUp says that nothing is counted yet.
	WarmingUp bool
	// Elapsed is counted from the end of the warm-up.
	Elapsed  time.Duration
	InFlight int64
	P50, P99 time.Duration
}

// Summary is what came of a load.
type Summary struct {
	Counts
	Load    Load
	Started time.Time
	// WarmUp is how many requests were not counted.
	WarmUp int64
	// Elapsed is the time from the end of the warm-up to that of the load, or of the last request that counts.
	Elapsed time.Duration
	// Latency is counted from when a request was due, Service from when it was sent. Both are of answered requests.
	Latency, Service Distribution
	// Varies says that variables were filled in anew for each request.
	Varies bool
}

// Run sends a load. The summary is there, with what was measured, also beside the error of a ctx that has ended or of a
// request that could not be made; it is nil when nothing could be sent at all.
func Run(ctx context.Context, o Options) (*Summary, error) {
	if err := o.Load.Check(); err != nil {
		return nil, err
	}
	requests, err := newSource(ctx, o.Target)
	if err != nil {
		return nil, err
	}
	session, err := o.Target.Work.SessionFor(requests.first)
	if err != nil {
		return nil, err
	}
	running, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := &run{
		Options: o, stop: stop, session: session, requests: requests, recorder: newRecorder(),
		schedule: newSchedule(o.Load, time.Now()),
	}
	r.spawn(running)
	r.wait()
	summary := r.summary()
	if err := ctx.Err(); err != nil {
		return summary, err
	}
	if cause := context.Cause(running); cause != nil && !errors.Is(cause, errOver) {
		return summary, cause
	}
	return summary, nil
}

// errOver ends what has not been answered when the grace is over.
var errOver = errors.New("the load is over")

type run struct {
	Options
	stop     context.CancelCauseFunc
	session  *httpcore.Session
	requests *source
	schedule *schedule
	recorder *recorder

	workers sync.WaitGroup
	count   atomic.Int64 // of workers
	idle    atomic.Int64 // workers that wait for an arrival
	flying  atomic.Int64
}

// spawn starts a worker, unless there are as many as may be.
func (r *run) spawn(ctx context.Context) {
	if r.count.Add(1) > int64(r.Load.Jobs) {
		r.count.Add(-1)
		return
	}
	r.idle.Add(1)
	r.workers.Go(func() { r.work(ctx) })
}

// work sends what is due. Whoever leaves nobody behind to wait for the next arrival starts another worker: there are only
// as many as the load needs.
func (r *run) work(ctx context.Context) {
	for {
		a, ok := r.schedule.take(ctx)
		if r.idle.Add(-1) == 0 && ok {
			r.spawn(ctx)
		}
		if !ok {
			return
		}
		r.flying.Add(1)
		r.send(ctx, a)
		r.flying.Add(-1)
		r.idle.Add(1)
	}
}

// send sends one request. One that cannot even be made ends the load: no other could.
func (r *run) send(ctx context.Context, a arrival) {
	out, err := r.requests.next(ctx)
	if err != nil {
		r.stop(err)
		return
	}
	prepared, err := r.session.Prepare(ctx, out.Request)
	if err != nil {
		r.stop(err)
		return
	}
	o := outcome{arrival: a, sent: time.Now()}
	x, err := r.session.Do(ctx, prepared, sinkFor(out))
	o.exchange, o.ended = x, time.Now()
	o.unfinished = err != nil && ctx.Err() != nil
	if !o.unfinished && x.Response() != nil {
		o.report = out.Checks.Run(ctx, x)
	}
	r.recorder.record(o)
	// What a body's temporary file leaves behind is the system's to remove.
	_ = x.Close()
}

// sinkFor returns a sink that drops the content of responses when nobody asks anything of it.
func sinkFor(out *resolve.Output) httpcore.Sink {
	if out.Checks.IsEmpty() {
		return dropping{}
	}
	return nil
}

// dropping takes the content of responses and forgets it.
type dropping struct{}

// Handle implements httpcore.Sink.
func (dropping) Handle(httpcore.Event) {}

// Keep implements httpcore.Keeper.
func (dropping) Keep(*httpcore.Response) body.StoreFile { return dropping{} }

// WriteAt implements body.StoreFile.
func (dropping) WriteAt(p []byte, _ int64) (int, error) { return len(p), nil }

// ReadAt implements body.StoreFile.
func (dropping) ReadAt([]byte, int64) (int, error) { return 0, errors.New("the content was not kept") }

// Close implements body.StoreFile.
func (dropping) Close() error { return nil }

// wait returns when all workers have, and shows how far they are meanwhile.
func (r *run) wait() {
	done := make(chan struct{})
	go func() {
		r.workers.Wait()
		close(done)
	}()
	var ticks, over <-chan time.Time
	if r.Watch != nil && r.Every > 0 {
		ticker := time.NewTicker(r.Every)
		defer ticker.Stop()
		ticks = ticker.C
	}
	if end := r.schedule.end; !end.IsZero() {
		timer := time.NewTimer(time.Until(end) + grace)
		defer timer.Stop()
		over = timer.C
	}
	for {
		select {
		case <-done:
			return
		case <-ticks:
			r.Watch(r.snapshot())
		case <-over:
			r.stop(errOver)
		}
	}
}

func (r *run) snapshot() Snapshot {
	now := time.Now()
	r.recorder.mu.Lock()
	defer r.recorder.mu.Unlock()
	return Snapshot{
		Counts: r.recorder.counts.clone(), WarmingUp: now.Before(r.schedule.counting), Elapsed: max(0, now.Sub(r.schedule.counting)),
		InFlight: r.flying.Load(), P50: r.recorder.latency.Quantile(0.5), P99: r.recorder.latency.Quantile(0.99),
	}
}

// summary is called when all workers have returned.
func (r *run) summary() *Summary {
	s := &Summary{
		Counts: r.recorder.counts, Load: r.Load, Started: r.schedule.started, WarmUp: r.schedule.warm,
		Latency: r.recorder.latency, Service: r.recorder.service, Varies: r.requests.varies.Load(),
	}
	now, until := time.Now(), r.recorder.last
	s.Missed = r.schedule.missed(now)
	if end := r.schedule.end; !end.IsZero() && until.Before(end) {
		until = end // the time after the last answer counts as well
		if now.Before(end) {
			until = now
		}
	}
	s.Elapsed = max(0, until.Sub(r.schedule.counting))
	return s
}
