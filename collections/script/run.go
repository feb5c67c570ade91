package script

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// grace is how long a process may take to say that the time is over, before it is killed.
	grace = 300 * time.Millisecond
	// glance is how often its memory is looked at.
	glance = 10 * time.Millisecond
	// maxSends bounds the requests that a script sends, maxAtOnce those at the same time.
	maxSends  = 200
	maxAtOnce = 8
)

// conversation is the running of one script.
type conversation struct {
	p       *process
	task    Task
	outside Outside
	out     Outcome
	room    room // for what the script says

	mu      sync.Mutex // of writing to the process
	sending sync.WaitGroup
	sent    int
	slots   chan struct{}
	clock   clock
	tooMuch atomic.Bool
	late    atomic.Bool
}

// run has the process run a script. Afterwards it is usable, or of no use any more.
func (p *process) run(ctx context.Context, t Task, outside Outside) (Outcome, error) {
	p.usable = false
	c := &conversation{p: p, task: t, outside: outside, slots: make(chan struct{}, maxAtOnce), out: Outcome{Request: t.Request}}
	inner, cancel := context.WithCancel(ctx)
	unwatch := context.AfterFunc(ctx, p.Kill)
	watched := make(chan struct{})
	c.clock.start()
	go func() { defer close(watched); c.watch(inner) }()
	end, err := c.listen(inner)
	cancel()
	<-watched
	c.sending.Wait()
	if !unwatch() || ctx.Err() != nil {
		return c.out, context.Cause(ctx)
	}
	if end == nil {
		return c.out, c.whyItEnded(err)
	}
	c.out.Request, c.out.Retry = end.Request, end.Retry
	if f := end.Failed; f != nil {
		p.usable = f.Why == WhyThrow || f.Why == WhySyntax
		return c.out, &Error{Event: t.Event, At: c.place(f.At), Why: f.Why, Message: f.Message}
	}
	p.usable = true
	if c.room.lost {
		return c.out, &Error{Event: t.Event, At: c.task.At, Why: WhyThrow, Message: "it has more tests than can be kept"}
	}
	return c.out, nil
}

// place is where something happened; where that is not known, where the script begins.
func (c *conversation) place(at Place) Place {
	if at.File == "" {
		return c.task.At
	}
	return at
}

// whyItEnded says why there is no outcome.
func (c *conversation) whyItEnded(err error) error {
	failed := &Error{Event: c.task.Event, At: c.task.At}
	switch {
	case c.tooMuch.Load():
		failed.Why, failed.Message = WhyMemory, tooMuch()
	case c.late.Load():
		failed.Why, failed.Message = WhyTime, tooLong()
	default:
		failed.Why, failed.Message = c.p.whyItEnded(err)
	}
	return failed
}

// watch kills the process when it takes too long or too much.
func (c *conversation) watch(ctx context.Context) {
	tick := time.NewTicker(glance)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if memory, known := resident(c.p.ID()); known && memory > MemoryLimit+spare {
			c.tooMuch.Store(true)
			c.p.Kill()
			return
		}
		if c.clock.elapsed() > TimeLimit+grace {
			c.late.Store(true)
			c.p.Kill()
			return
		}
	}
}

// listen hands the task over and follows what the process says, until it is done. Without an end, the error says why.
func (c *conversation) listen(ctx context.Context) (*done, error) {
	if err := c.order(order{Task: &c.task}); err != nil {
		return nil, err
	}
	for {
		var w word
		if err := readFrame(c.p.Stdout, &w); err != nil {
			return nil, err
		}
		switch {
		case w.Done != nil:
			return w.Done, nil
		case w.Call != nil:
			if err := c.answer(ctx, *w.Call); err != nil {
				return nil, err
			}
		default:
			c.room.add(&c.out.Report, w)
		}
	}
}

func (c *conversation) order(o order) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return writeFrame(c.p.Stdin, o)
}

// answer replies to a call: at once about variables, and when it is there with a response.
func (c *conversation) answer(ctx context.Context, asked call) error {
	r := reply{ID: asked.ID}
	var err error
	switch asked.Op {
	case "get":
		c.clock.pause()
		r.Value, r.Found, err = c.outside.Get(ctx, asked.Scope, asked.Name)
		c.clock.start()
	case "set":
		err = c.outside.Set(asked.Scope, asked.Name, asked.Value)
	case "unset":
		err = c.outside.Unset(asked.Scope, asked.Name)
	case "names":
		r.Names = c.outside.Names(asked.Scope)
	case "send":
		if c.sent++; c.sent <= maxSends && asked.Request != nil {
			c.sending.Go(func() { c.send(ctx, r, *asked.Request) })
			return nil
		}
		r.Failed = "a hook sends at most 200 requests"
	}
	if err != nil {
		r.Failed = err.Error()
	}
	return c.order(order{Reply: &r})
}

func (c *conversation) send(ctx context.Context, r reply, request Request) {
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return
	}
	var err error
	if r.Response, err = c.outside.Send(ctx, request); err != nil {
		r.Failed = err.Error()
	}
	if ctx.Err() == nil {
		_ = c.order(order{Reply: &r}) // when it has ended, listen knows why
	}
}
