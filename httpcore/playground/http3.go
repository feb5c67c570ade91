package playground

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3"
)

// portTries is how often a free port is looked for that is free for both TCP and UDP.
const portTries = 20

// listenBoth listens on the same port for TLS and for HTTP/3.
func listenBoth(addr string) (net.Listener, net.PacketConn, error) {
	for try := 1; ; try++ {
		stream, err := listen(addr)
		if err != nil {
			return nil, nil, err
		}
		packets, err := net.ListenPacket("udp", stream.Addr().String())
		if err == nil {
			return stream, packets, nil
		}
		_ = stream.Close() // nobody has connected to it
		if _, port, _ := net.SplitHostPort(addr); addr != "" && port != "0" || try == portTries {
			return nil, nil, fmt.Errorf("playground: cannot listen for HTTP/3 on UDP %s: %w", stream.Addr(), err)
		}
	}
}

// newHTTP3Server returns a server whose requests end with ctx.
func newHTTP3Server(ctx context.Context, cert tls.Certificate, handler http.Handler) *http3.Server {
	return &http3.Server{
		Handler:   handler,
		TLSConfig: http3.ConfigureTLSConfig(&tls.Config{Certificates: []tls.Certificate{cert}}),
		ConnContext: func(conn context.Context, _ *quic.Conn) context.Context {
			conn, cancel := context.WithCancel(conn)
			context.AfterFunc(ctx, cancel)
			return conn
		},
	}
}

// offerHTTP3 tells clients of h that HTTP/3 is spoken on the same port (RFC 7838).
func offerHTTP3(h http.Handler, packets net.PacketConn) http.Handler {
	offer := fmt.Sprintf(`h3=":%d"; ma=86400`, packets.LocalAddr().(*net.UDPAddr).Port)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Alt-Svc", offer)
		h.ServeHTTP(w, r)
	})
}

// closeHTTP3 ends the server within ctx, and its socket.
func (s *Server) closeHTTP3(ctx context.Context) error {
	err := s.http3.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = nil // Close ends what is left
	}
	err = errors.Join(err, s.http3.Close())
	if closed := s.packets.Close(); !errors.Is(closed, net.ErrClosed) {
		err = errors.Join(err, closed)
	}
	return err
}
