package playground

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/quic-go/quic-go/http3"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start runs a playground for one test.
func start(t *testing.T) *Server {
	t.Helper()
	s, err := Start(Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// call sends a request, with headers as names and values in turn (one without a name is left out), and returns the response with
// its body already read.
func call(t *testing.T, method, url, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] != "" {
			req.Header.Set(headers[i], headers[i+1])
		}
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("%s %s: reading the body: %v", method, url, err)
	}
	return res, string(got)
}

func TestProtocols(t *testing.T) {
	s := start(t)
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(s.CAPEM()) {
		t.Fatal("CAPEM is not a certificate")
	}
	only := func(set func(*http.Protocols)) *http.Protocols {
		p := new(http.Protocols)
		set(p)
		return p
	}
	h1 := only(func(p *http.Protocols) { p.SetHTTP1(true) })
	h2 := only(func(p *http.Protocols) { p.SetHTTP2(true) })
	h2c := only(func(p *http.Protocols) { p.SetUnencryptedHTTP2(true) })
	byName := strings.Replace(s.TLSURL, "127.0.0.1", "localhost", 1)
	for _, c := range []struct {
		name, url string
		protocols *http.Protocols
		proto     string
	}{
		{"clear HTTP/1.1", s.URL, h1, "HTTP/1.1"},
		{"clear HTTP/2 by prior knowledge", s.URL, h2c, "HTTP/2.0"},
		{"TLS HTTP/1.1", s.TLSURL, h1, "HTTP/1.1"},
		{"TLS HTTP/2", s.TLSURL, h2, "HTTP/2.0"},
		{"TLS by name", byName, h2, "HTTP/2.0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr := &http.Transport{Protocols: c.protocols, TLSClientConfig: &tls.Config{RootCAs: roots}}
			defer tr.CloseIdleConnections()
			res, err := (&http.Client{Transport: tr}).Get(c.url + "/users/github")
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			body, _ := io.ReadAll(res.Body)
			if res.Proto != c.proto || res.StatusCode != 200 {
				t.Errorf("got %s %s, want %s 200", res.Proto, res.Status, c.proto)
			}
			if !strings.HasPrefix(string(body), `{"login":"github","name":"GitHub",`) {
				t.Errorf("body is %.60q", body)
			}
		})
	}
}

func TestHTTP3(t *testing.T) {
	s := start(t)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(s.CAPEM())
	h3 := &http3.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	defer h3.Close()
	client := &http.Client{Transport: h3}
	res, err := client.Get(s.TLSURL + "/users/github")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.Proto != "HTTP/3.0" || res.StatusCode != 200 {
		t.Errorf("got %s %s", res.Proto, res.Status)
	}
	// Who comes over TCP is told.
	tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	defer tr.CloseIdleConnections()
	over, err := (&http.Client{Transport: tr}).Get(s.TLSURL + "/users/github")
	if err != nil {
		t.Fatal(err)
	}
	defer over.Body.Close()
	if offer, want := over.Header.Get("Alt-Svc"), `h3=":`+s.TLSURL[strings.LastIndex(s.TLSURL, ":")+1:]+`"`; !strings.HasPrefix(offer, want) {
		t.Errorf("Alt-Svc is %q, want %s", offer, want)
	}
	// What is at work ends with the server.
	endless, err := client.Get(s.TLSURL + "/download/x?size=1TiB")
	if err != nil {
		t.Fatal(err)
	}
	defer endless.Body.Close()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := io.Copy(io.Discard, endless.Body); err == nil {
		t.Error("the download came to its end")
	}
}

func TestTLSIsNotTrustedByDefault(t *testing.T) {
	s := start(t)
	_, err := http.Get(s.TLSURL)
	var unknown x509.UnknownAuthorityError
	if !errors.As(err, &unknown) {
		t.Errorf("got %v, want an unknown authority", err)
	}
}

func TestStartSaysWhichAddressIsTaken(t *testing.T) {
	s := start(t)
	addr := strings.TrimPrefix(s.URL, "http://")
	if second, err := Start(Options{Addr: addr}); err == nil {
		second.Close()
		t.Error("two servers share an address")
	} else if !strings.Contains(err.Error(), addr) {
		t.Errorf("%q does not name %s", err, addr)
	}
}

func TestCloseEndsWhatIsAtWork(t *testing.T) {
	s := start(t)
	for _, path := range []string{"/events?count=0&delay=1m", "/download/x?size=1TiB", "/json/big?size=1TiB", "/json/big?rate=1", "/download/x?rate=1"} {
		res, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(s.URL); err == nil {
		t.Error("still serving after Close")
	}
	if err := s.Close(); err != nil {
		t.Errorf("the second Close: %v", err)
	}
}

func TestServersShareNothing(t *testing.T) {
	a, b := start(t), start(t)
	call(t, "DELETE", a.URL+"/users/ada", "")
	if res, _ := call(t, "GET", b.URL+"/users/ada", ""); res.StatusCode != 200 {
		t.Errorf("a user deleted on one server is gone on the other: %s", res.Status)
	}
	a.Reset()
	if res, _ := call(t, "GET", a.URL+"/users/ada", ""); res.StatusCode != 200 {
		t.Errorf("Reset did not bring the user back: %s", res.Status)
	}
}
