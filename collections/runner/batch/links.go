package batch

import (
	"context"
	"fmt"
	"path"

	"parley/collections"
	"parley/collections/env"
	"parley/collections/runner"
)

// links is a chain on its way: its requests see the values that those before them captured, and share cookies.
type links struct {
	run   *run
	chain Chain
	row   env.Layer
	// job counts the chains in the order of the plan.
	job   int
	place Step
	work  runner.Workspace
	jumps int
	// keeps says that a request of the chain may ask for the responses of others, so that those are kept.
	keeps bool
	// ahead are requests that were read before their turn, to see that.
	ahead map[*collections.Node]*runner.Saved
}

// place is what all steps of a chain have in common.
func (r *run) place(c Chain, row, repeat int) Step {
	step := Step{Chain: c.Name, Row: row}
	if row > 0 {
		step.Chain += fmt.Sprintf(" · row %d", row)
	}
	if r.options.Repeat > 1 {
		step.Repeat = repeat
		step.Chain += fmt.Sprintf(" · run %d", repeat)
	}
	return step
}

// walk runs the requests in order, which hooks can change.
func (l *links) walk(ctx context.Context) {
	l.work = l.run.options.Work
	l.work.Row, l.work.Captured = l.row, runner.NewCapturedMemory()
	l.work.Scripts = l.work.Scripts.Apart()
	l.work.Iteration = max(l.place.Repeat-1, 0)*l.run.rowCount + max(l.place.Row-1, 0)
	l.work.Iterations = l.run.options.Repeat * l.run.rowCount
	if l.work.Session == "" {
		l.work.Sessions = l.work.Sessions.Apart()
	}
	l.keepResponses()
	defer l.work.Responses.Close()
	nodes := l.chain.Nodes
	for at := 0; at < len(nodes); {
		if reason := l.run.over(ctx); reason != "" {
			l.skip(nodes[at:], reason)
			return
		}
		if at > 0 || l.jumps > 0 {
			l.run.pause(ctx, l.run.options.Delay, "the delay that was asked for")
		}
		l.run.pause(ctx, l.run.pace.slot(l.run.now()), "the rate that was asked for")
		if l.run.over(ctx) != "" {
			continue
		}
		next := l.step(ctx, at)
		l.run.replan(at + 1 - next)
		at = next
	}
}

// skip tells of the requests that the run did not come to.
func (l *links) skip(nodes []*collections.Node, reason string) {
	for _, n := range nodes {
		result := &Result{Step: l.place, Status: Skipped, Reason: reason, Started: l.run.now()}
		result.Step.Request = unread(n)
		l.run.finish(result)
	}
}

// unread stands for a request whose file was not read, or cannot be.
func unread(n *collections.Node) *collections.Request {
	return &collections.Request{Path: n.Path, File: n.File, Method: collections.Str(n.Method)}
}

// maxJumps bounds how often hooks may change the order of a chain.
const maxJumps = 10_000

// JumpError says that a hook's setNextRequest cannot be followed.
type JumpError struct {
	Message, Advice string
}

// Error says why.
func (e *JumpError) Error() string { return e.Message }

// Hint says what to change.
func (e *JumpError) Hint() string { return e.Advice }

// jump finds the place of the request that a hook names: by its path, else by its name in the chain.
func (l *links) jump(name string) (int, error) {
	if name == "" {
		return len(l.chain.Nodes), nil
	}
	if l.jumps++; l.jumps > maxJumps {
		return 0, &JumpError{
			fmt.Sprintf("setNextRequest(%q) goes on without end: the chain was sent elsewhere %d times", name, maxJumps),
			"end it with setNextRequest(null)",
		}
	}
	var known []string
	for i, n := range l.chain.Nodes {
		if n.Path == collections.Clean(name) {
			return i, nil
		}
		known = append(known, n.Path)
	}
	for i, n := range l.chain.Nodes {
		if path.Base(n.Path) == name {
			return i, nil
		}
	}
	e := &JumpError{Message: fmt.Sprintf("setNextRequest(%q) names no request of the chain %s", name, l.chain.Name)}
	if near := collections.Nearest(name, known); near != "" {
		e.Advice = fmt.Sprintf("did you mean %q?", near)
	}
	return 0, e
}
