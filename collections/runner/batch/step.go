package batch

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"parley/collections/runner"
	"parley/httpcore"
)

// step runs the request at a place of the chain, and returns where the chain goes on.
func (l *links) step(ctx context.Context, at int) (next int) {
	n := l.chain.Nodes[at]
	saved, err := l.load(n)
	if err != nil {
		result := &Result{Step: l.place, Started: l.run.now(), Status: Broken, Err: err}
		result.Step.Request = unread(n)
		l.run.begin(&result.Step, result.Started)
		l.run.finish(result)
		return at + 1
	}
	l.whole(ctx, saved, func(result *Result) {
		next = l.next(at, result)
		l.run.until.hear(ctx, l.job, result.Exchange)
	})
	return next
}

// whole runs one request from its beginning to its end; judged sees what came of it before that is told.
func (l *links) whole(ctx context.Context, saved *runner.Saved, judged func(*Result)) {
	result := &Result{Step: l.place, Started: l.run.now()}
	result.Step.Request = saved.Request
	l.run.begin(&result.Step, result.Started)
	l.perform(ctx, saved, result)
	judged(result)
	l.run.finish(result)
	release(result.Exchange)
}

// next is the place of the request to run next; what the hooks say of that may be wrong.
func (l *links) next(at int, result *Result) int {
	wanted := result.Verdict.Hooks.Next
	if result.Status == Skipped && result.Call != nil {
		wanted = result.Call.Hooks.Next
	}
	if wanted == nil {
		return at + 1
	}
	next, err := l.jump(*wanted)
	if err != nil {
		result.Status, result.Err = Broken, err
		return len(l.chain.Nodes)
	}
	return next
}

// PanicError is a bug that a step ran into. The steps beside it go on.
type PanicError struct {
	Value any
	Stack []byte
}

// Error says what it was.
func (e *PanicError) Error() string { return fmt.Sprintf("Parley broke on this request: %v", e.Value) }

// perform sends the request and judges its response.
func (l *links) perform(ctx context.Context, saved *runner.Saved, result *Result) {
	var waited time.Duration
	defer func() {
		if value := recover(); value != nil {
			result.Status, result.Err = Broken, &PanicError{value, debug.Stack()}
		}
		result.Elapsed = l.run.now().Sub(result.Started) - waited
	}()
	if wanted, err := l.work.Wanted(ctx, saved); err != nil {
		result.fail(err)
		return
	} else if !wanted {
		result.Status, result.Reason = Skipped, "when "+saved.When()
		return
	}
	call, err := l.work.CallSaved(ctx, saved)
	result.Call = call
	if err != nil {
		result.fail(err)
		return
	}
	before := l.run.now()
	host := l.run.enter(ctx, call.Out.Request.URL)
	waited += l.run.now().Sub(before)
	if result.Exchange, err = l.send(ctx, call, host); result.Exchange == nil {
		result.fail(err)
		return
	}
	result.Verdict = call.Judge(ctx, result.Exchange)
	if l.keeps {
		l.work.KeepResponse(ctx, saved.Request.Path, result.Exchange)
	}
	result.settle(errors.Join(result.Verdict.Err, l.work.SaveSession(ctx, call.Out)))
}

func (l *links) send(ctx context.Context, call *runner.Call, host *host) (x *httpcore.Exchange, err error) {
	defer func() { l.run.leave(host, x) }()
	return call.Send(ctx, nil)
}

// fail says why nothing was sent.
func (r *Result) fail(err error) {
	if skipped, ok := errors.AsType[*runner.SkippedError](err); ok {
		r.Status, r.Reason = Skipped, skipped.Reason
		return
	}
	r.Status, r.Err = Broken, err
}

// settle says how a step ended that has an exchange; kept is why what came of it could not be kept.
func (r *Result) settle(kept error) {
	switch x := r.Exchange; {
	case x.Err != nil && x.Err.Kind != httpcore.KindStatus:
		r.Status, r.Err = Broken, x.Err
	case kept != nil:
		r.Status, r.Err = Broken, kept
	case x.Err != nil:
		r.Status, r.Err = Failed, x.Err
	case r.Verdict.Failed() > 0:
		r.Status = Failed
	}
}
