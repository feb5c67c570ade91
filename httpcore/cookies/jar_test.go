package cookies

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func names(list []Cookie) string {
	var all []string
	for _, c := range list {
		all = append(all, c.String())
	}
	return strings.Join(all, "; ")
}

// sent returns the cookies that go to a target.
func sent(jar *Jar, to Target) []Cookie {
	var list []Cookie
	for _, d := range jar.Explain(to) {
		if d.Sent {
			list = append(list, d.Cookie)
		}
	}
	return list
}

func TestReceiveSaysWhatBecameOfEachCookie(t *testing.T) {
	secure := Target{Host: "www.example.com", Path: "/a/b", Secure: true}
	plain := Target{Host: "www.example.com", Path: "/a/b"}
	cases := []struct {
		from    Target
		line    string
		outcome Outcome
		why     string
		check   func(Cookie) bool
	}{
		{plain, "a=1", Stored, "", func(c Cookie) bool {
			return c.HostOnly && c.Domain == "www.example.com" && c.Path == "/a" && c.Expires.IsZero()
		}},
		{plain, " a = 1 ; Domain=.Example.COM; path=/", Stored, "", func(c Cookie) bool {
			return !c.HostOnly && c.Domain == "example.com" && c.Name == "a" && c.Value == "1"
		}},
		{plain, "a=1; Path=b", Stored, "", func(c Cookie) bool { return c.Path == "/a" }},
		{plain, "a=1; Max-Age=60; Expires=Wed, 09 Jun 2100 10:18:14 GMT", Stored, "", func(c Cookie) bool { return c.Expires.Equal(noon.Add(time.Minute)) }},
		{plain, "a=1; Expires=Wed, 09 Jun 2100 10:18:14 GMT", Stored, "", func(c Cookie) bool { return c.Expires.Equal(noon.Add(maxAge)) }},
		{plain, "a=1; Max-Age=99999999999999999999", Stored, "", func(c Cookie) bool { return c.Expires.Equal(noon.Add(maxAge)) }},
		{plain, "a=1; Max-Age=x", Stored, "", func(c Cookie) bool { return c.Expires.IsZero() }},
		{plain, "a=1; Max-Age=0", Deleted, "", nil},
		{plain, "a=1; samesite=LAX; HttpOnly; Partitioned", Stored, "", func(c Cookie) bool { return c.SameSite == SameSiteLax && c.HTTPOnly && c.Partitioned }},
		{plain, "alone", Stored, "", func(c Cookie) bool { return c.String() == "alone" }},
		{plain, "a=1; Path=/" + strings.Repeat("x", maxAttribute), Stored, "", func(c Cookie) bool { return c.Path == "/a" }},
		{plain, "", Refused, "neither a name nor a value", nil},
		{plain, "a=" + strings.Repeat("x", maxPair), Refused, "4096 bytes", nil},
		{plain, "a=1\x07", Refused, "control character", nil},
		{plain, "a=1; Domain=other.com", Refused, "not one of www.example.com", nil},
		{plain, "a=1; Domain=sub.www.example.com", Refused, "not one of", nil},
		{plain, "a=1; Domain=com", Refused, "public suffix", nil},
		{plain, "a=1; Secure", Refused, "plain HTTP", nil},
		{secure, "a=1; Secure", Stored, "", func(c Cookie) bool { return c.Secure }},
		{secure, "__Secure-a=1", Refused, "must be Secure", nil},
		{secure, "__HOST-a=1; Secure; Path=/; Domain=example.com", Refused, "no Domain", nil},
		{secure, "__Host-a=1; Secure", Refused, "Path=/", nil},
		{secure, "__Host-a=1; Secure; Path=/", Stored, "", nil},
		{secure, "=__host-a=1", Refused, "prefixed", nil},
		{secure, "=__Http-a=1", Refused, "prefixed", nil},
		{secure, "__Http-a=1; Secure", Refused, "HttpOnly", nil},
		{secure, "__http-a=1; HttpOnly", Refused, "Secure", nil},
		{secure, "__Http-a=1; Secure; HttpOnly; Domain=example.com", Stored, "", nil},
		{secure, "__Host-Http-a=1; Secure; Path=/", Refused, "HttpOnly", nil},
		{secure, "__Host-Http-a=1; Secure; HttpOnly; Path=/x", Refused, "Path=/", nil},
		{secure, "__host-http-a=1; Secure; HttpOnly; Path=/", Stored, "", nil},
		{Target{Host: "co.uk", Path: "/"}, "a=1; Domain=co.uk", Stored, "", func(c Cookie) bool { return c.HostOnly }},
		{Target{Host: "127.0.0.1", Path: "/"}, "a=1; Domain=127.0.0.1; Secure", Stored, "", func(c Cookie) bool { return c.HostOnly }},
		{Target{Host: "127.0.0.1", Path: "/"}, "a=1; Domain=0.0.1", Refused, "not one of", nil},
		{Target{Host: "localhost", Path: "/"}, "a=1; Domain=localhost; Secure", Stored, "", nil},
	}
	for _, c := range cases {
		t.Run(c.line[:min(len(c.line), 40)], func(t *testing.T) {
			jar := New(func() time.Time { return noon })
			got := jar.Receive(c.from, []string{c.line})[0]
			if got.Outcome != c.outcome || !strings.Contains(got.Why, c.why) || (got.Why == "") != (c.why == "") {
				t.Fatalf("%s: %q; want %s: %q", got.Outcome, got.Why, c.outcome, c.why)
			}
			if c.check != nil && !c.check(got.Cookie) {
				t.Errorf("understood as %+v", got.Cookie)
			}
			if stored := len(jar.All()) == 1; stored != (c.outcome == Stored) {
				t.Errorf("the jar holds %v", jar.All())
			}
		})
	}
}

func TestSend(t *testing.T) {
	now := noon
	jar := New(func() time.Time { return now })
	secure := Target{Host: "www.example.com", Path: "/", Secure: true}
	for _, line := range []string{
		"old=1; Path=/", "deep=2; Path=/a/b", "mid=3; Path=/a", "wide=4; Domain=example.com; Path=/", "safe=5; Secure; Path=/", "short=6; Max-Age=10; Path=/",
	} {
		jar.Receive(secure, []string{line})
		now = now.Add(time.Second)
	}
	cases := []struct {
		to   Target
		want string
	}{
		{Target{Host: "www.example.com", Path: "/a/b/c", Secure: true}, "deep=2; mid=3; old=1; wide=4; safe=5; short=6"},
		{Target{Host: "WWW.example.com", Path: "/a"}, "mid=3; old=1; wide=4; short=6"},
		{Target{Host: "www.example.com", Path: "/ab"}, "old=1; wide=4; short=6"},
		{Target{Host: "www.example.com"}, "old=1; wide=4; short=6"},
		{Target{Host: "sub.www.example.com", Path: "/"}, "wide=4"},
		{Target{Host: "example.com", Path: "/"}, "wide=4"},
		{Target{Host: "badexample.com", Path: "/"}, ""},
	}
	for _, c := range cases {
		if got := names(sent(jar, c.to)); got != c.want {
			t.Errorf("to %+v go %q, want %q", c.to, got, c.want)
		}
	}
	now = now.Add(time.Minute)
	if got := names(sent(jar, secure)); strings.Contains(got, "short") {
		t.Errorf("what has ended is sent: %s", got)
	}
	if verdict := jar.Receive(Target{Host: "www.example.com", Path: "/"}, []string{"safe=evil"})[0]; verdict.Outcome != Refused {
		t.Errorf("plain HTTP replaced a Secure cookie: %+v", verdict)
	}
}

func TestReplaceKeepsThePlace(t *testing.T) {
	now := noon
	jar := New(func() time.Time { return now })
	from := Target{Host: "h.test", Path: "/"}
	jar.Receive(from, []string{"a=1", "b=2"})
	now = now.Add(time.Hour)
	if got := jar.Receive(from, []string{"a=3"})[0].Outcome; got != Replaced {
		t.Errorf("outcome %s", got)
	}
	if got := names(sent(jar, from)); got != "a=3; b=2" {
		t.Errorf("sent %s", got)
	}
	if got := jar.Receive(from, []string{"a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"})[0].Outcome; got != Deleted || names(jar.All()) != "b=2" {
		t.Errorf("%s leaves %s", got, names(jar.All()))
	}
}

func TestAJarHasBounds(t *testing.T) {
	now := noon
	jar := New(func() time.Time { return now })
	for i := range maxPerDomain + 20 {
		now = now.Add(time.Second)
		jar.Receive(Target{Host: "h.test", Path: "/"}, []string{fmt.Sprintf("c%d=1", i)})
	}
	all := jar.All()
	if len(all) != maxPerDomain || all[0].Name != "c20" {
		t.Errorf("%d are kept, from %s", len(all), all[0].Name)
	}
	for i := range maxCookies {
		jar.Put(Cookie{Name: "a", Domain: fmt.Sprintf("h%d.test", i), HostOnly: true, Path: "/", Used: now.Add(time.Second)})
	}
	if all := jar.All(); len(all) != maxCookies {
		t.Errorf("%d are kept", len(all))
	}
}

// Whatever a server sends, what goes back stands in one header and comes from the host that it goes to, and comes back
// out of a cookies.txt as it went in; and whatever stands in a cookies.txt, what is read of it could have come from a server.
func FuzzReceive(f *testing.F) {
	for _, seed := range []string{"a=1", "a=1; domain=example.com; path=/", "=;;;=", "a=b; expires=Wed, 09-Jun-21 10:18:14 GMT; max-age=-1", "\x00", "a=\xff; Secure", "a=\t; Path=/\tx", "#HttpOnly_.h.test\tTRUE\t/\tTRUE\t1.5e9\ta\tb", "h.test FALSE / FALSE -1 a", "h.test FALSE / FALSE .1 a"} {
		f.Add(seed, "/a/b")
		f.Add(seed, "/ ;/b")
	}
	f.Fuzz(func(t *testing.T, line, path string) {
		if strings.ContainsFunc(path, isControl) {
			return // no URL has such a path
		}
		jar := New(func() time.Time { return noon })
		from := Target{Host: "www.example.com", Path: path, Secure: true}
		verdict := jar.Receive(from, []string{line})[0]
		if (verdict.Outcome == Refused) == (verdict.Why == "") {
			t.Errorf("%q: %s, because %q", line, verdict.Outcome, verdict.Why)
		}
		for _, c := range sent(jar, Target{Host: "www.example.com", Path: verdict.Cookie.Path, Secure: true}) {
			if strings.ContainsAny(c.String(), "\r\n\x00;") {
				t.Errorf("%q is sent back as %q", line, c)
			}
		}
		throughNetscape(t, jar.All())
		list, _, err := ReadNetscape(strings.NewReader(line))
		if err != nil {
			t.Error(err)
		}
		for _, c := range list {
			if err := c.Check(); err != nil {
				t.Errorf("%q is read as %+v: %v", line, c, err)
			}
		}
		throughNetscape(t, list)
		if other := jar.Explain(Target{Host: "other.com", Path: "/", Secure: true}); len(other) > 0 {
			t.Errorf("%q goes to another host", line)
		}
	})
}
