package script

import (
	"context"
	"errors"
	"sync"
)

// maxIdle is how many processes wait for another script.
const maxIdle = 4

// Processes are where scripts run. They are started when they are needed, kept for the next script, and ended by Close.
// Safe for concurrent use.
type Processes struct {
	mu     sync.Mutex
	idle   []*process
	closed bool
	// fleeting ones end with their script.
	fleeting bool
}

// Fleeting returns processes that are not kept, each for one script, and need no Close.
func Fleeting() *Processes { return &Processes{fleeting: true} }

// ErrClosed is what Run returns after Close.
var ErrClosed = errors.New("hooks are not run any more: the program ends")

// Run runs a script. What it said is in the Outcome, also beside an error, which is an *Error unless ctx has ended or no
// process can be started.
func (p *Processes) Run(ctx context.Context, t Task, outside Outside) (Outcome, error) {
	if err := ctx.Err(); err != nil {
		return Outcome{Request: t.Request}, context.Cause(ctx)
	}
	q, err := p.take()
	if err != nil {
		return Outcome{Request: t.Request}, err
	}
	out, err := q.run(ctx, t, outside)
	p.give(q)
	return out, err
}

func (p *Processes) take() (*process, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, ErrClosed
	}
	if last := len(p.idle) - 1; last >= 0 {
		q := p.idle[last]
		p.idle = p.idle[:last]
		return q, nil
	}
	return startProcess()
}

// give takes a process back, and ends one that is of no use any more.
func (p *Processes) give(q *process) {
	p.mu.Lock()
	keep := q.usable && !p.closed && !p.fleeting && len(p.idle) < maxIdle
	if keep {
		p.idle = append(p.idle, q)
	}
	p.mu.Unlock()
	if !keep {
		q.End()
	}
}

// Close ends the processes that wait; those at work end with their script.
func (p *Processes) Close() {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	for _, q := range idle {
		q.End()
	}
}
