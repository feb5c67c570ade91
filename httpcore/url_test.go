package httpcore

import (
	"strings"
	"testing"
)

func TestURLParts(t *testing.T) {
	u, err := ParseURL(" HTTPS://us:p%40@EXÄMPLE.com:0443/a/./b/../%7e/ü?q='x'&%zz#f r ")
	if err != nil {
		t.Fatal(err)
	}
	for what, parts := range map[string][2]string{
		"String":        {u.String(), "https://us:p%40@xn--exmple-cua.com/a/%7e/%C3%BC?q=%27x%27&%zz#f%20r"},
		"Redacted":      {u.Redacted(), "https://xn--exmple-cua.com/a/%7e/%C3%BC?q=%27x%27&%zz#f%20r"},
		"Authority":     {u.Authority(), "xn--exmple-cua.com"},
		"HostPort":      {u.HostPort(), "xn--exmple-cua.com:443"},
		"Origin":        {u.Origin(), "https://xn--exmple-cua.com"},
		"RequestTarget": {u.RequestTarget(), "/a/%7e/%C3%BC?q=%27x%27&%zz"},
	} {
		if parts[0] != parts[1] {
			t.Errorf("%s is %q, want %q", what, parts[0], parts[1])
		}
	}
	v6, err := ParseURL("http://[2001:DB8::1]:8080")
	if err != nil {
		t.Fatal(err)
	}
	if v6.HostPort() != "[2001:db8::1]:8080" || v6.Hostname() != "2001:db8::1" || v6.Authority() != "[2001:db8::1]:8080" {
		t.Errorf("IPv6: %s, %s, %s", v6.HostPort(), v6.Hostname(), v6.Authority())
	}
}

// Percent-escapes stay as typed: neither case nor need is judged (requests would decode %7E and encode a stray "%").
func TestURLKeepsEscapes(t *testing.T) {
	for _, target := range []string{"/%7E/%7e", "/a%2Fb", "/%", "/%zz?%", "/?a=%20+%2b", "/a;b,c=d!$&'()*+:@"} {
		u, err := ParseURL("http://h" + target)
		if err != nil || u.RequestTarget() != target {
			t.Errorf("%s became %v (%v)", target, u, err)
		}
	}
}

func TestRawURL(t *testing.T) {
	cases := map[string]string{
		"http://h":                  "/",
		"http://h?x":                "/?x",
		"http://h/../a/./%2e#frag":  "/../a/./%2e",
		`http://h/a\b"<>^{}|?'"#f`:  `/a\b"<>^{}|?'"`,
		"http://u:p@h:8080//x//?a?": "//x//?a?",
		"http://h/ü\xff":            "/ü\xff",
	}
	for typed, want := range cases {
		u, err := ParseRawURL(typed)
		if err != nil || u.RequestTarget() != want {
			t.Errorf("%s leads to %v, want %s (%v)", typed, u, want, err)
		}
	}
	for _, typed := range []string{"http://h/a b", "http://h/\r\nX: y", "http://h/\x00", "http://h/\t", " http://h/", "http://h/\x7f"} {
		if u, err := ParseRawURL(typed); err == nil {
			t.Errorf("%q was taken, as %s", typed, u)
		}
	}
}

func TestHideUserinfo(t *testing.T) {
	for typed, want := range map[string]string{
		"http://u:p@h/@x":   "http://h/@x",
		"u:p@h":             "h",
		"//u:p@q@h?x@y":     "//h?x@y",
		"http://h/a@b":      "http://h/a@b",
		"https:u:p@h:99999": "https:h:99999",
		// A slash that was not encoded ends the authority in the middle of the password.
		"http://u:p/w@h/x":    "http://h/x",
		"http://u:p#q?w@h/":   "http://h/",
		"http://h:8080/a@b":   "http://h:8080/a@b",
		"http://[::1]:80/a@b": "http://[::1]:80/a@b",
		"http://[::1]/a@b":    "http://[::1]/a@b",
		"http://h:/a@b":       "http://h:/a@b",
	} {
		if got := hideUserinfo(typed); got != want {
			t.Errorf("%s is shown as %s, want %s", typed, got, want)
		}
	}
}

// What was parsed and printed parses again to itself, and its target can stand in a request line.
func FuzzURL(f *testing.F) {
	for _, seed := range []string{
		"http://h", "https://u:p@h:1/a/../b?c#d", "http://[::1]/", "http://0x7f.1/", "http://ü.de/ü?ü#ü", `http:\\h\..\a`, "http://h/%2e%2E/..", "http://h/\xff",
	} {
		f.Add(seed, "/x", "v")
		f.Add("http://h/a/b?c#d", seed, "v")
	}
	for _, value := range pathValues {
		f.Add("http://h/", "/", value)
	}
	f.Fuzz(func(t *testing.T, typed, reference, value string) {
		checkPathValue(t, value)
		checkRaw(t, typed)
		u, err := ParseURL(typed)
		if err != nil {
			return
		}
		checkURL(t, u)
		if next, err := u.Resolve(reference); err == nil {
			checkURL(t, next)
		}
	})
}

func checkURL(t *testing.T, u *URL) {
	t.Helper()
	again, err := ParseURL(u.String())
	if err != nil {
		t.Fatalf("%q was printed, but does not parse: %v", u, err)
	}
	if *again != *u {
		t.Errorf("%q parses to another: %#v, %#v", u, u, again)
	}
	checkTarget(t, u)
}

func checkRaw(t *testing.T, typed string) {
	t.Helper()
	u, err := ParseRawURL(typed)
	if err != nil {
		return
	}
	if !strings.Contains(typed, strings.TrimPrefix(u.RequestTarget(), "/")) {
		t.Errorf("%q leads to %q, which was not typed", typed, u.RequestTarget())
	}
	checkTarget(t, u)
}

func checkTarget(t *testing.T, u *URL) {
	t.Helper()
	if target := u.RequestTarget(); !strings.HasPrefix(target, "/") || strings.ContainsAny(target+u.Authority(), " \t\r\n\x00#") {
		t.Errorf("the target %q or the host %q breaks the request line", target, u.Authority())
	}
}

// What was masked is shown as it was kept, and its host and port are known where they can be.
func TestAKeptURLIsShownAsItIs(t *testing.T) {
	for kept, host := range map[string]string{
		"http://h:8080/{secret a}/b c?q={secret b}&x=[#{secret c}": "h",
		"http://{secret a}:80/x":                                   "{secret a}:80",
		"https://h/a%20b?":                                         "h",
	} {
		u := KeptURL(kept)
		if u.String() != kept || u.Host != host {
			t.Errorf("%s becomes %s, with the host %s", kept, u, u.Host)
		}
	}
}
