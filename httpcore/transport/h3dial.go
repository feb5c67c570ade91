package transport

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/quic-go/quic-go"

	"parley/httpcore"
)

// checkHTTP3 refuses the ways that QUIC can not go.
func checkHTTP3(k key) error {
	switch {
	case k.scheme != "https":
		return &httpcore.Error{
			Kind:    httpcore.KindProtocol,
			Message: "HTTP/3 is always secured, and " + k.address() + " is to be reached in the clear",
			Advice:  `use https, or another protocol: http = "auto"`,
		}
	case k.unix != "":
		return &httpcore.Error{
			Kind:    httpcore.KindProtocol,
			Message: "HTTP/3 runs over UDP, and " + k.address() + " is to be reached through the unix socket " + k.unix,
			Advice:  `take network.unix away, or choose another protocol: http = "auto"`,
		}
	}
	return nil
}

// couldSpeakHTTP3 reports whether the server offers HTTP/3 (RFC 7838) where only another choice here stands against it.
func (w route) couldSpeakHTTP3(reply *httpcore.Reply) bool {
	if w.protocol != httpcore.ProtocolAuto || w.scheme != "https" || !w.proxy.isNone() || w.unix != "" {
		return false
	}
	return slices.ContainsFunc(reply.Headers.List("Alt-Svc"), func(offer string) bool { return strings.HasPrefix(offer, "h3=") })
}

// connectHTTP3 makes a new connection that speaks HTTP/3, and shares it: name and QUIC handshake together within the
// timeout (0: none).
func (t *Transport) connectHTTP3(ctx context.Context, w route, trace *httpcore.Trace) (connection, error) {
	limited := ctx
	if w.timeout > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeoutCause(ctx, w.timeout, errConnectTimeout)
		defer cancel()
	}
	link, err := t.dialer.dialQUIC(limited, w, trace)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return nil, contextError(ctx, w.address())
	case errors.Is(context.Cause(limited), errConnectTimeout):
		return nil, noHTTP3Error(connectTimeoutError(w, err))
	default:
		return nil, err
	}
	mux := newH3Mux(link.conn, t.limits)
	c := t.newMuxConn(w.key, protocolHTTP3, link.about, mux, mux.log.streams, mux.log.wire)
	if _, _, ok := c.reserve(); !ok {
		c.retire()
		return nil, quicDialError(w.key, context.Cause(link.conn.Context())) // a server refuses certificates after its handshake
	}
	t.pool.share(w.key, c)
	w.tell(trace, c.about, protocolHTTP3, 0, 0)
	return c, nil
}

// quicLink is a QUIC connection whose handshake is done. As a net.Conn it is its socket, so that it can take part in a
// race; closing it closes the connection.
type quicLink struct {
	net.Conn
	conn  *quic.Conn
	about connFacts
}

func (l *quicLink) Close() error { return l.conn.CloseWithError(0, "") }

// dialQUIC looks the host up and shakes hands with it.
func (d dialer) dialQUIC(ctx context.Context, w route, trace *httpcore.Trace) (*quicLink, error) {
	defer trace.End()
	candidates, err := d.candidates(ctx, w.endpoint, w.family, trace)
	if err != nil {
		return nil, err
	}
	setup, err := newServerTLS(w.key)
	if err != nil {
		return nil, err
	}
	defer setup.close()
	trace.Begin(httpcore.PhaseConnect)
	streams := newMuxStreams()
	racer := &quicDialer{sockets: d.net, key: w.key, setup: setup, config: quicConfig(2*w.timeout, streams, newMuxWire(trace, streams))}
	conn, err := race(ctx, racer, candidates)
	if err != nil {
		return nil, quicDialError(w.key, err)
	}
	return conn.(*quicLink), nil
}

// quicDialer dials QUIC for a race.
type quicDialer struct {
	sockets Dialer
	key     key
	setup   *tlsSetup
	config  *quic.Config
}

// DialContext implements Dialer.
func (d *quicDialer) DialContext(ctx context.Context, _, address string) (net.Conn, error) {
	conn, err := d.sockets.DialContext(ctx, "udp", address)
	if err != nil {
		return nil, err
	}
	udp, ok := conn.(*net.UDPConn)
	if !ok {
		_ = conn.Close()
		return nil, fmt.Errorf("HTTP/3 needs a UDP socket, and the dialer made a %T", conn)
	}
	link, err := quic.Dial(ctx, socket{udp}, udp.RemoteAddr(), d.setup.config, d.config)
	if err != nil {
		_ = udp.Close()
		return nil, err
	}
	context.AfterFunc(link.Context(), func() { _ = udp.Close() }) // the last packet has been sent
	about := connFacts{local: addrPort(udp.LocalAddr()), remote: addrPort(udp.RemoteAddr()), address: d.key.address()}
	about.protocolWhy = d.key.protocolWhy("h3")
	about.tls = d.setup.info(link.ConnectionState().TLS)
	return &quicLink{Conn: udp, conn: link, about: about}, nil
}
