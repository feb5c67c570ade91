package playground

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"github.com/quic-go/quic-go/http3"
)

const (
	loopback = "127.0.0.1:0"
	// grace is how long Close waits for requests to finish by themselves. Every handler obeys its context, which Close
	// cancels first, so the whole of it passes only when a client does not read its response.
	grace = time.Second
)

// Options say where a [Server] listens. The zero value is right for tests.
type Options struct {
	// Addr is the host and port of the clear-text listener; empty means a free port of 127.0.0.1.
	Addr string
	// TLSAddr is the host and port of the TLS listener, over TCP and for HTTP/3 over UDP; empty means a free port of 127.0.0.1.
	TLSAddr string
}

// A Server is a running playground.
type Server struct {
	// URL is the clear-text origin, such as "http://127.0.0.1:40123", without a final slash.
	URL string
	// TLSURL is the origin with TLS, such as "https://127.0.0.1:40124", without a final slash. HTTP/3 is spoken there too.
	TLSURL string

	handler *Handler
	caPEM   []byte
	clear   *http.Server
	tls     *http.Server
	http3   *http3.Server
	packets net.PacketConn // of http3
	conns   *connSet
	active  *gate
	cancel  context.CancelFunc
	served  chan struct{} // closed when all accept loops have ended
}

// Start listens and serves in the background. The error names the address that could not be had.
func Start(opts Options) (*Server, error) {
	cert, err := selfSigned(certTemplate{hosts: []string{"localhost", "127.0.0.1", "::1"}})
	if err != nil {
		return nil, fmt.Errorf("playground: making a certificate: %w", err)
	}
	plain, err := listen(opts.Addr)
	if err != nil {
		return nil, err
	}
	secure, packets, err := listenBoth(opts.TLSAddr)
	if err != nil {
		plain.Close()
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	s := &Server{
		URL:     "http://" + plain.Addr().String(),
		TLSURL:  "https://" + secure.Addr().String(),
		handler: NewHandler(),
		caPEM:   certPEM(cert),
		conns:   newConnSet(),
		active:  newGate(),
		packets: packets,
		cancel:  cancel,
		served:  make(chan struct{}),
	}
	s.clear = s.newHTTPServer(ctx)
	s.clear.Protocols.SetUnencryptedHTTP2(true)
	s.tls = s.newHTTPServer(ctx)
	s.tls.Handler = offerHTTP3(s.tls.Handler, packets)
	s.tls.TLSConfig = &tls.Config{Certificates: []tls.Certificate{cert}}
	s.http3 = newHTTP3Server(ctx, cert, s.active.wrap(s.handler))
	go s.serve(s.conns.track(plain), s.conns.track(secure))
	return s, nil
}

func listen(addr string) (net.Listener, error) {
	if addr == "" {
		addr = loopback
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("playground: cannot listen on %s: %w", addr, err)
	}
	return l, nil
}

func (s *Server) newHTTPServer(ctx context.Context) *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(true)
	return &http.Server{
		Handler:           s.active.wrap(s.handler),
		Protocols:         protocols,
		ReadHeaderTimeout: time.Minute,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnContext:       withNTLM,
		// What the log would say (a client that distrusts the certificate, one that went away) is what the playground is
		// for, and whoever embeds it owns standard error.
		ErrorLog: log.New(io.Discard, "", 0),
	}
}

func (s *Server) serve(plain, secure net.Listener) {
	defer close(s.served)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.tls.ServeTLS(secure, "", "") // always ErrServerClosed: only Close ends it
	}()
	packets := make(chan struct{})
	go func() {
		defer close(packets)
		_ = s.http3.Serve(s.packets) // likewise
	}()
	_ = s.clear.Serve(plain)
	<-done
	<-packets
}

// CAPEM is the self-signed certificate of the TLS listener, as PEM: a client that trusts it as a root accepts [Server.TLSURL].
// It is valid for localhost, 127.0.0.1 and ::1.
func (s *Server) CAPEM() []byte { return s.caPEM }

// Handler is what the server serves, for use without a connection.
func (s *Server) Handler() *Handler { return s.handler }

// Reset puts everything the endpoints remember back to how it was at the start.
func (s *Server) Reset() { s.handler.Reset() }

// Close stops listening, ends the requests at work (their contexts are cancelled; those that do not end within a second lose
// their connections, hijacked ones too) and waits for their handlers. It may be called again, and then does nothing.
func (s *Server) Close() error {
	s.cancel()
	ctx, stop := context.WithTimeout(context.Background(), grace)
	defer stop()
	for _, srv := range []*http.Server{s.clear, s.tls} {
		if err := srv.Shutdown(ctx); err != nil {
			_ = srv.Close() // its only errors are those of listeners, which Shutdown has closed already
		}
	}
	err := s.closeHTTP3(ctx)
	s.conns.closeAll()
	<-s.served
	s.handler.Close()
	select {
	case <-s.active.close():
	case <-time.After(grace):
		return errors.New("playground: a handler is still running after its connection was closed")
	}
	return err
}
