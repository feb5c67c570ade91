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

// CallSaved is [Workspace.Call] for a request that was prepared in a workspace of the same collection.
func (w Workspace) CallSaved(ctx context.Context, s *Saved) (*Call, error) {
	input, err := w.inputOf(s.effective)
	if err != nil {
		return nil, err
	}
	input.Checks = s.checks
	out, err := resolve.Resolve(ctx, input)
	if err != nil {
		return nil, err
	}
	return &Call{Work: w, Request: s.Request, Out: out}, nil
}
