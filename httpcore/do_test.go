package httpcore

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"parley/httpcore/body"
)

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDoDecodesAndCounts(t *testing.T) {
	packed := gzipped(t, "hello")
	cases := []struct {
		name, coding, want string
		options            Decode
		codings            []string
	}{
		{"gzip", "gzip", "hello", Decode{}, []string{"gzip"}},
		{"the old name", "X-GZip", "hello", Decode{}, []string{"gzip"}},
		{"switched off", "gzip", string(packed), Decode{Off: true}, nil},
		{"an unknown coding on top stays, with all beneath it", "gzip, magic", string(packed), Decode{}, nil},
		{"an unknown coding beneath stays", "magic, gzip", "hello", Decode{}, []string{"gzip"}},
		{"identity is none", "identity", string(packed), Decode{}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, _ := newFake(t, func(*sentRequest) *fakeReply {
				return reply(200, "Content-Encoding", c.coding).with(bytes.NewReader(packed))
			})
			r := get("http://h")
			r.Options.Decode = c.options
			x := do(t, s, r, nil)
			if x.Err != nil {
				t.Fatal(x.Err)
			}
			got := x.Response()
			if contentOf(t, got) != c.want || got.WireSize != int64(len(packed)) || strings.Join(got.Codings, " ") != strings.Join(c.codings, " ") {
				t.Errorf("body %q, %d on the wire, codings %v", contentOf(t, got), got.WireSize, got.Codings)
			}
		})
	}
}

// Whatever ends a body early, what came before is kept, and the error says what it was.
func TestDoKeepsWhatArrived(t *testing.T) {
	reset := &fakeReply{err: syscall.ECONNRESET}
	broken := func() *fakeReply {
		return reply(200).with(io.MultiReader(strings.NewReader("partial"), iotest.ErrReader(NetworkError(PhaseReceive, "h:80", io.ErrUnexpectedEOF))))
	}
	corrupt := append(gzipped(t, strings.Repeat("hello ", 10)), "x"...)
	corrupt[len(corrupt)-9] ^= 0xFF // in the checksum
	bomb := gzipped(t, strings.Repeat("\x00", 17<<20))
	cases := []struct {
		name  string
		reply func() *fakeReply
		set   func(*Options)
		kind  Kind
		size  int64 // at least
	}{
		{"reset before the head", func() *fakeReply { return reset }, nil, KindClosed, -1},
		{"closed in the body", broken, nil, KindClosed, 7},
		{"a corrupt coding", func() *fakeReply { return reply(200, "Content-Encoding", "gzip").with(bytes.NewReader(corrupt)) }, nil, KindDecoding, 60},
		{"not the coding it says", func() *fakeReply { return reply(200, "Content-Encoding", "gzip").with(strings.NewReader("plain text")) }, nil, KindDecoding, 0},
		{"a bomb", func() *fakeReply { return reply(200, "Content-Encoding", "gzip").with(bytes.NewReader(bomb)) }, nil, KindTooLarge, 16 << 20},
		{
			"larger than allowed", func() *fakeReply { return reply(200).with(strings.NewReader("0123456789")) },
			func(o *Options) { o.Decode.MaxSize = 4 }, KindTooLarge, 4,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, _ := newFake(t, func(*sentRequest) *fakeReply { return c.reply() })
			r := get("http://h/x")
			if c.set != nil {
				c.set(&r.Options)
			}
			x := do(t, s, r, nil)
			if !errors.Is(x.Err, c.kind) || x.Last().Err == nil {
				t.Fatalf("error %v (attempt: %v), want %s", x.Err, x.Last().Err, c.kind)
			}
			if x.Err.URL != "http://h/x" {
				t.Errorf("the error is for URL %q", x.Err.URL)
			}
			if c.size < 0 {
				return
			}
			if got := x.Response().Body.Size(); got < c.size {
				t.Errorf("%d bytes are kept, want at least %d", got, c.size)
			}
			if done, why := x.Response().Body.Done(); !done || !errors.Is(why, c.kind) {
				t.Errorf("the body's end: %v, %v", done, why)
			}
		})
	}
}

func TestDoEventsComeInOrder(t *testing.T) {
	s, _ := newFake(t, func(sent *sentRequest) *fakeReply {
		if sent.Target == "/" {
			return reply(302, "Location", "/b")
		}
		return reply(200).with(iotest.OneByteReader(strings.NewReader("ab")))
	})
	var events []string
	x := do(t, s, &Request{Method: "POST", URL: "http://h", Body: body.Text("xyz", ""), Options: DefaultOptions()}, SinkFunc(func(e Event) {
		switch e := e.(type) {
		case PhaseBegan:
			events = append(events, string(e.Phase))
		case Uploaded:
			events = append(events, "up")
		case HeadReceived:
			if e.Response.Body == nil || e.Response.Body.Size() > 0 {
				t.Error("the head came after the body")
			}
			events = append(events, "head")
		case Downloaded:
			events = append(events, "down")
		case Redirected:
			events = append(events, "to "+e.To)
		}
	}))
	if x.Err != nil {
		t.Fatal(x.Err)
	}
	want := "send up wait receive head to http://h/b send wait receive head down down"
	if got := strings.Join(events, " "); got != want {
		t.Errorf("events\n got %s\nwant %s", got, want)
	}
}

func TestDoCancelsAtAnyMoment(t *testing.T) {
	for _, moment := range []string{"before", "wait", "head", "body"} {
		t.Run(moment, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			s, _ := newFake(t, func(sent *sentRequest) *fakeReply {
				if moment == "wait" {
					cancel()
					<-sent.ctx.Done()
					return &fakeReply{err: sent.ctx.Err()}
				}
				return reply(200).with(io.MultiReader(strings.NewReader("first"), untilDone{sent.ctx}))
			})
			p, err := s.Prepare(ctx, get("http://h"))
			if err != nil {
				t.Fatal(err)
			}
			if moment == "before" {
				cancel()
			}
			x, err := s.Do(ctx, p, SinkFunc(func(e Event) {
				switch e.(type) {
				case HeadReceived:
					if moment == "head" {
						cancel()
					}
				case Downloaded:
					cancel()
				}
			}))
			if !errors.Is(err, KindCanceled) || err != x.Err {
				t.Errorf("got %v, exchange %v", err, x.Err)
			}
			if moment == "body" && contentOf(t, x.Response()) != "first" {
				t.Errorf("kept %q", contentOf(t, x.Response()))
			}
		})
	}
}

func TestTotalTimeout(t *testing.T) {
	s, _ := newFake(t, func(sent *sentRequest) *fakeReply { return reply(200).with(untilDone{sent.ctx}) })
	r := get("http://h")
	r.Options.Timeout.Total = time.Millisecond
	x := do(t, s, r, nil)
	if !errors.Is(x.Err, KindTotalTimeout) || !errors.Is(x.Err, KindTimeout) || !strings.Contains(x.Err.Message, "1ms") {
		t.Errorf("got %v", x.Err)
	}
}

func TestFailIsRaiseForStatus(t *testing.T) {
	cases := map[int]string{
		200: "", 399: "",
		404: "404 Client Error: Not Found for url: http://h/x?a=1",
		503: "503 Server Error: Service Unavailable for url: http://h/x?a=1",
	}
	for status, want := range cases {
		s, _ := newFake(t, func(*sentRequest) *fakeReply { return reply(status).with(strings.NewReader("why")) })
		r := get("http://u:p@h/x?a=1")
		r.Options.Fail = true
		x := do(t, s, r, nil)
		switch {
		case want == "" && x.Err != nil:
			t.Errorf("%d: %v", status, x.Err)
		case want != "" && (x.Err == nil || x.Err.Message != want || x.Err.Kind != KindStatus):
			t.Errorf("%d: %v, want %s", status, x.Err, want)
		case want != "" && (x.Last().Err != nil || contentOf(t, x.Response()) != "why"):
			t.Errorf("%d: the exchange is not whole", status)
		}
	}
}

func TestErrorsAreMasked(t *testing.T) {
	s, _ := newFake(t, func(*sentRequest) *fakeReply { return &fakeReply{err: syscall.ECONNREFUSED} })
	r := get("http://h/?key=hunter22")
	r.Secrets = []Secret{NewSecret("key", "hunter22")}
	x := do(t, s, r, nil)
	if x.Err == nil || x.Err.URL != "http://h/?key={secret key}" {
		t.Errorf("got %#v", x.Err)
	}
}

func TestReadWhileItGrows(t *testing.T) {
	release := make(chan struct{})
	s, _ := newFake(t, func(*sentRequest) *fakeReply {
		return reply(200).with(io.MultiReader(strings.NewReader("now"), readFunc(func() { <-release }), strings.NewReader("later")))
	})
	var seen atomic.Value
	x := do(t, s, get("http://h"), SinkFunc(func(e Event) {
		if head, ok := e.(HeadReceived); ok {
			go func() {
				defer close(release)
				if err := head.Response.Body.Wait(t.Context(), 2); err != nil {
					t.Error(err)
				}
				first := make([]byte, 3)
				if _, err := head.Response.Body.ReadAt(first, 0); err != nil && err != io.EOF {
					t.Error(err)
				}
				seen.Store(string(first))
			}()
		}
	}))
	if seen.Load() != "now" || contentOf(t, x.Response()) != "nowlater" {
		t.Errorf("saw %v, then %q", seen.Load(), contentOf(t, x.Response()))
	}
}

// untilDone is a body that stalls until its context ends.
type untilDone struct{ ctx context.Context }

func (u untilDone) Read([]byte) (int, error) {
	<-u.ctx.Done()
	return 0, NetworkError(PhaseReceive, "h:80", u.ctx.Err())
}

// readFunc is an empty part of a body at which something happens.
type readFunc func()

func (f readFunc) Read([]byte) (int, error) {
	f()
	return 0, io.EOF
}
