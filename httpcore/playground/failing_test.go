package playground

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestFlakyCountsByKey(t *testing.T) {
	s := start(t)
	for i, want := range []int{503, 503, 200, 503, 503, 200} {
		if res, _ := call(t, "GET", s.URL+"/flaky?fail=2&key=a", ""); res.StatusCode != want {
			t.Errorf("attempt %d of a: got %s, want %d", i+1, res.Status, want)
		}
		if i == 0 {
			call(t, "GET", s.URL+"/flaky?fail=2&key=b", "")
		}
	}
	if res, body := call(t, "GET", s.URL+"/flaky?fail=1&key=b", ""); res.StatusCode != 200 || !strings.Contains(body, `"attempt":2`) {
		t.Errorf("b: got %s %s", res.Status, body)
	}
	call(t, "GET", s.URL+"/flaky?key=c&status=502", "")
	s.Reset()
	if res, _ := call(t, "GET", s.URL+"/flaky?key=c&status=502", ""); res.StatusCode != 502 {
		t.Errorf("after Reset: got %s, want 502", res.Status)
	}
}

func TestTallyForgetsRatherThanGrows(t *testing.T) {
	tries := newTally()
	for i := range maxKeys * 2 {
		tries.try(strings.Repeat("k", 1+i%3)+string(rune(i+0x10000)), 5)
	}
	if n := len(tries.tries); n > maxKeys {
		t.Errorf("it remembers %d keys", n)
	}
}

func TestRateLimited(t *testing.T) {
	s := start(t)
	res, _ := call(t, "GET", s.URL+"/rate-limited?after=7", "")
	h := res.Header
	if res.StatusCode != 429 || h.Get("Retry-After") != "7" || h.Get("RateLimit") != `"playground";r=0;t=7` || h.Get("X-RateLimit-Remaining") != "0" {
		t.Errorf("got %s %v", res.Status, h)
	}
	res, _ = call(t, "GET", s.URL+"/rate-limited?after=7", "")
	if res.StatusCode != 200 || res.Header.Get("Retry-After") != "" || res.Header.Get("X-RateLimit-Remaining") != "1" {
		t.Errorf("then: got %s %v", res.Status, res.Header)
	}
	before := time.Now()
	res, _ = call(t, "GET", s.URL+"/rate-limited?after=60&date=1&key=d", "")
	at, err := http.ParseTime(res.Header.Get("Retry-After"))
	if err != nil || at.Before(before.Add(58*time.Second)) || at.After(time.Now().Add(time.Minute)) {
		t.Errorf("Retry-After is %q, %v", res.Header.Get("Retry-After"), err)
	}
}

func TestAPIKey(t *testing.T) {
	s := start(t)
	for _, c := range []struct {
		path, header, value string
		status              int
		in                  string
	}{
		{"/api-key", "X-API-Key", "any", 200, "header"},
		{"/api-key/k?api_key=k", "", "", 200, "query"},
		{"/api-key/k", "Cookie", "api_key=k", 200, "cookie"},
		{"/api-key/k", "X-API-Key", "other", 401, ""},
		{"/api-key", "", "", 401, ""},
	} {
		res, body := call(t, "GET", s.URL+c.path, "", c.header, c.value)
		if res.StatusCode != c.status || c.in != "" && !strings.Contains(body, `"in":"`+c.in+`"`) {
			t.Errorf("%s %s: got %s %s", c.path, c.header, res.Status, body)
		}
		if c.status == 401 && res.Header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: 401 without a challenge", c.path)
		}
	}
}

func TestParseSize(t *testing.T) {
	for s, want := range map[string]int64{"0": 0, "1500": 1500, "64KiB": 65536, "1.5GiB": 3 << 29, "10MB": 10_000_000, "2k": 2048, "1 MiB": 1 << 20, "7b": 7} {
		if got, err := parseSize(s); err != nil || got != want {
			t.Errorf("%q: got %d, %v", s, got, err)
		}
	}
	for _, s := range []string{"", ".", "k", "MiB", "-1", "1XB", "1 2", "1PiB", "9999999TiB", "99999999TiB", "inf", "nan", "NaN"} {
		if got, err := parseSize(s); err == nil {
			t.Errorf("%q: got %d", s, got)
		}
	}
}
