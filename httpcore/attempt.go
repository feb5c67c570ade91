package httpcore

import (
	"context"
	"time"

	"parley/httpcore/body"
)

// attempt sends a hop's request once and receives the whole response. That the body of a redirect could not be read is
// kept at the attempt, but is no reason not to follow it.
func (h *hopRun) attempt(ctx context.Context, repeat *Repeat) (*Response, *Error) {
	hop := h.hop
	attempt := &Attempt{Started: h.session.now(), Repeat: repeat, Prepared: hop.Prepared}
	hop.Attempts = append(hop.Attempts, attempt)
	trace := newTrace(attempt, len(h.exchange.Hops)-1, len(hop.Attempts)-1, h.session.now, h.emit)
	trace.logWire(hop.Prepared)
	failure := h.send(ctx, hop.Prepared, attempt, trace)
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

func (h *hopRun) send(ctx context.Context, p *Prepared, attempt *Attempt, trace *Trace) *Error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if err := ctx.Err(); err != nil {
		return h.explain(ctx, p, err)
	}
	h.session.jar.Use(p.Cookies)
	reply, err := h.session.transport.RoundTrip(ctx, p, trace)
	if err != nil {
		return h.explain(ctx, p, err)
	}
	response := h.newResponse(p, reply)
	attempt.Response = response
	h.emit(HeadReceived{
		Hop: trace.hop, Attempt: trace.number, Request: p.Request, Head: trace.head(),
		Response: response, Provisional: h.isProvisional(p, response),
	})
	limits := decodeLimits(p.Options.Decode)
	if redirectLocation(p, response) != "" {
		limits.MaxSize = skimSize
		defer time.AfterFunc(skimTime, func() { cancel(errSkimmed) }).Stop()
	}
	if err := h.receive(p, reply, response, limits); err != nil {
		failure := h.explain(ctx, p, err)
		response.Body.Finish(failure)
		return failure
	}
	response.Body.Finish(nil)
	return nil
}

// isProvisional reports whether another response is expected to take the place of this one: it is a redirect that is
// followed, a challenge that the auth scheme may have an answer for, or a failure that is tried again.
func (h *hopRun) isProvisional(p *Prepared, response *Response) bool {
	if redirectLocation(p, response) != "" || h.mayAnswer(p, response) {
		return true
	}
	after := *h.repeats // only asked, not spent
	_, again := after.afterResponse(p.Method, response)
	return again
}

func (h *hopRun) mayAnswer(p *Prepared, response *Response) bool {
	if p.auth == nil || h.rounds == maxRounds || response.Status != 401 && response.Status != 407 {
		return false
	}
	_, ok := p.auth.by.Authorizer.(Answerer)
	return ok
}

// newResponse makes a response of a reply's head, and lets the jar have its cookies.
func (h *hopRun) newResponse(p *Prepared, reply *Reply) *Response {
	response := &Response{
		Proto:   reply.Proto,
		Status:  reply.Status,
		Reason:  reply.Reason,
		Headers: reply.Headers,
		RawHead: reply.RawHead,
	}
	response.Body = body.NewStore(h.storage(p, response))
	if !p.Options.WithoutJar {
		response.Cookies = h.session.jar.Receive(cookieTarget(p), reply.Headers.Values("Set-Cookie"))
	}
	return response
}

// storage says where the content of a response is kept.
func (h *hopRun) storage(p *Prepared, response *Response) body.StoreOptions {
	storage := h.session.storage
	if h.isProvisional(p, response) {
		if storage.Memory == 0 || storage.Memory > skimMemory {
			storage.Memory = skimMemory
		}
		return storage
	}
	if keeper, ok := h.sink.(Keeper); ok {
		if file := keeper.Keep(response); file != nil {
			storage.File = file
		}
	}
	return storage
}
