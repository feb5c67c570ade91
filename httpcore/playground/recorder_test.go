package playground

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
)

func record(t *testing.T, replies ...string) *Recorder {
	t.Helper()
	r, err := StartRecorder(replies...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// say writes to a fresh connection and returns it.
func say(t *testing.T, r *Recorder, raw string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", r.Addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if _, err := io.WriteString(c, raw); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRecorderKeepsEveryByte(t *testing.T) {
	r := record(t)
	raw := []string{
		"GET /a%2fb?x=1 HTTP/1.1\r\nhOST: x\r\nX-Space:   kept \r\n\r\n",
		"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\na\r\nb\x00",
		"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n",
		"DELETE / HTTP/1.1\r\n\r\n",
	}
	say(t, r, strings.Join(raw, ""))
	got, err := r.WaitRequests(t.Context(), len(raw))
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		if string(got[i]) != raw[i] {
			t.Errorf("request %d: got %q, want %q", i, got[i], raw[i])
		}
	}
	if conns := r.Connections(); len(conns) != 1 || string(conns[0]) != strings.Join(raw, "") {
		t.Errorf("the connections' bytes are %q", conns)
	}
}

func TestRecorderAnswersAsScripted(t *testing.T) {
	replies := []string{
		"HTTP/1.1 200 OK\r\nX-First: 1\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.0 200 OK\r\n\r\nframed by the close",
	}
	r := record(t, replies...)
	c := say(t, r, "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n")
	got, err := io.ReadAll(c)
	if err != nil || string(got) != replies[0]+replies[1] {
		t.Errorf("got %q, %v", got, err)
	}
	if res, err := http.Get(r.URL); err != nil {
		t.Error(err)
	} else {
		res.Body.Close()
	}
}

func TestRecorderContinue(t *testing.T) {
	const head = "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"
	t.Run("goes on", func(t *testing.T) {
		r := record(t, "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n")
		c := say(t, r, head)
		interim := make([]byte, len("HTTP/1.1 100 Continue\r\n\r\n"))
		if _, err := io.ReadFull(c, interim); err != nil {
			t.Fatal(err)
		}
		if len(r.Requests()) != 0 {
			t.Error("a request without its body counts as whole")
		}
		if _, err := io.WriteString(c, "body"); err != nil {
			t.Fatal(err)
		}
		if got, err := r.WaitRequests(t.Context(), 1); err != nil || string(got[0]) != head+"body" {
			t.Errorf("got %q, %v", got, err)
		}
	})
	t.Run("is turned down", func(t *testing.T) {
		const reply = "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n"
		r := record(t, reply)
		if got, err := io.ReadAll(say(t, r, head)); err != nil || string(got) != reply {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

func TestRecorderWaitEnds(t *testing.T) {
	r := record(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.WaitRequests(ctx, 1); err == nil || !strings.Contains(err.Error(), "0 came") {
		t.Errorf("a cancelled wait gives %v", err)
	}
	r.Close()
	if _, err := r.WaitRequests(t.Context(), 1); err == nil {
		t.Error("a wait on a closed recorder goes on")
	}
}

// However a request is framed, what is recorded is what came, in order and without a gap.
func FuzzRecording(f *testing.F) {
	f.Add([]byte("GET / HTTP/1.1\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"))
	f.Add([]byte("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\nA: b\r\n\r\n"))
	f.Add([]byte("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nabc"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var kept, taken []byte
		in := &recording{conn: iotest.OneByteReader(bytes.NewReader(raw)), keep: func(b []byte) { kept = append(kept, b...) }}
		for {
			head, err := in.readHead()
			if err == nil {
				err = in.readBody(head)
			}
			if err != nil {
				break
			}
			taken = append(taken, in.take()...)
		}
		if !bytes.HasPrefix(raw, kept) || !bytes.HasPrefix(kept, taken) {
			t.Errorf("%q came, %q was kept and %q taken", raw, kept, taken)
		}
	})
}

func TestEndsConnection(t *testing.T) {
	for reply, want := range map[string]bool{
		"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n":                                  false,
		"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n":             true,
		"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n":                false,
		"HTTP/1.1 200 OK\r\n\r\nuntil the close":                                        true,
		"HTTP/1.1 204 No Content\r\n\r\n":                                               false,
		"HTTP/1.1 304 Not Modified\r\n\r\n":                                             false,
		"HTTP/1.1 100 Continue\r\n\r\n":                                                 false,
		"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n":  false,
		"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\nuntil the close":        true,
		"HTTP/1.1 103 Early Hints\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx": true,
	} {
		if got := endsConnection(reply); got != want {
			t.Errorf("%q: got %v", reply, got)
		}
	}
}
