package transport_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

// clock is a clock that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func hello(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hi") }

func TestReuseTellsHowOftenAndHowLongIdle(t *testing.T) {
	everyWay(t, hello, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		clock := newClock()
		s := newSession(t, transport.Options{Now: clock.Now})
		for uses := range 3 {
			conn := mustDo(t, s, request("/")).Conn
			wantIdle := time.Duration(0)
			if uses > 0 {
				wantIdle = 7 * time.Second
			}
			if conn.Uses != uses || conn.Reused != (uses > 0) || conn.Idle != wantIdle {
				t.Errorf("request %d: reused %v, uses %d, idle %v; want uses %d, idle %v", uses, conn.Reused, conn.Uses, conn.Idle, uses, wantIdle)
			}
			clock.advance(7 * time.Second)
		}
	})
}

func TestIdleConnectionsExpire(t *testing.T) {
	everyWay(t, hello, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		clock := newClock()
		s := newSession(t, transport.Options{Now: clock.Now, Limits: transport.Limits{IdleTimeout: time.Minute}})
		mustDo(t, s, request("/"))
		clock.advance(59 * time.Second)
		if !mustDo(t, s, request("/")).Conn.Reused {
			t.Error("a connection was given up before its time")
		}
		clock.advance(60 * time.Second)
		if mustDo(t, s, request("/")).Conn.Reused {
			t.Error("a connection was used after its time")
		}
	})
}

func TestExpiredConnectionsAreClosedUnasked(t *testing.T) {
	closed := make(chan struct{})
	address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		_, _ = readHead(r)
		_, _ = io.WriteString(conn, "HTTP/1.1 204 No Content\r\n\r\n")
		_, _ = io.Copy(io.Discard, r)
		close(closed)
	})
	s := newSession(t, transport.Options{Limits: transport.Limits{IdleTimeout: gap}})
	mustDo(t, s, get("http://"+address))
	select {
	case <-closed:
	case <-time.After(watchdog):
		t.Error("the connection is still open")
	}
}

func TestIdleLimits(t *testing.T) {
	var open atomic.Int64
	address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		open.Add(1)
		defer open.Add(-1)
		for {
			if _, err := readHead(r); err != nil {
				return
			}
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n")
			_, _ = io.WriteString(conn, "x")
		}
	})
	for _, limits := range []transport.Limits{{IdlePerHost: 2}, {Idle: 2}} {
		tr := transport.New(transport.Options{Limits: limits})
		carry(t, tr, get("http://"+address), func(ctx context.Context, send sender) {
			var replies []*httpcore.Reply
			for range 5 {
				reply, err := send(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				replies = append(replies, reply)
			}
			for _, reply := range replies {
				_, _ = io.Copy(io.Discard, reply.Body)
			}
		})
		eventually(t, func() bool { return open.Load() == 2 }, "2 idle connections")
		_ = tr.Close()
		eventually(t, func() bool { return open.Load() == 0 }, "no connection after Close")
	}
}

func TestBodyClosedEarlyGivesTheConnectionUp(t *testing.T) {
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write(make([]byte, 1<<20))
	}, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		tr := transport.New(transport.Options{})
		defer tr.Close()
		carry(t, tr, request("/"), func(ctx context.Context, send sender) {
			reply, err := send(ctx)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := io.ReadFull(reply.Body, make([]byte, 10)); err != nil {
				t.Error(err)
			}
			_ = reply.Body.Close()
			if _, err := reply.Body.Read(make([]byte, 1)); err == nil {
				t.Error("a closed body could be read")
			}
		})
		s := httpcore.NewSession(httpcore.SessionOptions{Transport: tr})
		attempt := mustDo(t, s, request("/"))
		if attempt.Conn.Reused && !w.isMultiplexed() {
			t.Error("a connection with half a reply on it was used again")
		}
	})
}

func TestConnectionsThatAreNotKept(t *testing.T) {
	for name, reply := range map[string]string{
		"the server says close":           "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\nhi",
		"HTTP/1.0":                        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi",
		"bytes after the content":         "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi!",
		"content that a 204 can not have": "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nhi",
		"Content-Length beside chunked":   "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := newSession(t, transport.Options{})
			address := replying(t, reply, false)
			mustDo(t, s, get("http://"+address))
			if mustDo(t, s, get("http://"+address)).Conn.Reused {
				t.Error("the connection was used again")
			}
		})
	}
	t.Run("the request says close", func(t *testing.T) {
		s := newSession(t, transport.Options{})
		request := get("http://" + replying(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", false))
		request.Headers = httpcore.Fields{{Name: "Connection", Value: "close"}}
		mustDo(t, s, request)
		if mustDo(t, s, request).Conn.Reused {
			t.Error("the connection was used again")
		}
	})
	t.Run("HTTP/1.0 with keep-alive is kept", func(t *testing.T) {
		s := newSession(t, transport.Options{})
		address := replying(t, "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nhi", false)
		mustDo(t, s, get("http://"+address))
		if !mustDo(t, s, get("http://"+address)).Conn.Reused {
			t.Error("the connection was not used again")
		}
	})
}

func TestConnectionsAreKeptApartByWhatShapesThem(t *testing.T) {
	origin, ca := serve(t, http.HandlerFunc(hello), true)
	base := func() *httpcore.Request {
		r := get(origin)
		r.Options.TLS.CA = ca
		return r
	}
	for name, change := range map[string]func(*httpcore.Request){
		"trust":       func(r *httpcore.Request) { r.Options.TLS.Insecure = true },
		"server name": func(r *httpcore.Request) { r.Options.TLS.ServerName = "example.com" },
		"protocol":    func(r *httpcore.Request) { r.Options.Protocol = httpcore.ProtocolHTTP1 },
		"family":      func(r *httpcore.Request) { r.Options.Network.Family = "4" },
		"resolve": func(r *httpcore.Request) {
			address := r.URL[len("https://"):]
			r.Options.Network.Resolve = map[string]string{address: address}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSession(t, transport.Options{})
			mustDo(t, s, base())
			other := base()
			change(other)
			if mustDo(t, s, other).Conn.Reused {
				t.Error("a connection made under other options was used")
			}
			if !mustDo(t, s, base()).Conn.Reused {
				t.Error("the first connection was forgotten")
			}
		})
	}
}

// TestDeadConnection is about a kept connection that the server gives up the moment the next request arrives.
func TestDeadConnection(t *testing.T) {
	for _, test := range []struct {
		name    string
		request func(*httpcore.Request)
		again   bool
	}{
		{"GET", func(*httpcore.Request) {}, true},
		{"PUT", func(r *httpcore.Request) { r.Method, r.Body = "PUT", body.Text("hello", "") }, true},
		{"PUT of an unknown size", func(r *httpcore.Request) { r.Method, r.Body = "PUT", stream("hello") }, true},
		{"POST", func(r *httpcore.Request) { r.Method, r.Body = "POST", body.Text("hello", "") }, false},
		{"PATCH", func(r *httpcore.Request) { r.Method, r.Body = "PATCH", body.Text("hello", "") }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var conns atomic.Int64
			address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
				first := conns.Add(1) == 1
				for n := 0; ; n++ {
					if _, err := readRequest(r); err != nil || first && n == 1 {
						return
					}
					_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
				}
			})
			s := newSession(t, transport.Options{})
			mustDo(t, s, get("http://"+address))
			second := get("http://" + address)
			test.request(second)
			x, err := do(t, s, second)
			if !test.again {
				wantError(t, err, httpcore.KindClosed, "without an answer")
				if conns.Load() != 1 {
					t.Error("it was sent again, and may have been done twice")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if last := x.Last(); last.Conn.Reused || content(t, last.Response) != "hi" {
				t.Errorf("connection = %+v", last.Conn)
			}
		})
	}
}

func TestNewConnectionThatDiesIsNotRetried(t *testing.T) {
	var conns atomic.Int64
	address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		conns.Add(1)
		_, _ = readHead(r)
	})
	_, err := do(t, newSession(t, transport.Options{}), get("http://"+address))
	wantError(t, err, httpcore.KindClosed)
	if conns.Load() != 1 {
		t.Errorf("%d connections were made", conns.Load())
	}
}

func TestConnectionClosedWhileIdleIsNotUsed(t *testing.T) {
	var closed sync.WaitGroup
	closed.Add(1)
	var conns atomic.Int64
	address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		_, _ = readRequest(r)
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")
		if conns.Add(1) == 1 {
			_ = conn.Close()
			closed.Done()
		}
	})
	s := newSession(t, transport.Options{})
	mustDo(t, s, get("http://"+address))
	closed.Wait()
	// A POST would fail if it went out on the dead connection, for it can't be sent again.
	attempt := mustDo(t, s, post("http://"+address, body.Text("hello", "")))
	if attempt.Conn.Reused {
		t.Error("the dead connection was used")
	}
}

// eventually waits for a condition that other goroutines bring about.
func eventually(t testing.TB, met func() bool, what string) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(watchdog); !met(); <-tick.C {
		if time.Now().After(deadline) {
			t.Errorf("still not so: %s", what)
			return
		}
	}
}

// sender sends a request once more.
type sender func(context.Context) (*httpcore.Reply, error)

// carry gives use the means to make round trips of r by hand, without a session reading the replies.
func carry(t testing.TB, tr *transport.Transport, r *httpcore.Request, use func(context.Context, sender)) {
	t.Helper()
	outer := httpcore.NewSession(httpcore.SessionOptions{Transport: carrier{func(ctx context.Context, p *httpcore.Prepared, trace *httpcore.Trace) {
		use(ctx, func(ctx context.Context) (*httpcore.Reply, error) { return tr.RoundTrip(ctx, p, trace) })
	}}})
	p, err := outer.Prepare(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	x, err := outer.Do(context.Background(), p, nil)
	if err == nil {
		t.Fatal("a carrier has no reply")
	}
	_ = x.Close()
}

// carrier is a transport whose round trip only lends its trace.
type carrier struct {
	use func(context.Context, *httpcore.Prepared, *httpcore.Trace)
}

func (c carrier) RoundTrip(ctx context.Context, p *httpcore.Prepared, trace *httpcore.Trace) (*httpcore.Reply, error) {
	c.use(ctx, p, trace)
	return nil, &httpcore.Error{Kind: httpcore.KindCanceled, Message: "the carrier is done"}
}

func (c carrier) Close() error { return nil }
