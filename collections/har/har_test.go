package har_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/collections/example"
	"parley/collections/har"
	"parley/httpcore"
	"parley/httpcore/body"
	"parley/testdata/corpora"
)

func response(t *testing.T, status int, headers httpcore.Fields, content string) *httpcore.Response {
	t.Helper()
	store := body.NewStore(body.StoreOptions{})
	t.Cleanup(func() { store.Close() })
	if _, err := store.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	store.Finish(nil)
	return &httpcore.Response{
		Proto: "HTTP/1.1", Status: status, Reason: "Reason", Headers: headers, RawHead: []byte("0123456789"),
		Body: store, WireSize: int64(len(content)),
	}
}

func hop(t *testing.T, method, url string, content body.Payload, headers httpcore.Fields, attempts ...*httpcore.Attempt) *httpcore.Hop {
	t.Helper()
	u, err := httpcore.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	p := &httpcore.Prepared{Method: method, URL: u, Body: content}
	for _, h := range headers {
		p.Headers = append(p.Headers, httpcore.Header{Field: h})
	}
	return &httpcore.Hop{Prepared: p, Attempts: attempts}
}

var started = time.Date(2026, 1, 2, 3, 4, 5, 678e6, time.UTC)

func attempt(r *httpcore.Response) *httpcore.Attempt {
	span := func(phase httpcore.Phase, start, end int) httpcore.Span {
		return httpcore.Span{Phase: phase, Start: time.Duration(start) * time.Millisecond, End: time.Duration(end) * time.Millisecond}
	}
	return &httpcore.Attempt{
		Started: started, Response: r, Sent: httpcore.Sent{Head: []byte("GET"), BodySize: 7},
		Timeline: httpcore.Timeline{
			span(httpcore.PhaseDNS, 0, 1), span(httpcore.PhaseConnect, 1, 3), span(httpcore.PhaseTLS, 3, 6),
			span(httpcore.PhaseSend, 6, 7), span(httpcore.PhaseWait, 7, 12), span(httpcore.PhaseReceive, 12, 20),
		},
		Conn: httpcore.Conn{Local: netip.MustParseAddrPort("127.0.0.1:50000"), Remote: netip.MustParseAddrPort("127.0.0.1:80"), Protocol: "HTTP/1.1"},
	}
}

// exchange was redirected, sent twice, and failed in the end.
func exchange(t *testing.T) *httpcore.Exchange {
	redirect := response(t, 302, httpcore.Fields{{Name: "Location", Value: "/next?token=s3cret-value"}, {Name: "set-cookie", Value: "a=b; Path=/; HttpOnly; Secure; SameSite=Lax; Expires=Fri, 02 Jan 2026 03:04:05 GMT"}}, "moved: \"s3cret-value\"\n\x01é😀")
	binary := response(t, 200, httpcore.Fields{{Name: "Content-Type", Value: "image/png"}}, "\x89PNG\x00\xff s3cret-value")
	binary.Codings = []string{"gzip"}
	binary.WireSize = 5
	failed := attempt(nil)
	failed.Err = &httpcore.Error{Kind: httpcore.KindReadTimeout, Message: "no answer about s3cret-value", Advice: "wait longer"}
	form := body.Form([]body.Pair{{Name: "a b", Value: "1&2"}, {Name: "a b", Value: "s3cret-value"}})
	return &httpcore.Exchange{
		Started: started,
		Hops: []*httpcore.Hop{
			hop(t, "POST", "http://user:pw@h.test/x?q=a%20b&q=2&flag#frag", form, httpcore.Fields{
				{Name: "Host", Value: "h.test"}, {Name: "cookie", Value: "c=1; d=s3cret-value"}, {Name: "Content-Type", Value: form.ContentType()},
			}, attempt(redirect)),
			hop(t, "GET", "http://h.test/next?token=s3cret-value", nil, nil, failed, attempt(binary)),
		},
		Err: &httpcore.Error{Kind: httpcore.KindStatus, Message: "404"},
	}
}

func write(t *testing.T, options har.Options, exchanges ...*httpcore.Exchange) []byte {
	t.Helper()
	var out bytes.Buffer
	w := har.NewWriter(&out, har.Creator{Name: "Parley", Version: "1"})
	for _, x := range exchanges {
		if err := w.Add(x, options); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRoundTrip(t *testing.T) {
	log, err := har.Decode(bytes.NewReader(write(t, har.Options{SavedRequest: "users/x"}, exchange(t))))
	if err != nil {
		t.Fatal(err)
	}
	if len(log.Entries) != 3 {
		t.Fatalf("%d entries", len(log.Entries))
	}
	first, failed, last := log.Entries[0], log.Entries[1], log.Entries[2]
	text, err := first.Response.Content.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	binary, err := last.Response.Content.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range []struct{ what, got, want string }{
		{"creator", log.Creator.Name + log.Creator.Version + log.Version, "Parley11.2"},
		{"started", first.StartedDateTime, "2026-01-02T03:04:05.678Z"},
		{"time", fmt.Sprint(first.Time, first.Timings), "20 {-1 1 5 3 1 5 8}"},
		{"url", first.Request.Method + " " + first.Request.URL, "POST http://h.test/x?q=a%20b&q=2&flag"},
		{"query", fmt.Sprint(first.Request.QueryString), "[{q a b} {q 2} {flag }]"},
		{"cookies", fmt.Sprint(first.Request.Cookies[0].Name, len(first.Request.Cookies)), "c2"},
		{"form", first.Request.PostData.Text, "a+b=1%262&a+b=s3cret-value"},
		{"params", fmt.Sprint(first.Request.PostData.Params), "[{a b 1&2  } {a b s3cret-value  }]"},
		{"set-cookie", fmt.Sprintf("%+v", first.Response.Cookies), "[{Name:a Value:b Path:/ Domain: Expires:2026-01-02T03:04:05Z HTTPOnly:true Secure:true SameSite:Lax}]"},
		{"redirect", first.Response.RedirectURL, "/next?token=s3cret-value"},
		{"text", string(text), "moved: \"s3cret-value\"\n\x01é😀"},
		{"saved", fmt.Sprint(first.SavedRequest, first.Attempt, failed.Attempt, last.Attempt), "users/x1 1 2"},
		{"failed", fmt.Sprint(*failed.Error, failed.Response.Status), "{read-timeout no answer about s3cret-value wait longer} 0"},
		{"last error", fmt.Sprint(first.Error, last.Error.Kind), "<nil>status"},
		{"binary", string(binary), "\x89PNG\x00\xff s3cret-value"},
		{"sizes", fmt.Sprint(last.Response.Content.Size, last.Response.Content.Compression, last.Response.BodySize, last.Response.HeadersSize), "19 14 5 10"},
		{"server", first.ServerIPAddress, "127.0.0.1"},
	} {
		if check.got != check.want {
			t.Errorf("%s: %q\nwant %q", check.what, check.got, check.want)
		}
	}
}

func TestSecretsAreMasked(t *testing.T) {
	masker := httpcore.NewMasker([]httpcore.Secret{httpcore.NewSecret("token", "s3cret-value")}, httpcore.Mark)
	data := write(t, har.Options{Masker: masker}, exchange(t))
	log, err := har.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	binary, _ := log.Entries[2].Response.Content.Bytes()
	if bytes.Contains(data, []byte("s3cret")) || bytes.Contains(binary, []byte("s3cret")) {
		t.Errorf("the secret is in\n%s", data)
	}
	if n := bytes.Count(data, []byte("{secret token}")); n < 8 {
		t.Errorf("%d marks", n)
	}
}

// required holds the members that HAR 1.2 asks for, by object.
var required = map[string]string{
	"log":      "version creator entries",
	"creator":  "name version",
	"entry":    "startedDateTime time request response cache timings",
	"request":  "method url httpVersion cookies headers queryString headersSize bodySize",
	"postData": "mimeType text",
	"response": "status statusText httpVersion cookies headers content redirectURL headersSize bodySize",
	"content":  "size mimeType",
	"timings":  "send wait receive",
}

func TestRequiredMembers(t *testing.T) {
	var file map[string]any
	if err := json.Unmarshal(write(t, har.Options{}, exchange(t), exchange(t)), &file); err != nil {
		t.Fatal(err)
	}
	check := func(kind string, value any) map[string]any {
		object, ok := value.(map[string]any)
		if !ok {
			t.Fatalf("%s is %T", kind, value)
		}
		for name := range strings.FieldsSeq(required[kind]) {
			if object[name] == nil {
				t.Errorf("%s has no %s", kind, name)
			}
		}
		return object
	}
	log := check("log", file["log"])
	check("creator", log["creator"])
	entries := log["entries"].([]any)
	if len(entries) != 6 {
		t.Fatalf("%d entries", len(entries))
	}
	for _, one := range entries {
		entry := check("entry", one)
		request := check("request", entry["request"])
		if request["postData"] != nil {
			check("postData", request["postData"])
		}
		response := check("response", entry["response"])
		check("content", response["content"])
		check("timings", entry["timings"])
	}
}

func TestNoExchangeIsAnArchiveToo(t *testing.T) {
	log, err := har.Decode(bytes.NewReader(write(t, har.Options{})))
	if err != nil || len(log.Entries) != 0 {
		t.Errorf("%v, %v", log, err)
	}
}

func TestBodiesInPieces(t *testing.T) {
	for _, text := range []string{strings.Repeat("é😀\"\\\n", 40000), strings.Repeat("x", 32<<10-1) + "é", "\xff", strings.Repeat("a", 70000) + "\xe2\x82", "", "\x7f\u2028"} {
		x := &httpcore.Exchange{Hops: []*httpcore.Hop{hop(t, "PUT", "http://h/", body.Text(text, "x/y"), nil, attempt(response(t, 200, nil, text)))}}
		log, err := har.Decode(bytes.NewReader(write(t, har.Options{}, x)))
		if err != nil {
			t.Fatal(err)
		}
		got, _ := log.Entries[0].Response.Content.Bytes()
		sent, _ := log.Entries[0].Request.PostData.Bytes()
		if string(got) != text || string(sent) != text {
			t.Errorf("%.20q of %d bytes came back as %d and %d", text, len(text), len(got), len(sent))
		}
	}
}

func TestABodyThatIsGoneLeavesAComment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	payload, err := body.File(path, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	x := &httpcore.Exchange{Hops: []*httpcore.Hop{hop(t, "PUT", "http://h/", payload, nil, attempt(nil))}}
	data := write(t, har.Options{}, x)
	if _, err := har.Decode(bytes.NewReader(data)); err != nil || !bytes.Contains(data, []byte(`"comment":"the content cannot be read: `)) {
		t.Errorf("%v\n%s", err, data)
	}
}

func TestDecodeErrors(t *testing.T) {
	for source, want := range map[string]string{
		"":                               "line 1, column 1: no HTTP archive: unexpected end of JSON input",
		"{\n \"log\": é}":                "line 2, column 9: ",
		"[]":                             "no HTTP archive",
		"{}":                             "it has no `log`",
		`{"log":{}}`:                     "has no `entries`",
		"{\"log\":\n{\"entries\":[{}]}}": "entry 1 of the archive has no request",
		"{\"log\":\n {\"entries\":[{\"request\":{\"url\":1}}]}}": "line 2, column ",
		`{"log":{"entries":[{"time":"x"}]}}`:                     "no HTTP archive",
	} {
		_, err := har.Decode(strings.NewReader(source))
		if _, ok := errors.AsType[*har.DecodeError](err); !ok || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", source, err, want)
		}
	}
}

func TestDecodeTakesWhatBrowsersWrite(t *testing.T) {
	log, err := har.Decode(strings.NewReader("\ufeff" + `{"log":{"version":1.1,"entries":[{"time":null,"_error":"net::ERR","request":{"method":"GET","url":"http://h","bodySize":"12","headersSize":3.0},"response":{"status":0,"content":{"text":"aGk=\n","encoding":"base64"}}}]}}`))
	if err == nil {
		t.Fatalf("a version that is a number: %v", log)
	}
	log, err = har.Decode(strings.NewReader("\ufeff" + `{"log":{"version":"1.1","entries":[{"time":null,"_error":"net::ERR","request":{"method":"GET","url":"http://h","bodySize":"12","headersSize":3.0},"response":{"status":0,"content":{"text":"aGk=\n","encoding":"base64"}}}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	e := log.Entries[0]
	content, err := e.Response.Content.Bytes()
	if e.Time != -1 || e.Request.BodySize != 12 || e.Error.Message != "net::ERR" || string(content) != "hi" || err != nil {
		t.Errorf("%+v %q %v", e, content, err)
	}
}

func TestCorpus(t *testing.T) {
	dir := corpora.Dir(t, "har")
	data, err := os.ReadFile(filepath.Join(dir, "expected-entries.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected map[string]struct {
		Requests   []string `json:"requests"`
		ParseError string   `json:"parse_error"`
		ShapeError string   `json:"shape_error"`
	}
	if err := json.Unmarshal(data, &expected); err != nil {
		t.Fatal(err)
	}
	read := 0
	for name, want := range expected {
		source, err := os.ReadFile(filepath.Join(filepath.Dir(dir), name))
		if errors.Is(err, os.ErrNotExist) {
			continue // listed there, and not a part of the corpus
		}
		if err != nil {
			t.Fatal(err)
		}
		read++
		log, err := har.Decode(bytes.NewReader(source))
		if isBad := want.ParseError+want.ShapeError != ""; isBad != (err != nil) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err != nil {
			continue
		}
		var got []string
		for _, e := range log.Entries {
			got = append(got, e.Request.Method+" "+e.Request.URL)
		}
		if fmt.Sprint(got) != fmt.Sprint(want.Requests) {
			t.Errorf("%s: %v, want %v", name, got, want.Requests)
		}
	}
	if read == 0 {
		t.Error("no file of the corpus was read")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"log":{"version":"1.2","entries":[{"time":1,"request":{"method":"GET","url":"http://h"},"response":{"content":{"text":"a","encoding":"base64"}}}]}}`))
	f.Add([]byte("\xef\xbb\xbf{\"log\":\n{}}"))
	f.Add([]byte("### request\nGET http://h HTTP/1.1\nA: \\x20\n\n\\###\n\n### response crlf\nHTTP/2 200\n\na\n\n"))
	f.Add([]byte("### request\nGET http://h HTTP/1.1\n\n### response compact\nHTTP/2 200\n\n[\n  1\n]\n\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		comesBack(t, data)
		log, err := har.Decode(bytes.NewReader(data))
		if (log == nil) == (err == nil) {
			t.Fatalf("%v and %v", log, err)
		}
		if err != nil {
			if e, ok := errors.AsType[*har.DecodeError](err); !ok || e.Line < 0 || (e.Line > 0 && e.Column < 1) {
				t.Fatalf("error %#v", err)
			}
			return
		}
		for _, entry := range log.Entries {
			if _, err := json.Marshal(entry); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// comesBack reads the other file format for exchanges, that of named examples, and writes it again.
func comesBack(t *testing.T, data []byte) {
	t.Helper()
	e, err := example.Decode(data)
	if (e == nil) == (err == nil) {
		t.Fatalf("%v and %v", e, err)
	}
	if err != nil {
		return
	}
	text, err := e.Encode()
	if errors.As(err, new(*example.SizeError)) {
		return // escapes are longer
	}
	if err != nil {
		t.Fatal(err)
	}
	if back, err := example.Decode(text); err != nil || !reflect.DeepEqual(back, e) {
		t.Fatalf("%+v comes back as %+v, %v from\n%q", e, back, err, text)
	}
}

func TestWireLogsAreWritten(t *testing.T) {
	x := exchange(t)
	x.Hops[0].Attempts[0].Wire = &httpcore.WireLog{Entries: []httpcore.WireEntry{
		{At: 1500 * time.Microsecond, Sent: true, Data: []byte("GET / HTTP/1.1\r\n\r\n")},
		{At: 2 * time.Millisecond, Frame: "DATA stream=1", Data: []byte{0xff, 0}, Omitted: 7},
	}}
	log, err := har.Decode(bytes.NewReader(write(t, har.Options{}, x)))
	if err != nil {
		t.Fatal(err)
	}
	want := []har.Wire{
		{Time: 1.5, Sent: true, Text: "GET / HTTP/1.1\r\n\r\n"},
		{Time: 2, Frame: "DATA stream=1", Text: "/wA=", Encoding: "base64", Omitted: 7},
	}
	if got := log.Entries[0].Wire; !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	masker := httpcore.NewMasker([]httpcore.Secret{httpcore.NewSecret("late", "GET / HTTP")}, httpcore.Mark)
	if text := string(write(t, har.Options{Masker: masker}, x)); strings.Contains(text, "GET / HTTP") || !strings.Contains(text, "{secret late}/1.1") {
		t.Errorf("what became a secret later is written: %s", text)
	}
	for i, entry := range x.Hops[0].Attempts[0].Wire.Entries {
		if b, err := log.Entries[0].Wire[i].Bytes(); !bytes.Equal(b, entry.Data) || err != nil {
			t.Errorf("piece %d comes back as %q (%v)", i, b, err)
		}
	}
}
