package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"

	"parley/httpcore"
)

// errConnectTimeout is the cause of a context that the connect timeout ended.
var errConnectTimeout = errors.New("connect timeout")

// establish makes a new connection: name, TCP and TLS together within the timeout (0: none).
func (d dialer) establish(ctx context.Context, w route, trace *httpcore.Trace) (*stream, error) {
	limited := ctx
	if w.timeout > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeoutCause(ctx, w.timeout, errConnectTimeout)
		defer cancel()
	}
	s, err := d.connectAndSecure(limited, w.key, trace)
	switch {
	case err == nil:
		return s, nil
	case ctx.Err() != nil:
		return nil, contextError(ctx, w.address())
	case errors.Is(context.Cause(limited), errConnectTimeout):
		return nil, connectTimeoutError(w, err)
	default:
		return nil, err
	}
}

func (d dialer) connectAndSecure(ctx context.Context, k key, trace *httpcore.Trace) (*stream, error) {
	defer trace.End()
	layers, err := newTLSLayers(k) // a file that is missing is told before anything is sent
	if err != nil {
		return nil, err
	}
	defer layers.close()
	conn, err := d.dial(ctx, k, trace)
	if err != nil {
		return nil, err
	}
	timed := &timedConn{Conn: conn}
	s := &stream{Conn: timed, timed: timed, about: factsOf(conn, k)}
	if err := s.lead(ctx, k, layers, d.limits, trace); err != nil {
		s.abort()
		return nil, err
	}
	return s, nil
}

// lead takes a new connection to where HTTP can be spoken with the server of k, or with a proxy that passes it on.
func (s *stream) lead(ctx context.Context, k key, layers tlsLayers, limits Limits, trace *httpcore.Trace) error {
	if layers.proxy != nil {
		if err := s.secureProxy(ctx, k.proxy, layers.proxy); err != nil {
			return err
		}
	}
	if k.tunnels() {
		if trace.LogsWire() {
			s.listen(func(sent bool, b []byte) { trace.WireBytes(sent, httpcore.WireProxy, b) })
		}
		err := s.tunnel(ctx, k, limits)
		s.listen(nil)
		if err != nil {
			return err
		}
	}
	if layers.server == nil {
		return nil
	}
	trace.Begin(httpcore.PhaseTLS)
	return s.secure(ctx, k, layers.server)
}

// secureProxy puts TLS on the stream to an https proxy.
func (s *stream) secureProxy(ctx context.Context, p proxy, setup *tlsSetup) error {
	client := tls.Client(s.Conn, setup.config)
	if err := client.HandshakeContext(ctx); err != nil {
		return p.failed(httpcore.PhaseTLS, err)
	}
	s.Conn = client
	return nil
}

// secure puts TLS on the stream to the server.
func (s *stream) secure(ctx context.Context, k key, setup *tlsSetup) error {
	if len(setup.config.Certificates) == 0 {
		setup.config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			s.uncertified = true
			return &tls.Certificate{}, nil // the server decides whether it goes on
		}
	}
	client := tls.Client(s.Conn, setup.config)
	if err := client.HandshakeContext(ctx); err != nil {
		return handshakeError(k, err)
	}
	state := client.ConnectionState()
	s.Conn = client
	s.alpn = state.NegotiatedProtocol
	s.about.tls = setup.info(state)
	return nil
}

// handshakeError names the one failure that is not about TLS: the server speaks none of the protocols offered.
func handshakeError(k key, err error) error {
	// crypto/tls has no type for a received alert; this is no_application_protocol (RFC 7301 section 3.2).
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" && strings.Contains(op.Err.Error(), "no application protocol") {
		return noProtocolError(k, err)
	}
	e := httpcore.NetworkError(httpcore.PhaseTLS, k.address(), err)
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok && k.tunnels() {
		e.Advice = "check the port; else the proxy " + k.proxy.String() + " put something of its own into the tunnel"
	}
	return e
}

func noProtocolError(k key, cause error) error {
	return &httpcore.Error{
		Kind:    httpcore.KindProtocol,
		Message: fmt.Sprintf("%s does not offer HTTP/%s", k.address(), wantedVersion(k)),
		Advice:  `set http = "auto" to take what the server offers`,
		Err:     cause,
	}
}

func wantedVersion(k key) string {
	switch k.protocol {
	case httpcore.ProtocolHTTP1:
		return "1.1"
	case httpcore.ProtocolHTTP3:
		return "3"
	default:
		return "2"
	}
}

// connectTimeoutError says that name, TCP and TLS took too long together.
func connectTimeoutError(w route, cause error) *httpcore.Error {
	return &httpcore.Error{
		Kind:    httpcore.KindConnectTimeout,
		Message: fmt.Sprintf("no connection to %s within %v", w.destination(), w.timeout),
		Advice:  "check that the host is up and not behind a firewall, or raise timeout.connect",
		Err:     cause,
	}
}
