package transport

import (
	"context"
	"net"

	"parley/httpcore"
)

// connection carries requests; *h1Conn one after another, *muxConn side by side.
type connection interface {
	// roundTrip sends r and returns when the head of the reply is there. again reports, beside an error, that the same
	// request may be sent on another connection: this one was dead, and acting twice would do no harm.
	roundTrip(ctx context.Context, r *request, trace *httpcore.Trace) (reply *httpcore.Reply, again bool, err error)
}

// acquire returns a connection for the route: one that is kept, one that somebody else is about to share, or a new one.
func (t *Transport) acquire(ctx context.Context, w route, trace *httpcore.Trace) (connection, error) {
	if !w.shareable() {
		if c, idle := t.pool.takeIdle(w.key); c != nil {
			w.tell(trace, c.stream.about, protocolHTTP1, c.uses, idle)
			return c, nil
		}
		return t.connect(ctx, w, trace)
	}
	for {
		if c, idle, uses := t.pool.takeShared(w.key); c != nil {
			w.tell(trace, c.about, c.protocol, uses, idle)
			return c, nil
		}
		if c, idle := t.pool.takeIdle(w.key); c != nil {
			w.tell(trace, c.stream.about, protocolHTTP1, c.uses, idle)
			return c, nil
		}
		wait, done := t.pool.lead(w.key)
		if wait == nil {
			c, err := t.connect(ctx, w, trace)
			done(err != nil)
			return c, err
		}
		trace.Begin(httpcore.PhaseQueue)
		if err := wait.until(ctx, w); err != nil {
			return nil, err
		}
		trace.End()
		if wait.failed { // everybody finds out for themselves, side by side
			return t.connect(ctx, w, trace)
		}
	}
}

const (
	protocolHTTP1 = "HTTP/1.1"
	protocolHTTP2 = "HTTP/2"
	protocolHTTP3 = "HTTP/3"
)

// connect makes a new connection for the route, and shares it when it can be shared.
func (t *Transport) connect(ctx context.Context, w route, trace *httpcore.Trace) (connection, error) {
	if w.protocol == httpcore.ProtocolHTTP3 {
		return t.connectHTTP3(ctx, w, trace)
	}
	s, err := t.dialer.establish(ctx, w, trace)
	if err != nil {
		return nil, err
	}
	k := w.key
	speaksHTTP2 := s.alpn == "h2" || k.scheme == "http" && k.protocol == httpcore.ProtocolPriorKnowledge
	s.about.protocolWhy = k.protocolWhy(s.alpn)
	if !speaksHTTP2 {
		if k.protocol == httpcore.ProtocolHTTP2 || k.protocol == httpcore.ProtocolPriorKnowledge {
			s.abort()
			return nil, noProtocolError(k, nil)
		}
		t.pool.settle(k)
		w.tell(trace, s.about, protocolHTTP1, 0, 0)
		return newH1Conn(s, t.limits, func(c *h1Conn, reusable bool) { t.pool.put(k, c, reusable) }), nil
	}
	streams := newMuxStreams()
	wire := newMuxWire(trace, streams)
	mux, err := newH2Mux(k, newH2Conn(s, streams, wire), t.limits)
	if err != nil {
		s.abort()
		return nil, err
	}
	c := t.newMuxConn(k, protocolHTTP2, s.about, mux, streams, wire)
	if _, _, ok := c.reserve(); !ok {
		c.retire()
		return nil, httpcore.NetworkError(httpcore.PhaseConnect, k.address(), net.ErrClosed)
	}
	t.pool.share(k, c)
	w.tell(trace, s.about, protocolHTTP2, 0, 0)
	return c, nil
}
