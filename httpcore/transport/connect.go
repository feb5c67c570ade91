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
	conn, err := d.dial(ctx, k, trace)
	if err != nil {
		return nil, err
	}
	timed := &timedConn{Conn: conn}
	s := &stream{Conn: timed, timed: timed}
	s.about = connFacts{local: addrPort(conn.LocalAddr()), remote: addrPort(conn.RemoteAddr()), address: k.address()}
	if k.scheme != "https" {
		return s, nil
	}
	trace.Begin(httpcore.PhaseTLS)
	if err := s.secure(ctx, k); err != nil {
		s.abort()
		return nil, err
	}
	return s, nil
}

// secure puts TLS on the stream.
func (s *stream) secure(ctx context.Context, k key) error {
	setup, err := newTLSSetup(k)
	if err != nil {
		return err
	}
	defer setup.close()
	if len(setup.config.Certificates) == 0 {
		setup.config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			s.uncertified = true
			return &tls.Certificate{}, nil // the server decides whether it goes on
		}
	}
	client := tls.Client(s.timed, setup.config)
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
	return httpcore.NetworkError(httpcore.PhaseTLS, k.address(), err)
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
		Message: fmt.Sprintf("no connection to %s within %v", w.address(), w.timeout),
		Advice:  "check that the host is up and not behind a firewall, or raise timeout.connect",
		Err:     cause,
	}
}
