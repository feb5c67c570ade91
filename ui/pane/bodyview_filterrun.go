package pane

import (
	"context"
	"fmt"
	"sync"
	"time"

	"parley/httpcore/body"
	"parley/httpcore/content"
	"parley/httpcore/content/filter"
)

// filterMemory is how much of what a filter selects is kept in memory. The rest goes to a temporary file.
const filterMemory = 4 << 20

// filterRun is a filter that runs or has run, and what it has selected so far.
type filterRun struct {
	language filter.Language
	typed    string
	store    *body.Store
	cancel   context.CancelFunc
	some     chan struct{} // closed when something was selected
	once     sync.Once
	ended    chan struct{}

	// What follows may be read once ended is closed.
	result filter.Result
	err    error
}

// startFilter runs a filter once the run before it has ended: each may need much memory.
func startFilter(language filter.Language, typed string, f filter.Filter, in filter.Input, before *filterRun) *filterRun {
	ctx, cancel := context.WithCancel(context.Background())
	r := &filterRun{
		language: language, typed: typed, cancel: cancel,
		store: body.NewStore(body.StoreOptions{Memory: filterMemory}),
		some:  make(chan struct{}), ended: make(chan struct{}),
	}
	go r.run(ctx, f, in, before)
	return r
}

func (r *filterRun) run(ctx context.Context, f filter.Filter, in filter.Input, before *filterRun) {
	defer close(r.ended)
	defer func() { r.store.Finish(r.err) }()
	if before != nil {
		<-before.ended
	}
	if r.err = ctx.Err(); r.err == nil {
		r.result, r.err = safely(ctx, f, in, r)
	}
}

// safely keeps a panic of a filter away from the terminal: it becomes its error.
func safely(ctx context.Context, f filter.Filter, in filter.Input, to *filterRun) (result filter.Result, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the filter itself failed: %v", cause)
		}
	}()
	return f.Run(ctx, in, to)
}

// Write takes what the filter selects.
func (r *filterRun) Write(p []byte) (int, error) {
	n, err := r.store.Write(p)
	if n > 0 {
		r.once.Do(func() { close(r.some) })
	}
	return n, err
}

// close ends the run and forgets what it has selected. It does not wait: the run notices by itself.
func (r *filterRun) close() error {
	r.cancel()
	return r.store.Close()
}

// over reports whether the run has ended.
func (r *filterRun) over() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

// settling is how long a run that has selected something gets to end before that is shown.
const settling = 50 * time.Millisecond

// await returns when there is something to show.
func (r *filterRun) await() {
	select {
	case <-r.ended:
		return
	case <-r.some:
	}
	timer := time.NewTimer(settling)
	defer timer.Stop()
	select {
	case <-r.ended:
	case <-timer.C:
	}
}

// kind is what the results are: at the end what the filter says, before that what it is likely to.
func (r *filterRun) kind() content.Kind {
	switch {
	case r.over() && r.result.Count > 0:
		return r.result.Kind
	case r.language.Name == filter.JSONPath, r.language.Name == filter.JQ:
		return content.NDJSON
	}
	return content.Unknown
}
