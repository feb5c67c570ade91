package httpcore_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

// The engine as users have it: the real transport, against real servers on loopback.

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// live returns a session over the real transport.
func live(tb testing.TB) *httpcore.Session {
	tb.Helper()
	s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{}), BodyDir: tb.TempDir()})
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// send prepares and sends r, and gives up after some seconds.
func send(tb testing.TB, s *httpcore.Session, r *httpcore.Request, sink httpcore.Sink) *httpcore.Exchange {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), time.Minute)
	defer cancel()
	p, err := s.Prepare(ctx, r)
	if err != nil {
		tb.Fatal(err)
	}
	x, _ := s.Do(ctx, p, sink)
	tb.Cleanup(func() {
		if err := x.Close(); err != nil {
			tb.Error(err)
		}
	})
	return x
}

func request(method, url string) *httpcore.Request {
	return &httpcore.Request{Method: method, URL: url, Options: httpcore.DefaultOptions()}
}

func text(tb testing.TB, x *httpcore.Exchange) string {
	tb.Helper()
	r := x.Response()
	if r == nil {
		tb.Fatalf("there is no response: %v", x.Err)
	}
	data := make([]byte, r.Body.Size())
	if n, err := r.Body.ReadAt(data, 0); n != len(data) {
		tb.Fatal(err)
	}
	return string(data)
}

// faultKinds says what becomes of every server with bad manners; an empty kind is a whole response.
var faultKinds = map[string]httpcore.Kind{
	"answer-first": "", "answer-mid-upload": "", "close-mid-upload": httpcore.KindClosed,
	"close-before-head": httpcore.KindClosed, "close-mid-head": httpcore.KindTruncated, "reset-before-head": httpcore.KindClosed,
	"reset-mid-head": httpcore.KindProtocol, "reset-mid-body": httpcore.KindProtocol, "truncate-length": httpcore.KindTruncated,
	"truncate-chunk": httpcore.KindTruncated, "truncate-last-chunk": httpcore.KindTruncated, "missing-final-crlf": httpcore.KindTruncated,
	"stall-before-head": httpcore.KindReadTimeout, "stall-mid-head": httpcore.KindReadTimeout, "stall-mid-body": httpcore.KindReadTimeout,
	"stall-mid-chunk": httpcore.KindReadTimeout, "length-long": httpcore.KindReadTimeout,
	"drip-head": httpcore.KindTotalTimeout, "drip-body": httpcore.KindTotalTimeout, "drip-forever": httpcore.KindTotalTimeout,
	"gzip-not": httpcore.KindDecoding, "gzip-corrupt": httpcore.KindDecoding, "gzip-truncated": httpcore.KindDecoding,
	"gzip-garbage-after": "", "gzip-twice": "", "gzip-empty": "", "gzip-bomb": httpcore.KindTooLarge, "coding-unknown": "",
	"redirect-loop": httpcore.KindRedirectLoop, "redirect-loop-of-two": httpcore.KindRedirectLoop, "redirect-chain": httpcore.KindTooManyRedirects,
	"redirect-no-location": "", "redirect-bad-location": httpcore.KindRedirect, "redirect-scheme": httpcore.KindRedirect, "redirect-utf8": "",
	"tls-garbage": httpcore.KindTLS, "tls-plain-http": httpcore.KindTLS, "tls-stall": httpcore.KindConnectTimeout, "tls-close": httpcore.KindClosed,
	"tls-expired": httpcore.KindTLS, "tls-not-yet-valid": httpcore.KindTLS, "tls-wrong-host": httpcore.KindTLS, "tls-untrusted": httpcore.KindTLS,
}

func TestFaultsEndInTheRightError(t *testing.T) {
	s := live(t)
	for name, kind := range faultKinds {
		t.Run(name, func(t *testing.T) {
			fault, err := playground.StartFault(name, playground.FaultOptions{Size: 64 << 20, Interval: 20 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			defer fault.Close()
			r := request("POST", fault.URL)
			r.Body = body.Text(strings.Repeat("upload ", 1000), "text/plain")
			r.Options.Timeout = patience(kind)
			x := send(t, s, r, nil)
			switch {
			case kind == "" && x.Err != nil:
				t.Errorf("got %s: %v; want a whole response", x.Err.Kind, x.Err)
			case kind != "" && !errors.Is(x.Err, kind):
				t.Errorf("got %#v, want %s", x.Err, kind)
			case kind != "" && x.Err.URL == "":
				t.Error("the error does not say for which URL")
			}
		})
	}
}

// patience is short only for what is waited for.
func patience(kind httpcore.Kind) httpcore.Timeouts {
	const short = 200 * time.Millisecond
	switch kind {
	case httpcore.KindConnectTimeout:
		return httpcore.Timeouts{Connect: short}
	case httpcore.KindReadTimeout:
		return httpcore.Timeouts{Read: short}
	case httpcore.KindTotalTimeout:
		return httpcore.Timeouts{Total: short}
	default:
		return httpcore.DefaultOptions().Timeout
	}
}

// A body that ends early is kept as far as it came, and the response with it.
func TestLiveKeepsWhatArrived(t *testing.T) {
	s := live(t)
	for _, name := range []string{"reset-mid-body", "truncate-length", "truncate-chunk", "stall-mid-body", "gzip-corrupt", "drip-body"} {
		fault, err := playground.StartFault(name, playground.FaultOptions{Interval: 100 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		r := request("GET", fault.URL)
		r.Options.Timeout = httpcore.Timeouts{Read: 200 * time.Millisecond, Total: time.Second}
		x := send(t, s, r, nil)
		if x.Err == nil || x.Response() == nil || x.Response().Status != 200 || text(t, x) == "" {
			t.Errorf("%s: kept %+v (%v)", name, x.Response(), x.Err)
		}
		fault.Close()
	}
}

// origins starts a playground and returns how to reach it over each protocol.
func origins(t *testing.T) map[string]func(*httpcore.Request) {
	t.Helper()
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, server.CAPEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	at := func(origin string, protocol httpcore.Protocol) func(*httpcore.Request) {
		return func(r *httpcore.Request) {
			r.URL = origin + r.URL
			r.Options.Protocol = protocol
			r.Options.TLS.CA = ca
		}
	}
	return map[string]func(*httpcore.Request){
		"HTTP/1.1":        at(server.URL, httpcore.ProtocolHTTP1),
		"HTTP/1.1 on TLS": at(server.TLSURL, httpcore.ProtocolHTTP1),
		"HTTP/2 on TLS":   at(server.TLSURL, httpcore.ProtocolAuto),
		"HTTP/2":          at(server.URL, httpcore.ProtocolPriorKnowledge),
	}
}

func TestLiveOverEveryProtocol(t *testing.T) {
	for name, reach := range origins(t) {
		t.Run(name, func(t *testing.T) {
			s := live(t)
			cases := []struct {
				what   string
				r      *httpcore.Request
				status int
				want   string
			}{
				{"a user", request("GET", "/users/github"), 200, `"name":"GitHub"`},
				{"gzip", request("GET", "/gzip"), 200, `"gzipped": true`},
				{"brotli", request("GET", "/brotli"), 200, `"br"`},
				{"zstd", request("GET", "/zstd"), 200, `"encoded"`},
				{"redirects", request("GET", "/redirect/3"), 200, `/get`},
				{"HEAD", request("HEAD", "/get"), 200, ""},
				{"cookies across a redirect", request("GET", "/cookies/set?theme=dark"), 200, `"theme": "dark"`},
				{"an upload", upload(), 200, `"data": "hello"`},
				{"a redirected upload", redirectedUpload(), 200, `"data": "hello"`},
				{"no content", request("GET", "/status/204"), 204, ""},
			}
			for _, c := range cases {
				reach(c.r)
				x := send(t, s, c.r, nil)
				if x.Err != nil {
					t.Errorf("%s: %v", c.what, x.Err)
					continue
				}
				if x.Response().Status != c.status || !strings.Contains(text(t, x), c.want) {
					t.Errorf("%s: %d %s", c.what, x.Response().Status, text(t, x))
				}
				last := x.Last()
				if !strings.HasPrefix(name, last.Conn.Protocol) || (last.TLS != nil) != strings.HasSuffix(name, "TLS") {
					t.Errorf("%s went over %s, TLS %v", c.what, last.Conn.Protocol, last.TLS)
				}
				if x.Elapsed() <= 0 || x.Total() < x.Elapsed() {
					t.Errorf("%s: elapsed %v of %v", c.what, x.Elapsed(), x.Total())
				}
			}
		})
	}
}

func upload() *httpcore.Request {
	r := request("POST", "/post")
	r.Body = body.Text("hello", "text/plain")
	return r
}

func redirectedUpload() *httpcore.Request {
	r := upload()
	r.URL = "/redirect-to?status_code=307&url=/post"
	return r
}

// Canceling ends an exchange soon in whatever phase it is, over every protocol.
func TestLiveCancelInEveryPhase(t *testing.T) {
	for name, reach := range origins(t) {
		for _, phase := range []httpcore.Phase{httpcore.PhaseSend, httpcore.PhaseWait, httpcore.PhaseReceive} {
			t.Run(name+", "+string(phase), func(t *testing.T) {
				s := live(t)
				r := request("GET", "/drip?duration=30s&numbytes=30&delay=0s")
				if phase == httpcore.PhaseWait {
					r.URL = "/delay/10"
				}
				reach(r)
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				p, err := s.Prepare(ctx, r)
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				x, err := s.Do(ctx, p, httpcore.SinkFunc(func(e httpcore.Event) {
					if e, ok := e.(httpcore.PhaseBegan); ok && e.Phase == phase {
						cancel()
					}
				}))
				if !errors.Is(err, httpcore.KindCanceled) {
					t.Errorf("got %v", err)
				}
				if took := time.Since(began); took > 9*time.Second {
					t.Errorf("it took %v", took)
				}
				if err := x.Close(); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// Before there is a connection, canceling works as well.
func TestLiveCancelWhileConnecting(t *testing.T) {
	fault, err := playground.StartFault("tls-stall", playground.FaultOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer fault.Close()
	for _, phase := range []httpcore.Phase{httpcore.PhaseConnect, httpcore.PhaseTLS} {
		t.Run(string(phase), func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			s := live(t)
			p, err := s.Prepare(ctx, request("GET", fault.URL))
			if err != nil {
				t.Fatal(err)
			}
			x, err := s.Do(ctx, p, httpcore.SinkFunc(func(e httpcore.Event) {
				if e, ok := e.(httpcore.PhaseBegan); ok && e.Phase == phase {
					cancel()
				}
			}))
			if !errors.Is(err, httpcore.KindCanceled) || x.Response() != nil {
				t.Errorf("got %v", err)
			}
			if span, ok := x.Last().Timeline.Of(phase); !ok || span.End < span.Start {
				t.Errorf("the phase that was cut off is not in the timeline: %v", x.Last().Timeline)
			}
		})
	}
}

// BenchmarkSession measures what a session adds to bare net/http: run with -benchmem and compare the two.
func BenchmarkSession(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"login": "github", "name": "GitHub"}`))
	}))
	defer server.Close()
	b.Run("net-http", func(b *testing.B) {
		b.ReportAllocs()
		client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
		defer client.CloseIdleConnections()
		for b.Loop() {
			response, err := client.Get(server.URL)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := response.Body.Read(make([]byte, 512)); err != nil && err.Error() != "EOF" {
				b.Fatal(err)
			}
			response.Body.Close()
		}
	})
	b.Run("parley", func(b *testing.B) {
		b.ReportAllocs()
		s := live(b)
		r := request("GET", server.URL)
		for b.Loop() {
			p, err := s.Prepare(b.Context(), r)
			if err != nil {
				b.Fatal(err)
			}
			x, err := s.Do(b.Context(), p, nil)
			if err != nil {
				b.Fatal(err)
			}
			if err := x.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
