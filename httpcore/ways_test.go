package httpcore_test

import (
	"crypto/tls"
	"encoding/pem"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/quic-go/quic-go/http3"

	"parley/httpcore"
	"parley/httpcore/playground"
)

// way is one of the ways to reach a server, for what must be the same on each.
type way struct {
	name     string
	protocol httpcore.Protocol
	secure   bool
	proxied  bool
}

var ways = []way{
	{"HTTP1", httpcore.ProtocolHTTP1, false, false},
	{"HTTP1 over TLS", httpcore.ProtocolHTTP1, true, false},
	{"HTTP2", httpcore.ProtocolPriorKnowledge, false, false},
	{"HTTP2 over TLS", httpcore.ProtocolHTTP2, true, false},
	{"HTTP3", httpcore.ProtocolHTTP3, true, false},
	{"through a proxy", httpcore.ProtocolHTTP1, false, true},
	{"over TLS through a proxy", httpcore.ProtocolHTTP2, true, true},
}

// site is a handler that is reached on a way, at two origins.
type site struct {
	origin, other string
	way           way
	ca, proxy     string
}

// onEveryWay runs a test for handler on every way.
func onEveryWay(t *testing.T, handler http.Handler, test func(t *testing.T, at site)) {
	proxy, err := playground.StartProxy(playground.ProxyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Close)
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			at := site{way: w}
			at.origin, at.ca = serve(t, handler, w.secure)
			at.other, _ = serve(t, handler, w.secure) // with the same certificate
			if w.proxied {
				at.proxy = proxy.URL
			}
			test(t, at)
		})
	}
}

// request returns a request that goes to url on the site's way.
func (at site) request(method, url string) *httpcore.Request {
	r := request(method, url)
	r.Options.Protocol = at.way.protocol
	r.Options.TLS.CA = at.ca
	if at.proxy != "" {
		r.Options.Network.Proxies.By = map[string]string{"all": at.proxy}
	}
	return r
}

// serve starts a server that speaks HTTP/1.1 and HTTP/2, with or without TLS, and with it HTTP/3 on the same port.
func serve(t *testing.T, handler http.Handler, secure bool) (origin, ca string) {
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
	ca = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return server.URL, ca
}

func serveHTTP3(t *testing.T, address string, certs []tls.Certificate, handler http.Handler) {
	t.Helper()
	conn, err := net.ListenPacket("udp", address)
	if err != nil {
		t.Fatal(err)
	}
	server := &http3.Server{Handler: handler, TLSConfig: http3.ConfigureTLSConfig(&tls.Config{Certificates: certs})}
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
