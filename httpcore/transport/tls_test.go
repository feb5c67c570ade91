package transport_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

// pair is a self-signed certificate with its key, as PEM and parsed.
type pair struct {
	cert, key []byte
	tls       tls.Certificate
}

// newPair makes a certificate for a name. It may sign itself, and speak for a server or a client.
func newPair(t testing.TB, name string) pair {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: name},
		DNSNames:     []string{name},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
		KeyUsage:     x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		IsCA:         true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	p := pair{
		cert: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		key:  pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER}),
	}
	if p.tls, err = tls.X509KeyPair(p.cert, p.key); err != nil {
		t.Fatal(err)
	}
	return p
}

// serveTLS starts a server with a configuration of its own and returns its origin.
func serveTLS(t testing.TB, config *tls.Config) string {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(hello))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.EnableHTTP2 = true
	server.TLS = config
	server.StartTLS()
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return server.URL
}

func TestTLSFacts(t *testing.T) {
	cert := newPair(t, "api.test")
	origin := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{cert.tls}})
	request := get(origin)
	request.Options.TLS = httpcore.TLSOptions{CA: pemFile(t, cert.cert), ServerName: "api.test"}
	info := mustDo(t, newSession(t, transport.Options{}), request).TLS
	if info.Version != "TLS 1.3" || info.ALPN != "h2" || info.ServerName != "api.test" || !info.Verified || info.Problem != "" || !strings.HasPrefix(info.CipherSuite, "TLS_") {
		t.Errorf("info = %+v", info)
	}
	if len(info.Chain) != 1 || info.Chain[0].Subject != "CN=api.test" || len(info.Chain[0].Fingerprint) != 64 || info.Chain[0].Names[0] != "api.test" {
		t.Errorf("chain = %+v", info.Chain)
	}
}

func TestInsecureSaysWhatTheProblemWas(t *testing.T) {
	for fault, want := range map[string]string{
		"tls-expired":       "expired",
		"tls-not-yet-valid": "not yet valid",
		"tls-wrong-host":    "cannot validate certificate for 127.0.0.1",
		"tls-untrusted":     "unknown authority",
	} {
		t.Run(fault, func(t *testing.T) {
			server, err := playground.StartFault(fault, playground.FaultOptions{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(server.Close)
			request := get(server.URL)
			if fault != "tls-untrusted" {
				request.Options.TLS.CA = pemFile(t, server.CAPEM())
			}
			_, err = do(t, newSession(t, transport.Options{}), request)
			wantError(t, err, httpcore.KindTLS, server.Addr, "CN=")

			request.Options.TLS.Insecure = true
			info := mustDo(t, newSession(t, transport.Options{}), request).TLS
			if (info.Warning != "") != (fault == "tls-expired") {
				t.Errorf("warning = %q", info.Warning)
			}
			if info.Verified || !strings.Contains(info.Problem, want) {
				t.Errorf("verified = %v, problem = %q, want %q in it", info.Verified, info.Problem, want)
			}
		})
	}
	t.Run("there was none", func(t *testing.T) {
		origin, ca := serve(t, http.HandlerFunc(hello), true)
		request := get(origin)
		request.Options.TLS = httpcore.TLSOptions{Insecure: true, CA: ca}
		if info := mustDo(t, newSession(t, transport.Options{}), request).TLS; info.Problem != "" {
			t.Errorf("problem = %q", info.Problem)
		}
	})
}

func TestCAFolder(t *testing.T) {
	cert, other := newPair(t, "api.test"), newPair(t, "other.test")
	folder := t.TempDir()
	for name, data := range map[string][]byte{"one.pem": other.cert, "two.crt": cert.cert, "README": []byte("no certificate here")} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	request := get(serveTLS(t, &tls.Config{Certificates: []tls.Certificate{cert.tls}}))
	request.Options.TLS = httpcore.TLSOptions{CA: folder, ServerName: "api.test"}
	mustDo(t, newSession(t, transport.Options{}), request)
}

func TestMinVersion(t *testing.T) {
	cert := newPair(t, "api.test")
	for _, c := range []struct {
		most uint16 // that the server speaks
		min  string
		want string // "" for no connection
	}{
		{tls.VersionTLS12, "", "TLS 1.2"},
		{tls.VersionTLS12, "1.2", "TLS 1.2"},
		{tls.VersionTLS12, "1.3", ""},
		{tls.VersionTLS13, "1.0", "TLS 1.3"},
		{tls.VersionTLS11, "", ""},
		{tls.VersionTLS11, "1.2", ""},
		{tls.VersionTLS11, "1.1", "TLS 1.1"},
		{tls.VersionTLS10, "1.1", ""},
		{tls.VersionTLS10, "1.0", "TLS 1.0"},
	} {
		t.Run(fmt.Sprintf("%s of at most %s", c.min, tls.VersionName(c.most)), func(t *testing.T) {
			request := get(serveTLS(t, &tls.Config{Certificates: []tls.Certificate{cert.tls}, MinVersion: tls.VersionTLS10, MaxVersion: c.most}))
			request.Options.Protocol = httpcore.ProtocolHTTP1 // HTTP/2 wants TLS 1.2
			request.Options.TLS = httpcore.TLSOptions{CA: pemFile(t, cert.cert), ServerName: "api.test", MinVersion: c.min}
			x, err := do(t, newSession(t, transport.Options{}), request)
			if c.want == "" {
				wantError(t, err, httpcore.KindTLS, "protocol version")
				if !strings.Contains(x.Err.Hint(), "tls.min") {
					t.Errorf("hint = %q", x.Err.Hint())
				}
				return
			}
			if err != nil || x.Last().TLS.Version != c.want {
				t.Errorf("speaks %+v, %v; want %s", x.Last().TLS, err, c.want)
			}
		})
	}
}

func TestKeyLog(t *testing.T) {
	origin, ca := serve(t, http.HandlerFunc(hello), true)
	request := get(origin)
	path := filepath.Join(t.TempDir(), "keys")
	request.Options.TLS = httpcore.TLSOptions{CA: ca, KeyLog: path}
	for range 2 {
		mustDo(t, newSession(t, transport.Options{}), request)
	}
	log, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(log), "CLIENT_TRAFFIC_SECRET_0 "); n != 2 {
		t.Errorf("the log has %d sessions, want 2:\n%s", n, log)
	}
	if stat, err := os.Stat(path); err != nil || stat.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v", stat.Mode(), err)
	}
}

func TestProtocolThatIsNotOffered(t *testing.T) {
	cert := newPair(t, "api.test")
	for name, protos := range map[string][]string{"refuses": {"http/1.1"}, "ignores the question": nil} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewUnstartedServer(http.HandlerFunc(hello))
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			server.Config.Protocols = new(http.Protocols)
			server.Config.Protocols.SetHTTP1(true)
			server.TLS = &tls.Config{Certificates: []tls.Certificate{cert.tls}, NextProtos: protos}
			server.StartTLS()
			t.Cleanup(server.Close)
			request := get(server.URL)
			request.Options.TLS = httpcore.TLSOptions{CA: pemFile(t, cert.cert), ServerName: "api.test"}
			request.Options.Protocol = httpcore.ProtocolHTTP2
			_, err := do(t, newSession(t, transport.Options{}), request)
			wantError(t, err, httpcore.KindProtocol, "does not offer HTTP/2")
		})
	}
	t.Run("HTTP/2 by ALPN, in the clear", func(t *testing.T) {
		request := get("http://127.0.0.1:1")
		request.Options.Protocol = httpcore.ProtocolHTTP2
		_, err := do(t, newSession(t, transport.Options{}), request)
		wantError(t, err, httpcore.KindProtocol, "in the clear")
	})
	t.Run("HTTP/1.1 where HTTP/2 is presumed", func(t *testing.T) {
		address := replying(t, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", true)
		request := get("http://" + address)
		request.Options.Protocol = httpcore.ProtocolPriorKnowledge
		_, err := do(t, newSession(t, transport.Options{}), request)
		wantError(t, err, httpcore.KindProtocol, "answered in HTTP/1.1")
	})
}
