package transport

import (
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
	shared  []*muxConn
	single  bool     // the server chose HTTP/1.1: connections are not shared
	dialing *dialing // the connection on its way; nil when none is
}

func newPool(limits Limits, now func() time.Time) *pool {
	return &pool{limits: limits, now: now, places: map[key]*place{}}
}

func (p *pool) at(k key) *place {
	if p.places[k] == nil {
		p.places[k] = &place{}
		p.keepSweeping() // it may never have a connection
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

// takeShared returns a connection with room for one more stream, which it reserves, and what its trace is told;
// nil when there is none.
func (p *pool) takeShared(k key) (c *muxConn, idle time.Duration, uses int) {
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

// share keeps a new connection for everyone.
func (p *pool) share(k key, c *muxConn) {
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

// unshare forgets a connection that takes no new streams.
func (p *pool) unshare(k key, c *muxConn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at(k).forget(c)
}

func (pl *place) forget(c *muxConn) {
	pl.shared = slices.DeleteFunc(pl.shared, func(other *muxConn) bool { return other == c })
}

// settle notes that the server of k chose HTTP/1.1.
func (p *pool) settle(k key) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at(k).single = true
}

// keepSweeping arranges for idle connections to be closed in time, by the wall clock; how long each has been idle is
// the business of the pool's own clock. p.mu is held.
func (p *pool) keepSweeping() {
	if p.sweep == nil && !p.closed {
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
		if len(place.idle) > 0 || len(place.shared) > 0 || place.dialing != nil {
			kept = true
		} else {
			delete(p.places, k)
		}
	}
	if kept {
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
