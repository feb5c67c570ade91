package httpcore

import (
	"context"
	"errors"
	"sync"
	"time"
)

// run is one call of Session.Do.
type run struct {
	session  *Session
	exchange *Exchange
	hooks    Hooks

	mu   sync.Mutex // one event at a time reaches the sink
	sink Sink
}

func (r *run) emit(event Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sink.Handle(event)
}

// follow sends p and then every request that a redirect leads to.
func (r *run) follow(ctx context.Context, p *Prepared) *Error {
	trail := newTrail(p)
	var dropped []Dropped
	for {
		hop := &Hop{Prepared: p, Dropped: dropped}
		r.exchange.Hops = append(r.exchange.Hops, hop)
		response, failure := r.outcome(ctx, hop)
		if failure != nil {
			return failure
		}
		p = hop.Prepared
		r.offer(p, response)
		if err := r.hooks.after(ctx, hop, response); err != nil {
			return r.explain(ctx, p, err)
		}
		location := redirectLocation(p, response)
		if location == "" {
			return nil
		}
		next, err := trail.next(ctx, r, hop, response.Status, location)
		if err != nil {
			return r.explain(ctx, p, err)
		}
		p, dropped = next.prepared, next.dropped
		to := NewMasker(p.Request.Secrets, Mark).String(p.URL.String())
		r.emit(Redirected{Status: response.Status, To: to, Dropped: dropped, Cookies: p.Cookies})
	}
}

// explain turns what went wrong into an *Error of its own, with secrets masked. When ctx has ended, that is why, whatever
// it made others say.
func (r *run) explain(ctx context.Context, p *Prepared, err error) *Error {
	e := *AsError(err, KindConnection)
	if cause := context.Cause(ctx); cause != nil {
		e = Error{Kind: KindCanceled, Message: "canceled", Err: err}
		if known, ok := errors.AsType[*Error](cause); ok {
			e = *known
		} else if errors.Is(cause, context.DeadlineExceeded) {
			e = Error{Kind: KindTotalTimeout, Message: "the time given to the exchange is over", Err: err}
		}
	}
	if e.URL == "" {
		e.URL = p.URL.Redacted()
	}
	if hops := r.exchange.Hops; e.Attempt == 0 && len(hops) > 0 {
		e.Attempt = len(hops[len(hops)-1].Attempts)
	}
	return maskError(&e, p.Request.Secrets)
}

// withTotal ends the context after Timeouts.Total, if there is one, with the error to report as cause.
func withTotal(ctx context.Context, total time.Duration) (context.Context, context.CancelFunc) {
	if total <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, total, &Error{
		Kind:    KindTotalTimeout,
		Message: "the exchange took longer than the total timeout of " + total.String(),
		Advice:  "raise timeout.total",
	})
}
