package cassette_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/collections/cassette"
	"parley/collections/har"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/httpcore/body"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
	"parley/testdata/corpora"
)

// live is a session that reaches the network, played one that reaches a cassette only.
func live(t *testing.T) *httpcore.Session {
	s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{}), Schemes: auth.Schemes(auth.Environment{})})
	t.Cleanup(func() { s.Close() })
	return s
}

func played(t *testing.T, file string) (*httpcore.Session, *cassette.Cassette) {
	t.Helper()
	c, err := cassette.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	s := httpcore.NewSession(httpcore.SessionOptions{
		Transport: c, Schemes: cassette.Schemes(auth.Schemes(auth.Environment{})),
		After: func(time.Duration) <-chan time.Time { now := make(chan time.Time, 1); now <- time.Time{}; return now },
	})
	t.Cleanup(func() { s.Close() })
	return s, c
}

func request(method, url string) *httpcore.Request {
	return &httpcore.Request{Method: method, URL: url, Options: httpcore.DefaultOptions()}
}

func send(t *testing.T, s *httpcore.Session, r *httpcore.Request) *httpcore.Exchange {
	t.Helper()
	p, err := s.Prepare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	x, _ := s.Do(t.Context(), p, nil)
	t.Cleanup(func() { x.Close() })
	return x
}

// tape writes exchanges as `run --record` does.
func tape(t *testing.T, exchanges ...*httpcore.Exchange) string {
	t.Helper()
	var out bytes.Buffer
	log := har.NewWriter(&out, har.Creator{Name: "parley"})
	for _, x := range exchanges {
		if err := log.Add(x, har.Options{Masker: httpcore.NewMasker(x.Request.Secrets, httpcore.Mark)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	return write(t, out.String())
}

func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "tape.har")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func contentOf(t *testing.T, x *httpcore.Exchange) string {
	t.Helper()
	if x.Response() == nil {
		return ""
	}
	data, err := io.ReadAll(x.Response().Body.Reader(t.Context()))
	if err != nil && x.Err == nil {
		t.Fatal(err)
	}
	return string(data)
}

// Whatever came is played back as it came: contents, codings, redirects, challenges, retries and their times.
func TestExchangesArePlayedBackAsTheyWere(t *testing.T) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	digest := request("GET", server.URL+"/digest-auth/auth/ada/pw-pw-pw")
	digest.Auth = httpcore.Auth{Type: "digest", Values: httpcore.Fields{{Name: "username", Value: "ada"}, {Name: "password", Value: "pw-pw-pw"}}}
	flaky := request("GET", server.URL+"/flaky?fail=2&key=tape")
	flaky.Options.Retry = httpcore.Retry{Total: 3, OnStatus: []int{503}}
	upload := request("POST", server.URL+"/anything")
	multipart := func() body.Payload {
		payload, err := body.Multipart([]body.Part{{Name: "field", Value: "value"}, {Name: "other", Value: "\xff\x00"}}, "")
		if err != nil {
			t.Fatal(err)
		}
		return payload
	}
	upload.Body = multipart()
	requests := []*httpcore.Request{
		request("GET", server.URL+"/users/github"), request("GET", server.URL+"/gzip"), request("GET", server.URL+"/brotli"),
		request("GET", server.URL+"/bytes/300"), request("GET", server.URL+"/redirect/2"), request("HEAD", server.URL+"/gzip"),
		digest, flaky, upload, request("GET", server.URL+"/status/404"),
	}
	real := live(t)
	var recorded []*httpcore.Exchange
	for _, r := range requests {
		recorded = append(recorded, send(t, real, r))
	}
	file := tape(t, recorded...)
	server.Close()
	upload.Body = multipart() // whose boundary is another one
	again, c := played(t, file)
	for i, r := range requests {
		x, want := send(t, again, r), recorded[i]
		name := r.Method + " " + r.URL
		if (x.Err == nil) != (want.Err == nil) || len(x.Hops) != len(want.Hops) {
			t.Errorf("%s: %v with %d hops, recorded %v with %d", name, x.Err, len(x.Hops), want.Err, len(want.Hops))
			continue
		}
		got, was := x.Response(), want.Response()
		if got.Status != was.Status || got.Reason != was.Reason || contentOf(t, x) != contentOf(t, want) || fmt.Sprint(got.Codings) != fmt.Sprint(was.Codings) {
			t.Errorf("%s: %d %s, %d bytes %v", name, got.Status, got.Reason, got.Body.Size(), got.Codings)
		}
		if fmt.Sprint(got.Headers) != fmt.Sprint(was.Headers) {
			t.Errorf("%s has the headers\n%v, not\n%v", name, got.Headers, was.Headers)
		}
		if len(x.Hops[0].Attempts) != len(want.Hops[0].Attempts) {
			t.Errorf("%s has %d attempts", name, len(x.Hops[0].Attempts))
		}
		for _, was := range want.Last().Timeline { // an archive has microseconds
			span, _ := x.Last().Timeline.Of(was.Phase)
			if d := (span.End - span.Start) - (was.End - was.Start); d.Abs() > 2*time.Microsecond {
				t.Errorf("%s: %s took %v, recorded %v", name, was.Phase, span.End-span.Start, was.End-was.Start)
			}
		}
		if x.Elapsed() == 0 || x.Total() < x.Elapsed() || x.Total() > want.Total() {
			t.Errorf("%s took %v, %v in all; recorded %v, %v", name, x.Elapsed(), x.Total(), want.Elapsed(), want.Total())
		}
	}
	if c.Left() != 0 {
		t.Errorf("%d of %d entries were not played", c.Left(), c.Len())
	}
}

// A recording has no secret, and to play it back none is needed: what has the same mark is the same.
func TestSecretsAreMarks(t *testing.T) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	make := func(secret httpcore.Secret) *httpcore.Request {
		r := request("POST", server.URL+"/anything?a=b")
		r.Params = httpcore.Fields{{Name: "key", Value: secret.Reveal()}}
		r.Headers = httpcore.Fields{{Name: "Authorization", Value: "Bearer " + secret.Reveal()}}
		r.Body = body.JSON(`{"key": "` + secret.Reveal() + `"}`)
		r.Secrets = []httpcore.Secret{secret}
		return r
	}
	file := tape(t, send(t, live(t), make(httpcore.NewSecret("api key", "s3cret+value/42=="))))
	if data, _ := os.ReadFile(file); bytes.Contains(data, []byte("s3cret")) {
		t.Fatalf("the recording has the secret: %s", data)
	}
	ours, err := cassette.Secret(t.Context(), "api key")
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range map[string]httpcore.Secret{"one of ours": ours, "another value": httpcore.NewSecret("api key", "an0ther-value")} {
		s, _ := played(t, file)
		if x := send(t, s, make(secret)); x.Err != nil || !strings.Contains(contentOf(t, x), ours.Reveal()) || strings.Contains(contentOf(t, x), "{secret") {
			t.Errorf("with %s: %v", name, x.Err)
		}
	}
	if strings.ContainsAny(ours.Reveal(), " {}\"%") {
		t.Errorf("%q does not fit everywhere", ours.Reveal())
	}
}

func entryText(method, url, more string) string {
	return fmt.Sprintf(`{"startedDateTime":"2026-11-23T10:00:00Z","time":5,"request":{"method":%q,"url":%q,"headers":[],"bodySize":0},
	"response":{"status":200,"statusText":"OK","httpVersion":"h2","headers":[{"name":":status","value":"200"},{"name":"X-N","value":"1"}],"content":{"size":2,"mimeType":"text/plain","text":"%s"}},
	"timings":{"blocked":-1,"dns":null,"connect":3,"ssl":2,"send":"0","wait":4,"receive":1}}`, method, url, more)
}

func archiveOf(entries ...string) string {
	return `{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[` + strings.Join(entries, ",") + `]}}`
}

func TestEqualRequestsAreAnsweredInOrderAndOnce(t *testing.T) {
	s, _ := played(t, write(t, archiveOf(entryText("GET", "http://h.test/a", "1"), entryText("get", "http://h.test/a#x", "2"))))
	for _, want := range []string{"1", "2"} {
		if x := send(t, s, request("GET", "http://h.test/a")); contentOf(t, x) != want || x.Response().Proto != "HTTP/2" {
			t.Errorf("got %q, want %q (%v)", contentOf(t, x), want, x.Err)
		}
	}
	x := send(t, s, request("GET", "http://h.test/a"))
	if !errors.Is(x.Err, httpcore.KindUnrecorded) || !strings.Contains(x.Err.Error(), "it was recorded 2 times, and is asked for once more") {
		t.Errorf("got %v", x.Err)
	}
}

func TestWhatIsNotRecordedIsSaidWithTheNearest(t *testing.T) {
	post := `{"request":{"method":"POST","url":"http://h.test/users","headers":[],"bodySize":3,"postData":{"mimeType":"text/plain","text":"abc"}},"response":{"status":201}}`
	file := write(t, archiveOf(entryText("GET", "http://h.test/users/1?page=1", ""), post))
	with := func(r *httpcore.Request, text string) *httpcore.Request { r.Body = body.Text(text, ""); return r }
	for _, c := range []struct {
		request *httpcore.Request
		want    string
	}{
		{request("GET", "http://h.test/users/2?page=1"), "the nearest is entry 1, GET http://h.test/users/1?page=1, with another path"},
		{request("GET", "http://h.test/users/1?page=1&sort=name&order=descending&filter=all"), "with another query"},
		{request("DELETE", "http://h.test/users/1?page=1"), "with another method"},
		{request("GET", "http://other.test/users/1?page=1"), "with another host"},
		{with(request("POST", "http://h.test/users"), "abcd"), "entry 2 has another body, of 3 bytes and not 4"},
		{request("GET", "http://else.example/"), "the recording has no answer to GET http://else.example/"},
	} {
		s, _ := played(t, file)
		x := send(t, s, c.request)
		if x.Err == nil || !errors.Is(x.Err, httpcore.KindUnrecorded) || !strings.Contains(x.Err.Error(), c.want) || x.Err.Hint() == "" {
			t.Errorf("%s %s gives %v, want %q", c.request.Method, c.request.URL, x.Err, c.want)
		}
	}
	s, _ := played(t, file)
	if x := send(t, s, with(request("POST", "http://h.test/users"), "abc")); x.Err != nil {
		t.Errorf("what is recorded is not found: %v", x.Err)
	}
}

// Errors come back with their kinds; a body that broke off breaks off again.
func TestErrorsArePlayedBack(t *testing.T) {
	for _, fault := range []string{"truncate-length", "truncate-chunk", "reset-before-head", "reset-mid-body", "chunk-bad-size", "gzip-truncated", "gzip-empty"} {
		server, err := playground.StartFault(fault, playground.FaultOptions{})
		if err != nil {
			t.Fatal(err)
		}
		was := send(t, live(t), request("GET", server.URL+"/"))
		server.Close()
		s, _ := played(t, tape(t, was))
		x := send(t, s, request("GET", server.URL+"/"))
		if (was.Err == nil) != (x.Err == nil) || was.Err != nil && x.Err.Kind != was.Err.Kind || contentOf(t, x) != contentOf(t, was) {
			t.Errorf("%s: %v, recorded %v", fault, x.Err, was.Err)
		}
	}
	refused := send(t, live(t), request("GET", "http://127.0.0.1:1/"))
	s, _ := played(t, tape(t, refused))
	if x := send(t, s, request("GET", "http://127.0.0.1:1/")); x.Err == nil || x.Err.Kind != httpcore.KindConnect {
		t.Errorf("got %v", x.Err)
	}
	browser := `{"request":{"method":"GET","url":"http://h.test/"},"response":{"status":0,"_error":"x"},"_error":"net::ERR_FAILED"}`
	s, _ = played(t, write(t, archiveOf(browser)))
	if x := send(t, s, request("GET", "http://h.test/")); x.Err == nil || x.Err.Message != "net::ERR_FAILED" || !errors.Is(x.Err, httpcore.KindConnection) {
		t.Errorf("got %v", x.Err)
	}
}

// A cassette reaches nothing: a server that would answer hears nothing of what is played back, recorded or not.
func TestNothingIsConnectedTo(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	connected := make(chan struct{}, 1)
	go func() {
		if conn, err := listener.Accept(); err == nil {
			conn.Close()
			connected <- struct{}{}
		}
	}()
	url := "http://" + listener.Addr().String() + "/"
	s, _ := played(t, write(t, archiveOf(entryText("GET", url, "ok"))))
	r := request("GET", url)
	r.Auth = httpcore.Auth{Type: "oauth2", Values: httpcore.Fields{
		{Name: "grant", Value: "client_credentials"}, {Name: "token_url", Value: url + "token"}, {Name: "client_id", Value: "me"}, {Name: "client_secret", Value: "s3cret-s3cret"},
	}}
	if x := send(t, s, r); x.Err != nil || contentOf(t, x) != "ok" {
		t.Errorf("got %v", x.Err)
	}
	if x := send(t, s, request("GET", url+"else")); !errors.Is(x.Err, httpcore.KindUnrecorded) {
		t.Errorf("got %v", x.Err)
	}
	// A connection of our own is the first one that the listener hears of.
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	<-connected
	if err := listener.(*net.TCPListener).SetDeadline(time.Now()); err != nil {
		t.Fatal(err)
	}
	if second, err := listener.Accept(); err == nil {
		t.Errorf("somebody had connected: %v", second.RemoteAddr())
	}
}

// The archives of browsers are played back, as far as they have what came.
func TestArchivesOfOthersArePlayed(t *testing.T) {
	file := filepath.Join(corpora.Dir(t, "har"), "har-validator", "har", "valid.json")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	log, err := har.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	s, c := played(t, file)
	for _, e := range log.Entries {
		r := request(e.Request.Method, e.Request.URL)
		r.Options.Redirects = 0
		if x := send(t, s, r); x.Response() == nil && e.Response.Status > 0 {
			t.Errorf("%s %s: %v", e.Request.Method, e.Request.URL, x.Err)
		}
	}
	if c.Left() > 0 {
		t.Errorf("%d of %d are left", c.Left(), c.Len())
	}
}

func TestWhatCannotBePlayedIsSaid(t *testing.T) {
	for text, want := range map[string]string{
		"{":          "it ends in the middle",
		`{"log":{}}`: "has no `entries`",
		archiveOf(`{"request":{"method":"POST","url":"http://h/","postData":{"text":"%%","_encoding":"base64"},"bodySize":2}}`): "the body of entry 1 is broken",
	} {
		_, err := cassette.Open(write(t, text))
		if wrong, ok := errors.AsType[*cassette.FileError](err); !ok || !strings.Contains(wrong.Error(), want) || wrong.Hint() == "" {
			t.Errorf("%s gives %v", text, err)
		}
	}
	if _, err := cassette.Open(filepath.Join(t.TempDir(), "none.har")); err == nil || !strings.Contains(err.Error(), "it does not exist") {
		t.Errorf("got %v", err)
	}
	s, _ := played(t, write(t, archiveOf(entryText("GET", "http://h.test/", ""))))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p, err := s.Prepare(ctx, request("GET", "http://h.test/"))
	if err != nil {
		t.Fatal(err)
	}
	if x, _ := s.Do(ctx, p, nil); !errors.Is(x.Err, httpcore.KindCanceled) {
		t.Errorf("got %v", x.Err)
	}
}
