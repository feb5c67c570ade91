package transport_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

func startProxy(t testing.TB, o playground.ProxyOptions) *playground.Proxy {
	t.Helper()
	p, err := playground.StartProxy(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func startSOCKS(t testing.TB, o playground.ProxyOptions) *playground.SOCKS {
	t.Helper()
	p, err := playground.StartSOCKS(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// through sends r by way of a proxy.
func through(r *httpcore.Request, proxy string) *httpcore.Request {
	r.Options.Network.Proxies = httpcore.Proxies{By: map[string]string{"all": proxy}, Origin: "options.proxy"}
	return r
}

// withUser puts credentials into a proxy's URL.
func withUser(url, userinfo string) string { return strings.Replace(url, "://", "://"+userinfo+"@", 1) }

// echo answers with what a server sees of a request.
func echo(w http.ResponseWriter, r *http.Request) {
	b, _ := io.ReadAll(r.Body)
	fmt.Fprintf(w, "%s %s %s %s auth=%q", r.Method, r.Host, r.RequestURI, b, r.Header.Get("Proxy-Authorization"))
}

func TestEveryWayThroughEveryProxy(t *testing.T) {
	for _, w := range ways {
		if w.protocol == httpcore.ProtocolHTTP3 {
			continue
		}
		t.Run(w.name, func(t *testing.T) {
			origin, ca := serve(t, http.HandlerFunc(echo), w.secure)
			host := strings.TrimPrefix(strings.TrimPrefix(origin, "http://"), "https://")
			httpProxy, socks := startProxy(t, playground.ProxyOptions{Username: "ada", Password: "s3same"}), startSOCKS(t, playground.ProxyOptions{Username: "ada", Password: "s3same"})
			for _, url := range []string{httpProxy.URL, httpProxy.TLSURL, "socks5://" + socks.Addr, "socks5h://" + socks.Addr} {
				scheme, _, _ := strings.Cut(url, ":")
				t.Run(scheme, func(t *testing.T) {
					s := newSession(t, transport.Options{})
					r := through(get(origin+"/a?b=c"), withUser(url, "ada:s3same"))
					r.Options.Protocol = w.protocol
					r.Options.TLS.CA = pemFile(t, slices.Concat(readFile(t, ca), httpProxy.CAPEM()))
					for i := range 2 {
						attempt := mustDo(t, s, r)
						// A server behind a proxy sees what it would see without one.
						if got, want := content(t, attempt.Response), "GET "+host+` /a?b=c  auth=""`; got != want {
							t.Errorf("the server saw %q, want %q", got, want)
						}
						conn := attempt.Conn
						if conn.Protocol != w.speaks || conn.Proxy != url || conn.ProxyWhy != "as options.proxy says" {
							t.Errorf("conn = %+v", conn)
						}
						if conn.Remote.String() != url[strings.LastIndex(url, "/")+1:] {
							t.Errorf("connected to %v, not to the proxy", conn.Remote)
						}
						if conn.Reused != (i == 1) {
							t.Errorf("request %d: reused = %v", i+1, conn.Reused)
						}
						if strings.Contains(string(attempt.Sent.Head), "YWRhOnMzc2FtZQ") {
							t.Errorf("the proxy's credentials are told:\n%s", attempt.Sent.Head)
						}
					}
				})
			}
			tunnelled := w.secure || w.protocol == httpcore.ProtocolPriorKnowledge
			for _, asked := range httpProxy.Asked() {
				if (asked.Method == "CONNECT") != tunnelled {
					t.Errorf("the proxy was asked: %s %s", asked.Method, asked.Target)
				}
				if want := map[bool]string{true: host, false: "http://" + host + "/a?b=c"}[tunnelled]; asked.Target != want {
					t.Errorf("the proxy was asked for %s, want %s", asked.Target, want)
				}
			}
		})
	}
}

// Section 7 of the semantics, rows "request line" and "proxy auth": the same, but for leading slashes of a path, which
// requests collapses and here stay as typed.
func TestWhatAProxyIsSent(t *testing.T) {
	for _, c := range []struct {
		name, method, url string
		set               func(*httpcore.Request)
		want              string
	}{
		{"the whole URL", "GET", "http://api.test:81/a/b?c=d#e", nil, "GET http://api.test:81/a/b?c=d HTTP/1.1\r\nHost: api.test:81\r\n\r\n"},
		{"leading slashes", "GET", "http://api.test//a", nil, "GET http://api.test//a HTTP/1.1\r\nHost: api.test\r\n\r\n"},
		{"without a path", "GET", "http://api.test", nil, "GET http://api.test/ HTTP/1.1\r\nHost: api.test\r\n\r\n"},
		{"credentials for the server only", "GET", "http://bob:pw@api.test/", nil, "GET http://api.test/ HTTP/1.1\r\nHost: api.test\r\nAuthorization: Basic Ym9iOnB3\r\n\r\n"},
		{"a path as it was typed", "GET", "http://api.test/a/../b", func(r *httpcore.Request) { r.Options.RawPath = true }, "GET http://api.test/a/../b HTTP/1.1\r\nHost: api.test\r\n\r\n"},
		{"a tunnel", "GET", "https://api.test/secret", nil, "CONNECT api.test:443 HTTP/1.1\r\nHost: api.test:443\r\n\r\n"},
		{"a tunnel to an IPv6 address", "GET", "https://[2001:db8::1]:444/", nil, "CONNECT [2001:db8::1]:444 HTTP/1.1\r\nHost: [2001:db8::1]:444\r\n\r\n"},
		{"a tunnel to a fixed address", "GET", "http://api.test/", func(r *httpcore.Request) {
			r.Options.Network.Resolve = map[string]string{"api.test:80": "192.0.2.1:8080"}
		}, "CONNECT 192.0.2.1:8080 HTTP/1.1\r\nHost: 192.0.2.1:8080\r\n\r\n"},
		{"written credentials go with CONNECT", "GET", "https://api.test/", func(r *httpcore.Request) {
			r.Headers = httpcore.Fields{{Name: "proxy-authorization", Value: "Bearer x"}}
		}, "CONNECT api.test:443 HTTP/1.1\r\nHost: api.test:443\r\nProxy-Authorization: Bearer x\r\n\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			recorder, err := playground.StartRecorder("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(recorder.Close)
			r := through(get(c.url), recorder.URL)
			r.Method, r.Without = c.method, []string{"User-Agent", "Accept", "Accept-Encoding"}
			if c.set != nil {
				c.set(r)
			}
			_, _ = do(t, newSession(t, transport.Options{}), r) // the answer is not what this is about
			if got := string(recorder.Requests()[0]); got != c.want {
				t.Errorf("sent %q, want %q", got, c.want)
			}
		})
	}
}

// Two servers behind a proxy never share a connection to it, nor do two users of the proxy, nor a request without one.
func TestConnectionsThroughProxiesAreKeptApart(t *testing.T) {
	origin, _ := serve(t, http.HandlerFunc(echo), false)
	other, _ := serve(t, http.HandlerFunc(echo), false)
	proxy := startProxy(t, playground.ProxyOptions{})
	s := newSession(t, transport.Options{})
	seen := map[string]bool{}
	for _, c := range []struct{ origin, proxy string }{
		{origin, proxy.URL}, {other, proxy.URL}, {origin, withUser(proxy.URL, "ada:pw")}, {origin, withUser(proxy.URL, "bob:pw")}, {origin, ""},
	} {
		conn := mustDo(t, s, through(get(c.origin), c.proxy)).Conn
		if conn.Reused || seen[conn.Local.String()] {
			t.Errorf("%s through %q shares a connection", c.origin, c.proxy)
		}
		seen[conn.Local.String()] = true
	}
	if conn := mustDo(t, s, through(get(origin), proxy.URL)).Conn; !conn.Reused {
		t.Error("the connection for the same server and proxy was not kept")
	}
}

func TestWhyThereIsNoProxy(t *testing.T) {
	origin, _ := serve(t, http.HandlerFunc(echo), false)
	for _, c := range []struct {
		proxies httpcore.Proxies
		why     string
	}{
		{httpcore.Proxies{}, ""},
		{httpcore.Proxies{By: map[string]string{"all": "http://127.0.0.1:1"}, Except: []string{"127.0.0.0/8"}, Origin: "the environment"}, "none, for the environment excepts 127.0.0.0/8"},
		{httpcore.Proxies{By: map[string]string{"all": ""}, Origin: "options.proxy"}, "none, as options.proxy says"},
	} {
		r := get(origin)
		r.Options.Network.Proxies = c.proxies
		if conn := mustDo(t, newSession(t, transport.Options{}), r).Conn; conn.Proxy != "" || conn.ProxyWhy != c.why {
			t.Errorf("proxy = %q, %q; want none, %q", conn.Proxy, conn.ProxyWhy, c.why)
		}
	}
	dialer := &recordingDialer{to: strings.TrimPrefix(origin, "http://")}
	r := through(get("http://api.test/"), "http://127.0.0.1:1")
	r.Options.Network.Unix = "/run/x.sock"
	conn := mustDo(t, newSession(t, transport.Options{Dialer: dialer}), r).Conn
	if conn.Proxy != "" || !strings.Contains(conn.ProxyWhy, "network.unix") || dialer.asked[0] != "unix /run/x.sock" {
		t.Errorf("with a unix socket: %q, %q, dialled %q", conn.Proxy, conn.ProxyWhy, dialer.asked)
	}
}

// Names are looked up here for socks5 and HTTP proxies get them as they are; a family and fixed addresses hold for both ends.
func TestWhoLooksNamesUp(t *testing.T) {
	resolver := names{"api.test": {"2001:db8::1", "192.0.2.1"}, "proxy.test": {"127.0.0.1"}}
	origin, _ := serve(t, http.HandlerFunc(echo), false)
	host := strings.TrimPrefix(origin, "http://")
	hosts := map[string]string{"192.0.2.1:80": host, "[2001:db8::1]:80": host, "api.test:80": host, "192.0.2.7:8080": host}
	for _, c := range []struct {
		name, scheme string
		network      httpcore.Network
		want         string
	}{
		{"here", "socks5", httpcore.Network{}, "[2001:db8::1]:80"},
		{"here, in one family", "socks5", httpcore.Network{Family: "4"}, "192.0.2.1:80"},
		{"by the proxy", "socks5h", httpcore.Network{}, "api.test:80"},
		{"fixed, here", "socks5", httpcore.Network{Resolve: map[string]string{"api.test:80": "192.0.2.7:8080"}}, "192.0.2.7:8080"},
		{"fixed, for the proxy", "socks5h", httpcore.Network{Resolve: map[string]string{"api.test:80": "192.0.2.7:8080"}}, "192.0.2.7:8080"},
	} {
		t.Run(c.name, func(t *testing.T) {
			socks := startSOCKS(t, playground.ProxyOptions{Hosts: hosts})
			_, port, _ := net.SplitHostPort(socks.Addr)
			r := get("http://api.test/")
			r.Options.Network = c.network
			mustDo(t, newSession(t, transport.Options{Resolver: resolver}), through(r, c.scheme+"://proxy.test:"+port))
			if asked := socks.Asked(); !slices.Equal(asked, []string{c.want}) {
				t.Errorf("asked for %q, want %q", asked, c.want)
			}
		})
	}
	t.Run("the proxy is fixed too", func(t *testing.T) {
		proxy := startProxy(t, playground.ProxyOptions{Hosts: hosts})
		r := get("http://api.test/")
		r.Options.Network.Resolve = map[string]string{"nowhere.test:3128": strings.TrimPrefix(proxy.URL, "http://")}
		mustDo(t, newSession(t, transport.Options{Resolver: resolver}), through(r, "http://nowhere.test:3128"))
	})
}

// Happy eyeballs go on behind a SOCKS proxy that looks nothing up.
func TestAddressesRaceThroughSOCKS(t *testing.T) {
	origin, _ := serve(t, http.HandlerFunc(echo), false)
	socks := startSOCKS(t, playground.ProxyOptions{Hosts: map[string]string{"[2001:db8::1]:80": "127.0.0.1:1", "192.0.2.1:80": strings.TrimPrefix(origin, "http://")}})
	s := newSession(t, transport.Options{Resolver: names{"api.test": {"2001:db8::1", "192.0.2.1"}}})
	mustDo(t, s, through(get("http://api.test/"), "socks5://"+socks.Addr))
	if asked := socks.Asked(); len(asked) != 2 {
		t.Errorf("asked for %q", asked)
	}
}

// outcome is how a request through a proxy fails.
type outcome struct {
	kind  httpcore.Kind
	parts []string
	hint  string
}

func wantOutcome(t *testing.T, err error, want outcome) {
	t.Helper()
	wantError(t, err, want.kind, want.parts...)
	if e := httpcore.AsError(err, ""); !strings.Contains(e.Hint(), want.hint) || e.Hint() == "" {
		t.Errorf("hint = %q, want %q in it", e.Hint(), want.hint)
	}
	if strings.Contains(err.Error(), "s3same") {
		t.Errorf("the proxy's password is told: %v", err)
	}
}

var proxyOutcomes = map[string]outcome{
	"proxy-silent":                {httpcore.KindConnectTimeout, []string{"api.test:443", "through the proxy"}, "timeout.connect"},
	"proxy-drip":                  {httpcore.KindConnectTimeout, []string{"api.test:443", "through the proxy"}, "timeout.connect"},
	"proxy-close":                 {httpcore.KindProxy, []string{"closed the connection when it was asked for a tunnel"}, "CONNECT"},
	"proxy-close-mid-head":        {httpcore.KindProxy, []string{"closed the connection"}, "CONNECT"},
	"proxy-close-after-connect":   {httpcore.KindClosed, []string{"api.test:443", "TLS handshake"}, ""},
	"proxy-reset":                 {httpcore.KindProxy, []string{"reset the connection"}, "crashed"},
	"proxy-garbage":               {httpcore.KindProxy, []string{"instead of HTTP/1.1"}, "another service"},
	"proxy-garbage-after-connect": {httpcore.KindTLS, []string{"api.test:443"}, "put something of its own into the tunnel"},
	"proxy-connect-with-body":     {httpcore.KindTLS, []string{"api.test:443"}, "put something of its own into the tunnel"},
	"proxy-endless-head":          {httpcore.KindProxy, []string{"header section of more than"}, ""},
	"proxy-informational-flood":   {httpcore.KindProxy, []string{"interim"}, ""},
	"proxy-407":                   {httpcore.KindProxy, []string{"refused the user name and password", "407"}, "credentials"},
	"proxy-407-negotiate":         {httpcore.KindProxy, []string{"Negotiate or NTLM", "407"}, "Basic"},
	"proxy-forbidden":             {httpcore.KindProxy, []string{"opens no tunnel to api.test:443: 403 Forbidden", "Rule 7: nobody goes there. Ever."}, "rules"},
	"proxy-forbidden-endless":     {httpcore.KindProxy, []string{"opens no tunnel to api.test:443: 502 Bad Gateway", "xxx"}, "could not reach"},
}

func TestProxyFaults(t *testing.T) {
	for _, fault := range playground.ProxyFaults() {
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			want, ok := proxyOutcomes[fault.Name]
			if !ok {
				t.Fatalf("nobody has said how this ends: %s", fault.Sentence)
			}
			server, err := playground.StartFault(fault.Name, playground.FaultOptions{Interval: time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(server.Close)
			r := through(get("https://api.test/"), withUser(server.URL, "ada:s3same"))
			if want.kind == httpcore.KindConnectTimeout {
				r.Options.Timeout.Connect = gap
			}
			_, err = do(t, newSession(t, transport.Options{}), r)
			if want.hint == "" && httpcore.AsError(err, "").Hint() == "" {
				wantError(t, err, want.kind, want.parts...)
				return
			}
			wantOutcome(t, err, want)
		})
	}
}

func TestProxiesThatCanNotBeUsed(t *testing.T) {
	open, closed := startProxy(t, playground.ProxyOptions{}), startProxy(t, playground.ProxyOptions{Username: "ada", Password: "x"})
	openSOCKS, closedSOCKS := startSOCKS(t, playground.ProxyOptions{}), startSOCKS(t, playground.ProxyOptions{Username: "ada", Password: "x"})
	notSOCKS := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		_, _ = r.Discard(len("\x05\x01\x00"))
		_, _ = io.WriteString(conn, "HTTP/1.1 400 Bad Request\r\n\r\n")
	})
	for _, c := range []struct {
		name, url, proxy string
		want             outcome
	}{
		{"nobody listens", "http://api.test/", "http://127.0.0.1:1", outcome{httpcore.KindProxy, []string{"the proxy http://127.0.0.1:1", "refused the connection"}, "is the server running"}},
		{"nobody listens for SOCKS", "http://api.test/", "socks5h://127.0.0.1:1", outcome{httpcore.KindProxy, []string{"the proxy socks5h://127.0.0.1:1", "refused the connection"}, "is the server running"}},
		{"an unknown name", "http://api.test/", "http://proxy.test", outcome{httpcore.KindProxy, []string{"the proxy http://proxy.test:80", "no address is known"}, "spelling"}},
		{"an unknown name for SOCKS", "http://api.test/", "socks5://proxy.test", outcome{httpcore.KindProxy, []string{"the proxy socks5://proxy.test:1080", "no address is known"}, "spelling"}},
		{"a server that only the proxy could know, looked up here", "http://api.test/", "socks5://" + openSOCKS.Addr, outcome{httpcore.KindDNS, []string{"api.test"}, "spelling"}},
		{"an invalid URL", "http://api.test/", "http://ada:s3same@:80", outcome{httpcore.KindURL, []string{"Invalid proxy URL", "options.proxy"}, "http://host:port"}},
		{"no credentials", "https://api.test/", closed.URL, outcome{httpcore.KindProxy, []string{"wants a user name and password", "407"}, "://user:password@"}},
		{"wrong credentials", "https://api.test/", withUser(closed.URL, "ada:s3same"), outcome{httpcore.KindProxy, []string{"refused the user name and password", "407"}, "credentials"}},
		{"no credentials for SOCKS", "http://api.test/", "socks5h://" + closedSOCKS.Addr, outcome{httpcore.KindProxy, []string{"wants to know who asks"}, "socks5h://user:password@"}},
		{"wrong credentials for SOCKS", "http://api.test/", "socks5h://ada:s3same@" + closedSOCKS.Addr, outcome{httpcore.KindProxy, []string{"refused the user name and password"}, "credentials"}},
		{"the proxy can't reach it", "https://127.0.0.1:1/", open.URL, outcome{httpcore.KindProxy, []string{"opens no tunnel to 127.0.0.1:1: 502 Bad Gateway", "connection refused"}, "could not reach"}},
		{"the SOCKS proxy can't reach it", "http://127.0.0.1:1/", "socks5h://" + openSOCKS.Addr, outcome{httpcore.KindProxy, []string{"could not connect to 127.0.0.1:1: the connection was refused"}, "host and port"}},
		{"an HTTP proxy where SOCKS is spoken", "http://api.test/", "socks5h://" + notSOCKS, outcome{httpcore.KindProxy, []string{"does not speak SOCKS 5"}, "http://"}},
		{"TLS where none is spoken", "http://api.test/", "https://" + strings.TrimPrefix(open.URL, "http://"), outcome{httpcore.KindProxy, []string{"plain HTTP"}, "http://"}},
		{"none where TLS is spoken", "https://api.test/", "http://" + strings.TrimPrefix(open.TLSURL, "https://"), outcome{httpcore.KindProxy, []string{"closed the connection"}, "https://"}},
		{"a certificate that nobody vouches for", "http://api.test/", open.TLSURL, outcome{httpcore.KindProxy, []string{"certificate", strings.TrimPrefix(open.TLSURL, "https://")}, "for servers only"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := through(get(c.url), c.proxy)
			r.Options.TLS.Insecure = true // of the server's certificate; the proxy's is checked all the same
			_, err := do(t, newSession(t, transport.Options{Resolver: names{}}), r)
			wantOutcome(t, err, c.want)
		})
	}
}

func TestHTTP3GoesThroughNoProxy(t *testing.T) {
	for _, proxy := range []string{"http://127.0.0.1:1", "socks5h://127.0.0.1:1"} {
		r := through(get("https://api.test/"), proxy)
		r.Options.Protocol = httpcore.ProtocolHTTP3
		_, err := do(t, newSession(t, transport.Options{}), r)
		wantOutcome(t, err, outcome{httpcore.KindProtocol, []string{"UDP", proxy}, `proxy = ""`})
	}
}

// A redirect to a host that is excepted leaves the proxy, and one to another host comes back to it.
func TestEachHopChoosesItsProxy(t *testing.T) {
	direct, _ := serve(t, http.HandlerFunc(echo), false)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(direct, "http://"))
	first, _ := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://localhost:"+port+"/", http.StatusFound)
	}), false)
	proxy := startProxy(t, playground.ProxyOptions{})
	r := through(get(first), proxy.URL)
	r.Options.Network.Family = "4"
	r.Options.Network.Proxies.Except = []string{"localhost"}
	x, err := do(t, newSession(t, transport.Options{}), r)
	if err != nil {
		t.Fatal(err)
	}
	var ways []string
	for _, attempt := range x.Attempts() {
		ways = append(ways, attempt.Conn.Proxy)
	}
	if !slices.Equal(ways, []string{proxy.URL, ""}) {
		t.Errorf("the hops went through %q", ways)
	}
}

// As in requests, where a proxy passes a request on, its own 407 is an answer like any other.
func TestUnauthorizedWithoutATunnel(t *testing.T) {
	proxy := startProxy(t, playground.ProxyOptions{Username: "ada", Password: "x"})
	attempt := mustDo(t, newSession(t, transport.Options{}), through(get("http://api.test/"), proxy.URL))
	if attempt.Response.Status != 407 {
		t.Errorf("status = %d", attempt.Response.Status)
	}
}

// The connect timeout covers SOCKS and the TLS to a proxy as well, and cancelling ends them at once.
func TestProxiesInTime(t *testing.T) {
	for _, scheme := range []string{"http", "https", "socks5", "socks5h"} {
		t.Run(scheme, func(t *testing.T) {
			arrived := make(chan struct{}, 2)
			silent := scheme + "://" + rawServer(t, func(conn net.Conn, r *bufio.Reader) {
				_, _ = r.Peek(1)
				arrived <- struct{}{}
				_, _ = io.Copy(io.Discard, r)
			})
			s := newSession(t, transport.Options{})
			r := through(get("https://127.0.0.1:1/"), silent)
			r.Options.Timeout.Connect = gap
			_, err := do(t, s, r)
			wantError(t, err, httpcore.KindConnectTimeout, "through the proxy "+silent, gap.String())
			<-arrived

			r.Options.Timeout.Connect = watchdog
			ctx, cancel := context.WithCancel(context.Background())
			go func() {
				<-arrived
				cancel()
			}()
			_, err = doContext(ctx, t, s, r)
			wantError(t, err, httpcore.KindCanceled)
		})
	}
}

// What a server sends first, before the client, comes through a tunnel whole.
func TestNothingOfATunnelIsLost(t *testing.T) {
	address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		if _, err := readHead(r); err == nil {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
			_, _ = io.Copy(io.Discard, r)
		}
	})
	r := through(get("http://api.test/"), "http://"+address)
	r.Options.Network.Resolve = map[string]string{"api.test:80": "192.0.2.1:80"} // so that the way is a tunnel
	if got := content(t, mustDo(t, newSession(t, transport.Options{}), r).Response); got != "hi" {
		t.Errorf("body = %q", got)
	}
}

// readFile returns a file's bytes, of no file none.
func readFile(t testing.TB, path string) []byte {
	t.Helper()
	if path == "" {
		return nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
