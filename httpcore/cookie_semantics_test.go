package httpcore

import (
	"strings"
	"testing"

	"parley/httpcore/cookies"
)

// The rows of reference/requests-semantics.md, section 4, by their names: each is the same in Parley or differs, as the
// test says.
func TestSemanticsOfCookies(t *testing.T) {
	// hops answers with a redirect to each of the locations in turn, and with the Set-Cookie fields of each place.
	hops := func(setCookies map[string]string, to ...string) func(*sentRequest) *fakeReply {
		return func(sent *sentRequest) *fakeReply {
			var fields []string
			if line := setCookies[sent.Target]; line != "" {
				fields = append(fields, "Set-Cookie", line)
			}
			if len(to) == 0 {
				return reply(200, fields...)
			}
			next := to[0]
			to = to[1:]
			return reply(302, append(fields, "Location", next)...)
		}
	}
	cookie := func(name, value, domain string) cookies.Cookie {
		return cookies.Cookie{Name: name, Value: value, Domain: domain, HostOnly: true, Path: "/"}
	}
	cases := []struct {
		row    string
		answer func(*sentRequest) *fakeReply
		jar    []cookies.Cookie
		set    func(*Request)
		sent   string // the Cookie header of each hop
		kept   string // the jar afterwards
	}{
		{
			row:    "persist: same",
			answer: hops(map[string]string{"/": "a=1; Path=/", "/b": "b=2; Path=/"}, "/b", "/c"),
			sent:   " | a=1 | a=1; b=2", kept: "a=1, b=2",
		},
		{
			row: "request-only: same", answer: hops(nil, "/b"),
			set:  func(r *Request) { r.Cookies = Fields{{"mine", "1"}} },
			sent: "mine=1 | mine=1",
		},
		{
			row: "dict cookies: differs, they belong to their host", answer: hops(nil, "http://other.test/"),
			set:  func(r *Request) { r.Cookies = Fields{{"mine", "1"}} },
			sent: "mine=1 | ",
		},
		{
			row: "explicit Cookie header: same, on the first hop only", answer: hops(nil, "/b"),
			jar:  []cookies.Cookie{cookie("jar", "1", "h.test")},
			set:  func(r *Request) { r.Headers = Fields{{"Cookie", "x=y"}} },
			sent: "x=y | jar=1", kept: "jar=1",
		},
		{
			row: "Host header: differs, it counts on addresses of one's own network only", answer: hops(map[string]string{"/": "new=1"}),
			jar:  []cookies.Cookie{cookie("a", "1", "named.test"), cookie("b", "2", "h.test")},
			set:  func(r *Request) { r.Headers = Fields{{"Host", "named.test"}} },
			sent: "b=2", kept: "a=1, b=2, new=1",
		},
		{
			row: "merge: differs, the request's cookie takes the place of the jar's for this request", answer: hops(nil),
			jar:  []cookies.Cookie{cookie("a", "jar", "h.test"), cookie("b", "jar", "h.test")},
			set:  func(r *Request) { r.Cookies = Fields{{"a", "mine"}} },
			sent: "b=jar; a=mine", kept: "a=jar, b=jar",
		},
		{
			row:    "policy: differs, RFC 6265bis with the public suffix list",
			answer: hops(map[string]string{"/": "wide=1; Domain=test"}, "/b"),
			sent:   " | ",
		},
	}
	for _, c := range cases {
		t.Run(c.row, func(t *testing.T) {
			s, f := newFake(t, c.answer)
			for _, one := range c.jar {
				s.Jar().Put(one)
			}
			r := get("http://h.test/")
			if c.set != nil {
				c.set(r)
			}
			if x := do(t, s, r, nil); x.Err != nil {
				t.Fatal(x.Err)
			}
			var headers, kept []string
			for _, sent := range f.sent {
				headers = append(headers, cookieOf(sent))
			}
			for _, one := range s.Jar().All() {
				if one.Name == "new" && one.Domain != "h.test" {
					t.Errorf("%s is kept for %s", one, one.Domain)
				}
				kept = append(kept, one.String())
			}
			if got := strings.Join(headers, " | "); got != c.sent {
				t.Errorf("sent %q, want %q", got, c.sent)
			}
			if got := strings.Join(kept, ", "); got != c.kept {
				t.Errorf("kept %q, want %q", got, c.kept)
			}
		})
	}
	t.Run("get by name: same, several of a name are an error", func(t *testing.T) {
		s, _ := newFake(t, hops(nil))
		s.Jar().Put(cookie("a", "1", "h.test"))
		s.Jar().Put(cookie("a", "2", "i.test"))
		if _, err := s.Jar().One(cookies.Selector{Name: "a"}); err == nil || !strings.Contains(err.Error(), "2 cookies") {
			t.Errorf("got %v", err)
		}
	})
}

// decided writes what Prepare or a redirect said of each cookie, such as "a sent, b path".
func decided(p *Prepared) string {
	var list []string
	for _, d := range p.Cookies {
		text := d.Cookie.Name + " " + string(d.Reason)
		if d.Sent {
			text = d.Cookie.Name + " sent"
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

func TestEveryHopSaysWhyEachCookieWasSentOrNot(t *testing.T) {
	s, _ := newFake(t, func(sent *sentRequest) *fakeReply {
		if sent.Target == "/" {
			return reply(302, "Location", "http://sub.h.test/next")
		}
		return reply(200)
	})
	s.Jar().Put(cookies.Cookie{Name: "host", Value: "1", Domain: "h.test", HostOnly: true, Path: "/"})
	s.Jar().Put(cookies.Cookie{Name: "wide", Value: "1", Domain: "h.test", Path: "/"})
	s.Jar().Put(cookies.Cookie{Name: "stranger", Value: "1", Domain: "i.test", Path: "/"})
	s.Jar().Put(cookies.Cookie{Name: "theme", Value: "light", Domain: "h.test", Path: "/"})
	r := get("http://h.test/")
	r.Cookies = Fields{{"theme", "dark"}}
	x := do(t, s, r, nil)
	for i, want := range []string{
		"host sent, wide sent, theme overridden, theme sent",
		"wide sent, theme sent, host host-only, theme origin",
	} {
		if got := decided(x.Hops[i].Prepared); got != want {
			t.Errorf("hop %d: %s, want %s", i, got, want)
		}
	}
	for name, c := range map[string]struct {
		set  func(*Request)
		want string
	}{
		"an explicit header": {func(r *Request) { r.Headers = Fields{{"Cookie", "x=y"}} }, "host header, wide header, theme header, theme header"},
		"no header":          {func(r *Request) { r.Without = []string{"Cookie"} }, "host header, wide header, theme header, theme header"},
		"without the jar":    {func(r *Request) { r.Options.WithoutJar = true }, "theme sent"},
	} {
		r := get("http://h.test/")
		r.Cookies = Fields{{"theme", "dark"}}
		c.set(r)
		if got := decided(do(t, s, r, nil).Hops[0].Prepared); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// What is prepared may never leave: only what is sent counts as used.
func TestPreparingDoesNotUseTheJar(t *testing.T) {
	s, _ := newFake(t, func(*sentRequest) *fakeReply { return reply(200) })
	s.Jar().Put(cookies.Cookie{Name: "a", Value: "1", Domain: "h.test", HostOnly: true, Path: "/"})
	before := s.Jar().All()[0].Used
	p, err := s.Prepare(t.Context(), get("http://h.test/"))
	if err != nil {
		t.Fatal(err)
	}
	if after := s.Jar().All()[0].Used; !after.Equal(before) {
		t.Errorf("used at %v", after)
	}
	x, err := s.Do(t.Context(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if after := s.Jar().All()[0].Used; !after.After(before) {
		t.Errorf("still used at %v", after)
	}
}
