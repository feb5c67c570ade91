package transport_test

import (
	"bufio"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/transport"
)

func TestHeadKeepsOrderCaseAndBytesBothWays(t *testing.T) {
	const reply = "HTTP/1.1 200 Fine, thanks\r\nx-lower: 1\r\nX-UPPER:2  \r\nx-lower: \tthree\r\nX-Latin: caf\xe9\r\nX-Empty:\r\nContent-Length: 2\r\n\r\nhi"
	got := make(chan string, 1)
	address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		head, _ := readHead(r)
		got <- head
		_, _ = io.WriteString(conn, reply)
	})
	request := get("http://" + address + "/a%2Fb?q=%7e&Q=ä")
	request.Headers = httpcore.Fields{{Name: "x-ZULU", Value: "z"}, {Name: "X-Alpha", Value: "a"}, {Name: "x-ZULU", Value: "again "}, {Name: "host", Value: "EXAMPLE.test"}}
	request.Without = []string{"User-Agent", "Accept", "Accept-Encoding"}
	attempt := mustDo(t, newSession(t, transport.Options{}), request)

	if sent := string(attempt.Sent.Head); sent != <-got {
		t.Errorf("Sent.Head = %q, not what the server read", sent)
	}
	wantSent := "GET /a%2Fb?q=%7e&Q=%C3%A4 HTTP/1.1\r\nx-ZULU: z\r\nX-Alpha: a\r\nx-ZULU: again \r\nhost: EXAMPLE.test\r\n\r\n"
	if diff := cmp.Diff(wantSent, string(attempt.Sent.Head)); diff != "" {
		t.Errorf("sent head (-want +got):\n%s", diff)
	}
	response := attempt.Response
	if want := strings.TrimSuffix(reply, "hi"); string(response.RawHead) != want {
		t.Errorf("RawHead = %q, want %q", response.RawHead, want)
	}
	want := httpcore.Fields{
		{Name: "x-lower", Value: "1"},
		{Name: "X-UPPER", Value: "2"},
		{Name: "x-lower", Value: "three"},
		{Name: "X-Latin", Value: "caf\xe9"},
		{Name: "X-Empty", Value: ""},
		{Name: "Content-Length", Value: "2"},
	}
	if diff := cmp.Diff(want, response.Headers); diff != "" {
		t.Errorf("Headers (-want +got):\n%s", diff)
	}
	if response.Proto != "HTTP/1.1" || response.Status != 200 || response.Reason != "Fine, thanks" {
		t.Errorf("status line = %s %d %q", response.Proto, response.Status, response.Reason)
	}
	if body := content(t, response); body != "hi" {
		t.Errorf("body = %q", body)
	}
}

func TestRequestBodyOnTheWire(t *testing.T) {
	for _, test := range []struct {
		name    string
		content body.Payload
		want    string
	}{
		{"length", body.Text("hello", ""), "Content-Length: 5\r\n\r\nhello"},
		{"empty", body.Text("", ""), "Content-Length: 0\r\n\r\n"},
		{"chunked", stream("hello", " world"), "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"},
		{"chunked and empty", stream(), "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
		{"larger than any buffer", body.Text(strings.Repeat("x", 1<<20), ""), "Content-Length: 1048576\r\n\r\n" + strings.Repeat("x", 1<<20)},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := make(chan string, 1)
			address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
				raw, _ := readRequest(r)
				got <- raw
				_, _ = io.WriteString(conn, "HTTP/1.1 204 No Content\r\n\r\n")
			})
			attempt := mustDo(t, newSession(t, transport.Options{}), post("http://"+address+"/", test.content))
			raw := <-got
			if !strings.HasSuffix(raw, test.want) {
				t.Errorf("request = %.300q, want it to end in %.100q", raw, test.want)
			}
			if size := test.content.Size(); size >= 0 && attempt.Sent.BodySize != size {
				t.Errorf("BodySize = %d, want %d", attempt.Sent.BodySize, size)
			}
		})
	}
}

func TestReplyFraming(t *testing.T) {
	for _, test := range []struct {
		name, method, reply string
		body                string
		trailers            httpcore.Fields
	}{
		{"length", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "abc", nil},
		{"until close", "GET", "HTTP/1.1 200 OK\r\n\r\nabc", "abc", nil},
		{"until close, last coding is not chunked", "GET", "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nabc", "abc", nil},
		{"chunked", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1;a=b\r\na\r\n002\r\nbc\r\n0;x\r\n\r\n", "abc", nil},
		{"chunked with trailers", "GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\nx-sum: 2\r\n\r\n", "abc", httpcore.Fields{{Name: "X-Sum", Value: "1"}, {Name: "x-sum", Value: "2"}}},
		{"HEAD", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", "", nil},
		{"HEAD of a chunked one", "HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "", nil},
		{"204", "GET", "HTTP/1.1 204 No Content\r\n\r\n", "", nil},
		{"304", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", "", nil},
		{"empty", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "", nil},
		{"101 that nobody asked for", "GET", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			request := get("http://" + replying(t, test.reply, true))
			request.Method = test.method
			response := mustDo(t, newSession(t, transport.Options{}), request).Response
			if got := content(t, response); got != test.body {
				t.Errorf("body = %q, want %q", got, test.body)
			}
			if diff := cmp.Diff(test.trailers, response.Trailers); diff != "" {
				t.Errorf("trailers (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFoldedLineBecomesOneSpace(t *testing.T) {
	address := replying(t, "HTTP/1.1 200 OK\r\nX-A: one\r\n \t two\r\n\r\n\r\n", true)
	response := mustDo(t, newSession(t, transport.Options{}), get("http://"+address)).Response
	if got, _ := response.Headers.Get("X-A"); got != "one two" {
		t.Errorf("X-A = %q", got)
	}
}

func TestInterimResponsesAreKept(t *testing.T) {
	address := replying(t, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", false)
	attempt := mustDo(t, newSession(t, transport.Options{}), get("http://"+address))
	want := []httpcore.Interim{
		{Status: 103, Reason: "Early Hints", Headers: httpcore.Fields{{Name: "Link", Value: "</a>"}}},
		{Status: 102, Reason: "Processing"},
	}
	if diff := cmp.Diff(want, attempt.Interim); diff != "" {
		t.Errorf("Interim (-want +got):\n%s", diff)
	}
	if attempt.Response.Status != 200 {
		t.Errorf("status = %d", attempt.Response.Status)
	}
}

func TestExpectContinue(t *testing.T) {
	send := func(t *testing.T, wait time.Duration, handle func(net.Conn, *bufio.Reader)) *httpcore.Attempt {
		request := post("http://"+rawServer(t, handle), body.Text("hello", ""))
		request.Headers = httpcore.Fields{{Name: "Expect", Value: "100-continue"}}
		return mustDo(t, newSession(t, transport.Options{Limits: transport.Limits{ContinueWait: wait}}), request)
	}
	const done = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
	t.Run("the body goes out after 100", func(t *testing.T) {
		attempt := send(t, watchdog, func(conn net.Conn, r *bufio.Reader) {
			_, _ = readHead(r)
			if r.Buffered() > 0 {
				t.Error("the body came before 100 Continue")
			}
			_, _ = io.WriteString(conn, "HTTP/1.1 100 Continue\r\n\r\n")
			if _, err := io.ReadFull(r, make([]byte, 5)); err != nil {
				t.Error(err)
			}
			_, _ = io.WriteString(conn, done)
		})
		if attempt.Sent.BodySize != 5 || len(attempt.Interim) != 1 {
			t.Errorf("BodySize = %d, Interim = %v", attempt.Sent.BodySize, attempt.Interim)
		}
	})
	t.Run("the body stays here when the answer is there", func(t *testing.T) {
		attempt := send(t, watchdog, func(conn net.Conn, r *bufio.Reader) {
			_, _ = readHead(r)
			_, _ = io.WriteString(conn, "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n")
			if rest, _ := io.ReadAll(r); len(rest) > 0 {
				t.Errorf("the body was sent: %q", rest)
			}
		})
		if attempt.Response.Status != 417 || attempt.Sent.BodySize != 0 {
			t.Errorf("status = %d, BodySize = %d", attempt.Response.Status, attempt.Sent.BodySize)
		}
	})
	t.Run("a server that says nothing gets the body in the end", func(t *testing.T) {
		attempt := send(t, time.Millisecond, func(conn net.Conn, r *bufio.Reader) {
			_, _ = readRequest(r)
			_, _ = io.WriteString(conn, done)
		})
		if attempt.Sent.BodySize != 5 {
			t.Errorf("BodySize = %d", attempt.Sent.BodySize)
		}
	})
}

func TestEarlyAnswerIsReadThoughTheUploadFails(t *testing.T) {
	address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		_, _ = readHead(r)
		_, _ = io.WriteString(conn, "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 4\r\n\r\nnope")
		_, _ = io.Copy(io.Discard, r) // so that the answer is not lost to a reset
	})
	attempt := mustDo(t, newSession(t, transport.Options{}), post("http://"+address, &endless{limit: 1 << 40}))
	if attempt.Response.Status != 413 {
		t.Errorf("status = %d", attempt.Response.Status)
	}
	if got := content(t, attempt.Response); got != "nope" {
		t.Errorf("body = %q", got)
	}
}

// TestErrorStopsTheUpload: a server that has said no need not be sent the rest, even while its answer is still coming.
func TestErrorStopsTheUpload(t *testing.T) {
	payload := &closable{endless: endless{limit: 1 << 40}, closed: make(chan struct{})}
	address := rawServer(t, func(conn net.Conn, r *bufio.Reader) {
		_, _ = readHead(r)
		_, _ = io.WriteString(conn, "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\n")
		go func() { _, _ = io.Copy(io.Discard, r) }()
		<-payload.closed
		_, _ = io.WriteString(conn, "nope")
	})
	request := post("http://"+address, payload)
	request.Options.Timeout.Total = watchdog
	attempt := mustDo(t, newSession(t, transport.Options{}), request)
	if got := content(t, attempt.Response); got != "nope" {
		t.Errorf("body = %q", got)
	}
}
