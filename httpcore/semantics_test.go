package httpcore_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

// verdict says how Parley stands to what requests does.
type verdict string

const (
	same    verdict = "same"
	differs verdict = "differs"
	// elsewhere is a row whose test lies where the thing is built.
	elsewhere verdict = "elsewhere"
	// about is a row about Python, or about something that Parley does not have.
	about verdict = "does not apply"
)

// row is a row of reference/requests-semantics.md, by the name in its first column.
type row struct {
	section int
	name    string
	verdict verdict
	// note says where it differs, where else its test is, or why it does not apply.
	note string
	// test runs on every road; once, for what never leaves the machine.
	test func(*testing.T, road)
	once func(*testing.T)
}

// road is a way that an exchange may take to the playground.
type road struct {
	name    string
	origin  string
	options func(*httpcore.Options)
	proto   string
}

// request makes a request for a path on the road's server.
func (r road) request(method, path string) *httpcore.Request {
	q := request(method, r.origin+path)
	r.options(&q.Options)
	return q
}

// checkProtocol makes sure that the road is the one that it is said to be.
func (r road) checkProtocol(t *testing.T) {
	t.Helper()
	if x := ask(t, r.request("GET", "/get")); x.Err != nil || x.Response().Proto != r.proto {
		t.Fatalf("the road ends in %v: %v", x.Response(), x.Err)
	}
}

// roads starts a playground and names the ways to it.
func roads(t *testing.T) []road {
	t.Helper()
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, server.CAPEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	trusting := func(p httpcore.Protocol) func(*httpcore.Options) {
		return func(o *httpcore.Options) { o.Protocol, o.TLS.CA = p, ca }
	}
	proxy, err := playground.StartProxy(playground.ProxyOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { proxy.Close() })
	throughProxy := func(o *httpcore.Options) {
		o.TLS.CA, o.Network.Proxies = ca, httpcore.Proxies{By: map[string]string{"all": proxy.URL}}
	}
	return []road{
		{"HTTP1", server.URL, func(*httpcore.Options) {}, "HTTP/1.1"},
		{"TLS", server.TLSURL, trusting(httpcore.ProtocolHTTP1), "HTTP/1.1"},
		{"HTTP2", server.TLSURL, trusting(httpcore.ProtocolHTTP2), "HTTP/2"},
		{"HTTP3", server.TLSURL, trusting(httpcore.ProtocolHTTP3), "HTTP/3"},
		{"a proxy", server.URL, throughProxy, "HTTP/1.1"},
		{"a tunnel", server.TLSURL, throughProxy, "HTTP/2"},
	}
}

func TestSemantics(t *testing.T) {
	ways := roads(t)
	for _, r := range rows() {
		name := fmt.Sprintf("%d %s: %s", r.section, r.name, r.verdict)
		switch {
		case r.once != nil:
			t.Run(name, r.once)
		case r.test != nil:
			for _, way := range ways {
				t.Run(name+" over "+way.name, func(t *testing.T) {
					way.checkProtocol(t)
					r.test(t, way)
				})
			}
		case r.verdict != elsewhere && r.verdict != about || r.note == "":
			t.Errorf("%s has neither a test nor a reason", name)
		}
	}
}

// TestSemanticsNamesEveryRow holds the table to the document, where that is at hand.
func TestSemanticsNamesEveryRow(t *testing.T) {
	corpora := os.Getenv("PARLEY_CORPORA")
	if corpora == "" {
		t.Skip("PARLEY_CORPORA is unset: the table was not compared with the reference")
	}
	data, err := os.ReadFile(filepath.Join(corpora, "..", "reference", "requests-semantics.md"))
	if err != nil {
		t.Fatal(err)
	}
	section := 0
	for line := range strings.Lines(string(data)) {
		if _, err := fmt.Sscanf(line, "## %d.", &section); err == nil || section == 0 || section > 7 || !strings.HasPrefix(line, "| ") {
			continue
		}
		name := strings.TrimSpace(strings.Split(line, "|")[1])
		if strings.HasPrefix(name, "Behaviour") {
			continue
		}
		if !slices.ContainsFunc(rows(), func(r row) bool { return r.section == section && r.name == name }) {
			t.Errorf("section %d: %q is not in the table", section, name)
		}
	}
}

// fails reports whether an exchange ended in an error of a kind.
func fails(x *httpcore.Exchange, kind httpcore.Kind) bool {
	return x.Err != nil && errors.Is(x.Err, kind)
}

// echo is what the playground says of a request to /anything.
type echo struct {
	Method  string
	URL     string
	Args    map[string][]string
	Headers http.Header
	Form    map[string][]string
	Data    string
}

// ask sends a request in a session of its own.
func ask(t *testing.T, r *httpcore.Request) *httpcore.Exchange {
	t.Helper()
	return send(t, live(t), r, nil)
}

// echoed sends a request and reads the echo of its last hop.
func echoed(t *testing.T, r *httpcore.Request) echo {
	t.Helper()
	return readEcho(t, ask(t, r))
}

func readEcho(t *testing.T, x *httpcore.Exchange) echo {
	t.Helper()
	var e echo
	if x.Err != nil {
		t.Fatal(x.Err)
	}
	if err := json.Unmarshal([]byte(text(t, x)), &e); err != nil {
		t.Fatalf("%v in %s", err, text(t, x))
	}
	return e
}

// prepared is what a request leaves as.
func prepared(t *testing.T, r *httpcore.Request) *httpcore.Prepared {
	t.Helper()
	p, err := live(t).Prepare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// refused is why a request can't be prepared.
func refused(t *testing.T, r *httpcore.Request) *httpcore.Error {
	t.Helper()
	_, err := live(t).Prepare(t.Context(), r)
	e, ok := errors.AsType[*httpcore.Error](err)
	if !ok {
		t.Fatalf("%s %s is not refused: %v", r.Method, r.URL, err)
	}
	return e
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func header(p *httpcore.Prepared, name string) string {
	value, _ := p.Header(name)
	return value
}

func fields(pairs ...string) httpcore.Fields {
	var list httpcore.Fields
	for i := 0; i+1 < len(pairs); i += 2 {
		list.Add(pairs[i], pairs[i+1])
	}
	return list
}

// unsized is a body whose size is not known before its end.
type unsized struct{ content string }

func (u unsized) ContentType() string { return "" }
func (u unsized) Size() int64         { return -1 }
func (u unsized) Open() (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(u.content)), nil
}

func rows() []row {
	return slices.Concat(buildingRows(), mergeRows(), redirectRows(), cookieRows(), waitingRows(), responseRows(), networkRows())
}

// buildingRows are section 1: building the request.
func buildingRows() []row {
	target := func(url string, params httpcore.Fields) func(t *testing.T) string {
		return func(t *testing.T) string {
			r := request("GET", url)
			r.Params = params
			return prepared(t, r).Target
		}
	}
	return []row{
		{1, "params: list/tuple", same, "", nil, func(t *testing.T) {
			equal(t, "the target", target("http://h", fields("a", "1", "a", "2"))(t), "/?a=1&a=2")
		}},
		{1, "params: None", elsewhere, "a leading ~ switches an entry off: collections", nil, nil},
		{1, "params: bool, space, order", same, "", nil, func(t *testing.T) {
			equal(t, "the target", target("http://h", fields("b", "true", "a", "x yé"))(t), "/?b=true&a=x+y%C3%A9")
		}},
		{1, "params: str/bytes", same, "a query in the URL is kept as typed, with spaces escaped", nil, func(t *testing.T) {
			equal(t, "the target", target("http://h/?a b&c='d'", nil)(t), "/?a%20b&c=%27d%27")
		}},
		{1, "URL has a query already", same, "", nil, func(t *testing.T) {
			p := prepared(t, &httpcore.Request{URL: "http://h/?x=1#end", Params: fields("a", "2")})
			equal(t, "the URL", p.URL.String(), "http://h/?x=1&a=2#end")
		}},
		{1, "requote", differs, "WHATWG: escapes stay as typed", nil, func(t *testing.T) {
			equal(t, "the target", target("http://h/%7Ea/100%/%7e", nil)(t), "/%7Ea/100%/%7e")
		}},
		{1, "URL checks", differs, "WHATWG takes a host that begins with * or a dot", nil, func(t *testing.T) {
			equal(t, "an empty path", target("  http://h", nil)(t), "/")
			equal(t, "a host", prepared(t, request("GET", "http://bücher.test/")).URL.Hostname(), "xn--bcher-kva.test")
			if e := refused(t, request("GET", "http://a b/")); e.Kind != httpcore.KindURL {
				t.Errorf("a host with a blank is refused as %s", e.Kind)
			}
		}},
		{1, "URL errors", same, "", nil, func(t *testing.T) {
			for url, want := range map[string]string{
				"x":         "Invalid URL 'x': No scheme supplied. Perhaps you meant https://x?",
				"http://":   "No host supplied",
				"ftp://h/x": "No connection adapters were found for 'ftp://h/x'",
			} {
				if e := refused(t, request("GET", url)); !strings.Contains(e.Message+e.Advice, want) && !strings.Contains(e.Message+". "+e.Advice, want) {
					t.Errorf("%s: %s (%s), want %q", url, e.Message, e.Advice, want)
				}
			}
		}},
		{1, "method", same, "", func(t *testing.T, way road) {
			equal(t, "the method", echoed(t, way.request("patch", "/anything")).Method, "PATCH")
		}, nil},
		{1, "default headers", differs, "Parley's own User-Agent, and no Connection, which keep-alive needs none of", func(t *testing.T, way road) {
			e := echoed(t, way.request("GET", "/anything"))
			equal(t, "Accept", e.Headers.Get("Accept"), "*/*")
			equal(t, "Accept-Encoding", e.Headers.Get("Accept-Encoding"), "gzip, deflate, br, zstd")
			equal(t, "Connection", e.Headers.Get("Connection"), "")
			if !strings.HasPrefix(e.Headers.Get("User-Agent"), "parley") {
				t.Errorf("User-Agent is %q", e.Headers.Get("User-Agent"))
			}
		}, nil},
		{1, "header map", same, "", nil, func(t *testing.T) {
			r := request("GET", "http://h/")
			r.Headers = fields("x-LOWER", "1", "ACCEPT", "text/plain", "Z", "2")
			p := prepared(t, r)
			if head := string(p.AppendHead(nil)); !strings.Contains(head, "x-LOWER: 1\r\nACCEPT: text/plain\r\nZ: 2\r\n") || strings.Contains(head, "*/*") {
				t.Errorf("the head is %q", head)
			}
		}},
		{1, "header = None", differs, "it is gone: no layer below adds one of its own", func(t *testing.T, way road) {
			r := way.request("GET", "/anything")
			r.Without = []string{"User-Agent", "Accept-Encoding", "Accept"}
			e := echoed(t, r)
			for _, name := range r.Without {
				if got, sent := e.Headers[name]; sent {
					t.Errorf("%s: %q is sent", name, got)
				}
			}
		}, nil},
		{1, "header validity", same, "", nil, func(t *testing.T) {
			for _, field := range [][2]string{{"a b", "1"}, {"a:", "1"}, {"", "1"}, {"a", "1\r\nb: 2"}, {"a", "1\n"}} {
				r := request("GET", "http://h/")
				r.Headers = fields(field[0], field[1])
				if e := refused(t, r); e.Kind != httpcore.KindHeader {
					t.Errorf("%q is refused as %s", field, e.Kind)
				}
			}
		}},
		{1, "json=", differs, "JSON is a text that is sent as written; the Content-Type is the same", func(t *testing.T, way road) {
			r := way.request("POST", "/anything")
			r.Body = body.JSON(`{"n":1.0,"n":2}`)
			e := echoed(t, r)
			equal(t, "the content", e.Data, `{"n":1.0,"n":2}`)
			equal(t, "Content-Type", e.Headers.Get("Content-Type"), "application/json")
		}, nil},
		{1, "data= mapping / pairs", same, "", func(t *testing.T, way road) {
			r := way.request("POST", "/anything")
			r.Body = body.Form([]body.Pair{{Name: "a", Value: "1 2"}, {Name: "a", Value: "é"}})
			e := echoed(t, r)
			equal(t, "the form", strings.Join(e.Form["a"], ","), "1 2,é")
			equal(t, "Content-Type", e.Headers.Get("Content-Type"), "application/x-www-form-urlencoded")
		}, nil},
		{1, "data= str / bytes", same, "", func(t *testing.T, way road) {
			r := way.request("POST", "/anything")
			r.Body = body.Text("a=é", "")
			e := echoed(t, r)
			equal(t, "Content-Type", e.Headers.Get("Content-Type"), "")
			equal(t, "Content-Length", e.Headers.Get("Content-Length"), "4")
		}, nil},
		{1, "data= stream", same, "", nil, func(t *testing.T) {
			r := request("POST", "http://h/")
			r.Body = unsized{"hello"}
			p := prepared(t, r)
			equal(t, "Transfer-Encoding of a stream", header(p, "Transfer-Encoding"), "chunked")
			equal(t, "Content-Length of a stream", header(p, "Content-Length"), "")
			r.Body = body.Text("hello", "")
			equal(t, "Content-Length of a known size", header(prepared(t, r), "Content-Length"), "5")
		}},
		{1, "files=", differs, "parts leave in the order written, not fields before files", nil, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "ada.txt")
			if err := os.WriteFile(file, []byte("file"), 0o600); err != nil {
				t.Fatal(err)
			}
			payload, err := body.Multipart([]body.Part{{Name: "f", File: file}, {Name: "v", Value: "1"}}, "B")
			if err != nil {
				t.Fatal(err)
			}
			opened, err := payload.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer opened.Close()
			content, _ := io.ReadAll(opened)
			if before, after, ok := strings.Cut(string(content), "file\r\n"); !ok || !strings.Contains(before, `name="f"; filename="ada.txt"`) || !strings.Contains(after, `name="v"`) {
				t.Errorf("the parts are %q", content)
			}
		}},
		{1, "files errors", elsewhere, "a body is of one kind: collections refuses two", nil, nil},
		{1, "Content-Length", same, "", nil, func(t *testing.T) {
			for method, want := range map[string]string{"GET": "", "HEAD": "", "POST": "0", "DELETE": "0", "PURGE": "0", "OPTIONS": "0"} {
				equal(t, "Content-Length of an empty "+method, header(prepared(t, request(method, "http://h/")), "Content-Length"), want)
			}
		}},
		{1, "own Content-Type", same, "", func(t *testing.T, way road) {
			r := way.request("POST", "/anything")
			r.Body, r.Headers = body.JSON("{}"), fields("content-type", "text/x")
			equal(t, "Content-Type", echoed(t, r).Headers.Get("Content-Type"), "text/x")
		}, nil},
		{1, "order of preparation", same, "", nil, func(t *testing.T) {
			var seen string
			s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{}), Schemes: []httpcore.Scheme{lookingScheme{&seen}}})
			defer s.Close()
			r := request("POST", "http://h/")
			r.Body, r.Cookies, r.Auth = body.JSON("{}"), fields("c", "1"), httpcore.Auth{Type: "looking"}
			if _, err := s.Prepare(t.Context(), r); err != nil {
				t.Fatal(err)
			}
			equal(t, "what auth sees", seen, "POST / c=1 application/json 2")
		}},
	}
}

// lookingScheme notes what is there when it is its turn.
type lookingScheme struct{ seen *string }

func (lookingScheme) Type() string                                              { return "looking" }
func (lookingScheme) Title() string                                             { return "Looking" }
func (lookingScheme) Fields() []httpcore.SchemeField                            { return nil }
func (l lookingScheme) Authorizer(httpcore.Fields) (httpcore.Authorizer, error) { return l, nil }

func (l lookingScheme) Authorize(_ context.Context, p *httpcore.Prepared) error {
	*l.seen = strings.Join([]string{p.Method, p.Target, header(p, "Cookie"), header(p, "Content-Type"), header(p, "Content-Length")}, " ")
	return nil
}

// mergeRows are section 2: a session is a scope of the collection, so its tests are there.
func mergeRows() []row {
	list := []row{}
	for _, name := range []string{
		"merge_setting", "params as list of pairs", "cookies", "auth", "netrc", "trust_env off", "verify / cert / proxies / stream", "adapters",
	} {
		list = append(list, row{2, name, elsewhere, "collections/resolve", nil, nil})
	}
	return append(list, row{2, "hooks", same, "", func(t *testing.T, way road) {
		var ran []string
		note := func(name string) httpcore.Hooks {
			return httpcore.Hooks{After: []func(context.Context, *httpcore.Hop, *httpcore.Response) error{
				func(context.Context, *httpcore.Hop, *httpcore.Response) error { ran = append(ran, name); return nil },
			}}
		}
		s := httpcore.NewSession(httpcore.SessionOptions{Transport: transport.New(transport.Options{}), Hooks: note("session")})
		defer s.Close()
		r := way.request("GET", "/get")
		send(t, s, r, nil)
		r.Hooks = note("request")
		send(t, s, r, nil)
		equal(t, "the hooks that ran", strings.Join(ran, " "), "session request")
	}, nil})
}

// redirectRows are section 3.
func redirectRows() []row {
	to := func(status int, path string) string {
		return fmt.Sprintf("/redirect-to?status_code=%d&url=%s", status, path)
	}
	// after sends a method with content through a redirect of each status, and says what arrives.
	after := func(t *testing.T, way road, method string, status int) (string, string) {
		r := way.request(method, to(status, "/anything"))
		r.Body = body.Text("content", "text/x")
		x := ask(t, r)
		e := readEcho(t, x)
		return e.Method, e.Data
	}
	return []row{
		{3, "which", same, "", func(t *testing.T, way road) {
			for _, status := range []int{301, 302, 303, 307, 308} {
				equal(t, fmt.Sprint("hops after ", status), len(ask(t, way.request("GET", to(status, "/get"))).Hops), 2)
			}
			equal(t, "hops after a 304", len(ask(t, way.request("GET", "/status/304")).Hops), 1)
			equal(t, "hops after a 300", len(ask(t, way.request("GET", "/status/300")).Hops), 1)
		}, nil},
		{3, "method", differs, "301 keeps PUT, PATCH and DELETE with their bodies", func(t *testing.T, way road) {
			for _, c := range []struct {
				method string
				status int
				want   string
			}{
				{"POST", 301, "GET"},
				{"POST", 302, "GET"},
				{"PUT", 302, "GET"},
				{"PATCH", 303, "GET"},
				{"PUT", 301, "PUT"},
				{"DELETE", 301, "DELETE"},
				{"POST", 307, "POST"},
				{"PUT", 308, "PUT"},
			} {
				method, content := after(t, way, c.method, c.status)
				equal(t, fmt.Sprintf("%s after %d", c.method, c.status), method, c.want)
				if wants := c.want != "GET"; (content != "") != wants {
					t.Errorf("%s after %d has the content %q", c.method, c.status, content)
				}
			}
		}, nil},
		{3, "body", differs, "301 on PUT, PATCH, DELETE keeps the body", func(t *testing.T, way road) {
			r := way.request("POST", to(303, "/anything"))
			r.Body = body.JSON("{}")
			e := echoed(t, r)
			for _, name := range []string{"Content-Type", "Content-Length", "Transfer-Encoding"} {
				equal(t, name, e.Headers.Get(name), "")
			}
			_, content := after(t, way, "PUT", 301)
			equal(t, "the content of a PUT after 301", strings.HasPrefix(content, "content") || strings.Contains(content, "Y29udGVudA"), true)
		}, nil},
		{3, "307/308 streams", same, "", func(t *testing.T, way road) {
			r := way.request("POST", to(307, "/anything"))
			r.Body = unsized{"again"}
			equal(t, "the content", strings.Contains(fmt.Sprint(echoed(t, r).Data), "again") || strings.Contains(echoed(t, r).Data, "YWdhaW4"), true)
			r.Body = spent{unsized{"once"}, new(atomic.Bool)}
			// A server that answers before any of the body was asked for leaves it whole for the next request.
			if x := ask(t, r); !fails(x, httpcore.KindBody) && (x.Err != nil || !strings.Contains(text(t, x), "once") && !strings.Contains(text(t, x), "b25jZQ")) {
				t.Errorf("a body that can't be rewound: %v", x.Err)
			}
		}, nil},
		{3, "Location", same, "", func(t *testing.T, way road) {
			_, authority, _ := strings.Cut(way.origin, "://")
			for location, want := range map[string]string{
				"//" + authority + "/anything/a": "/anything/a",
				"/anything/c":                    "/anything/c",
			} {
				x := ask(t, way.request("GET", to(302, location)+"#kept"))
				if x.Err != nil || len(x.Hops) != 2 {
					t.Fatalf("%s leads through %d hops: %v", location, len(x.Hops), x.Err)
				}
				equal(t, "where "+location+" leads", x.Hops[1].Prepared.URL.String(), way.origin+want+"#kept")
			}
			x := ask(t, way.request("GET", to(302, "/anything/d%23new")+"#old"))
			equal(t, "a fragment of its own", x.Hops[1].Prepared.URL.Fragment, "new")
		}, nil},
		{3, "Authorization", same, "", func(t *testing.T, way road) {
			r := way.request("GET", to(302, "/anything"))
			r.Headers = fields("Authorization", "Basic YTpi")
			equal(t, "on the same origin", echoed(t, r).Headers.Get("Authorization"), "Basic YTpi")
			r = way.request("GET", to(302, otherHost(way)+"/anything"))
			r.Headers = fields("Authorization", "Basic YTpi")
			e := echoed(t, r)
			equal(t, "on another host", e.Headers.Get("Authorization"), "")
		}, nil},
		{3, "other secret headers", differs, "a header that holds a secret stays behind, and that is said", func(t *testing.T, way road) {
			r := way.request("GET", to(302, otherHost(way)+"/anything"))
			r.Headers = fields("X-Api-Key", "hunter22", "X-Other", "kept")
			r.Secrets = []httpcore.Secret{httpcore.NewSecret("key", "hunter22")}
			x := ask(t, r)
			e := readEcho(t, x)
			equal(t, "X-Api-Key", e.Headers.Get("X-Api-Key"), "")
			equal(t, "X-Other", e.Headers.Get("X-Other"), "kept")
			if !slices.ContainsFunc(x.Hops[1].Dropped, func(d httpcore.Dropped) bool { return d.What == "X-Api-Key" }) {
				t.Errorf("it is not said: %v", x.Hops[1].Dropped)
			}
		}, nil},
		{3, "netrc on new host", elsewhere, "TestCredentialsOfAnotherHost", nil, nil},
		{3, "Cookie header", same, "", func(t *testing.T, way road) {
			s := live(t)
			e := followCookies(t, s, way)
			equal(t, "Cookie", e.Headers.Get("Cookie"), "a=1")
		}, nil},
		{3, "limit", same, "", func(t *testing.T, way road) {
			x := ask(t, way.request("GET", "/redirect/40"))
			equal(t, "requests sent", len(x.Hops), 31)
			if !fails(x, httpcore.KindTooManyRedirects) || !strings.HasPrefix(x.Err.Message, "Exceeded 30 redirects") {
				t.Errorf("the error is %v", x.Err)
			}
		}, nil},
		{3, "HEAD", differs, "HEAD follows redirects as every method does; redirects = false gives what requests does", func(t *testing.T, way road) {
			r := way.request("HEAD", to(302, "/get"))
			equal(t, "hops", len(ask(t, r).Hops), 2)
			r.Options.Redirects = 0
			equal(t, "the status", ask(t, r).Response().Status, 302)
		}, nil},
		{3, "history", same, "", func(t *testing.T, way road) {
			x := ask(t, way.request("GET", "/redirect/3"))
			equal(t, "hops", len(x.Hops), 4)
			for i, hop := range x.Hops {
				equal(t, fmt.Sprint("status of hop ", i), hop.Attempts[0].Response.Status < 300, i == 3)
			}
		}, nil},
		{3, "connection", same, "", func(t *testing.T, way road) {
			x := ask(t, way.request("GET", "/redirect/3"))
			equal(t, "the last hop's connection is reused", x.Last().Conn.Reused, true)
		}, nil},
	}
}

// spent is a body that can be opened once.
type spent struct {
	unsized
	opened *atomic.Bool
}

func (s spent) Open() (io.ReadCloser, error) {
	if s.opened.Swap(true) {
		return nil, &body.Error{Kind: body.NotRepeatable, Message: "the body cannot be read again"}
	}
	return s.unsized.Open()
}

// otherHost is the same server under another name.
func otherHost(way road) string { return strings.Replace(way.origin, "127.0.0.1", "localhost", 1) }

// cookieRows are section 4.
func cookieRows() []row {
	var list []row
	for _, name := range []string{
		"persist", "request-only", "dict cookies", "explicit Cookie header", "Host header", "get by name", "merge", "policy",
	} {
		list = append(list, row{4, name, elsewhere, "TestSemanticsOfCookies", nil, nil})
	}
	return list
}
