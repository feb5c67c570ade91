package transport_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"parley/httpcore"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

// proxyReply is all that a proxy says until the way is open.
type proxyReply struct {
	name, scheme, bytes string
}

var proxyReplies = []proxyReply{
	{"CONNECT", "http", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 Connection established\r\nVia: 1.1 x\r\n\r\n"},
	{"a refused CONNECT", "http", "HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\n\r\nNot there"},
	{"SOCKS with an address", "socks5h", "\x05\x02\x01\x00\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50"},
	{"SOCKS with a name", "socks5h", "\x05\x02\x01\x00\x05\x00\x00\x03\x04name\x00\x50"},
}

// partly sends the first n bytes of what a proxy says, and then ends the connection or leaves it as it is.
func partly(t *testing.T, reply proxyReply, n int, stalls bool) string {
	return reply.scheme + "://ada:s3same@" + rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		_, _ = r.Peek(1)
		if _, err := io.WriteString(conn, reply.bytes[:n]); err != nil {
			return
		}
		if half, ok := conn.(*net.TCPConn); ok && !stalls {
			_ = half.CloseWrite() // so that what the client still sends makes no reset of it
		}
		_, _ = io.Copy(io.Discard, r)
	})
}

func TestProxiesThatBreakOffAtEveryByte(t *testing.T) {
	for _, reply := range proxyReplies {
		t.Run(reply.name, func(t *testing.T) {
			for n := range reply.bytes {
				_, err := do(t, newSession(t, transport.Options{}), through(get("https://api.test/"), partly(t, reply, n, false)))
				if e := httpcore.AsError(err, ""); e == nil || e.Kind != httpcore.KindProxy || e.Hint() == "" {
					t.Errorf("after %d bytes: %v", n, err)
				}
			}
		})
	}
}

// What a refusal says in its body is only waited for as long as there is time; whatever else stalls is a connect timeout.
func TestProxiesThatStallAtEveryByte(t *testing.T) {
	var wg sync.WaitGroup
	for _, reply := range proxyReplies {
		for n := range reply.bytes {
			want := httpcore.KindConnectTimeout
			if head, _, _ := strings.Cut(reply.bytes, "\r\n\r\n"); strings.Contains(head, "403") && n >= len(head)+4 {
				want = httpcore.KindProxy
			}
			proxy := partly(t, reply, n, true)
			wg.Go(func() {
				r := through(get("https://api.test/"), proxy)
				r.Options.Timeout.Connect = 2 * gap
				_, err := do(t, newSession(t, transport.Options{}), r)
				if e := httpcore.AsError(err, ""); e == nil || e.Kind != want || !strings.Contains(e.Message, "api.test:443") {
					t.Errorf("%s, after %d bytes: %v, want %s", reply.name, n, err, want)
				}
			})
		}
	}
	wg.Wait()
}

func TestManyAtOnceThroughProxies(t *testing.T) {
	origin, ca := serve(t, http.HandlerFunc(echo), true)
	proxy, socks := startProxy(t, playground.ProxyOptions{}), startSOCKS(t, playground.ProxyOptions{})
	s := newSession(t, transport.Options{})
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			r := through(get(origin), []string{proxy.URL, "socks5://" + socks.Addr}[i%2])
			r.Options.TLS.CA = ca
			r.Options.Protocol = []httpcore.Protocol{httpcore.ProtocolAuto, httpcore.ProtocolHTTP1}[i/2%2]
			if _, err := do(t, s, r); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	// Those that speak HTTP/2 wait for the first of them, and share its tunnel.
	shared := 0
	for _, asked := range proxy.Asked() {
		if asked.Method != http.MethodConnect {
			t.Errorf("asked: %s %s", asked.Method, asked.Target)
		}
		shared++
	}
	if shared > 11 {
		t.Errorf("%d tunnels for 10 requests on their own and 10 that share one", shared)
	}
}

// The way through a proxy is part of connecting.
func TestTimelineThroughAProxy(t *testing.T) {
	origin, ca := serve(t, http.HandlerFunc(echo), true)
	r := through(get(origin), startProxy(t, playground.ProxyOptions{}).URL)
	r.Options.TLS.CA = ca
	want := []httpcore.Phase{httpcore.PhaseConnect, httpcore.PhaseTLS, httpcore.PhaseSend, httpcore.PhaseWait, httpcore.PhaseReceive}
	if got := phases(mustDo(t, newSession(t, transport.Options{}), r)); !slices.Equal(got, want) {
		t.Errorf("phases = %v, want %v", got, want)
	}
}
