package httpcore

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestNetworkErrorNamesWhatHappened(t *testing.T) {
	refused := &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	cert := &x509.Certificate{DNSNames: []string{"a.test"}, NotBefore: time.Unix(0, 0), NotAfter: time.Unix(86400, 0)}
	cases := []struct {
		name  string
		phase Phase
		err   error
		kind  Kind
		say   string
	}{
		{"no such host", PhaseDNS, &net.DNSError{Name: "nope.test", IsNotFound: true}, KindDNS, "no address is known for the host nope.test"},
		{"name servers silent", PhaseDNS, &net.DNSError{Name: "x.test", IsTimeout: true}, KindDNS, "did not answer in time"},
		{"name servers failing", PhaseDNS, &net.DNSError{Name: "x.test", Err: "server misbehaving", IsTemporary: true}, KindDNS, "server misbehaving"},
		{"refused", PhaseConnect, refused, KindConnect, "h:1 refused the connection"},
		{"unreachable", PhaseConnect, syscall.ENETUNREACH, KindConnect, "no route"},
		{"no such socket", PhaseConnect, syscall.ENOENT, KindConnect, "no socket"},
		{"reset while waiting", PhaseWait, syscall.ECONNRESET, KindClosed, "reset the connection without sending a response"},
		{"closed while waiting", PhaseWait, io.EOF, KindClosed, "closed the connection without sending a response"},
		{"closed in the body", PhaseReceive, io.ErrUnexpectedEOF, KindClosed, "before the response was whole"},
		{"broken pipe", PhaseSend, syscall.EPIPE, KindClosed, "while the request was sent"},
		{"slow to connect", PhaseConnect, context.DeadlineExceeded, KindConnectTimeout, "connect timeout"},
		{"slow handshake", PhaseTLS, os.ErrDeadlineExceeded, KindConnectTimeout, "connect timeout"},
		{"slow to answer", PhaseWait, os.ErrDeadlineExceeded, KindReadTimeout, "read timeout"},
		{"kernel's timeout", PhaseConnect, syscall.ETIMEDOUT, KindConnectTimeout, "connect timeout"},
		{"canceled", PhaseWait, context.Canceled, KindCanceled, "canceled"},
		{"expired", PhaseTLS, x509.CertificateInvalidError{Cert: cert, Reason: x509.Expired}, KindTLS, "to 1970-01-02"},
		{"wrong host", PhaseTLS, x509.HostnameError{Certificate: cert, Host: "b.test"}, KindTLS, "for another host: a.test"},
		{"unknown authority", PhaseTLS, &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{Cert: cert}}, KindTLS, "unknown authority"},
		{"closed in the handshake", PhaseTLS, io.EOF, KindClosed, "during the TLS handshake"},
		{"anything else", PhaseWait, errors.New("http2: odd."), KindConnection, "failed: odd"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := NetworkError(c.phase, "h:1", c.err)
			if got.Kind != c.kind || !strings.Contains(got.Message, c.say) {
				t.Errorf("got %s: %s; want %s: …%s…", got.Kind, got.Message, c.kind, c.say)
			}
			if !errors.Is(got, c.err) && got.Err == nil {
				t.Error("the cause is lost")
			}
			if strings.HasSuffix(got.Message, ".") {
				t.Errorf("%q ends in a full stop", got.Message)
			}
		})
	}
	known := &Error{Kind: KindProxy, Message: "known"}
	if NetworkError(PhaseWait, "h:1", known) != known {
		t.Error("an *Error was changed")
	}
}

func TestCertificateErrorsSayWhichAndWhatToTry(t *testing.T) {
	leaf := &x509.Certificate{
		Subject: pkix.Name{CommonName: "api.test"}, RawSubject: []byte("leaf"),
		Issuer: pkix.Name{CommonName: "Corp CA"}, RawIssuer: []byte("ca"),
		NotAfter: time.Unix(0, 0),
	}
	alone := *leaf
	alone.RawIssuer = alone.RawSubject
	public := *leaf
	public.IssuingCertificateURL = []string{"http://ca.test/ca.crt"}
	for _, c := range []struct {
		err       error
		say, hint string
	}{
		{x509.UnknownAuthorityError{Cert: leaf}, "the certificate 'CN=api.test' of h:1 is signed by 'CN=Corp CA', which is an unknown authority", `verify = "ca.pem"`},
		{x509.UnknownAuthorityError{Cert: &alone}, "is signed by itself", `verify = "ca.pem"`},
		{x509.UnknownAuthorityError{Cert: &public}, "'CN=Corp CA'", "intermediate certificates"},
		{x509.UnknownAuthorityError{}, "the certificate of h:1 is signed by an unknown authority", `verify = "ca.pem"`},
		{x509.CertificateInvalidError{Cert: leaf, Reason: x509.Expired}, "the certificate 'CN=api.test' of h:1 is not valid now", "clock"},
		{x509.CertificateInvalidError{Cert: leaf, Reason: x509.NotAuthorizedToSign}, "'CN=api.test' of h:1 is invalid: certificate is not authorized to sign", "verify"},
	} {
		got := NetworkError(PhaseTLS, "h:1", c.err)
		if got.Kind != KindTLS || !strings.Contains(got.Message, c.say) || !strings.Contains(got.Advice, c.hint) {
			t.Errorf("%v became %q (%q), want %q (%q)", c.err, got.Message, got.Advice, c.say, c.hint)
		}
	}
}

// The errors of crypto/tls have few types of their own, so these are of real handshakes.
func TestNetworkErrorOfRealHandshakes(t *testing.T) {
	handler := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	plain := httptest.NewServer(handler)
	defer plain.Close()
	secure := func(config *tls.Config) *httptest.Server {
		server := httptest.NewUnstartedServer(handler)
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.TLS = config
		server.StartTLS()
		t.Cleanup(server.Close)
		return server
	}
	cases := []struct {
		name   string
		server *httptest.Server
		config *tls.Config
		say    string
	}{
		{"plain HTTP", plain, &tls.Config{InsecureSkipVerify: true}, "answered the TLS handshake in plain HTTP"},
		{"unknown authority", secure(nil), &tls.Config{ServerName: "example.com"}, "unknown authority"},
		{"another host", secure(nil), &tls.Config{ServerName: "other.test"}, "for another host"},
		{"versions apart", secure(&tls.Config{MinVersion: tls.VersionTLS13}), &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS12}, "refused the TLS handshake"},
		{"wants a certificate", secure(&tls.Config{ClientAuth: tls.RequireAnyClientCert, MaxVersion: tls.VersionTLS12}), &tls.Config{InsecureSkipVerify: true}, "refused the TLS handshake"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			address := c.server.Listener.Addr().String()
			if c.name == "another host" {
				c.config.RootCAs = x509.NewCertPool()
				c.config.RootCAs.AddCert(c.server.Certificate())
			}
			conn, err := tls.Dial("tcp", address, c.config)
			if err == nil {
				conn.Close()
				t.Fatal("the handshake went well")
			}
			got := NetworkError(PhaseTLS, address, err)
			if got.Kind != KindTLS || !strings.Contains(got.Message, c.say) || got.Advice == "" {
				t.Errorf("%v became %s: %s (%s); want …%s…", err, got.Kind, got.Message, got.Advice, c.say)
			}
		})
	}
}

func TestKindsHaveParents(t *testing.T) {
	err := error(&Error{Kind: KindConnectTimeout})
	for _, above := range []Kind{KindConnectTimeout, KindConnection, KindTimeout} {
		if !errors.Is(err, above) {
			t.Errorf("a connect timeout is no %s", above)
		}
	}
	if errors.Is(err, KindReadTimeout) || errors.Is(err, KindRequest) {
		t.Error("a connect timeout is too much")
	}
}
