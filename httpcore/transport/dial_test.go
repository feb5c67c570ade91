package transport_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"parley/httpcore"
	"parley/httpcore/transport"
)

// names is a resolver that knows what it was told.
type names map[string][]string

func (n names) LookupNetIP(_ context.Context, network, host string) ([]netip.Addr, error) {
	var found []netip.Addr
	for _, text := range n[host] {
		addr := netip.MustParseAddr(text)
		if network == "ip" || (network == "ip4") == addr.Is4() {
			found = append(found, addr)
		}
	}
	if len(found) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return found, nil
}

// network is a dialer of addresses that answer, refuse or stay silent; it keeps the order in which they were tried.
type network struct {
	start   time.Time
	answers map[string]time.Duration // after how long; absent: never
	refuse  map[string]bool

	mu    sync.Mutex
	tried []string
}

func (n *network) DialContext(ctx context.Context, _, address string) (net.Conn, error) {
	n.mu.Lock()
	n.tried = append(n.tried, fmt.Sprintf("%v %s", time.Since(n.start), address))
	n.mu.Unlock()
	if n.refuse[address] {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	}
	after, ok := n.answers[address]
	if !ok {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	select {
	case <-time.After(after):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	client, server := net.Pipe()
	go func() {
		defer server.Close()
		r := bufio.NewReader(server)
		for {
			if _, err := readHead(r); err != nil {
				return
			}
			_, _ = io.WriteString(server, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
		}
	}()
	return client, nil
}

func (n *network) attempts() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.tried)
}

func TestHappyEyeballs(t *testing.T) {
	six, four, six2 := "[2001:db8::1]:80", "192.0.2.1:80", "[2001:db8::2]:80"
	for _, test := range []struct {
		name    string
		answers map[string]time.Duration
		refuse  []string
		want    []string
	}{
		{"the first answers", map[string]time.Duration{six: 10 * time.Millisecond}, nil, []string{"0s " + six}},
		{"the first is silent", map[string]time.Duration{four: 10 * time.Millisecond}, nil, []string{"0s " + six, "250ms " + four}},
		{"the first is slow but wins", map[string]time.Duration{six: 260 * time.Millisecond, four: 50 * time.Millisecond}, nil, []string{"0s " + six, "250ms " + four}},
		{"the first refuses", map[string]time.Duration{four: 10 * time.Millisecond}, []string{six}, []string{"0s " + six, "0s " + four}},
		{"only the last answers", map[string]time.Duration{six2: 0}, nil, []string{"0s " + six, "250ms " + four, "500ms " + six2}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := &network{start: time.Now(), answers: test.answers, refuse: map[string]bool{}}
				for _, address := range test.refuse {
					n.refuse[address] = true
				}
				tr := transport.New(transport.Options{Dialer: n, Resolver: names{"api.test": {"2001:db8::1", "2001:db8::2", "192.0.2.1"}}})
				s := httpcore.NewSession(httpcore.SessionOptions{Transport: tr})
				attempt := mustDo(t, s, get("http://api.test/"))
				if tried := n.attempts(); !slices.Equal(tried, test.want) {
					t.Errorf("tried %q, want %q", tried, test.want)
				}
				if got := phases(attempt)[:2]; got[0] != httpcore.PhaseDNS || got[1] != httpcore.PhaseConnect {
					t.Errorf("phases = %v", got)
				}
				_ = s.Close()
			})
		})
	}
}

func TestNoConnection(t *testing.T) {
	for _, test := range []struct {
		name, url string
		set       func(*httpcore.Options)
		kind      httpcore.Kind
		parts     []string
	}{
		{"unknown host", "http://nowhere.test/", nil, httpcore.KindDNS, []string{"nowhere.test"}},
		{"no address of the family", "http://four.test/", func(o *httpcore.Options) { o.Network.Family = "6" }, httpcore.KindDNS, []string{"four.test"}},
		{"literal of another family", "http://192.0.2.1/", func(o *httpcore.Options) { o.Network.Family = "6" }, httpcore.KindDNS, []string{"IPv6", "192.0.2.1"}},
		{"refused by all", "http://refusing.test/", nil, httpcore.KindConnect, []string{"refusing.test:80"}},
		{"silent", "http://four.test/", func(o *httpcore.Options) { o.Timeout.Connect = time.Second }, httpcore.KindConnectTimeout, []string{"four.test:80", "1s"}},
		{"silent, in all", "http://four.test/", func(o *httpcore.Options) { o.Timeout = httpcore.Timeouts{Total: time.Second} }, httpcore.KindTotalTimeout, nil},
		{"bad fixed address", "http://four.test/", func(o *httpcore.Options) { o.Network.Resolve = map[string]string{"four.test:80": "1.2.3.4:http"} }, httpcore.KindURL, []string{"1.2.3.4:http"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := &network{refuse: map[string]bool{"192.0.2.7:80": true, "192.0.2.8:80": true}}
				tr := transport.New(transport.Options{Dialer: n, Resolver: names{"four.test": {"192.0.2.1"}, "refusing.test": {"192.0.2.7", "192.0.2.8"}}})
				s := httpcore.NewSession(httpcore.SessionOptions{Transport: tr})
				defer s.Close()
				request := get(test.url)
				if test.set != nil {
					test.set(&request.Options)
				}
				_, err := do(t, s, request)
				wantError(t, err, test.kind, test.parts...)
				if errors.Is(err, httpcore.KindConnection) && errors.Is(err, httpcore.KindReadTimeout) {
					t.Error("what never connected can't have been slow to answer")
				}
			})
		})
	}
}

func TestRefusedPort(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	_, err = do(t, newSession(t, transport.Options{}), get("http://"+address))
	wantError(t, err, httpcore.KindConnect, address, "refused")
}

// recordingDialer dials one address, whatever it is asked for, and keeps what that was.
type recordingDialer struct {
	to    string
	asked []string
}

func (d *recordingDialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	d.asked = append(d.asked, network+" "+address)
	return new(net.Dialer).DialContext(ctx, "tcp", d.to)
}

func TestWhereToDial(t *testing.T) {
	for _, test := range []struct {
		name, url string
		network   httpcore.Network
		want      string
	}{
		{"a literal needs no name server", "http://192.0.2.9:81/", httpcore.Network{}, "tcp 192.0.2.9:81"},
		{"an IPv6 literal", "http://[2001:db8::9]/", httpcore.Network{}, "tcp [2001:db8::9]:80"},
		{"a name", "http://both.test/", httpcore.Network{}, "tcp [2001:db8::1]:80"},
		{"a name in one family", "http://both.test/", httpcore.Network{Family: "4"}, "tcp 192.0.2.1:80"},
		{"auto is both families", "http://both.test/", httpcore.Network{Family: "auto"}, "tcp [2001:db8::1]:80"},
		{"localhost is never asked for", "http://localhost/", httpcore.Network{Family: "4"}, "tcp 127.0.0.1:80"},
		{"nor is what lies below it", "http://app.localhost/", httpcore.Network{Family: "6"}, "tcp [::1]:80"},
		{"fixed", "http://both.test/", httpcore.Network{Resolve: map[string]string{"both.test:80": "192.0.2.5:8080"}}, "tcp 192.0.2.5:8080"},
		{"fixed in capitals", "http://both.test/", httpcore.Network{Resolve: map[string]string{"Both.Test:80": "192.0.2.5:8080"}}, "tcp 192.0.2.5:8080"},
		{"fixed without a port", "http://both.test/", httpcore.Network{Resolve: map[string]string{"both.test:80": "192.0.2.5"}}, "tcp 192.0.2.5:80"},
		{"fixed to IPv6 without a port", "http://both.test/", httpcore.Network{Resolve: map[string]string{"both.test:80": "[2001:db8::5]"}}, "tcp [2001:db8::5]:80"},
		{"fixed for another port", "http://192.0.2.9/", httpcore.Network{Resolve: map[string]string{"192.0.2.9:81": "192.0.2.5:81"}}, "tcp 192.0.2.9:80"},
		{"unix", "http://both.test/", httpcore.Network{Unix: "/run/x.sock"}, "unix /run/x.sock"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dialer := &recordingDialer{to: replying(t, "HTTP/1.1 204 No Content\r\n\r\n", true)}
			request := get(test.url)
			request.Options.Network = test.network
			mustDo(t, newSession(t, transport.Options{Dialer: dialer, Resolver: names{"both.test": {"2001:db8::1", "192.0.2.1"}}}), request)
			if dialer.asked[0] != test.want {
				t.Errorf("dialled %q, want %q", dialer.asked[0], test.want)
			}
		})
	}
}

func TestUnixSocket(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		head, _ := readHead(bufio.NewReader(conn))
		first, _, _ := strings.Cut(head, "\r\n")
		fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(first), first)
	}()
	request := get("http://docker/v1/info")
	request.Options.Network.Unix = path
	s := newSession(t, transport.Options{})
	if got := content(t, mustDo(t, s, request).Response); got != "GET /v1/info HTTP/1.1" {
		t.Errorf("the server read %q", got)
	}
	request.Options.Network.Unix = path + ".none"
	_, err = do(t, s, request)
	wantError(t, err, httpcore.KindConnect, path+".none")
}

func TestConnectTimeoutCoversTLS(t *testing.T) {
	address := rawServer(t, func(conn net.Conn, r *bufio.Reader) { _, _ = io.Copy(io.Discard, r) })
	request := get("https://" + address)
	request.Options.Timeout.Connect = gap
	_, err := do(t, newSession(t, transport.Options{}), request)
	wantError(t, err, httpcore.KindConnectTimeout, gap.String(), address)
}
