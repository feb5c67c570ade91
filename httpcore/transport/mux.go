package transport

import (
	"context"
	"net/http"
	"sync"
	"time"

	"parley/httpcore"
)

// multiplexer is all that this package needs of a library that carries many exchanges side by side, once it has been
// handed a connection. The interface is small so that another library can take the place of one.
type multiplexer interface {
	// reserve makes room for the next RoundTrip, beside so many that are active; false when the connection takes no more.
	reserve(active int) bool
	RoundTrip(*http.Request) (*http.Response, error)
	// isOver reports that no new exchange can begin: the server said so, or the connection broke.
	isOver() bool
	Close() error
	// noReply says why x has no reply; again is as in connection.
	noReply(x *muxExchange, err error) (failure error, again bool)
	// cutShort says why the content of a reply ends after so much of it. What lies on this side is not its business.
	cutShort(x *muxExchange, err error, received string) error
}

// muxConn is a connection that speaks HTTP/2 or HTTP/3: many exchanges side by side.
type muxConn struct {
	mux      multiplexer
	streams  *muxStreams
	wire     *muxWire // nil unless it is listened to
	protocol string
	about    connFacts
	limits   Limits
	now      func() time.Time
	// leave takes the connection out of its pool, so that no new exchange begins on it.
	leave func(*muxConn)

	mu      sync.Mutex
	uses    int // exchanges begun so far
	active  int
	idle    time.Time // since when no exchange is active
	retired bool      // closed as soon as no exchange is active
}

func (t *Transport) newMuxConn(k key, protocol string, about connFacts, mux multiplexer, streams *muxStreams, wire *muxWire) *muxConn {
	return &muxConn{
		mux: mux, streams: streams, wire: wire, protocol: protocol, about: about, limits: t.limits, now: t.pool.now,
		leave: func(c *muxConn) { t.pool.unshare(k, c) },
	}
}

// reserve makes room for one exchange, which roundTrip begins, and says how long the connection was idle and how many
// exchanges it had carried before.
func (c *muxConn) reserve() (idle time.Duration, uses int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.retired || !c.mux.reserve(c.active) {
		return 0, 0, false
	}
	if c.active == 0 && c.uses > 0 {
		idle = c.now().Sub(c.idle)
	}
	c.uses++
	c.active++
	return idle, c.uses - 1, true
}

// done ends an exchange that reserve began.
func (c *muxConn) done() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.active--
	c.idle = c.now()
	c.closeIfRetired()
}

// retire closes the connection once its exchanges are over.
func (c *muxConn) retire() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.retired {
		c.retired = true
		c.closeIfRetired()
	}
}

func (c *muxConn) closeIfRetired() {
	if c.retired && c.active == 0 {
		go func() { _ = c.mux.Close() }() // it says goodbye, which may take a moment; an error means that it is closed
	}
}

// isSpent reports whether the connection will never carry another exchange: the server said so, it broke, or it has
// been idle for longer than the limit.
func (c *muxConn) isSpent(limit time.Duration) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.retired || c.mux.isOver() {
		return true
	}
	return c.active == 0 && c.uses > 0 && c.now().Sub(c.idle) >= limit
}

// giveUp keeps new exchanges off the connection.
func (c *muxConn) giveUp() {
	c.leave(c)
	c.retire()
}

// roundTrip implements connection.
func (c *muxConn) roundTrip(ctx context.Context, r *request, trace *httpcore.Trace) (*httpcore.Reply, bool, error) {
	if err := checkMuxHead(r.Prepared); err != nil {
		c.done()
		return nil, false, err
	}
	x := newMuxExchange(ctx, c, r, trace)
	c.wire.begin(trace)
	message := x.message()
	trace.Begin(httpcore.PhaseSend)
	x.silence.renew()
	response, err := c.mux.RoundTrip(message)
	x.answered()
	if err != nil {
		failure, again := x.roundTripError(err)
		x.finish()
		return nil, again, failure
	}
	return x.reply(response), false, nil
}
