package transport_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// watchdog bounds every test that could hang.
const watchdog = 30 * time.Second

// newSession returns a session over a new transport; both end with the test.
func newSession(t testing.TB, o transport.Options) *httpcore.Session {
	t.Helper()
	s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(o)})
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// get is a GET with the default options and a short read timeout.
func get(url string) *httpcore.Request {
	o := httpcore.DefaultOptions()
	o.Timeout = httpcore.Timeouts{Connect: watchdog, Read: watchdog}
	return &httpcore.Request{URL: url, Options: o}
}

// post is a POST with content.
func post(url string, content body.Payload) *httpcore.Request {
	r := get(url)
	r.Method, r.Body = "POST", content
	return r
}

// do sends r and returns the exchange, which is closed with the test.
func do(t testing.TB, s *httpcore.Session, r *httpcore.Request) (*httpcore.Exchange, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*watchdog)
	defer cancel()
	return doContext(ctx, t, s, r)
}

func doContext(ctx context.Context, t testing.TB, s *httpcore.Session, r *httpcore.Request) (*httpcore.Exchange, error) {
	t.Helper()
	p, err := s.Prepare(ctx, r)
	if err != nil {
		t.Fatalf("Prepare: %v", err)
	}
	x, err := s.Do(ctx, p, nil)
	t.Cleanup(func() { _ = x.Close() })
	checkTimeline(t, x)
	return x, err
}

// checkTimeline holds every exchange to what a waterfall shows: spans that follow one another, within the whole.
func checkTimeline(t testing.TB, x *httpcore.Exchange) {
	t.Helper()
	for _, attempt := range x.Attempts() {
		last := time.Duration(0)
		for _, span := range attempt.Timeline {
			if span.Start < last || span.End < span.Start {
				t.Errorf("the timeline is out of order: %v", attempt.Timeline)
			}
			last = span.End
		}
		if attempt.Started.Add(last).After(x.Ended) {
			t.Errorf("the timeline ends after the exchange, which took %v: %v", x.Total(), attempt.Timeline)
		}
		if attempt.Response != nil && x.Elapsed() > x.Total() {
			t.Errorf("elapsed is %v of %v", x.Elapsed(), x.Total())
		}
	}
}

// mustDo is do for a request that has to succeed.
func mustDo(t testing.TB, s *httpcore.Session, r *httpcore.Request) *httpcore.Attempt {
	t.Helper()
	x, err := do(t, s, r)
	if err != nil {
		t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	return x.Last()
}

// content is all that a response's body holds.
func content(t testing.TB, r *httpcore.Response) string {
	t.Helper()
	if r == nil {
		t.Fatal("there is no response")
	}
	b, err := io.ReadAll(r.Body.Reader(context.Background()))
	if err != nil {
		t.Logf("the body ends in: %v", err)
	}
	return string(b)
}

// wantError checks an error's kind, and that its sentence holds every part.
func wantError(t testing.TB, err error, kind httpcore.Kind, parts ...string) {
	t.Helper()
	e, ok := errors.AsType[*httpcore.Error](err)
	if !ok {
		t.Fatalf("error = %v (%T), want an *httpcore.Error of kind %s", err, err, kind)
	}
	if e.Kind != kind {
		t.Errorf("kind = %s (%s), want %s", e.Kind, e.Message, kind)
	}
	for _, part := range parts {
		if !strings.Contains(e.Message, part) {
			t.Errorf("message = %q, want %q in it", e.Message, part)
		}
	}
}

// rawServer calls handle for each connection, which it closes afterwards, and returns its address. Connections that are
// still open when the test ends are closed.
func rawServer(t testing.TB, handle func(net.Conn, *bufio.Reader)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var (
		mu    sync.Mutex
		conns []net.Conn
		wg    sync.WaitGroup
	)
	wg.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			conns = append(conns, conn)
			mu.Unlock()
			wg.Go(func() {
				defer conn.Close()
				handle(conn, bufio.NewReader(conn))
			})
		}
	})
	t.Cleanup(func() {
		listener.Close()
		mu.Lock()
		for _, conn := range conns {
			conn.Close()
		}
		mu.Unlock()
		wg.Wait()
	})
	return listener.Addr().String()
}

// readRequest reads one request, content included, and returns its bytes; io.EOF when the connection ended before it.
func readRequest(r *bufio.Reader) (string, error) {
	var raw strings.Builder
	request, err := http.ReadRequest(bufio.NewReaderSize(io.TeeReader(r, &raw), 16))
	if err != nil {
		return raw.String(), err
	}
	_, err = io.Copy(io.Discard, request.Body)
	return raw.String(), err
}

// readHead reads up to and with the empty line, and returns it.
func readHead(r *bufio.Reader) (string, error) {
	var head strings.Builder
	for {
		line, err := r.ReadString('\n')
		head.WriteString(line)
		if err != nil || line == "\r\n" {
			return head.String(), err
		}
	}
}

// replying answers every request head on every connection with the same bytes; when closing, only the first.
func replying(t testing.TB, reply string, closing bool) string {
	t.Helper()
	return rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		for {
			if _, err := readHead(r); err != nil {
				return
			}
			if _, err := io.WriteString(conn, reply); err != nil || closing {
				return
			}
		}
	})
}
