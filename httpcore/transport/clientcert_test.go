package transport_test

import (
	"crypto/tls"
	"crypto/x509"
	"path/filepath"
	"slices"
	"testing"

	"parley/httpcore"
	"parley/httpcore/transport"
)

// The files in testdata/clientcert were made by OpenSSL 3.0: one key in every wrapping, its certificate, which an
// intermediate authority signed, and the root above.
const keyPassword = "s3same-key"

func certFile(name string) string { return filepath.Join("testdata", "clientcert", name) }

// askingServer wants a client certificate that the test's root vouches for. It does not know the intermediate one, so
// that a client has to send its chain.
func askingServer(t *testing.T) (origin string, base httpcore.TLSOptions) {
	t.Helper()
	cert := newPair(t, "api.test")
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(readFile(t, certFile("ca.pem")))
	origin = serveTLS(t, &tls.Config{Certificates: []tls.Certificate{cert.tls}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool})
	return origin, httpcore.TLSOptions{CA: pemFile(t, cert.cert), ServerName: "api.test"}
}

func TestClientCertificate(t *testing.T) {
	origin, base := askingServer(t)
	chain := certFile("chain.pem")
	for name, set := range map[string]func(*httpcore.TLSOptions){
		"two files": func(o *httpcore.TLSOptions) { o.Cert, o.Key = chain, certFile("plain.key") },
		"one file": func(o *httpcore.TLSOptions) {
			o.Cert = pemFile(t, slices.Concat(readFile(t, chain), readFile(t, certFile("plain.key"))))
		},
		"one file, the key first": func(o *httpcore.TLSOptions) {
			o.Cert = pemFile(t, slices.Concat(readFile(t, certFile("legacy-aes256.key")), readFile(t, chain)))
		},
		"PBES2, AES-256 and SHA-256": func(o *httpcore.TLSOptions) { o.Cert, o.Key = chain, certFile("pbes2-aes256-sha256.key") },
		"PBES2, AES-128 and SHA-1":   func(o *httpcore.TLSOptions) { o.Cert, o.Key = chain, certFile("pbes2-aes128-sha1.key") },
		"PBES2, AES-192 and SHA-512": func(o *httpcore.TLSOptions) { o.Cert, o.Key = chain, certFile("pbes2-aes192-sha512.key") },
		"PBES2, 3DES":                func(o *httpcore.TLSOptions) { o.Cert, o.Key = chain, certFile("pbes2-des3.key") },
		"DEK-Info, AES-256":          func(o *httpcore.TLSOptions) { o.Cert, o.Key = chain, certFile("legacy-aes256.key") },
		"DEK-Info, 3DES":             func(o *httpcore.TLSOptions) { o.Cert, o.Key = chain, certFile("legacy-des3.key") },
		"PKCS#12":                    func(o *httpcore.TLSOptions) { o.Cert = certFile("modern.p12") },
		"PKCS#12 of old":             func(o *httpcore.TLSOptions) { o.Cert = certFile("legacy.p12") },
		"PKCS#12 without a password": func(o *httpcore.TLSOptions) { o.Cert, o.Password = certFile("open.p12"), "" },
	} {
		t.Run(name, func(t *testing.T) {
			request := get(origin)
			request.Options.TLS = base
			request.Options.TLS.Password = keyPassword
			set(&request.Options.TLS)
			mustDo(t, newSession(t, transport.Options{}), request)
		})
	}
	t.Run("none", func(t *testing.T) {
		for _, protocol := range []httpcore.Protocol{httpcore.ProtocolHTTP1, httpcore.ProtocolHTTP2} {
			request := get(origin)
			request.Options.Protocol = protocol
			request.Options.TLS = base
			_, err := do(t, newSession(t, transport.Options{}), request)
			wantError(t, err, httpcore.KindTLS, "certificate")
		}
	})
}

// Nothing is dialled when a file that TLS needs can't be used, and the error names the file, why, and what to do.
func TestTLSFilesThatCanNotBeUsed(t *testing.T) {
	empty := pemFile(t, []byte("nothing"))
	chain := certFile("chain.pem")
	for _, c := range []struct {
		name    string
		options httpcore.TLSOptions
		file    string
		why     string
		hint    string
	}{
		{"no CA file", httpcore.TLSOptions{CA: "/no/such/ca"}, "/no/such/ca", "no such file", "verify"},
		{"an empty CA file", httpcore.TLSOptions{CA: empty}, empty, "no PEM certificate", "verify"},
		{"an empty CA folder", httpcore.TLSOptions{CA: t.TempDir()}, "", "no PEM certificate", "verify"},
		{"no certificate", httpcore.TLSOptions{Cert: "/no/such/crt"}, "/no/such/crt", "no such file", "cert"},
		{"no key file", httpcore.TLSOptions{Cert: chain, Key: "/no/such/key"}, "/no/such/key", "no such file", "cert"},
		{"no key in the file", httpcore.TLSOptions{Cert: chain}, chain, "no private key", "PKCS#12"},
		{"neither", httpcore.TLSOptions{Cert: empty}, empty, "neither PEM nor PKCS#12", "PKCS#12"},
		{"another's key", httpcore.TLSOptions{Cert: chain, Key: pemFile(t, newPair(t, "x").key)}, chain, "does not match", "cert"},
		{"no password", httpcore.TLSOptions{Cert: chain, Key: certFile("pbes2-aes256-sha256.key")}, "pbes2-aes256-sha256.key", "no password", "cert.password"},
		{"a wrong password", httpcore.TLSOptions{Cert: chain, Key: certFile("pbes2-aes256-sha256.key"), Password: "wrong"}, "pbes2-aes256-sha256.key", "password does not open", "cert.password"},
		{"no password, of old", httpcore.TLSOptions{Cert: chain, Key: certFile("legacy-aes256.key")}, "legacy-aes256.key", "no password", "cert.password"},
		{"a wrong password, of old", httpcore.TLSOptions{Cert: chain, Key: certFile("legacy-aes256.key"), Password: "wrong"}, "legacy-aes256.key", "password does not open", "cert.password"},
		{"no password for PKCS#12", httpcore.TLSOptions{Cert: certFile("modern.p12")}, "modern.p12", "no password", "cert.password"},
		{"a wrong password for PKCS#12", httpcore.TLSOptions{Cert: certFile("modern.p12"), Password: "wrong"}, "modern.p12", "password does not open", "cert.password"},
		{"a key beside PKCS#12", httpcore.TLSOptions{Cert: certFile("modern.p12"), Key: certFile("plain.key"), Password: keyPassword}, "modern.p12", "cert.key", "PKCS#12"},
		{"an encryption that is not known", httpcore.TLSOptions{Cert: chain, Key: certFile("pbes1.key"), Password: keyPassword}, "pbes1.key", "not known", "openssl pkcs8"},
		{"a derivation that is not known", httpcore.TLSOptions{Cert: chain, Key: certFile("pbes2-scrypt.key"), Password: keyPassword}, "pbes2-scrypt.key", "not known", "openssl pkcs8"},
		{"no place for keys", httpcore.TLSOptions{KeyLog: "/no/such/log"}, "/no/such/log", "no such file", "tls.key_log"},
		{"no version", httpcore.TLSOptions{MinVersion: "1.4"}, "1.4", "no TLS version", "tls.min"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dialer := &recordingDialer{}
			request := get("https://192.0.2.1")
			request.Options.TLS = c.options
			x, err := do(t, newSession(t, transport.Options{Dialer: dialer}), request)
			wantError(t, err, httpcore.KindRequest, c.file, c.why)
			wantOutcome(t, err, outcome{httpcore.KindRequest, nil, c.hint})
			if len(dialer.asked) > 0 || x.Last().Conn.Protocol != "" {
				t.Errorf("dialled %q", dialer.asked)
			}
		})
	}
}
