package httpcore

import (
	"strings"
	"testing"

	"parley/httpcore/cookies"
)

func cookieOf(sent *sentRequest) string {
	value, _ := sent.Header("Cookie")
	return value
}

// requests: each hop's Set-Cookie goes to the session's jar before the next hop; a request's own cookies are not stored.
func TestCookiesOfEveryHop(t *testing.T) {
	s, f := newFake(t, func(sent *sentRequest) *fakeReply {
		switch sent.Target {
		case "/a":
			return reply(302, "Location", "/b", "Set-Cookie", "one=1; Path=/", "Set-Cookie", "bad=1; Domain=other.test")
		case "/b":
			return reply(302, "Location", "http://other.test/c", "Set-Cookie", "two=2", "Set-Cookie", "one=; Max-Age=0; Path=/")
		}
		return reply(200, "Set-Cookie", "three=3")
	})
	r := get("http://h.test/a")
	r.Cookies = Fields{{"mine", "m"}}
	x := do(t, s, r, nil)
	if x.Err != nil {
		t.Fatal(x.Err)
	}
	var got []string
	for _, sent := range f.sent {
		got = append(got, cookieOf(sent))
	}
	if strings.Join(got, " | ") != "mine=m | one=1; mine=m | " {
		t.Errorf("sent %q", got)
	}
	verdicts := x.Hops[0].Attempts[0].Response.Cookies
	if len(verdicts) != 2 || verdicts[0].Outcome != cookies.Stored || verdicts[1].Outcome != cookies.Refused || verdicts[1].Why == "" {
		t.Errorf("verdicts %+v", verdicts)
	}
	var kept []string
	for _, c := range s.Jar().All() {
		kept = append(kept, c.Domain+" "+c.String())
	}
	if strings.Join(kept, ", ") != "h.test two=2, other.test three=3" {
		t.Errorf("the jar holds %q", kept)
	}
}

func TestCookiesOfTheJar(t *testing.T) {
	s, f := newFake(t, func(*sentRequest) *fakeReply { return reply(200, "Set-Cookie", "set=1") })
	for _, name := range []string{"a", "b"} {
		s.Jar().Put(cookies.Cookie{Name: name, Value: "jar", Domain: "h.test", HostOnly: true, Path: "/"})
	}
	cases := []struct {
		name string
		set  func(*Request)
		want string
	}{
		{"the request's replace the jar's", func(r *Request) { r.Cookies = Fields{{"b", "mine"}} }, "a=jar; b=mine"},
		{"an explicit header wins", func(r *Request) { r.Headers = Fields{{"cookie", "x=y"}} }, "x=y"},
		{"switched off", func(r *Request) { r.Without = []string{"Cookie"} }, ""},
		{"a replay takes none and stores none", func(r *Request) { r.Options.WithoutJar = true; r.Cookies = Fields{{"c", "3"}} }, "c=3"},
		{"of the site that Host names, on this machine", func(r *Request) { r.URL = "http://127.0.0.1/"; r.Headers = Fields{{"Host", "h.test:81"}} }, "a=jar; b=jar"},
		{"of the site that Host names, on a private address", func(r *Request) { r.URL = "http://10.0.0.1/"; r.Headers = Fields{{"Host", "h.test"}} }, "a=jar; b=jar"},
		{"not of the site that Host names, elsewhere", func(r *Request) { r.URL = "http://198.51.100.1/"; r.Headers = Fields{{"Host", "h.test"}} }, ""},
		{"of no other host", func(r *Request) { r.URL = "http://sub.h.test/" }, ""},
	}
	for _, c := range cases {
		r := get("http://h.test/")
		c.set(r)
		x := do(t, s, r, nil)
		if got := cookieOf(f.sent[len(f.sent)-1]); got != c.want {
			t.Errorf("%s: sent %q, want %q", c.name, got, c.want)
		}
		if r.Options.WithoutJar && len(x.Response().Cookies) > 0 {
			t.Errorf("%s: stored %v", c.name, x.Response().Cookies)
		}
		for _, kept := range s.Jar().All() {
			if kept.Name == "set" {
				s.Jar().Delete(kept)
			}
		}
	}
}
