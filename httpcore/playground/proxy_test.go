package playground

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// through returns net/http's client behind a proxy, which trusts a server's and a proxy's certificate.
func through(t *testing.T, proxy string, pems ...[]byte) *http.Client {
	t.Helper()
	u, err := url.Parse(proxy)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	for _, pem := range pems {
		roots.AppendCertsFromPEM(pem)
	}
	tr := &http.Transport{Proxy: http.ProxyURL(u), TLSClientConfig: &tls.Config{RootCAs: roots}}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, Timeout: 5 * time.Second}
}

func startProxy(t *testing.T, o ProxyOptions) *Proxy {
	t.Helper()
	p, err := StartProxy(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func TestProxy(t *testing.T) {
	s := start(t)
	for name, url := range map[string]func(*Proxy) string{
		"in the clear": func(p *Proxy) string { return p.URL },
		"over TLS":     func(p *Proxy) string { return p.TLSURL },
	} {
		t.Run(name, func(t *testing.T) {
			p := startProxy(t, ProxyOptions{Hosts: map[string]string{"api.test:80": strings.TrimPrefix(s.URL, "http://")}})
			client := through(t, url(p), p.CAPEM(), s.CAPEM())
			for _, target := range []string{s.URL + "/status/204", s.TLSURL + "/status/204", "http://api.test/status/204"} {
				res, err := client.Get(target)
				if err != nil {
					t.Fatal(err)
				}
				res.Body.Close()
				if res.StatusCode != 204 {
					t.Errorf("%s: %s", target, res.Status)
				}
			}
			var asked []string
			for _, r := range p.Asked() {
				asked = append(asked, r.Method+" "+r.Target)
			}
			want := []string{"GET " + s.URL + "/status/204", "CONNECT " + strings.TrimPrefix(s.TLSURL, "https://"), "GET http://api.test/status/204"}
			if !slices.Equal(asked, want) {
				t.Errorf("asked %q, want %q", asked, want)
			}
		})
	}
}

func TestProxyAsksForAPassword(t *testing.T) {
	s := start(t)
	p := startProxy(t, ProxyOptions{Username: "ada", Password: "s3same"})
	res, err := through(t, p.URL).Get(s.URL + "/status/204")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != 407 || res.Header.Get("Proxy-Authenticate") == "" {
		t.Errorf("without: %s", res.Status)
	}
	res, err = through(t, strings.Replace(p.URL, "://", "://ada:s3same@", 1)).Get(s.URL + "/status/204")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != 204 {
		t.Errorf("with: %s", res.Status)
	}
}

func TestProxySaysWhatItCanNotReach(t *testing.T) {
	p := startProxy(t, ProxyOptions{})
	res, err := through(t, p.URL).Get("http://127.0.0.1:1/")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != 502 {
		t.Errorf("a closed port: %s", res.Status)
	}
	if _, err := through(t, p.URL).Get("https://127.0.0.1:1/"); err == nil || !strings.Contains(err.Error(), "Bad Gateway") {
		t.Errorf("a tunnel to a closed port: %v", err)
	}
	if res, _ := call(t, "GET", p.URL, ""); res.StatusCode != 400 {
		t.Errorf("as a server: %s", res.Status)
	}
}

func TestSOCKS(t *testing.T) {
	s := start(t)
	host := strings.TrimPrefix(s.URL, "http://")
	for name, opts := range map[string]ProxyOptions{"open": {}, "with a password": {Username: "ada", Password: "s3same"}} {
		t.Run(name, func(t *testing.T) {
			opts.Hosts = map[string]string{"api.test:80": host}
			p, err := StartSOCKS(opts)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(p.Close)
			client := through(t, "socks5h://ada:s3same@"+p.Addr)
			for _, target := range []string{s.URL + "/status/204", "http://api.test/status/204"} {
				res, err := client.Get(target)
				if err != nil {
					t.Fatal(err)
				}
				res.Body.Close()
				if res.StatusCode != 204 {
					t.Errorf("%s: %s", target, res.Status)
				}
			}
			if asked := p.Asked(); !slices.Equal(asked, []string{host, "api.test:80"}) {
				t.Errorf("asked %q", asked)
			}
			if _, err := client.Get("http://127.0.0.1:1/"); err == nil || !strings.Contains(err.Error(), "connection refused") {
				t.Errorf("a closed port: %v", err)
			}
			res, err := through(t, "socks5://ada:wrong@"+p.Addr).Get(s.URL + "/status/204")
			if (err == nil) != opts.isOpen() {
				t.Errorf("with a wrong password: %v", err)
			}
			if err == nil {
				res.Body.Close()
			}
		})
	}
}

// What net/http makes of the faults, so that a fault that shows nothing is noticed.
func TestProxyFaults(t *testing.T) {
	for _, f := range ProxyFaults() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			s, err := StartFault(f.Name, FaultOptions{Interval: time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			waits := f.Name == "proxy-silent" || f.Name == "proxy-drip"
			limit := 5 * time.Second
			if waits {
				limit = 100 * time.Millisecond
			}
			ctx, cancel := context.WithTimeout(t.Context(), limit)
			defer cancel()
			request, err := http.NewRequestWithContext(ctx, "GET", "https://127.0.0.1:1/", nil)
			if err != nil {
				t.Fatal(err)
			}
			res, err := through(t, s.URL).Do(request)
			if err == nil {
				_, _ = io.Copy(io.Discard, res.Body)
				t.Fatalf("got %s", res.Status)
			}
			if waited := errors.Is(err, context.DeadlineExceeded); waited != waits {
				t.Errorf("got %v", err)
			}
		})
	}
}
