package transport

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httputil"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"parley/httpcore"
)

// FuzzHead holds the reader of heads to two promises: what it keeps is what came, byte for byte; and whatever it takes,
// net/http reads alike, where it takes it too.
func FuzzHead(f *testing.F) {
	for _, seed := range []string{
		"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nset-cookie:\tc \t\r\n\r\n", "HTTP/1.0 404\nX:\n\n", "HTTP/1.1 200 OK\r\nX-A: one\r\n\ttwo\r\n\r\n", "HTTP/1.1 200 OK\nX-A: one\n \n\n",
		"HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"a\\\"\", nonce = x, NTLM ab+/=\r\n\r\n",
		"HTTP/1.1 429 No\r\nRateLimit: \"a\";r=1;t=2, limit=1\r\nRateLimit-Policy: \"a\";q=1;w=9\r\nX-RateLimit-Reset: 1e9\r\nRetry-After: 7\r\n\r\n",
		"HTTP/1.1 200 OK\r\nX-A: a\rb\r\n\r\n", "HTTP/1.1 200 OK\r\n X: y\r\n\r\n", "HTTP/1.1 99 ?\r\n\r\n", "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		limits := Limits{HeadSize: 1 << 10, LineLength: 1 << 9, Fields: 20}.withDefaults()
		began := 0
		reader := headReader{bufio.NewReaderSize(strings.NewReader(input), 16), limits}
		h, err := reader.next(func(int) { began++ })
		if err != nil {
			return
		}
		if began != 1 {
			t.Errorf("the status was told %d times", began)
		}
		if !strings.HasPrefix(input, string(h.raw)) || len(h.raw) > limits.HeadSize || len(h.fields) > limits.Fields {
			t.Fatalf("raw = %q, %d fields", h.raw, len(h.fields))
		}
		checkMeaning(t, h)
		theirs, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(h.raw)), nil)
		if err != nil {
			return
		}
		if theirs.StatusCode != h.status || theirs.Proto != h.proto {
			t.Errorf("%q is %d %s to us, %d %s to net/http", h.raw, h.status, h.proto, theirs.StatusCode, theirs.Proto)
		}
		for name, values := range theirs.Header {
			if name == "Content-Length" {
				continue // net/http keeps one of several equal ones
			}
			if got := h.fields.Values(name); !slices.EqualFunc(got, values, sameWords) {
				t.Errorf("%q: %s is %q to us, %q to net/http", h.raw, name, got, values)
			}
		}
	})
}

// checkMeaning has the readers of single fields read the head: nothing that a server writes there may lead them astray.
func checkMeaning(t *testing.T, h *head) {
	response := &httpcore.Response{Status: h.status, Headers: h.fields}
	for _, challenge := range httpcore.Challenges(h.fields, "WWW-Authenticate") {
		if !httpcore.IsToken(challenge.Scheme) || challenge.Token != "" && len(challenge.Params) > 0 && strings.Contains(challenge.Token, ",") {
			t.Errorf("%q holds the challenge %+v", h.raw, challenge)
		}
	}
	received := time.Unix(1e9, 0)
	if limit := response.RateLimit(received); limit != nil && (limit.Limit < -1 || limit.Remaining < -1 || limit.Window < 0 || limit.RetryAfter.Before(received) && !limit.RetryAfter.IsZero()) {
		t.Errorf("%q holds the limit %+v", h.raw, limit)
	}
}

// sameWords compares values, but for the blanks in them: folds of nothing but blanks leave more of them with net/http.
func sameWords(a, b string) bool {
	return slices.Equal(strings.Fields(a), strings.Fields(b))
}

// FuzzChunked compares the chunked reader with net/http's: what both take to the end is the same, and ours takes
// nothing that theirs refuses. However the bytes come, the result is the same.
func FuzzChunked(f *testing.F) {
	for _, seed := range []string{
		"3\r\nabc\r\n0\r\n\r\n", "3;a=b\r\nabc\r\n0\r\nX-A: b\r\n\r\n", "A\r\n0123456789\r\n00\r\n\r\n", "3 \t\r\nabc\r\n0\r\n\r\n",
		"3\nabc\r\n0\r\n\r\n", "ffffffffffffffff\r\n", "3\r\nabc", "0\r\n\r\n", "", "-1\r\n", "3;\r\r\nabc\r\n0\r\n\r\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		limits := Limits{ChunkLine: 1 << 10, TrailerSize: 1 << 10}.withDefaults()
		ours, err := io.ReadAll(newChunkedReader(bufio.NewReaderSize(strings.NewReader(input), 16), limits))
		slow, slowErr := io.ReadAll(iotest.OneByteReader(newChunkedReader(bufio.NewReaderSize(iotest.OneByteReader(strings.NewReader(input)), 16), limits)))
		if !bytes.Equal(ours, slow) || (err == nil) != (slowErr == nil) {
			t.Fatalf("at once: %q, %v; in single bytes: %q, %v", ours, err, slow, slowErr)
		}
		if err != nil {
			if _, engine := errors.AsType[*httpcore.Error](err); !engine && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("error = %v", err)
			}
			return
		}
		theirs, err := io.ReadAll(httputil.NewChunkedReader(strings.NewReader(input)))
		if err != nil {
			t.Errorf("net/http refuses %q with %v, after %q", input, err, theirs)
		}
		if !bytes.Equal(ours, theirs) {
			t.Errorf("%q is %q to us, %q to net/http", input, ours, theirs)
		}
	})
}
