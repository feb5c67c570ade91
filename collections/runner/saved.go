package runner

import (
	"context"
	"sync/atomic"

	"parley/collections"
	"parley/collections/expect"
	"parley/collections/resolve"
)

// Saved is a request with what stays the same however often it is sent: what it inherits, its expressions, compiled, and
// where nothing in it varies, what it resolves to. It may be shared between goroutines.
type Saved struct {
	Request   *collections.Request
	effective *collections.Effective
	checks    *expect.Set
	// steady is what it resolves to as long as nothing is captured and there is no row of data; nil when that varies, or is
	// not known yet.
	steady atomic.Pointer[resolve.Output]
}

// Saved prepares a request to be called many times.
func (w Workspace) Saved(r *collections.Request) (*Saved, error) {
	effective, err := w.effective(r)
	if err != nil {
		return nil, err
	}
	return &Saved{Request: r, effective: effective, checks: resolve.Checks(effective)}, nil
}

// Wanted says whether a run sends the request: what its `when` says of the workspace.
func (w Workspace) Wanted(ctx context.Context, s *Saved) (bool, error) {
	if !s.effective.When.IsSet() {
		return true, nil
	}
	input, err := w.inputOf(s.effective)
	if err != nil {
		return false, err
	}
	input.Scripted, _ = w.Scripts.seen()
	return resolve.When(ctx, input)
}

// When is the expression that [Workspace.Wanted] evaluates; "" when there is none.
func (s *Saved) When() string { return s.effective.When.Text }

// CallSaved is [Workspace.Call] for a request that was prepared in this workspace, or in one that differs from it by its
// sessions, its row and what was captured.
func (w Workspace) CallSaved(ctx context.Context, s *Saved) (*Call, error) {
	depends := len(w.Row.Vars) > 0 || !w.Captured.isEmpty() || !w.Scripts.isEmpty()
	if out := s.steady.Load(); out != nil && !depends {
		return &Call{Work: w, Request: s.Request, Out: out}, nil
	}
	input, err := w.inputOf(s.effective)
	if err != nil {
		return nil, err
	}
	input.Checks = s.checks
	varies := depends || len(s.effective.Hooks) > 0 || s.readsFiles()
	if !varies {
		input.Host = input.Host.Watched(func() { varies = true })
	}
	call, err := w.CallFrom(ctx, s.Request, input)
	if err == nil && !varies {
		s.steady.Store(call.Out)
	}
	return call, err
}

// readsFiles reports whether the body is made of files, which may change.
func (s *Saved) readsFiles() bool {
	kind := s.effective.Body.Kind
	return kind == collections.BodyFile || kind == collections.BodyMultipart
}
