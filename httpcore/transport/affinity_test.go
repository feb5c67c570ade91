package transport_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/transport"
)

// bound sends a request on the connection of an affinity.
func bound(t *testing.T, s *httpcore.Session, r *httpcore.Request, affinity uint64) (*httpcore.Attempt, error) {
	t.Helper()
	p, err := s.Prepare(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	p.Affinity = affinity
	x, err := s.Do(context.Background(), p, nil)
	t.Cleanup(func() { _ = x.Close() })
	return x.Last(), err
}

// NTLM authorises a connection: one that carried a request of it must carry no other's.
func TestAffinity(t *testing.T) {
	origin, ca := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.RemoteAddr) }), true)
	request := get(origin)
	request.Options.TLS.CA = ca
	now := time.Now()
	s := newSession(t, transport.Options{Now: func() time.Time { return now }})
	send := func(affinity uint64) string {
		t.Helper()
		attempt, err := bound(t, s, request, affinity)
		if err != nil {
			t.Fatal(err)
		}
		if want := map[bool]string{true: "HTTP/1.1", false: "HTTP/2"}[affinity > 0]; attempt.Conn.Protocol != want {
			t.Errorf("affinity %d speaks %s, want %s", affinity, attempt.Conn.Protocol, want)
		}
		return content(t, attempt.Response)
	}
	free, first, second := send(0), send(1), send(2)
	if free == first || first == second || second == free {
		t.Errorf("a connection was shared: %s, %s, %s", free, first, second)
	}
	if again := send(1); again != first {
		t.Errorf("the second request of an affinity went over %s, the first over %s", again, first)
	}
	if again := send(0); again != free {
		t.Errorf("a request without affinity went over %s, not %s", again, free)
	}
	now = now.Add(time.Hour)
	if later := send(1); later == first {
		t.Error("a connection that had been idle for an hour was used")
	}
}

func TestAffinityNeedsHTTP1(t *testing.T) {
	request := get("https://127.0.0.1:1")
	for _, protocol := range []httpcore.Protocol{httpcore.ProtocolHTTP2, httpcore.ProtocolPriorKnowledge, httpcore.ProtocolHTTP3} {
		request.Options.Protocol = protocol
		_, err := bound(t, newSession(t, transport.Options{}), request, 1)
		wantError(t, err, httpcore.KindProtocol, "127.0.0.1:1", string(protocol))
	}
}

func TestWhyAProtocolIsSpoken(t *testing.T) {
	whys := map[string]string{
		"HTTP1 in the clear":                     "HTTP/1.1 is what is spoken without TLS",
		"HTTP1 over TLS":                         `asked for by http = "1.1"`,
		"HTTP2 over TLS by choice of the server": "the server chose h2 in the TLS handshake",
		"HTTP2 over TLS by demand":               `asked for by http = "2"`,
		"HTTP2 in the clear":                     `asked for by http = "2-prior-knowledge"`,
		"HTTP3":                                  `asked for by http = "3"`,
	}
	everyWay(t, hello, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		want := whys[w.name]
		s := newSession(t, transport.Options{})
		for range 2 { // the second time on a connection that is there
			if got := mustDo(t, s, request("/")).Conn.ProtocolWhy; got != want {
				t.Errorf("why = %q, want %q", got, want)
			}
		}
	})
}
