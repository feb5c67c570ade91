package transport_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

// gap is the read timeout where a test waits for it.
const gap = 200 * time.Millisecond

// TestServerFaults holds each bad habit of a server to one precise error.
func TestServerFaults(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\n"
	tiny := transport.Limits{HeadSize: 1000, LineLength: 500, Fields: 10, Interim: 3, ChunkLine: 100, TrailerSize: 200}
	for _, test := range []struct {
		name  string
		reply string
		open  bool // the server keeps the connection open afterwards
		kind  httpcore.Kind
		parts []string
		body  string // what has to be there nevertheless
	}{
		{name: "closes without a word", kind: httpcore.KindClosed, parts: []string{"without an answer"}},
		{name: "closes in the status line", reply: "HTTP/1.1 2", kind: httpcore.KindTruncated, parts: []string{"head"}},
		{name: "closes in the header section", reply: head + "X-A: b\r\n", kind: httpcore.KindTruncated, parts: []string{"head"}},
		{name: "closes after an interim response", reply: "HTTP/1.1 103 Early Hints\r\n\r\n", kind: httpcore.KindTruncated, parts: []string{"head"}},
		{name: "closes before the length is there", reply: head + "Content-Length: 10\r\n\r\nabc", kind: httpcore.KindTruncated, parts: []string{"3 of 10 bytes"}, body: "abc"},
		{name: "closes in a chunk", reply: head + "Transfer-Encoding: chunked\r\n\r\n5\r\nabc", kind: httpcore.KindTruncated, parts: []string{"3 bytes"}, body: "abc"},
		{name: "closes in a chunk size", reply: head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1", kind: httpcore.KindTruncated, parts: []string{"3 bytes"}, body: "abc"},
		{name: "closes before the last chunk", reply: head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", kind: httpcore.KindTruncated, parts: []string{"3 bytes"}, body: "abc"},
		{name: "closes in the trailers", reply: head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-A: b", kind: httpcore.KindTruncated, parts: []string{"3 bytes"}, body: "abc"},
		{name: "bad chunk after good ones", reply: head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nq\r\n", kind: httpcore.KindChunked, parts: []string{"hexadecimal"}, body: "abc"},
		{name: "too long a chunk extension", reply: head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1;" + strings.Repeat("x", 100) + "\r\n", kind: httpcore.KindChunked, parts: []string{"100 bytes"}, body: "abc"},
		{name: "endless chunk extension", reply: head + "Transfer-Encoding: chunked\r\n\r\n1;" + strings.Repeat("x", 1<<20), open: true, kind: httpcore.KindChunked, parts: []string{"100 bytes"}},
		{name: "too large trailers", reply: head + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + strings.Repeat("X-A: b\r\n", 100), open: true, kind: httpcore.KindProtocol, parts: []string{"200 bytes"}},
		{name: "endless header line", reply: head + "X-A: " + strings.Repeat("x", 1<<20), open: true, kind: httpcore.KindProtocol, parts: []string{"500 bytes"}},
		{name: "endless header section", reply: head + strings.Repeat("X-A: b\r\n", 1<<16), open: true, kind: httpcore.KindProtocol, parts: []string{"1000 bytes"}},
		{name: "too many fields", reply: head + strings.Repeat("X: b\r\n", 11) + "\r\n", open: true, kind: httpcore.KindProtocol, parts: []string{"10 header fields"}},
		{name: "endless folding", reply: head + "X: b\r\n" + strings.Repeat(" c\r\n", 10) + "\r\n", open: true, kind: httpcore.KindProtocol, parts: []string{"10 header fields"}},
		{name: "large interim responses", reply: strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: "+strings.Repeat("x", 400)+"\r\n\r\n", 3), open: true, kind: httpcore.KindProtocol, parts: []string{"interim", "1000 bytes"}},
		{name: "endless interim responses", reply: strings.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 1000), open: true, kind: httpcore.KindProtocol, parts: []string{"3 interim"}},
		{name: "silent after the request", open: true, kind: httpcore.KindReadTimeout, parts: []string{gap.String(), "after the request"}},
		{name: "silent in the head", reply: head + "X-A", open: true, kind: httpcore.KindReadTimeout, parts: []string{gap.String(), "head"}},
		{name: "silent in the body", reply: head + "Content-Length: 10\r\n\r\nabc", open: true, kind: httpcore.KindReadTimeout, parts: []string{gap.String(), "3 of 10 bytes"}, body: "abc"},
		{name: "silent in a chunk", reply: head + "Transfer-Encoding: chunked\r\n\r\n5\r\nabc", open: true, kind: httpcore.KindReadTimeout, parts: []string{"3 bytes"}, body: "abc"},
		{name: "speaks TLS", reply: "\x15\x03\x01\x00\x02\x02\x0a", open: true, kind: httpcore.KindProtocol, parts: []string{"instead of HTTP/1.1"}},
		{name: "speaks HTTP/2", reply: "\x00\x00\x00\x04\x00\x00\x00\x00\x00", open: true, kind: httpcore.KindProtocol, parts: []string{"instead of HTTP/1.1"}},
		{name: "speaks SSH", reply: "SSH-2.0-OpenSSH_9.6\r\n", open: true, kind: httpcore.KindProtocol, parts: []string{"SSH-2.0"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
				_, _ = readHead(r)
				_, _ = io.WriteString(conn, test.reply)
				if test.open {
					_, _ = io.Copy(io.Discard, r)
				}
			})
			request := get("http://" + address)
			if test.kind == httpcore.KindReadTimeout {
				request.Options.Timeout.Read = gap
			}
			x, err := do(t, newSession(t, transport.Options{Limits: tiny}), request)
			wantError(t, err, test.kind, append(test.parts, address)...)
			if test.body != "" {
				if got := content(t, x.Response()); got != test.body {
					t.Errorf("body = %q, want %q to be kept", got, test.body)
				}
			}
		})
	}
}

func TestResetIsNamed(t *testing.T) {
	for _, test := range []struct {
		name, reply string
		kind        httpcore.Kind
	}{
		{"before the head", "", httpcore.KindClosed},
		{"in the head", "HTTP/1.1 200 OK\r\nX-", httpcore.KindTruncated},
		{"in the body", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", httpcore.KindTruncated},
		{"in a body without a length", "HTTP/1.1 200 OK\r\n\r\nabc", httpcore.KindTruncated},
	} {
		t.Run(test.name, func(t *testing.T) {
			taken := make(chan struct{})
			address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
				_, _ = readHead(r)
				_, _ = io.WriteString(conn, test.reply)
				if test.reply != "" {
					<-taken
				}
				_ = conn.(*net.TCPConn).SetLinger(0)
			})
			request := get("http://" + address)
			ctx, cancel := context.WithTimeout(context.Background(), watchdog)
			defer cancel()
			s := newSession(t, transport.Options{Dialer: &tapDialer{arrived: func(n int64) {
				if n == int64(len(test.reply)) && n > 0 {
					close(taken)
				}
			}}})
			_, err := doContext(ctx, t, s, request)
			wantError(t, err, test.kind, address)
		})
	}
}

// tapDialer dials, and tells how many bytes have been read from the connection.
type tapDialer struct{ arrived func(total int64) }

func (d *tapDialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &tapConn{Conn: conn, arrived: d.arrived}, nil
}

type tapConn struct {
	net.Conn
	total   int64
	arrived func(int64)
}

func (c *tapConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 0 {
		c.total += int64(n)
		c.arrived(c.total)
	}
	return n, err
}

func TestUploadFaults(t *testing.T) {
	for _, test := range []struct {
		name    string
		content body.Payload
		kind    httpcore.Kind
		parts   []string
	}{
		{"shorter than promised", promised{text: "abc", size: 10}, httpcore.KindBody, []string{"3 bytes", "promises 10"}},
		{"longer than promised", promised{text: "abcdef", size: 3}, httpcore.KindBody, []string{"promises 3"}},
		{"much longer than promised", promised{text: strings.Repeat("x", 1<<20), size: 100_000}, httpcore.KindBody, []string{"promises 100000"}},
		{"fails on the way", promised{text: "abc", size: 10, fault: errDisk}, httpcore.KindBody, []string{"the disk is gone"}},
		{"fails on the way, chunked", promised{text: "abc", size: -1, fault: errDisk}, httpcore.KindBody, []string{"the disk is gone"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
				if raw, err := readRequest(r); err == nil {
					t.Errorf("the server got a whole request: %.200q", raw)
				}
			})
			_, err := do(t, newSession(t, transport.Options{}), post("http://"+address, test.content))
			wantError(t, err, test.kind, test.parts...)
		})
	}
}

// Prepare refuses such a head, but a scheme may still add a field; what leaves must have one end only.
func TestTwoFramingsAreNotSent(t *testing.T) {
	address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		if raw, err := readHead(r); err == nil {
			t.Errorf("the server got %q", raw)
		}
	})
	s := newSession(t, transport.Options{})
	p, err := s.Prepare(t.Context(), post("http://"+address, body.Text("abc", "")))
	if err != nil {
		t.Fatal(err)
	}
	p.SetHeader(httpcore.SourceAuth, "Transfer-Encoding", "chunked")
	_, err = s.Do(t.Context(), p, nil)
	wantError(t, err, httpcore.KindBody, "Transfer-Encoding and a Content-Length")
}

func TestStalledUploadTimesOut(t *testing.T) {
	address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		_, _ = readHead(r)
		waitForClose(conn)
	})
	request := post("http://"+address, &endless{limit: 1 << 40})
	request.Options.Timeout.Read = gap
	_, err := do(t, newSession(t, transport.Options{}), request)
	wantError(t, err, httpcore.KindReadTimeout, "took nothing of the request body", "of 1099511627776 bytes", address)
}

// waitForClose returns when the peer, or the test, has closed the connection; it takes nothing off it.
func waitForClose(conn net.Conn) {
	raw, err := conn.(*net.TCPConn).SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Write(func(uintptr) bool { return false })
}

func TestCancelUnblocksAtOnce(t *testing.T) {
	for _, test := range []struct {
		name, reply string
		content     body.Payload
	}{
		{"waiting for the head", "", nil},
		{"reading the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", nil},
		{"sending the body", "", &endless{limit: 1 << 40}},
	} {
		t.Run(test.name, func(t *testing.T) {
			reached := make(chan struct{})
			address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
				_, _ = readHead(r)
				_, _ = io.WriteString(conn, test.reply)
				close(reached)
				if test.content == nil {
					_, _ = io.Copy(io.Discard, r)
				} else {
					waitForClose(conn)
				}
			})
			ctx, cancel := context.WithCancel(context.Background())
			go func() {
				<-reached
				cancel()
			}()
			request := get("http://" + address)
			request.Body = test.content
			_, err := doContext(ctx, t, newSession(t, transport.Options{}), request)
			wantError(t, err, httpcore.KindCanceled)
		})
	}
}

func TestTotalTimeout(t *testing.T) {
	address := replying(t, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", false)
	request := get("http://" + address)
	request.Options.Timeout = httpcore.Timeouts{Total: gap}
	_, err := do(t, newSession(t, transport.Options{}), request)
	wantError(t, err, httpcore.KindTotalTimeout)
	if !errors.Is(err, httpcore.KindTimeout) {
		t.Error("a total timeout is a timeout")
	}
}
