package transport_test

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

// wireLines are the lines of a wire log in one direction.
func wireLines(log *httpcore.WireLog, sent bool) []string {
	var lines []string
	for _, entry := range log.Entries {
		if entry.Sent == sent {
			lines = append(lines, entry.Lines()...)
		}
	}
	return lines
}

// wantLines checks that each line is there, in this order.
func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	rest := got
	for _, line := range want {
		i := slices.Index(rest, line)
		if i < 0 {
			t.Fatalf("%q is not where it should be in:\n%s", line, strings.Join(got, "\n"))
		}
		rest = rest[i+1:]
	}
}

func TestEveryWayLogsTheWire(t *testing.T) {
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		w.Header().Set("Trailer", "X-Sum")
		w.Header().Set("X-Got", r.Header.Get("X-Key"))
		fmt.Fprintf(w, "got %s", b)
		w.Header().Set("X-Sum", "42")
	}, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		s := newSession(t, transport.Options{})
		for range 2 { // the second time on a connection that has been used, with the state of its header compression
			r := request("/path?q=1")
			r.Method, r.Body = "POST", body.Text("hunter22 asks", "text/plain")
			r.Headers = httpcore.Fields{{Name: "X-Key", Value: "hunter22"}}
			r.Secrets = []httpcore.Secret{httpcore.NewSecret("pw", "hunter22")}
			r.Options.WireLimit = 10_000
			attempt := mustDo(t, s, r)
			sent, received := wireLines(attempt.Wire, true), wireLines(attempt.Wire, false)
			switch w.speaks {
			case "HTTP/1.1":
				wantLines(t, sent, "POST /path?q=1 HTTP/1.1", "X-Key: {secret pw}", "", "{secret pw} asks")
				wantLines(t, received, "HTTP/1.1 200 OK", "X-Got: {secret pw}", "", "11", "got {secret pw} asks", "0", "X-Sum: 42", "")
			case "HTTP/2":
				stream := 1 + 2*attempt.Conn.Uses
				wantLines(t, sent, fmt.Sprintf("[HEADERS stream=%d]", stream), ":method: POST")
				wantLines(t, sent, "x-key: {secret pw}")
				wantLines(t, sent, fmt.Sprintf("[DATA stream=%d length=13 END_STREAM]", stream), "{secret pw} asks")
				wantLines(t, received, fmt.Sprintf("[HEADERS stream=%d]", stream), ":status: 200", "x-got: {secret pw}")
				wantLines(t, received, fmt.Sprintf("[DATA stream=%d length=17]", stream), "got {secret pw} asks",
					fmt.Sprintf("[HEADERS stream=%d END_STREAM]", stream), "x-sum: 42")
				if attempt.Conn.Uses == 0 {
					wantLines(t, sent, "[PREFACE]", "[SETTINGS]", "ENABLE_PUSH = 0")
					wantLines(t, sent, "[SETTINGS ACK]")
					wantLines(t, received, "[SETTINGS]")
				}
			case "HTTP/3":
				stream := 4 * attempt.Conn.Uses
				wantLines(t, sent, fmt.Sprintf("[HEADERS stream=%d]", stream), ":method: POST")
				wantLines(t, sent, "x-key: {secret pw}")
				wantLines(t, sent, fmt.Sprintf("[DATA stream=%d length=13]", stream), "{secret pw} asks")
				wantLines(t, received, fmt.Sprintf("[HEADERS stream=%d]", stream), ":status: 200", "x-got: {secret pw}")
				wantLines(t, received, fmt.Sprintf("[DATA stream=%d length=17]", stream), "got {secret pw} asks",
					fmt.Sprintf("[HEADERS stream=%d]", stream), "x-sum: 42")
				if attempt.Conn.Uses == 0 {
					wantLines(t, sent, "[SETTINGS]", "MAX_FIELD_SECTION_SIZE = 1048576")
				}
			}
			if all := fmt.Sprint(attempt.Wire); strings.Contains(all, "hunter22") {
				t.Errorf("a secret is in %s", all)
			}
			last := attempt.Wire.Entries[0].At
			for _, entry := range attempt.Wire.Entries {
				if entry.At < last {
					t.Errorf("entries are out of order")
				}
				last = entry.At
			}
		}
	})
}

// Each attempt's log has the frames of its own stream only, however many share the connection.
func TestEveryWayKeepsStreamsApartInTheWireLog(t *testing.T) {
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "answer to %s", b)
	}, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		s := newSession(t, transport.Options{})
		var wg sync.WaitGroup
		for n := range 30 {
			wg.Go(func() {
				r := post("", body.Text(fmt.Sprintf("question %03d", n), ""))
				r.URL, r.Options = request("/").URL, request("/").Options
				r.Options.WireLimit = 10_000
				x, err := do(t, s, r)
				if err != nil {
					t.Error(err)
					return
				}
				log := x.Last().Wire
				sent, received := strings.Join(wireLines(log, true), "\n"), strings.Join(wireLines(log, false), "\n")
				if strings.Count(sent, "question") != 1 || !strings.Contains(sent, fmt.Sprintf("question %03d", n)) {
					t.Errorf("request %d sent:\n%s", n, sent)
				}
				if strings.Count(received, "answer") != 1 || !strings.Contains(received, fmt.Sprintf("answer to question %03d", n)) {
					t.Errorf("request %d received:\n%s", n, received)
				}
			})
		}
		wg.Wait()
	})
}

func TestWireLogEndsWhereAConnectionDoes(t *testing.T) {
	address := rawHTTP2(t, func(f *framer, stream uint32, _ int) bool {
		f.head(stream, false, ":status", "200")
		_ = f.WriteData(stream, false, []byte("abc"))
		_ = f.WriteRSTStream(stream, 2)
		return true
	})
	request := known(address)
	request.Options.WireLimit = 1000
	x, err := do(t, newSession(t, transport.Options{}), request)
	wantError(t, err, httpcore.KindTruncated)
	wantLines(t, wireLines(x.Last().Wire, false), "[HEADERS stream=1]", ":status: 200", "[DATA stream=1 length=3]", "abc", "[RST_STREAM stream=1 code=INTERNAL_ERROR]")

	x, err = do(t, newSession(t, transport.Options{}), withWire(get("http://"+replying(t, "SSH-2.0-OpenSSH\r\n\x00", true))))
	wantError(t, err, httpcore.KindProtocol)
	wantLines(t, wireLines(x.Last().Wire, false), "SSH-2.0-OpenSSH", "\x00")
}

func withWire(r *httpcore.Request) *httpcore.Request {
	r.Options.WireLimit = 10_000
	return r
}

func TestLongBodyIsCutInTheWireLog(t *testing.T) {
	const size = 1 << 20
	everyWay(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(size))
		_, _ = io.CopyN(w, zeros{}, size)
	}, func(t *testing.T, w way, request func(string) *httpcore.Request) {
		attempt := mustDo(t, newSession(t, transport.Options{}), withWire(request("/")))
		kept := 0
		for _, entry := range attempt.Wire.Entries {
			if !entry.Sent {
				kept += len(entry.Data)
			}
		}
		if kept > 10_000 || int64(kept)+attempt.Wire.OmittedReceived < size || len(attempt.Wire.Entries) > 100 {
			t.Errorf("%d bytes in %d entries are kept, %d omitted", kept, len(attempt.Wire.Entries), attempt.Wire.OmittedReceived)
		}
	})
}

// What is said to a proxy is marked, and its password masked; what goes through it is the server's.
func TestWireLogMarksWhatTheProxyIsTold(t *testing.T) {
	p := startProxy(t, playground.ProxyOptions{Username: "ada", Password: "pass word"})
	for _, w := range ways[:4] {
		t.Run(w.name, func(t *testing.T) {
			origin, ca := serve(t, http.HandlerFunc(hello), w.secure)
			r := withWire(through(get(origin+"/path"), withUser(p.URL, "ada:pass%20word")))
			r.Options.Protocol, r.Options.TLS.CA = w.protocol, ca
			attempt := mustDo(t, newSession(t, transport.Options{}), r)
			told, answered := "", ""
			for _, entry := range attempt.Wire.Entries {
				switch {
				case entry.Frame != httpcore.WireProxy:
				case entry.Sent:
					told += string(entry.Data)
				default:
					answered += string(entry.Data)
				}
			}
			if w.secure && (!strings.HasPrefix(told, "CONNECT ") || !strings.HasPrefix(answered, "HTTP/1.1 200")) {
				t.Errorf("the proxy is told %q and answers %q", told, answered)
			}
			all := fmt.Sprint(wireLines(attempt.Wire, true))
			if strings.Contains(all, base64.StdEncoding.EncodeToString([]byte("ada:pass word"))) || !strings.Contains(all, "Basic {secret proxy}") {
				t.Errorf("sent: %s", all)
			}
			if !strings.Contains(all, "/path") || strings.Contains(told, "/path") {
				t.Errorf("the request is not the server's in %s", all)
			}
		})
	}
}
