package runner

import (
	"context"

	"parley/collections"
	"parley/collections/expect"
	"parley/collections/resolve"
)

// Saved is a request with what stays the same however often it is sent: what it inherits, and its expressions, compiled. It
// never changes, and may be shared between goroutines.
type Saved struct {
	Request   *collections.Request
	effective *collections.Effective
	checks    *expect.Set
}

// Saved prepares a request to be called many times.
func (w Workspace) Saved(r *collections.Request) (*Saved, error) {
	effective, err := w.effective(r)
	if err != nil {
		return nil, err
	}
	return &Saved{r, effective, resolve.Checks(effective)}, nil
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
	return resolve.When(ctx, input)
}

// When is the expression that [Workspace.Wanted] evaluates; "" when there is none.
func (s *Saved) When() string { return s.effective.When.Text }

// CallSaved is [Workspace.Call] for a request that was prepared in a workspace of the same collection.
func (w Workspace) CallSaved(ctx context.Context, s *Saved) (*Call, error) {
	input, err := w.inputOf(s.effective)
	if err != nil {
		return nil, err
	}
	input.Checks = s.checks
	return w.CallFrom(ctx, s.Request, input)
}
