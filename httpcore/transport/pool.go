package transport

import (
	"context"
	"slices"
	"sync"
	"time"
)

// pool keeps connections between requests. For each key it also knows which protocol the server chose last time, and
// whether a first connection is on its way, so that a burst of requests to an HTTP/2 server shares one.
type pool struct {
	limits Limits
	now    func() time.Time

	mu     sync.Mutex
	places map[key]*place
	idle   int // idle HTTP/1.1 connections in all places
	closed bool
	sweep  *time.Timer // nil while nothing is idle
}

// place is what a pool knows of one key.
type place struct {
	idle    []*h1Conn // the one that became idle last is last, and is used first
	shared  []*h2Conn
	single  bool     // the server chose HTTP/1.1: connections are not shared
	dialing *dialing // the connection on its way; nil when none is
}

// dialing is a connection on its way that others wait for.
type dialing struct {
	over   chan struct{} // closed when it has arrived, or never will
	failed bool          // final once over is closed
}

// until returns when the connection has arrived or failed. The wait counts as connecting, and is bounded like it.
func (d *dialing) until(ctx context.Context, k key, timeout time.Duration) error {
	var expired <-chan time.Time
	if timeout > 0 {
		timer := time.NewTimer(timeout)
		defer timer.Stop()
		expired = timer.C
	}
	select {
	case <-d.over:
		return nil
	case <-expired:
		return connectTimeoutError(k, timeout, nil)
	case <-ctx.Done():
		return contextError(ctx, k.address())
	}
}

func newPool(limits Limits, now func() time.Time) *pool {
	return &pool{limits: limits, now: now, places: map[key]*place{}}
}

func (p *pool) at(k key) *place {
	if p.places[k] == nil {
		p.places[k] = &place{}
	}
	return p.places[k]
}

// takeIdle returns the HTTP/1.1 connection that has been idle for the shortest time and still lives, and how long it
// has been idle; nil when there is none.
func (p *pool) takeIdle(k key) (*h1Conn, time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	place := p.at(k)
	for n := len(place.idle); n > 0; n = len(place.idle) {
		c := place.idle[n-1]
		place.idle[n-1] = nil
		place.idle = place.idle[:n-1]
		p.idle--
		idle := p.now().Sub(c.idle)
		if idle < p.limits.IdleTimeout && isAlive(c.stream.timed.Conn) {
			return c, idle
		}
		c.stream.abort()
	}
	return nil, 0
}

// takeShared returns an HTTP/2 connection with room for one more stream, which it reserves, and what its trace is told;
// nil when there is none.
func (p *pool) takeShared(k key) (c *h2Conn, idle time.Duration, uses int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	place := p.at(k)
	for _, c := range slices.Clone(place.shared) {
		if c.isSpent(p.limits.IdleTimeout) {
			place.forget(c)
			c.retire()
			continue
		}
		if idle, uses, ok := c.reserve(); ok {
			return c, idle, uses
		}
	}
	return nil, 0, 0
}

// put takes an HTTP/1.1 connection back, or closes it.
func (p *pool) put(k key, c *h1Conn, reusable bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	place := p.at(k)
	if !reusable || p.closed || len(place.idle) >= p.limits.IdlePerHost {
		c.stream.close()
		return
	}
	if p.idle >= p.limits.Idle {
		p.dropOldest()
	}
	c.idle = p.now()
	place.idle = append(place.idle, c)
	p.idle++
	p.keepSweeping()
}

// dropOldest closes the connection that has been idle for the longest time.
func (p *pool) dropOldest() {
	var oldest *place
	for _, place := range p.places {
		if len(place.idle) > 0 && (oldest == nil || place.idle[0].idle.Before(oldest.idle[0].idle)) {
			oldest = place
		}
	}
	oldest.idle[0].stream.close()
	oldest.idle = oldest.idle[1:]
	p.idle--
}

// share keeps a new HTTP/2 connection for everyone.
func (p *pool) share(k key, c *h2Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	place := p.at(k)
	place.single = false
	if p.closed {
		c.retire()
		return
	}
	place.shared = append(place.shared, c)
	p.keepSweeping()
}

// unshare forgets an HTTP/2 connection that takes no new streams.
func (p *pool) unshare(k key, c *h2Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at(k).forget(c)
}

func (pl *place) forget(c *h2Conn) {
	pl.shared = slices.DeleteFunc(pl.shared, func(other *h2Conn) bool { return other == c })
}

// settle notes that the server of k chose HTTP/1.1.
func (p *pool) settle(k key) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at(k).single = true
}

// lead makes the caller the one that dials for k, and wait is nil; or somebody dials already, and wait says who. A
// caller that leads calls done when the connection is there, or never will be. When the server is known not to share
// connections, everybody leads.
func (p *pool) lead(k key) (wait *dialing, done func(failed bool)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	place := p.at(k)
	switch {
	case place.single:
		return nil, func(bool) {}
	case place.dialing != nil:
		return place.dialing, nil
	}
	mine := &dialing{over: make(chan struct{})}
	place.dialing = mine
	return nil, func(failed bool) {
		p.mu.Lock()
		defer p.mu.Unlock()
		place.dialing = nil
		mine.failed = failed
		close(mine.over)
	}
}

// keepSweeping arranges for idle connections to be closed in time, by the wall clock; how long each has been idle is
// the business of the pool's own clock. p.mu is held.
func (p *pool) keepSweeping() {
	if p.sweep == nil {
		p.sweep = time.AfterFunc(p.limits.IdleTimeout, p.closeExpired)
	}
}

// closeExpired closes what has been idle for too long, and forgets keys that have no connection.
func (p *pool) closeExpired() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep = nil
	kept := false
	for k, place := range p.places {
		for len(place.idle) > 0 && p.now().Sub(place.idle[0].idle) >= p.limits.IdleTimeout {
			place.idle[0].stream.close()
			place.idle = place.idle[1:]
			p.idle--
		}
		for _, c := range slices.Clone(place.shared) {
			if c.isSpent(p.limits.IdleTimeout) {
				place.forget(c)
				c.retire()
			}
		}
		if len(place.idle) > 0 || len(place.shared) > 0 {
			kept = true
		} else if place.dialing == nil {
			delete(p.places, k)
		}
	}
	if kept && !p.closed {
		p.keepSweeping()
	}
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	if p.sweep != nil {
		p.sweep.Stop()
		p.sweep = nil
	}
	for _, place := range p.places {
		for _, c := range place.idle {
			c.stream.close()
		}
		for _, c := range place.shared {
			c.retire()
		}
		place.idle, place.shared = nil, nil
	}
	p.idle = 0
}
