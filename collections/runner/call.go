package runner

import (
	"context"
	"errors"

	"parley/collections"
	"parley/collections/expect"
	"parley/collections/har"
	"parley/collections/resolve"
	"parley/collections/script"
	"parley/httpcore"
)

// Call is one request of a collection on its way: its variables are resolved, and nothing is sent yet.
//
//	Workspace.Call ──▶ Call.Send ──▶ Call.Judge
//	resolves, hooks    an Exchange    hooks, captures, expectations
//
// The three steps are one road for all who send: `send`, `run` and the workbench differ in what they show. A Call is used
// by one goroutine, and once.
type Call struct {
	Work Workspace
	// Request is as its file or its editor says it.
	Request *collections.Request
	Out     *resolve.Output
	// Hooks is what the `before` hooks said; secrets are marks in it. When it has a Skip, the request is not to be sent, and
	// Send refuses to with a SkippedError.
	Hooks script.Report

	hooks *hooks // nil when there are none
}

// Call resolves a request, and runs its `before` hooks: what these set is resolved, and what they change is changed. When
// one fails, the Call beside the error has what they said, and is not to be sent.
func (w Workspace) Call(ctx context.Context, r *collections.Request) (*Call, error) {
	saved, err := w.Saved(r)
	if err != nil {
		return nil, err
	}
	return w.CallSaved(ctx, saved)
}

// Send sends the request as [Workspace.Send] does.
func (c *Call) Send(ctx context.Context, sink httpcore.Sink) (*httpcore.Exchange, error) {
	if c.Hooks.Skip != "" {
		return nil, &SkippedError{c.Hooks.Skip}
	}
	return c.Work.Send(ctx, c.Out, sink)
}

// Asks reports whether something is asked of the response, or a hook may have something to say of it.
func (c *Call) Asks() bool { return !c.Out.Checks.IsEmpty() || c.hooks != nil }

// SkippedError says that a hook keeps a request from being sent.
type SkippedError struct{ Reason string }

// Error says why.
func (e *SkippedError) Error() string { return "not sent: " + e.Reason }

// Verdict is what came of a response.
type Verdict struct {
	// Report has values as they came, secrets among them; it is empty when there is no whole response to look at.
	Report expect.Report
	// Captured and Expect are the report as it is kept, exported and shown in history: secrets are marks.
	Captured []har.Captured
	Expect   []har.Expect
	// Hooks is what the hooks said that have run, those before sending too; secrets are marks in it. What their tests came to
	// is among the expectations of Report and Expect. Its Next names the request to run after this one.
	Hooks script.Report
	// Err is why what was captured could not be kept.
	Err error

	// secrets are those that expressions have read which the exchange knows nothing of.
	secrets []httpcore.Secret
}

// Failed counts what the response does not meet: expectations, and captures that found nothing.
func (v Verdict) Failed() int { return v.Report.Failed() }

// Judge evaluates what the request asks of its response, and keeps what was captured for the requests after it. It is
// called when the exchange is over and before it is closed or recorded: what was captured as a secret is a secret of the
// exchange from here on.
func (c *Call) Judge(ctx context.Context, x *httpcore.Exchange) Verdict {
	if c.Out.Checks.IsEmpty() && c.hooks == nil || !expect.Answered(x) || ctx.Err() != nil {
		return Verdict{Hooks: c.said(x)}
	}
	var tested []expect.Outcome
	if c.hooks != nil {
		tested = c.hooks.after(ctx, x)
	}
	know(x, c.hooks.secrets()) // before a snapshot is made of the body
	v := Verdict{Report: c.Out.Checks.Run(ctx, x)}
	v.Report.Expected = append(v.Report.Expected, tested...)
	know(x, v.Report.Secrets())
	v.Report.KeepSecret(httpcore.NewMasker(x.Request.Secrets, httpcore.Mark))
	know(x, v.Report.Secrets())
	v.Hooks = c.said(x)
	v.Captured, v.Expect = v.Report.Record(httpcore.NewMasker(x.Request.Secrets, httpcore.Mark))
	v.Err = errors.Join(c.Work.KeepCaptured(ctx, c.Request, v.Report.Captured), c.Work.KeepSnapshots(c.Request, accepted(v.Report)))
	return v
}

// know makes secrets those of an exchange as well.
func know(x *httpcore.Exchange, secrets []httpcore.Secret) {
	if len(secrets) == 0 {
		return
	}
	known := *x.Request
	known.Know(secrets)
	x.Request = &known
}

// said is what the hooks have said so far, masked by all that the exchange knows to be secret.
func (c *Call) said(x *httpcore.Exchange) script.Report {
	if c.hooks == nil {
		return c.Hooks
	}
	if x == nil || x.Request == nil {
		return c.hooks.masked(c.Out.Request)
	}
	return c.hooks.masked(x.Request)
}
