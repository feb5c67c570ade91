package transport

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/net/http2"

	"parley/httpcore"
)

//lint:file-ignore SA1019 net/http can speak HTTP/2 on a connection of ours only when it is the *tls.Conn itself, which can not be observed

// multiplexer is all that this package needs of an HTTP/2 library once it has handed over a connection. *http2.ClientConn
// is one; the interface is small so that another can take its place.
type multiplexer interface {
	// ReserveNewRequest makes room for the next RoundTrip; false when the connection takes no more.
	ReserveNewRequest() bool
	RoundTrip(*http.Request) (*http.Response, error)
	State() http2.ClientConnState
	Close() error
}

// newMultiplexer starts HTTP/2 on a connection; conn need not be a *tls.Conn, so that it can be observed.
//
// The windows are those that let one download run at the speed of the line: Go's defaults cost a third of it.
func newMultiplexer(conn net.Conn, limits Limits) (multiplexer, error) {
	base := &http.Transport{
		DisableCompression:    true, // what the user asked for is sent, and nothing is decoded here
		ExpectContinueTimeout: limits.ContinueWait,
		HTTP2: &http.HTTP2Config{
			MaxReadFrameSize:              1 << 20,
			MaxReceiveBufferPerStream:     16 << 20,
			MaxReceiveBufferPerConnection: 32 << 20,
		},
	}
	library, err := http2.ConfigureTransports(base)
	if err != nil {
		return nil, fmt.Errorf("setting up HTTP/2: %w", err)
	}
	library.MaxHeaderListSize = uint32(limits.HeadSize)
	return library.NewClientConn(conn)
}

// h2Conn is a connection that speaks HTTP/2: many exchanges side by side.
type h2Conn struct {
	stream *stream
	mux    multiplexer
	limits Limits
	now    func() time.Time
	// leave takes the connection out of its pool, so that no new exchange begins on it.
	leave func(*h2Conn)

	mu      sync.Mutex
	uses    int // exchanges begun so far
	active  int
	idle    time.Time // since when no exchange is active
	retired bool      // closed as soon as no exchange is active
}

func (t *Transport) newH2Conn(k key, s *stream) (*h2Conn, error) {
	mux, err := newMultiplexer(s, t.limits)
	if err != nil {
		return nil, httpcore.NetworkError(httpcore.PhaseConnect, k.address(), err)
	}
	return &h2Conn{
		stream: s, mux: mux, limits: t.limits, now: t.pool.now,
		leave: func(c *h2Conn) { t.pool.unshare(k, c) },
	}, nil
}

// reserve makes room for one exchange, which roundTrip begins, and says how long the connection was idle and how many
// exchanges it had carried before.
func (c *h2Conn) reserve() (idle time.Duration, uses int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.retired || !c.mux.ReserveNewRequest() {
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
func (c *h2Conn) done() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.active--
	c.idle = c.now()
	c.closeIfRetired()
}

// retire closes the connection once its exchanges are over.
func (c *h2Conn) retire() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.retired {
		c.retired = true
		c.closeIfRetired()
	}
}

func (c *h2Conn) closeIfRetired() {
	if c.retired && c.active == 0 {
		go func() { _ = c.mux.Close() }() // it says goodbye, which may take a moment; an error means that it is closed
	}
}

// isSpent reports whether the connection will never carry another exchange: the server said so, it broke, or it has
// been idle for longer than the limit.
func (c *h2Conn) isSpent(limit time.Duration) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if state := c.mux.State(); c.retired || state.Closed || state.Closing {
		return true
	}
	return c.active == 0 && c.uses > 0 && c.now().Sub(c.idle) >= limit
}

// giveUp keeps new exchanges off the connection.
func (c *h2Conn) giveUp() {
	c.leave(c)
	c.retire()
}

// roundTrip implements connection.
func (c *h2Conn) roundTrip(ctx context.Context, r *request, trace *httpcore.Trace) (*httpcore.Reply, bool, error) {
	x := newH2Exchange(ctx, c, r, trace)
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
