package transport_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

// framer is the server's side of a raw HTTP/2 connection.
type framer struct {
	*http2.Framer
	conn  net.Conn
	block bytes.Buffer
	hpack *hpack.Encoder
}

// rawHTTP2 answers each request on each connection with answer, whose count starts at 0 on every connection. It returns
// the address.
func rawHTTP2(t *testing.T, answer func(f *framer, stream uint32, count int) (goOn bool)) string {
	t.Helper()
	return rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		if _, err := io.ReadFull(r, make([]byte, len(http2.ClientPreface))); err != nil {
			return
		}
		f := &framer{Framer: http2.NewFramer(conn, r), conn: conn}
		f.hpack = hpack.NewEncoder(&f.block)
		_ = f.WriteSettings()
		for count := 0; ; {
			frame, err := f.ReadFrame()
			if err != nil {
				return
			}
			if settings, ok := frame.(*http2.SettingsFrame); ok && !settings.IsAck() {
				_ = f.WriteSettingsAck()
			}
			if _, ok := frame.(*http2.HeadersFrame); !ok {
				continue
			}
			if !answer(f, frame.Header().StreamID, count) {
				_, _ = io.Copy(io.Discard, r)
				return
			}
			count++
		}
	})
}

// head writes a response head with the given fields, name and value by turns.
func (f *framer) head(stream uint32, end bool, fields ...string) {
	f.block.Reset()
	for i := 0; i < len(fields); i += 2 {
		_ = f.hpack.WriteField(hpack.HeaderField{Name: fields[i], Value: fields[i+1]})
	}
	_ = f.WriteHeaders(http2.HeadersFrameParam{StreamID: stream, BlockFragment: f.block.Bytes(), EndHeaders: true, EndStream: end})
}

// known is a GET over HTTP/2 in the clear.
func known(address string) *httpcore.Request {
	r := get("http://" + address)
	r.Options.Protocol = httpcore.ProtocolPriorKnowledge
	return r
}

func TestHTTP2Faults(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer func(f *framer, stream uint32)
		kind   httpcore.Kind
		parts  []string
		body   string
	}{
		{"reset before the head", func(f *framer, s uint32) { _ = f.WriteRSTStream(s, http2.ErrCodeInternal) }, httpcore.KindClosed, []string{"INTERNAL_ERROR"}, ""},
		{"wants HTTP/1.1", func(f *framer, s uint32) { _ = f.WriteRSTStream(s, http2.ErrCodeHTTP11Required) }, httpcore.KindProtocol, []string{"HTTP_1_1_REQUIRED"}, ""},
		{"reset in the body", func(f *framer, s uint32) {
			f.head(s, false, ":status", "200", "content-length", "10")
			_ = f.WriteData(s, false, []byte("abc"))
			_ = f.WriteRSTStream(s, http2.ErrCodeInternal)
		}, httpcore.KindTruncated, []string{"3 of 10 bytes", "INTERNAL_ERROR"}, "abc"},
		{"ends before its length", func(f *framer, s uint32) {
			f.head(s, false, ":status", "200", "content-length", "10")
			_ = f.WriteData(s, true, []byte("abc"))
		}, httpcore.KindTruncated, []string{"3 of 10 bytes"}, "abc"},
		{"closes before the head", func(f *framer, s uint32) { _ = f.conn.Close() }, httpcore.KindClosed, []string{"without an answer"}, ""},
		{"closes in the body", func(f *framer, s uint32) {
			f.head(s, false, ":status", "200")
			_ = f.WriteData(s, false, []byte("abc"))
			_ = f.conn.(*net.TCPConn).CloseWrite()
		}, httpcore.KindTruncated, []string{"3 bytes"}, "abc"},
		{"goes away for a reason", func(f *framer, s uint32) {
			_ = f.WriteGoAway(0, http2.ErrCodeEnhanceYourCalm, []byte("slow down"))
			_ = f.conn.(*net.TCPConn).CloseWrite()
		}, httpcore.KindProtocol, []string{"ENHANCE_YOUR_CALM"}, ""},
		{"breaks the framing", func(f *framer, s uint32) { _ = f.WriteRawFrame(http2.FrameData, 0, 0, nil) }, httpcore.KindProtocol, []string{"PROTOCOL_ERROR"}, ""},
		{"has no status", func(f *framer, s uint32) { f.head(s, true, "x-a", "b") }, httpcore.KindProtocol, nil, ""},
		{"has a field name in upper case", func(f *framer, s uint32) { f.head(s, true, ":status", "200", "X-Upper", "b") }, httpcore.KindProtocol, nil, ""},
		{"has a head without end", func(f *framer, s uint32) {
			f.head(s, true, ":status", "200", "x-a", strings.Repeat("a", 9000), "x-b", strings.Repeat("b", 5000))
		}, httpcore.KindProtocol, []string{"header"}, ""},
		{"interim responses without end", func(f *framer, s uint32) {
			for range 100 {
				f.head(s, false, ":status", "103")
			}
		}, httpcore.KindProtocol, []string{"3 interim"}, ""},
		{"large interim responses", func(f *framer, s uint32) {
			for range 3 {
				f.head(s, false, ":status", "103", "link", strings.Repeat("x", 4000))
			}
		}, httpcore.KindProtocol, []string{"interim", "10000 bytes"}, ""},
		{"silent", func(f *framer, s uint32) {}, httpcore.KindReadTimeout, []string{"after the request"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			address := rawHTTP2(t, func(f *framer, stream uint32, _ int) bool {
				test.answer(f, stream)
				return true
			})
			request := known(address)
			if test.kind == httpcore.KindReadTimeout {
				request.Options.Timeout.Read = gap
			}
			x, err := do(t, newSession(t, transport.Options{Limits: transport.Limits{HeadSize: 10_000, Interim: 3}}), request)
			wantError(t, err, test.kind, append(test.parts, address)...)
			if test.body != "" {
				if got := content(t, x.Response()); got != test.body {
					t.Errorf("body = %q, want %q to be kept", got, test.body)
				}
			}
		})
	}
}

func TestRefusedStreamIsSentAgain(t *testing.T) {
	var conns atomic.Int64
	address := rawHTTP2(t, func(f *framer, stream uint32, count int) bool {
		if conns.Add(1) == 1 {
			_ = f.WriteRSTStream(stream, http2.ErrCodeRefusedStream)
			return true
		}
		f.head(stream, true, ":status", "204")
		return true
	})
	// RFC 9113 section 8.7: a refused stream was not looked at, so even a POST may be sent again.
	request := known(address)
	request.Method, request.Body = "POST", body.Text("hello", "")
	if attempt := mustDo(t, newSession(t, transport.Options{}), request); attempt.Response.Status != 204 {
		t.Errorf("status = %d", attempt.Response.Status)
	}
}

func TestRequestThatAServerGoingAwayDidNotSeeIsSentAgain(t *testing.T) {
	var conns atomic.Int64
	address := rawHTTP2(t, func(f *framer, stream uint32, count int) bool {
		if count == 1 {
			conns.Add(1)
			_ = f.WriteGoAway(stream-2, http2.ErrCodeNo, nil)
			return true
		}
		f.head(stream, true, ":status", "204")
		return true
	})
	s := newSession(t, transport.Options{})
	mustDo(t, s, known(address))
	request := known(address)
	request.Method, request.Body = "POST", body.Text("hello", "")
	mustDo(t, s, request)
	if conns.Load() != 1 {
		t.Error("the server did not go away")
	}
}

func TestConnectionThatGoesAwayIsReplaced(t *testing.T) {
	address := rawHTTP2(t, func(f *framer, stream uint32, count int) bool {
		f.head(stream, true, ":status", "204")
		_ = f.WriteGoAway(stream, http2.ErrCodeNo, nil)
		return true
	})
	s := newSession(t, transport.Options{})
	for range 3 {
		mustDo(t, s, known(address))
	}
}

func TestDeadHTTP2ConnectionIsReplaced(t *testing.T) {
	var conns atomic.Int64
	address := rawHTTP2(t, func(f *framer, stream uint32, count int) bool {
		if count == 0 {
			conns.Add(1)
			f.head(stream, true, ":status", "204")
			return true
		}
		_ = f.conn.Close()
		return true
	})
	s := newSession(t, transport.Options{})
	mustDo(t, s, known(address))
	if mustDo(t, s, known(address)).Conn.Reused || conns.Load() != 2 {
		t.Error("the answer came over the dead connection")
	}
	request := known(address)
	request.Method, request.Body = "POST", body.Text("hello", "")
	_, err := do(t, s, request)
	wantError(t, err, httpcore.KindClosed)
}

func TestSilentHTTP2ConnectionIsNotUsedAgain(t *testing.T) {
	address := rawHTTP2(t, func(f *framer, stream uint32, count int) bool {
		if count == 0 {
			f.head(stream, true, ":status", "204")
		}
		return true
	})
	s := newSession(t, transport.Options{})
	mustDo(t, s, known(address))
	request := known(address)
	request.Options.Timeout.Read = gap
	_, err := do(t, s, request)
	wantError(t, err, httpcore.KindReadTimeout)
	if mustDo(t, s, known(address)).Conn.Reused {
		t.Error("a connection that went silent was used again")
	}
}

func TestHTTP2FieldsOnTheWire(t *testing.T) {
	got := make(chan http.Header, 1)
	everyWay(t, func(w http.ResponseWriter, r *http.Request) { got <- r.Header }, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		r := request("/")
		r.Without = []string{"User-Agent", "Accept", "Accept-Encoding"}
		r.Headers = httpcore.Fields{{Name: "Connection", Value: "x-hop"}, {Name: "X-Hop", Value: "1"}, {Name: "X-Two", Value: "a"}, {Name: "x-two", Value: "b"}}
		attempt := mustDo(t, newSession(t, transport.Options{}), r)
		header := <-got
		if !w.isMultiplexed() {
			return
		}
		// Nothing but what was asked for: no User-Agent and no Accept-Encoding of the library's.
		if len(header) != 1 || fmt.Sprint(header["X-Two"]) != "[a b]" {
			t.Errorf("the server got %v", header)
		}
		if head := string(attempt.Sent.Head); strings.Contains(strings.ToLower(head), "x-hop") || !strings.Contains(head, "\r\nx-two: a\r\nx-two: b\r\n") {
			t.Errorf("Sent.Head = %q", head)
		}
	})
}

// TestHTTP2BytesCanBeObserved fails when the HTTP/2 library no longer speaks through a connection that is not its own,
// which a log of the wire depends on.
func TestHTTP2BytesCanBeObserved(t *testing.T) {
	origin, _ := serve(t, http.HandlerFunc(hello), false)
	var read atomic.Int64
	request := known(strings.TrimPrefix(origin, "http://"))
	mustDo(t, newSession(t, transport.Options{Dialer: &tapDialer{arrived: read.Store}}), request)
	if read.Load() == 0 {
		t.Error("no byte of the reply was seen")
	}
}

func TestBurstToANewHTTP2ServerSharesOneConnection(t *testing.T) {
	origin, ca := serve(t, http.HandlerFunc(hello), true)
	tr := transport.New(transport.Options{})
	defer tr.Close()
	s := httpcore.NewSession(httpcore.SessionOptions{Transport: tr})
	results := make(chan httpcore.Conn)
	const burst = 50
	for range burst {
		go func() {
			r := get(origin)
			r.Options.TLS.CA = ca
			x, err := do(t, s, r)
			if err != nil {
				t.Error(err)
			}
			results <- x.Last().Conn
		}()
	}
	locals := map[string]bool{}
	for range burst {
		locals[(<-results).Local.String()] = true
	}
	if len(locals) != 1 {
		t.Errorf("%d connections were made", len(locals))
	}
}

func TestCanceledDialDoesNotHoldOthersUp(t *testing.T) {
	origin, ca := serve(t, http.HandlerFunc(hello), true)
	address := strings.TrimPrefix(origin, "https://")
	first := make(chan struct{})
	var calls atomic.Int64
	dialer := dialFunc(func(ctx context.Context, network, _ string) (net.Conn, error) {
		if calls.Add(1) == 1 {
			close(first)
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	})
	s := newSession(t, transport.Options{Dialer: dialer})
	r := get(origin)
	r.Options.TLS.CA = ca
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		_, err := doContext(ctx, t, s, r)
		done <- err
	}()
	<-first
	go func() {
		_, err := do(t, s, r)
		done <- err
	}()
	cancel()
	wantError(t, <-done, httpcore.KindCanceled)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

func (f dialFunc) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	return f(ctx, network, address)
}
