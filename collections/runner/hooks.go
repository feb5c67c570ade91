package runner

import (
	"context"
	"errors"
	"path"
	"slices"

	"parley/collections"
	"parley/collections/expect"
	"parley/collections/resolve"
	"parley/collections/script"
	"parley/httpcore"
)

// hooks are those of one call, with what they have said and set so far.
type hooks struct {
	call    *Call
	scripts *Scripts
	input   resolve.Input
	list    []collections.Hook
	vars    *hookVariables
	report  script.Report
	// changed says that variables were set that the request may use.
	changed bool
}

func (h *hooks) has(event collections.HookEvent) bool {
	return h != nil && slices.ContainsFunc(h.list, func(k collections.Hook) bool { return k.Event == event })
}

// CallFrom is [Workspace.Call] for one who knows what the request is to be resolved from.
//
// When the request cannot be resolved, or a hook fails, the Call beside the error is nil or has what the hooks said.
func (w Workspace) CallFrom(ctx context.Context, r *collections.Request, in resolve.Input) (*Call, error) {
	scripted, known := w.Scripts.seen()
	in.Scripted = scripted
	c := &Call{Work: w, Request: r}
	if len(in.Request.Hooks) > 0 {
		c.hooks = newHooks(c, in)
		c.hooks.vars.know(known) // which may be in what earlier hooks have set
	}
	var err error
	if c.hooks.has(collections.HookBefore) {
		err = c.prepare(ctx)
	} else if c.Out, err = resolve.Resolve(ctx, in); err != nil {
		return nil, err
	}
	if c.Out == nil {
		return nil, err
	}
	if err == nil && c.Hooks.Skip == "" {
		c.Out.Warnings = append(c.Out.Warnings, w.Warnings()...)
		c.Out.Request.Know(known)
		c.Out.Request.Know(capturedSecrets(in.Captured)) // a server may send them back, in a cookie for one
		c.hooks.attach(c.Out.Request)
	}
	return c, err
}

func newHooks(c *Call, in resolve.Input) *hooks {
	h := &hooks{call: c, scripts: c.Work.Scripts, list: in.Request.Hooks}
	if h.scripts == nil {
		h.scripts = newScripts(script.Fleeting())
	}
	h.input = in
	h.input.Host = rememberAnswers(in.Host) // the request may be resolved twice
	h.vars = newHookVariables(h)
	return h
}

// prepare runs the `before` hooks on the request as far as it can be resolved, resolves it anew when they set what it needs,
// and lays over it what they changed in it.
func (c *Call) prepare(ctx context.Context) error {
	h := c.hooks
	out, failure := resolve.Draft(ctx, h.input)
	if out == nil {
		return failure
	}
	c.Out = out
	h.vars.know(out.Request.Secrets)
	seen, err := viewOf(out.Request, failure == nil)
	if err != nil {
		return err
	}
	left, err := h.runBefore(ctx, seen)
	c.Hooks = h.masked(out.Request)
	if err != nil || c.Hooks.Skip != "" {
		return err
	}
	if failure != nil || h.changed {
		if out, err = resolve.Resolve(ctx, h.input); err != nil {
			return err
		}
		c.Out = out
	}
	if err := change(out, seen, left); err != nil {
		return err
	}
	out.Request.Know(h.vars.secrets())
	return nil
}

func (h *hooks) runBefore(ctx context.Context, seen script.Request) (left script.Request, err error) {
	left = seen
	for _, hook := range h.list {
		if hook.Event != collections.HookBefore {
			continue
		}
		out, err := h.run(ctx, hook, script.Task{Request: left, Cookies: h.cookies(left.URL)})
		if err != nil {
			return left, h.failure(err)
		}
		if left = out.Request; h.report.Skip != "" {
			return left, nil
		}
	}
	return left, nil
}

// run runs one script, and takes in what it said.
func (h *hooks) run(ctx context.Context, hook collections.Hook, t script.Task) (script.Outcome, error) {
	code, err := h.call.Work.Collection.Hook(h.call.Request, hook)
	if err != nil {
		return script.Outcome{Request: t.Request}, err
	}
	t.Event, t.Code, t.At = string(hook.Event), code, h.place(hook)
	t.Info = script.Info{
		Request: h.call.Request.Path, Iteration: h.call.Work.Iteration, IterationCount: max(h.call.Work.Iterations, 1),
	}
	if names := h.call.Work.Names(); len(names) > 0 {
		t.Info.Environment = names[len(names)-1]
	}
	out, err := h.scripts.processes.Run(ctx, t, h.vars)
	h.report = h.report.Join(out.Report)
	h.scripts.know(h.vars.secrets())
	return out, err
}

// place is where the first line of a script stands.
func (h *hooks) place(hook collections.Hook) script.Place {
	from := hook.Value.Pos.File
	if from == "" {
		from = h.call.Request.File
	}
	if file := hook.File(); file.IsSet() {
		if !collections.IsFlag(from) && !path.IsAbs(file.Text) {
			return script.Place{File: path.Join(path.Dir(from), file.Text), Line: 1}
		}
		return script.Place{File: file.Text, Line: 1}
	}
	if from == "" {
		from = "hooks." + string(hook.Event)
	}
	return script.Place{File: from, Line: max(hook.Value.PosAt(0).Line, 1)}
}

// failure masks what is wrong with a hook, as an error of the engine.
func (h *hooks) failure(err error) error {
	if failed, ok := errors.AsType[*script.Error](err); ok {
		m := httpcore.NewMasker(h.vars.secrets(), httpcore.Mark)
		masked := failed.Mask(m.Shortened)
		return &httpcore.Error{Kind: httpcore.KindHook, Message: masked.Error(), Advice: masked.Hint(), Err: masked}
	}
	return err
}

// secrets are those that the scripts may have come upon.
func (h *hooks) secrets() []httpcore.Secret {
	if h == nil {
		return nil
	}
	return h.vars.secrets()
}

// masked is what the hooks said so far, without secrets.
func (h *hooks) masked(r *httpcore.Request) script.Report {
	if h == nil {
		return script.Report{}
	}
	m := httpcore.NewMasker(withSecrets(r.Secrets, h.vars.secrets()), httpcore.Mark)
	return h.report.Mask(m.Shortened)
}

// after runs the `after` hooks on a whole response. What their tests came to, and a hook that failed, are outcomes as those
// of expectations are.
func (h *hooks) after(ctx context.Context, x *httpcore.Exchange) []expect.Outcome {
	var failed []expect.Outcome
	for _, hook := range h.list {
		if hook.Event != collections.HookAfter || ctx.Err() != nil {
			continue
		}
		_, err := h.run(ctx, hook, h.taskOf(x))
		if err != nil && ctx.Err() == nil {
			failed = append(failed, h.broken(hook, err))
		}
	}
	return append(h.outcomes(), failed...)
}

func (h *hooks) broken(hook collections.Hook, err error) expect.Outcome {
	err = h.failure(err)
	o := expect.Outcome{Name: "hooks." + string(hook.Event), Expression: h.place(hook).String(), Err: err, Explanation: []string{err.Error()}}
	if hinted, ok := err.(interface{ Hint() string }); ok && hinted.Hint() != "" {
		o.Explanation = append(o.Explanation, "hint: "+hinted.Hint())
	}
	return o
}

// outcomes are the tests that were not skipped.
func (h *hooks) outcomes() []expect.Outcome {
	m := httpcore.NewMasker(h.vars.secrets(), httpcore.Mark)
	var list []expect.Outcome
	for _, t := range h.report.Tests {
		if t.Skipped {
			continue
		}
		o := expect.Outcome{Name: m.Shortened(t.Name), Expression: "pm.test, " + t.Where.String(), Passed: t.Passed}
		if !t.Passed {
			said := m.Shortened(t.Error)
			o.Err, o.Explanation = errors.New(said), []string{said}
		}
		list = append(list, o)
	}
	return list
}
