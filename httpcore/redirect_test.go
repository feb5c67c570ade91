package httpcore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/httpcore/body"
)

// requests: sessions.py, rebuild_method and resolve_redirects.
func TestRedirectRewritesMethodAndBody(t *testing.T) {
	cases := []struct {
		status     int
		method     string
		next       string
		keeps      bool
		difference string
	}{
		{301, "GET", "GET", true, ""},
		{301, "POST", "GET", false, ""},
		{301, "PUT", "PUT", true, "requests keeps the method and loses the body"},
		{301, "PATCH", "PATCH", true, "requests keeps the method and loses the body"},
		{301, "DELETE", "DELETE", true, "requests keeps the method and loses the body"},
		{302, "POST", "GET", false, ""},
		{302, "PUT", "GET", false, ""},
		{302, "HEAD", "HEAD", false, ""},
		{303, "DELETE", "GET", false, ""},
		{303, "HEAD", "HEAD", false, ""},
		{307, "POST", "POST", true, ""},
		{308, "PUT", "PUT", true, ""},
	}
	for _, c := range cases {
		t.Run(fmt.Sprintf("%d %s", c.status, c.method), func(t *testing.T) {
			s, f := newFake(t, func(sent *sentRequest) *fakeReply {
				if sent.Target == "/a" {
					return reply(c.status, "Location", "/b")
				}
				return reply(200)
			})
			r := &Request{Method: c.method, URL: "http://h/a", Body: body.Text("data", "text/plain"), Headers: Fields{{"X-Kept", "1"}, {"Expect", "100-continue"}}, Options: DefaultOptions()}
			x := do(t, s, r, nil)
			if x.Err != nil {
				t.Fatal(x.Err)
			}
			last := f.sent[1]
			if last.Method != c.next || (last.body == "data") != c.keeps {
				t.Errorf("sent %s with body %q", last.Method, last.body)
			}
			for _, name := range []string{"Content-Length", "Content-Type", "Expect"} {
				if _, has := last.Header(name); has != c.keeps {
					t.Errorf("%s is there: %v", name, has)
				}
			}
			if _, has := last.Header("X-Kept"); !has {
				t.Error("X-Kept did not go on")
			}
			if said := slices.ContainsFunc(x.Hops[1].Dropped, func(d Dropped) bool { return d.What == "body" }); said == c.keeps {
				t.Errorf("dropped %v", x.Hops[1].Dropped)
			}
		})
	}
}

// requests: sessions.py, get_redirect_target; resolved as WHATWG says, where requests quotes anew.
func TestRedirectLocation(t *testing.T) {
	cases := []struct{ from, location, want string }{
		{"http://h/a/b?q#frag", "c", "http://h/a/c#frag"},
		{"http://h/a/b?q#frag", "?r", "http://h/a/b?r#frag"},
		{"http://h/a#frag", "/b#new", "http://h/b#new"},
		{"https://h/a", "//other/x", "https://other/x"},
		{"http://h/a", "https://h:8443/../x y", "https://h:8443/x%20y"},
		{"http://h/a", "/caf\xe9", "http://h/caf%E9"},
		{"http://h/a", "/café", "http://h/caf%C3%A9"},
		{"http://h/a", "/%7Euser/%zz", "http://h/%7Euser/%zz"},
		{"http://h/a", "http://u:p@h/b", "http://h/b"},
	}
	for _, c := range cases {
		s, f := newFake(t, func(sent *sentRequest) *fakeReply {
			if len(sent.URL.String()) > 0 && sent.Request.URL == c.from && sent.URL.String() == c.from {
				return reply(302, "Location", c.location)
			}
			return reply(200)
		})
		x := do(t, s, get(c.from), nil)
		if x.Err != nil || len(f.sent) != 2 || f.sent[1].URL.String() != c.want {
			t.Errorf("%s -> %s: went to %v, want %s (%v)", c.from, c.location, f.heads(), c.want, x.Err)
		}
	}
}

// requests: sessions.py, should_strip_auth and rebuild_auth. It differs on purpose in that headers with secrets are dropped
// too, as are the cookies of the request.
func TestRedirectAcrossOrigins(t *testing.T) {
	secret := NewSecret("key", "hunter22")
	cases := []struct {
		name, from, to string
		crosses        bool
	}{
		{"another path", "http://h/a", "http://h/b", false},
		{"the default port, spelled out", "http://h/a", "http://h:80/b", false},
		{"up to https on default ports", "http://h/a", "https://h/b", false},
		{"down to http", "https://h/a", "http://h/b", true},
		{"up to https on another port", "http://h/a", "https://h:8443/b", true},
		{"another port", "http://h/a", "http://h:81/b", true},
		{"another host", "http://h/a", "http://other/b", true},
		{"a host below", "http://h/a", "http://sub.h/b", true},
		{"an address spelled otherwise", "http://[::1]/a", "http://[0:0::1]/b", false},
		{"an address as a number", "http://127.0.0.1/a", "http://0x7f000001/b", false},
		{"another case, and Punycode", "http://bücher.test/a", "http://XN--BCHER-KVA.Test/b", false},
		{"an escaped host", "http://h/a", "http://%68/b", false},
		{"a dot at the end", "http://h.test/a", "http://h.test./b", true},
		{"backslashes", "http://h/a", `\\other/b`, true},
		{"no scheme", "http://h/a", "//other/b", true},
		{"the mapped address", "http://127.0.0.1/a", "http://[::ffff:127.0.0.1]/b", true},
		{"up to https from its port", "http://h:443/a", "https://h/b", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, f := newFake(t, func(sent *sentRequest) *fakeReply {
				if sent.Target == "/a" {
					return reply(307, "Location", c.to)
				}
				return reply(200)
			})
			r := &Request{
				Method: "POST", URL: c.from, Body: body.Text("plain", ""), Options: DefaultOptions(), Secrets: []Secret{secret},
				Headers: Fields{{"Authorization", "Basic x"}, {"X-Api-Key", "k-hunter22"}, {"X-Plain", "1"}, {"Host", "virtual"}, {"Proxy-Authorization", "y"}},
				Cookies: Fields{{"mine", "1"}},
			}
			x := do(t, s, r, nil)
			if x.Err != nil {
				t.Fatal(x.Err)
			}
			last := f.sent[1]
			for _, name := range []string{"Authorization", "X-Api-Key", "Proxy-Authorization", "Cookie"} {
				if _, has := last.Header(name); has == c.crosses {
					t.Errorf("%s is there: %v", name, has)
				}
			}
			if host, _ := last.Header("Host"); (host == "virtual") == c.crosses {
				t.Errorf("Host: %s", host)
			}
			if _, has := last.Header("X-Plain"); !has || last.body != "plain" {
				t.Error("what is no secret did not go on")
			}
			var names []string
			for _, dropped := range x.Hops[1].Dropped {
				if dropped.Why == "" {
					t.Errorf("%s was dropped without a reason", dropped.What)
				}
				names = append(names, dropped.What)
			}
			want := []string{"Authorization", "X-Api-Key", "Host", "Proxy-Authorization", "cookies"}
			if !c.crosses {
				want = nil
			}
			if diff := cmp.Diff(want, names); diff != "" {
				t.Errorf("dropped (-want +got):\n%s", diff)
			}
		})
	}
}

// The name that a server goes by in TLS is for its host.
func TestRedirectToAnotherHostNamesNoServer(t *testing.T) {
	s, f := newFake(t, func(sent *sentRequest) *fakeReply {
		next := map[string]string{"https://h/a": "https://h:8443/b", "https://h:8443/b": "https://other/c"}[sent.URL.String()]
		if next == "" {
			return reply(200)
		}
		return reply(302, "Location", next)
	})
	r := get("https://h/a")
	r.Options.TLS.ServerName = "virtual"
	do(t, s, r, nil)
	var names []string
	for _, sent := range f.sent {
		names = append(names, sent.Options.TLS.ServerName)
	}
	if diff := cmp.Diff([]string{"virtual", "virtual", ""}, names); diff != "" {
		t.Errorf("server names (-want +got):\n%s", diff)
	}
}

func TestRedirectSignsAnewAtTheSameOriginOnly(t *testing.T) {
	s, f := newFake(t, func(sent *sentRequest) *fakeReply {
		switch sent.Target {
		case "/a":
			return reply(302, "Location", "/b")
		case "/b":
			return reply(302, "Location", "http://other/c")
		case "/c":
			return reply(302, "Location", "http://h/d")
		}
		return reply(200)
	})
	r := get("http://h/a")
	r.Auth = Auth{Type: "token", Values: Fields{{"token", "T"}}}
	x := do(t, s, r, nil)
	if x.Err != nil {
		t.Fatal(x.Err)
	}
	var got []string
	for _, sent := range f.sent {
		value, _ := sent.Header("Authorization")
		got = append(got, value)
	}
	if diff := cmp.Diff([]string{"Token T GET /a ", "Token T GET /b ", "", ""}, got); diff != "" {
		t.Errorf("Authorization (-want +got):\n%s", diff)
	}
}

func TestRedirectTakesNoSecretAcross(t *testing.T) {
	send := func(t *testing.T, r *Request, location string) (*Exchange, *fakeTransport) {
		s, f := newFake(t, func(sent *sentRequest) *fakeReply {
			if sent.URL.Host == "h" {
				return reply(307, "Location", location)
			}
			return reply(200)
		})
		r.Secrets = []Secret{NewSecret("key", "hunter22")}
		r.Options = DefaultOptions()
		return do(t, s, r, nil), f
	}
	t.Run("in a param", func(t *testing.T) {
		x, f := send(t, &Request{URL: "http://h/?k=hunter22"}, "http://other/?a=1&k=hunter22&b=2")
		if x.Err != nil || f.sent[1].Target != "/?a=1&b=2" || x.Hops[1].Dropped[0].What != "param k" {
			t.Errorf("sent %v, dropped %v (%v)", f.heads(), x.Hops[len(x.Hops)-1].Dropped, x.Err)
		}
	})
	t.Run("in a header's name", func(t *testing.T) {
		x, f := send(t, &Request{URL: "http://h/", Headers: Fields{{"X-hunter22", "1"}}}, "http://other/")
		if x.Err != nil || len(f.sent[1].Request.Headers) != 1 || x.Hops[1].Dropped[0].What != "X-{secret key}" {
			t.Errorf("dropped %v (%v)", x.Hops[len(x.Hops)-1].Dropped, x.Err)
		}
	})
	t.Run("in the path", func(t *testing.T) {
		x, f := send(t, &Request{URL: "http://h/"}, "http://other/hunter22")
		if !errors.Is(x.Err, KindRedirect) || len(f.sent) != 1 || strings.Contains(x.Err.Message, "hunter22") {
			t.Errorf("sent %v (%v)", f.heads(), x.Err)
		}
	})
	t.Run("in the body", func(t *testing.T) {
		x, f := send(t, &Request{Method: "POST", URL: "http://h/", Body: body.JSON(`{"key": "\u0068unter22"}`)}, "http://other/")
		if !errors.Is(x.Err, KindRedirect) || len(f.sent) != 1 || !strings.Contains(x.Err.Message, "secret key") {
			t.Errorf("sent %v (%v)", f.heads(), x.Err)
		}
		if x.Response() == nil || x.Response().Status != 307 {
			t.Error("the redirect is not kept")
		}
	})
	t.Run("in a compressed body", func(t *testing.T) {
		for _, coding := range body.Codings() {
			for _, content := range []string{"hunter22", strings.Repeat("-", 9<<20) + "hunter22"} { // compressed at once, and as it leaves
				packed, err := body.Compress(body.Text(content, ""), coding)
				if err != nil {
					t.Fatal(err)
				}
				x, f := send(t, &Request{Method: "POST", URL: "http://h/", Body: packed}, "http://other/")
				if !errors.Is(x.Err, KindRedirect) || len(f.sent) != 1 {
					t.Errorf("%s: sent %v (%v)", coding, f.heads(), x.Err)
				}
			}
		}
	})
}

// requests: 30 redirects make 31 requests, then TooManyRedirects; without following, the redirect is the answer.
func TestRedirectLimit(t *testing.T) {
	count := 0
	s, f := newFake(t, func(*sentRequest) *fakeReply {
		count++
		return reply(302, "Location", fmt.Sprint("/", count)).with(strings.NewReader("moved"))
	})
	x := do(t, s, get("http://h/"), nil)
	if !errors.Is(x.Err, KindTooManyRedirects) || x.Err.Message != "Exceeded 30 redirects" {
		t.Errorf("got %v", x.Err)
	}
	if len(f.sent) != 31 || len(x.Hops) != 31 {
		t.Errorf("%d requests, %d hops, want 31", len(f.sent), len(x.Hops))
	}
	if got := contentOf(t, x.Hops[3].Attempts[0].Response); got != "moved" {
		t.Errorf("the body of a hop is %q", got)
	}
	r := get("http://h/")
	r.Options.Redirects = 0
	if x := do(t, s, r, nil); x.Err != nil || x.Response().Status != 302 || len(x.Hops) != 1 {
		t.Errorf("not following: %v, %d hops", x.Err, len(x.Hops))
	}
}

func TestRedirectedMasksSecrets(t *testing.T) {
	s, _ := newFake(t, func(sent *sentRequest) *fakeReply {
		if sent.Target == "/" {
			return reply(302, "Location", "/next?key=hunter22")
		}
		return reply(200)
	})
	r := get("http://h/")
	r.Secrets = []Secret{NewSecret("key", "hunter22")}
	var to string
	do(t, s, r, SinkFunc(func(e Event) {
		if e, ok := e.(Redirected); ok {
			to = e.To
		}
	}))
	if to != "http://h/next?key={secret key}" {
		t.Errorf("went to %q", to)
	}
}

func TestRedirectLoopIsNamed(t *testing.T) {
	s, f := newFake(t, func(sent *sentRequest) *fakeReply {
		return reply(302, "Location", map[string]string{"/a": "/b", "/b": "/a#x"}[sent.Target])
	})
	x := do(t, s, get("http://h/a"), nil)
	if !errors.Is(x.Err, KindRedirectLoop) || len(f.sent) != 31 || x.Err.Message != "Exceeded 30 redirects in a loop: http://h/b leads back to http://h/a#x" {
		t.Errorf("sent %v: %v", f.heads(), x.Err)
	}
}

func TestRedirectToItselfIsFollowedWhileItMayEnd(t *testing.T) {
	sent := 0
	s, _ := newFake(t, func(*sentRequest) *fakeReply {
		if sent++; sent < 4 {
			return reply(302, "Location", "/a")
		}
		return reply(200)
	})
	if x := do(t, s, get("http://h/a"), nil); x.Err != nil || len(x.Hops) != 4 {
		t.Errorf("%d hops: %v", len(x.Hops), x.Err)
	}
}

func TestRedirectThatCannotBeFollowed(t *testing.T) {
	for location, want := range map[string]string{
		"ftp://h/x":        "No connection adapters were found",
		"http://h:99999/":  "port",
		"http://[::1/":     "no IPv6 address",
		"http://u:pw@/":    "No host supplied",
		"javascript:alert": "No connection adapters were found",
	} {
		s, _ := newFake(t, func(*sentRequest) *fakeReply { return reply(302, "Location", location) })
		x := do(t, s, get("http://h/"), nil)
		if !errors.Is(x.Err, KindRedirect) || !strings.Contains(x.Err.Message, want) || x.Response().Status != 302 {
			t.Errorf("%s: %v", location, x.Err)
		}
	}
	s, _ := newFake(t, func(*sentRequest) *fakeReply { return reply(302) })
	if x := do(t, s, get("http://h/"), nil); x.Err != nil || x.Response().Status != 302 {
		t.Errorf("without a Location: %v", x.Err)
	}
}

// The body of a redirect is looked at, but neither its size, nor its end, nor its errors hold anything up.
func TestRedirectBodyIsBounded(t *testing.T) {
	for name, make := range map[string]func(*sentRequest) *fakeReply{
		"endless": func(*sentRequest) *fakeReply { return reply(302).with(zeros{}) },
		"broken": func(*sentRequest) *fakeReply {
			return reply(302, "Content-Encoding", "br").with(strings.NewReader("\xff\xff\xff\xff"))
		},
		"stalled": func(sent *sentRequest) *fakeReply { return reply(302).with(untilDone{sent.ctx}) },
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := newFake(t, func(sent *sentRequest) *fakeReply {
				if sent.Target == "/b" {
					return reply(200).with(strings.NewReader("there"))
				}
				r := make(sent)
				r.headers.Set("Location", "/b")
				return r
			})
			began := time.Now()
			x := do(t, s, get("http://h/"), nil)
			if x.Err != nil || contentOf(t, x.Response()) != "there" {
				t.Fatalf("got %v", x.Err)
			}
			if x.Hops[0].Attempts[0].Err == nil {
				t.Error("that the first body is not whole is not said")
			}
			if time.Since(began) > 5*skimTime {
				t.Error("the body of the redirect held everything up")
			}
		})
	}
}

// Of thirty redirects' bodies, together no more may stay in memory than of one answer's.
func TestRedirectBodiesGoToFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "bodies")
	transport := &fakeTransport{answer: func(sent *sentRequest) *fakeReply {
		if sent.Target == "/b" {
			return reply(200).with(strings.NewReader(strings.Repeat("b", skimMemory+1)))
		}
		return reply(302, "Location", "/b").with(strings.NewReader(strings.Repeat("a", skimMemory+1)))
	}}
	for target, files := range map[string]bool{"http://h/b": false, "http://h/a": true} {
		s := NewSession(SessionOptions{Transport: transport, BodyDir: dir})
		x := do(t, s, get(target), nil)
		if _, err := os.Stat(dir); (err == nil) != files {
			t.Errorf("%s: files are used: %v", target, err == nil)
		}
		if first := contentOf(t, x.Hops[0].Attempts[0].Response); len(first) != skimMemory+1 {
			t.Errorf("%s: %d bytes are kept", target, len(first))
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}

// zeros is a body without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
