package transport_test

import (
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"
)

// serve starts a server that speaks HTTP/1.1 and HTTP/2, with or without TLS, and returns its origin and a file with its
// certificate ("" without TLS).
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
	return server.URL, pemFile(t, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
}
