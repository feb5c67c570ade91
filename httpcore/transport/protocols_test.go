package transport_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

// way is one of the ways to reach a server.
type way struct {
	name     string
	protocol httpcore.Protocol
	secure   bool
	speaks   string // Response.Proto
}

var ways = []way{
	{"HTTP1 in the clear", httpcore.ProtocolAuto, false, "HTTP/1.1"},
	{"HTTP1 over TLS", httpcore.ProtocolHTTP1, true, "HTTP/1.1"},
	{"HTTP2 over TLS by choice of the server", httpcore.ProtocolAuto, true, "HTTP/2"},
	{"HTTP2 over TLS by demand", httpcore.ProtocolHTTP2, true, "HTTP/2"},
	{"HTTP2 in the clear", httpcore.ProtocolPriorKnowledge, false, "HTTP/2"},
	{"HTTP3", httpcore.ProtocolHTTP3, true, "HTTP/3"},
}

// everyWay runs a test against handler on every way. request makes a GET of a path that goes that way.
func everyWay(t *testing.T, handler http.HandlerFunc, test func(t *testing.T, w way, request func(path string) *httpcore.Request)) {
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			origin, ca := serve(t, handler, w.secure)
			test(t, w, func(path string) *httpcore.Request {
				r := get(origin + path)
				r.Options.Protocol = w.protocol
				r.Options.TLS.CA = ca
				return r
			})
		})
	}
}

// isMultiplexed reports whether a connection of the way carries many exchanges at once.
func (w way) isMultiplexed() bool { return w.speaks != "HTTP/1.1" }

func TestEveryWayCarriesARequest(t *testing.T) {
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		w.Header().Set("Trailer", "X-Sum")
		w.Header().Set("X-Got", r.Header.Get("X-Sent"))
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, "%s %s %s %s", r.Method, r.Host, r.RequestURI, b)
		w.Header().Set("X-Sum", "42")
	}, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		for name, payload := range map[string]body.Payload{"known size": body.Text("hello", ""), "chunked": stream("hel", "lo")} {
			t.Run(name, func(t *testing.T) {
				r := request("/a%2Fb//c?q=%7e")
				r.Method, r.Body = "PUT", payload
				r.Headers = httpcore.Fields{{Name: "X-Sent", Value: "this"}, {Name: "Host", Value: "elsewhere.test"}}
				attempt := mustDo(t, newSession(t, transport.Options{}), r)
				response := attempt.Response
				if response.Proto != w.speaks || attempt.Conn.Protocol != w.speaks || response.Status != 201 {
					t.Errorf("response = %s %d over %s", response.Proto, response.Status, attempt.Conn.Protocol)
				}
				if got, want := content(t, response), "PUT elsewhere.test /a%2Fb//c?q=%7e hello"; got != want {
					t.Errorf("body = %q, want %q", got, want)
				}
				if got, _ := response.Headers.Get("x-got"); got != "this" {
					t.Errorf("X-Got = %q", got)
				}
				if got, _ := response.Trailers.Get("x-sum"); got != "42" {
					t.Errorf("trailers = %v", response.Trailers)
				}
				if len(attempt.Interim) != 1 || attempt.Interim[0].Status != 103 {
					t.Errorf("interim = %v", attempt.Interim)
				}
				if attempt.Sent.BodySize != 5 {
					t.Errorf("BodySize = %d", attempt.Sent.BodySize)
				}
				if (attempt.TLS != nil) != w.secure {
					t.Errorf("TLS = %+v", attempt.TLS)
				}
				if !strings.HasPrefix(string(response.RawHead), w.speaks+" 201") {
					t.Errorf("RawHead = %q", response.RawHead)
				}
				if !strings.HasPrefix(string(attempt.Sent.Head), "PUT /a%2Fb//c?q=%7e ") {
					t.Errorf("Sent.Head = %q", attempt.Sent.Head)
				}
			})
		}
	})
}

func TestTimelineHasThePhasesThatHappened(t *testing.T) {
	everyWay(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hi") }, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		s := newSession(t, transport.Options{})
		first, second := mustDo(t, s, request("/")), mustDo(t, s, request("/"))
		want := []httpcore.Phase{httpcore.PhaseConnect, httpcore.PhaseTLS, httpcore.PhaseSend, httpcore.PhaseWait, httpcore.PhaseReceive}
		if !w.secure || w.speaks == "HTTP/3" { // QUIC's handshake is that of TLS
			want = append(want[:1], want[2:]...)
		}
		if diff := cmp.Diff(want, phases(first)); diff != "" {
			t.Errorf("phases of a new connection (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(want[len(want)-3:], phases(second)); diff != "" {
			t.Errorf("phases of a reused connection (-want +got):\n%s", diff)
		}
		if first.Conn.Reused || !second.Conn.Reused || second.Conn.Uses != 1 {
			t.Errorf("reuse = %+v, then %+v", first.Conn, second.Conn)
		}
		if !second.Conn.Remote.IsValid() || second.Conn.Remote != first.Conn.Remote || second.Conn.Local != first.Conn.Local {
			t.Errorf("addresses = %+v, then %+v", first.Conn, second.Conn)
		}
	})
}

func phases(attempt *httpcore.Attempt) []httpcore.Phase {
	var names []httpcore.Phase
	for _, span := range attempt.Timeline {
		names = append(names, span.Phase)
		if span.End < span.Start {
			return append(names, "which never ended")
		}
	}
	return names
}

func TestEveryWayTimesOutOnSilence(t *testing.T) {
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/body" {
			fmt.Fprint(w, "abc")
			w.(http.Flusher).Flush()
		}
		<-r.Context().Done()
	}, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		s := newSession(t, transport.Options{})
		r := request("/head")
		r.Options.Timeout.Read = gap
		_, err := do(t, s, r)
		wantError(t, err, httpcore.KindReadTimeout, "after the request")

		r = request("/body")
		r.Options.Timeout.Read = gap
		x, err := do(t, s, r)
		wantError(t, err, httpcore.KindReadTimeout, "3 bytes of the response body")
		if got := content(t, x.Response()); got != "abc" {
			t.Errorf("body = %q", got)
		}
	})
}

func TestEveryWayTimesOutOnAStalledUpload(t *testing.T) {
	// Over HTTP/1.1 a handler does not hear that its client went away while it reads nothing.
	over := make(chan struct{}, len(ways))
	everyWay(t, func(w http.ResponseWriter, r *http.Request) { <-over }, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		r := request("/")
		r.Method, r.Body = "POST", &endless{limit: 1 << 40}
		r.Options.Timeout.Read = gap
		_, err := do(t, newSession(t, transport.Options{}), r)
		over <- struct{}{}
		wantError(t, err, httpcore.KindReadTimeout, "took nothing of the request body")
	})
}

func TestEveryWayCancels(t *testing.T) {
	reached := make(chan struct{}, 1)
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "abc")
		w.(http.Flusher).Flush()
		reached <- struct{}{}
		<-r.Context().Done()
	}, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			<-reached
			cancel()
		}()
		_, err := doContext(ctx, t, newSession(t, transport.Options{}), request("/"))
		wantError(t, err, httpcore.KindCanceled)
	})
}

func TestEveryWayRefusesABodyOfAnotherSize(t *testing.T) {
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {
		if b, err := io.ReadAll(r.Body); err == nil {
			t.Errorf("the server got a whole body: %q", b)
		}
	}, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		for _, payload := range []body.Payload{promised{text: "abc", size: 10}, promised{text: "abcdef", size: 3}, promised{text: "abc", size: 10, fault: errDisk}} {
			r := request("/")
			r.Method, r.Body = "POST", payload
			_, err := do(t, newSession(t, transport.Options{}), r)
			wantError(t, err, httpcore.KindBody)
		}
	})
}

func TestEveryWayRefusesAHeadItCanNotCarry(t *testing.T) {
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {}, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		s := newSession(t, transport.Options{})
		const host = "bücher.test"
		r := request("/")
		r.Headers = httpcore.Fields{{Name: "Host", Value: host}}
		_, err := do(t, s, r)
		if w.isMultiplexed() {
			wantError(t, err, httpcore.KindHeader, host)
		} else if err != nil {
			t.Error(err)
		}
		if mustDo(t, s, request("/")).Response.Status != 200 { // the room on the connection was given back
			t.Error("the connection is lost")
		}
	})
}

func TestEveryWaySaysThatABodyIsCutShort(t *testing.T) {
	arrived := make(chan struct{}, 1)
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "10")
		fmt.Fprint(w, "abc")
		w.(http.Flusher).Flush()
		<-arrived // a reset may overtake what was sent before it
		panic(http.ErrAbortHandler)
	}, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		s := newSession(t, transport.Options{})
		p, err := s.Prepare(t.Context(), request("/"))
		if err != nil {
			t.Fatal(err)
		}
		x, err := s.Do(t.Context(), p, httpcore.SinkFunc(func(event httpcore.Event) {
			if _, ok := event.(httpcore.Downloaded); ok {
				arrived <- struct{}{}
			}
		}))
		t.Cleanup(func() { _ = x.Close() })
		wantError(t, err, httpcore.KindTruncated, "3 of 10 bytes")
		if got := content(t, x.Response()); got != "abc" {
			t.Errorf("body = %q", got)
		}
	})
}

func TestEveryWayCarriesHundredsAtOnce(t *testing.T) {
	const requests = 300
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s%s", b, r.URL.Query().Get("n"))
	}, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		s := newSession(t, transport.Options{})
		var dials sync.Map
		var connected atomic.Int64
		var wg sync.WaitGroup
		for n := range requests {
			wg.Go(func() {
				r := request(fmt.Sprintf("/?n=%d", n))
				r.Options.Timeout = httpcore.Timeouts{Connect: time.Minute, Read: time.Minute}
				if n%2 == 0 {
					r.Method, r.Body = "POST", body.Text(strings.Repeat("x", n*100), "")
				}
				x, err := do(t, s, r)
				if err != nil {
					t.Errorf("request %d: %v", n, err)
					return
				}
				want := fmt.Sprint(n)
				if n%2 == 0 {
					want = strings.Repeat("x", n*100) + want
				}
				if got := content(t, x.Response()); got != want {
					t.Errorf("request %d got the answer of another: %.40q", n, got)
				}
				if _, known := dials.LoadOrStore(x.Last().Conn.Local, true); !known {
					connected.Add(1)
				}
			})
		}
		wg.Wait()
		if w.isMultiplexed() && connected.Load() > 3 {
			t.Errorf("%d connections for %d streams", connected.Load(), requests)
		}
	})
}

// silent is a payload that yields nothing before its channel is closed, like a pipe that nobody writes to. It may be
// silent in Open already.
type silent struct {
	until  chan struct{}
	inOpen bool
	size   int64
}

func (s silent) ContentType() string { return "" }
func (s silent) Size() int64         { return s.size }

func (s silent) Open() (io.ReadCloser, error) {
	if s.inOpen {
		<-s.until
	}
	return s, nil
}

func (s silent) Read([]byte) (int, error) {
	<-s.until
	return 0, io.EOF
}

func (s silent) Close() error { return nil }

func TestCancelWhileTheContentIsSilent(t *testing.T) {
	begun := make(chan string, 100)
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {
		begun <- r.URL.Path
		_, _ = io.Copy(io.Discard, r.Body)
	}, func(t *testing.T, _ way, request func(string) *httpcore.Request) {
		for name, payload := range map[string]silent{"in open": {inOpen: true, size: -1}, "in read": {size: -1}, "in read, of known size": {size: 1 << 20}} {
			t.Run(name, func(t *testing.T) {
				payload.until = make(chan struct{})
				defer close(payload.until)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				r := request("/" + url.PathEscape(t.Name()))
				r.Method, r.Body = "POST", payload
				stopped := make(chan error, 1)
				s := newSession(t, transport.Options{})
				go func() {
					_, err := doContext(ctx, t, s, r)
					stopped <- err
				}()
				for payload.size < 0 && <-begun != "/"+t.Name() { // the head does not wait for the content
				}
				cancel()
				select {
				case err := <-stopped:
					wantError(t, err, httpcore.KindCanceled)
				case <-time.After(watchdog):
					t.Fatal("canceling waits for the content")
				}
			})
		}
	})
}
