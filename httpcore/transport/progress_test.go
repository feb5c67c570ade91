package transport_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

// piped returns a dialer whose connections are pipes to handle, for tests on a clock of their own.
func piped(handle func(net.Conn, *bufio.Reader)) transport.Dialer {
	return dialFunc(func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go func() {
			defer server.Close()
			handle(server, bufio.NewReaderSize(server, 16))
		}()
		return client, nil
	})
}

// TestProgressIsNoTimeout is about peers that are slow in all, and never silent for as long as the read timeout.
func TestProgressIsNoTimeout(t *testing.T) {
	const (
		timeout = 10 * time.Second
		pause   = 9 * time.Second
	)
	for _, test := range []struct {
		name    string
		content body.Payload
		handle  func(net.Conn, *bufio.Reader)
	}{
		{"the head drips", nil, func(conn net.Conn, r *bufio.Reader) {
			_, _ = readHead(r)
			for _, b := range []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") {
				time.Sleep(pause)
				_, _ = conn.Write([]byte{b})
			}
		}},
		{"the body drips", nil, func(conn net.Conn, r *bufio.Reader) {
			_, _ = readHead(r)
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n")
			for range 20 {
				time.Sleep(pause)
				_, _ = io.WriteString(conn, "x")
			}
		}},
		{"the body is taken in small bites", &endless{limit: 100_000}, func(conn net.Conn, r *bufio.Reader) {
			_, _ = readHead(r)
			for left := int64(100_000); left > 0; {
				time.Sleep(pause)
				n, err := io.CopyN(io.Discard, r, min(left, 1000))
				if err != nil {
					return
				}
				left -= n
			}
			time.Sleep(pause)
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
		}},
		{"the content comes slowly", slowly{4, 25 * time.Second}, func(conn net.Conn, r *bufio.Reader) {
			if _, err := readRequest(r); err == nil {
				time.Sleep(pause)
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{Dialer: piped(test.handle)})})
				defer s.Close()
				request := get("http://192.0.2.1/")
				request.Options.Timeout = httpcore.Timeouts{Read: timeout}
				request.Body = test.content
				x, err := doContext(context.Background(), t, s, request)
				if err != nil || x.Response().Status != 200 {
					t.Errorf("error = %v", err)
				}
			})
		})
	}
}

// slowly is a payload that yields a byte after each pause, as a program at the other end of a pipe may.
type slowly struct {
	bytes int
	pause time.Duration
}

func (s slowly) ContentType() string          { return "" }
func (s slowly) Size() int64                  { return -1 }
func (s slowly) Open() (io.ReadCloser, error) { return &slowReader{s}, nil }

type slowReader struct{ left slowly }

func (r *slowReader) Read(p []byte) (int, error) {
	time.Sleep(r.left.pause)
	if r.left.bytes == 0 {
		return 0, io.EOF
	}
	r.left.bytes--
	return copy(p, "x"), nil
}

func (r *slowReader) Close() error { return nil }

// TestStallIsATimeout is about peers that make progress once, and then none.
func TestStallIsATimeout(t *testing.T) {
	const timeout = 10 * time.Second
	synctest.Test(t, func(t *testing.T) {
		stalled := make(chan time.Time, 1)
		over := make(chan struct{})
		defer close(over)
		s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{Dialer: piped(func(conn net.Conn, r *bufio.Reader) {
			_, _ = readHead(r)
			time.Sleep(9 * time.Second)
			_, _ = io.CopyN(io.Discard, r, 1000)
			stalled <- time.Now()
			<-over
		})})})
		defer s.Close()
		request := post("http://192.0.2.1/", &endless{limit: 100_000})
		request.Options.Timeout = httpcore.Timeouts{Read: timeout}
		_, err := doContext(context.Background(), t, s, request)
		wantError(t, err, httpcore.KindReadTimeout, "took nothing of the request body for 10s", "of 100000 bytes")
		if waited := time.Since(<-stalled); waited < timeout || waited > timeout*3/2 {
			t.Errorf("it took %v to notice", waited)
		}
	})
}
