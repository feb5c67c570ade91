package transport_test

import (
	"crypto/tls"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/quic-go/quic-go/http3"
)

// serve starts a server that speaks HTTP/1.1 and HTTP/2, with or without TLS, and with it HTTP/3 on the same port. It
// returns its origin and a file with its certificate ("" without TLS).
func serve(t testing.TB, handler http.Handler, secure bool) (origin, ca string) {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Config.Protocols = new(http.Protocols)
	server.Config.Protocols.SetHTTP1(true)
	server.Config.Protocols.SetHTTP2(true)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	if !secure {
		server.Config.Protocols.SetUnencryptedHTTP2(true)
		server.Start()
		return server.URL, ""
	}
	server.EnableHTTP2 = true
	server.StartTLS()
	serveHTTP3(t, server.Listener.Addr().String(), server.TLS.Certificates, handler)
	return server.URL, pemFile(t, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
}

// serveHTTP3 serves HTTP/3 on a UDP port. The server ends with the test, at once.
func serveHTTP3(t testing.TB, address string, certs []tls.Certificate, handler http.Handler) {
	t.Helper()
	conn, err := net.ListenPacket("udp", address)
	if err != nil {
		t.Fatal(err)
	}
	server := &http3.Server{
		Handler:   handler,
		TLSConfig: http3.ConfigureTLSConfig(&tls.Config{Certificates: certs}),
	}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(conn)
	}()
	t.Cleanup(func() {
		_ = server.Close()
		_ = conn.Close()
		<-served
	})
}
