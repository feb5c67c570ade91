package httpcore

import (
	"context"
	"errors"
	"sync"
	"time"

	"parley/httpcore/body"
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
		r.emit(Redirected{Status: response.Status, To: to, Dropped: dropped})
	}
}

// attempt sends a hop's request once and receives the whole response. That the body of a redirect could not be read is
// kept at the attempt, but is no reason not to follow it.
func (r *run) attempt(ctx context.Context, hop *Hop, repeat *Repeat) (*Response, *Error) {
	attempt := &Attempt{Started: r.session.now(), Repeat: repeat, Prepared: hop.Prepared}
	hop.Attempts = append(hop.Attempts, attempt)
	trace := newTrace(attempt, len(r.exchange.Hops)-1, len(hop.Attempts)-1, r.session.now, r.emit)
	trace.logWire(hop.Prepared)
	failure := r.send(ctx, hop.Prepared, attempt, trace)
	trace.finish()
	if failure == nil {
		return attempt.Response, nil
	}
	attempt.Err = failure
	if attempt.Response != nil && redirectLocation(hop.Prepared, attempt.Response) != "" && ctx.Err() == nil {
		return attempt.Response, nil
	}
	return nil, failure
}

func (r *run) send(ctx context.Context, p *Prepared, attempt *Attempt, trace *Trace) *Error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if err := ctx.Err(); err != nil {
		return r.explain(ctx, p, err)
	}
	r.session.jar.Use(p.Cookies)
	reply, err := r.session.transport.RoundTrip(ctx, p, trace)
	if err != nil {
		return r.explain(ctx, p, err)
	}
	response := r.newResponse(p, reply)
	attempt.Response = response
	r.emit(HeadReceived{Hop: trace.hop, Attempt: trace.number, Request: p.Request, Head: trace.head(), Response: response})
	limits := decodeLimits(p.Options.Decode)
	if redirectLocation(p, response) != "" {
		limits.MaxSize = skimSize
		defer time.AfterFunc(skimTime, func() { cancel(errSkimmed) }).Stop()
	}
	if err := r.receive(p, reply, response, limits); err != nil {
		failure := r.explain(ctx, p, err)
		response.Body.Finish(failure)
		return failure
	}
	response.Body.Finish(nil)
	return nil
}

// newResponse makes a response of a reply's head, and lets the jar have its cookies.
func (r *run) newResponse(p *Prepared, reply *Reply) *Response {
	response := &Response{
		Proto:   reply.Proto,
		Status:  reply.Status,
		Reason:  reply.Reason,
		Headers: reply.Headers,
		RawHead: reply.RawHead,
	}
	response.Body = body.NewStore(r.storage(p, response))
	if !p.Options.WithoutJar {
		response.Cookies = r.session.jar.Receive(cookieTarget(p), reply.Headers.Values("Set-Cookie"))
	}
	return response
}

// storage says where the content of a response is kept.
func (r *run) storage(p *Prepared, response *Response) body.StoreOptions {
	storage := r.session.storage
	if redirectLocation(p, response) != "" {
		if storage.Memory == 0 || storage.Memory > skimMemory {
			storage.Memory = skimMemory
		}
		return storage
	}
	if keeper, ok := r.sink.(Keeper); ok {
		if file := keeper.Keep(response); file != nil {
			storage.File = file
		}
	}
	return storage
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
