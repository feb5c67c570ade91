package httpcore

import (
	"errors"
	"strings"
	"testing"
)

// mustURL parses a URL that is right.
func mustURL(t *testing.T, typed string) *URL {
	t.Helper()
	u, err := ParseURL(typed)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestProxyOfAURL(t *testing.T) {
	by := map[string]string{
		"https://api.test": "http://one:3128", "https": "http://two:3128", "all://db.test": "socks5h://three", "all": "four.test:8080",
	}
	for _, c := range []struct{ url, want string }{
		{"https://api.test/", "http://one:3128/"},
		{"https://API.test/", "http://one:3128/"},
		{"https://other.test/", "http://two:3128/"},
		{"https://db.test/", "http://two:3128/"}, // "scheme" goes before "all://host"
		{"http://db.test:5432/", "socks5h://three/"},
		{"http://other.test/", "http://four.test:8080/"},
	} {
		proxy, why, err := Proxies{By: by, Origin: "options.proxy"}.For(mustURL(t, c.url))
		if err != nil || proxy.String() != c.want {
			t.Errorf("%s goes through %v (%v), want %s", c.url, proxy, err, c.want)
		}
		if why != "as options.proxy says" {
			t.Errorf("why = %q", why)
		}
	}
}

func TestNoProxyOfAURL(t *testing.T) {
	for _, c := range []struct {
		name    string
		proxies Proxies
		why     string
	}{
		{"none are set", Proxies{Except: []string{"*"}}, ""},
		{"for another scheme", Proxies{By: map[string]string{"http": "http://p"}, Origin: "options.proxy"}, "options.proxy has one for other URLs only"},
		{"switched off", Proxies{By: map[string]string{"all": ""}, Origin: "options.proxy"}, "as options.proxy says"},
		{"excepted", Proxies{By: map[string]string{"all": "p"}, Except: []string{"x", ".test"}, Origins: map[string]string{"no": "no_proxy"}}, "no_proxy excepts .test"},
	} {
		proxy, why, err := c.proxies.For(mustURL(t, "https://api.test/"))
		if proxy != nil || err != nil || !strings.Contains(why, c.why) || (why == "") != (c.why == "") {
			t.Errorf("%s: %v, %q, %v; want no proxy, %q", c.name, proxy, why, err, c.why)
		}
	}
}

// What requests.utils.should_bypass_proxies says to the same, but for ports, which it compares only when a URL of a name
// has one: here the scheme's default counts, and addresses have ports too.
func TestExceptions(t *testing.T) {
	for _, c := range []struct {
		entry, url string
		want       bool
	}{
		{"api.test", "http://api.test/", true},
		{"api.test", "http://v1.api.test/", true},
		{"api.test", "http://myapi.test/", false},
		{".api.test", "http://v1.api.test/", true},
		{".api.test", "http://api.test/", true},
		{"API.Test", "http://api.test/", true},
		{" api . test ", "http://api.test/", true},
		{"api.test:8080", "http://api.test:8080/", true},
		{"api.test:8080", "http://v1.api.test:8080/", true},
		{"api.test:8080", "http://api.test/", false},
		{"api.test:443", "https://api.test/", true},
		{"*", "http://anything/", true},
		{"*.api.test", "http://v1.api.test/", false}, // no wildcards but the one that is all of it
		{"", "http://api.test/", false},
		{".", "http://api.test/", false},
		{"192.0.2.1", "http://192.0.2.1/", true},
		{"192.0.2.1:81", "http://192.0.2.1:81/", true},
		{"192.0.2.1", "http://192.0.2.11/", false},
		{"2.1", "http://192.0.2.1/", false},
		{"192.0.2.0/24", "http://192.0.2.200/", true},
		{"192.0.2.0/24", "http://192.0.3.1/", false},
		{"0.0.0.0/0", "http://192.0.3.1/", false}, // a mask of 0 bits is not valid there
		{"192.0.2.0/24", "http://192.0.2.1.test/", false},
		{"2001:db8::/32", "http://[2001:db8::5]/", true},
		{"2001:db8::/32", "http://[2001:db9::5]/", false},
		{"2001:db8::5", "http://[2001:db8:0::5]/", true},
		{"[2001:db8::5]:8080", "http://[2001:db8::5]:8080/", true},
		{"[2001:db8::5]:8080", "http://[2001:db8::5]/", false},
		{"::1", "http://localhost/", false}, // Python has no opinion of its own on loopback
		{"localhost", "http://localhost:8080/", true},
		{"127.0.0.0/8", "http://127.0.0.1/", true},
	} {
		p := Proxies{By: map[string]string{"all": "http://p"}, Except: []string{"elsewhere.test", c.entry}}
		proxy, _, err := p.For(mustURL(t, c.url))
		if err != nil || (proxy == nil) != c.want {
			t.Errorf("%q excepts %s: %v (%v), want %v", c.entry, c.url, proxy == nil, err, c.want)
		}
	}
	if proxy, _, _ := (Proxies{By: map[string]string{"all": "http://p"}}).For(mustURL(t, "http://127.0.0.1/")); proxy == nil {
		t.Error("loopback is excepted, which nobody asked for")
	}
}

func TestProxyURLs(t *testing.T) {
	for typed, want := range map[string]string{
		"proxy.test":                          "http://proxy.test:80",
		"proxy.test:3128":                     "http://proxy.test:3128",
		"http://proxy.test/ignored":           "http://proxy.test:80",
		"HTTPS://proxy.test":                  "https://proxy.test:443",
		"socks5://proxy.test":                 "socks5://proxy.test:1080",
		"socks5h://[::1]:9050":                "socks5h://[::1]:9050",
		" http://ada:s%40cret@proxy.test:81 ": "http://proxy.test:81",
	} {
		proxy, _, err := Proxies{By: map[string]string{"all": typed}}.For(mustURL(t, "http://api.test/"))
		if err != nil || proxy.Scheme+"://"+proxy.HostPort() != want {
			t.Errorf("%q is %v (%v), want %s", typed, proxy, err, want)
		}
		if username, password := proxy.Credentials(); strings.Contains(typed, "@") && (username != "ada" || password != "s@cret") {
			t.Errorf("credentials = %q, %q", username, password)
		}
	}
	for _, typed := range []string{"http://", "socks4://proxy.test", "http://ada:sesame@proxy.test:port", "ftp://ada:sesame@proxy.test", "ada:sesame@:3128"} {
		_, _, err := Proxies{By: map[string]string{"all": typed}, Origin: "options.proxy"}.For(mustURL(t, "http://api.test/"))
		e, ok := errors.AsType[*Error](err)
		if !ok || e.Kind != KindURL || !strings.HasPrefix(e.Message, "Invalid proxy URL") || !strings.Contains(e.Message, "options.proxy") || e.Advice == "" {
			t.Errorf("%q: %v", typed, err)
		} else if strings.Contains(e.Message, "sesame") {
			t.Errorf("the password is told: %s", e.Message)
		}
	}
}

func TestProxiesFromEnv(t *testing.T) {
	for _, c := range []struct {
		name string
		env  map[string]string
		url  string
		want string
		why  string
	}{
		{"nothing", nil, "http://a.test/", "", ""},
		{"lower case", map[string]string{"http_proxy": "http://low", "HTTP_PROXY": "http://up"}, "http://a.test/", "http://low/", "as the environment's http_proxy says"},
		{"upper case", map[string]string{"HTTPS_PROXY": "http://up"}, "https://a.test/", "http://up/", "as the environment's HTTPS_PROXY says"},
		{"empty lower case switches upper case off", map[string]string{"https_proxy": "", "HTTPS_PROXY": "http://up"}, "https://a.test/", "", ""},
		{"another scheme", map[string]string{"http_proxy": "http://low"}, "https://a.test/", "", "none, for the environment has one for other URLs only"},
		{"all", map[string]string{"ALL_PROXY": "socks5://s"}, "https://a.test/", "socks5://s/", "as the environment's ALL_PROXY says"},
		{"the scheme's goes before all", map[string]string{"all_proxy": "socks5://s", "https_proxy": "p"}, "https://a.test/", "http://p/", "as the environment's https_proxy says"},
		{"CGI", map[string]string{"HTTP_PROXY": "http://evil", "REQUEST_METHOD": "GET"}, "http://a.test/", "", ""},
		{"CGI, lower case", map[string]string{"http_proxy": "http://good", "REQUEST_METHOD": "GET"}, "http://a.test/", "http://good/", "as the environment's http_proxy says"},
		{"excepted", map[string]string{"all_proxy": "http://p", "no_proxy": "b.test, a.test"}, "http://a.test/", "", "none, for the environment's no_proxy excepts a.test"},
		{"excepted in upper case", map[string]string{"all_proxy": "http://p", "no_proxy": "", "NO_PROXY": "*"}, "http://a.test/", "", "none, for the environment's NO_PROXY excepts *"},
	} {
		p := ProxiesFromEnv(func(name string) (string, bool) {
			value, ok := c.env[name]
			return value, ok
		})
		proxy, why, err := p.For(mustURL(t, c.url))
		got := ""
		if proxy != nil {
			got = proxy.String()
		}
		if err != nil || got != c.want || why != c.why {
			t.Errorf("%s: %q, %q (%v); want %q, %q", c.name, got, why, err, c.want, c.why)
		}
	}
}

func TestCredentialsOfProxiesAreSecrets(t *testing.T) {
	r := &Request{URL: "http://api.test/"}
	r.Options.Network.Proxies.By = map[string]string{"http": "http://ada:s%40cret-word@p", "https": "http://open", "all": "http://bob:b@p"}
	p, err := NewSession(SessionOptions{Transport: &fakeTransport{}}).Prepare(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	masker := NewMasker(p.Request.Secrets, Mark)
	for _, leak := range []string{"Proxy-Authorization: Basic YWRhOnNAY3JldC13b3Jk", "s@cret-word", "http://ada:s%40cret-word@p", "Basic " + "Ym9iOmI="} {
		if got := masker.String(leak); got == leak || strings.Contains(got, "cret-word") || strings.Contains(got, "YWRhOnN") {
			t.Errorf("%q became %q", leak, got)
		}
	}
	if got := masker.String("a bubble"); got != "a bubble" {
		t.Errorf("a password of one letter is masked everywhere: %q", got)
	}
	if len(r.Secrets) > 0 {
		t.Error("the request was changed")
	}
}
