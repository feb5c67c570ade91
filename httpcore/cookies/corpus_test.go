package cookies

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/testdata/corpora"
)

// namelessKept are the cases of the http-state group that set a cookie without a name. RFC 6265, which they follow, drops
// such a cookie; RFC 6265bis (sections 5.6 and 5.7) keeps it unless its value is empty too, and sends the value alone.
var namelessKept = map[string]string{
	"0004":         "foo",
	"0021":         "a=b; x; c=d",
	"0023":         "foo",
	"0024":         "foo",
	"0025":         "foo",
	"0026":         "foo",
	"0027":         "bar",
	"0028":         "foo",
	"CHROMIUM0009": "BLAHHH",
	"CHROMIUM0010": "\"BLA\\\"HHH\"",
	"CHROMIUM0012": "ABC",
	"MOZILLA0012":  "test=\"fubar! = foo; five",
	"MOZILLA0014":  "six",
	"MOZILLA0015":  "seven",
	"MOZILLA0016":  "eight",
	"MOZILLA0017":  "eight; test=six",
	"NAME0017":     "a=bar",
	"NAME0023":     "foo",
	"NAME0025":     "==a=bar",
	"NAME0028":     "a",
	"NAME0031":     "\"foo",
	"NAME0032":     "\"foo\\\"bar",
	"NAME0033":     "aaa",
}

// otherwise are the cases in which RFC 6265bis asks for something else than RFC 6265, each with what and why.
var otherwise = map[string]struct{ want, why string }{
	"DISABLED_CHROMIUM0022": {"", "a NUL has the cookie dropped as a whole (section 5.6, step 1)"},
	"DISABLED_CHROMIUM0023": {"", "so has a CR; no HTTP parser lets one through to the jar"},
	"DISABLED_PATH0029":     {"", "paths are compared as they are written, %6F is no o (section 5.1.4)"},
	"OPTIONAL_DOMAIN0042":   {"foo=bar", "an empty Domain undoes the one before (sections 5.6.3 and 5.7)"},
}

// Every test of the IETF's http-state group. Their clock stands at the time they were written in, since some of their
// dates have passed.
func TestHTTPStateCorpus(t *testing.T) {
	var cases []struct {
		Test     string
		Received []string
		SentTo   string `json:"sent-to"`
		Sent     []struct{ Name, Value string }
	}
	read(t, &cases, "parser.json")
	judged := map[string]bool{}
	for _, c := range cases {
		t.Run(c.Test, func(t *testing.T) {
			jar := New(func() time.Time { return time.Date(2011, 4, 1, 0, 0, 0, 0, time.UTC) })
			jar.Receive(Target{Host: "home.example.org", Path: "/cookie-parser"}, c.Received)
			got := names(sent(jar, target(t, c.SentTo)))
			var pairs []string
			for _, cookie := range c.Sent {
				pairs = append(pairs, cookie.Name+"="+cookie.Value)
			}
			want := strings.Join(pairs, "; ")
			if nameless, ok := namelessKept[c.Test]; ok {
				want = nameless
			} else if other, ok := otherwise[c.Test]; ok {
				want = other.want
			}
			judged[c.Test] = true
			if got != want {
				t.Errorf("%q, sent to %q, gives %q, want %q", c.Received, c.SentTo, got, want)
			}
		})
	}
	if len(cases) < 222 {
		t.Errorf("there are %d cases", len(cases))
	}
	for name := range namelessKept {
		if !judged[name] {
			t.Errorf("there is no case %s", name)
		}
	}
	for name := range otherwise {
		if !judged[name] {
			t.Errorf("there is no case %s", name)
		}
	}
}

func target(t *testing.T, sentTo string) Target {
	t.Helper()
	if sentTo == "" {
		sentTo = "/cookie-parser-result"
	}
	base := &url.URL{Scheme: "http", Host: "home.example.org:8888", Path: "/"}
	u, err := base.Parse(sentTo)
	if err != nil {
		t.Fatal(err)
	}
	return Target{Host: u.Hostname(), Path: u.EscapedPath(), Secure: u.Scheme == "https"}
}

func TestDateCorpus(t *testing.T) {
	type example struct {
		Test     string
		Expected *string
	}
	var cases, more []example
	read(t, &cases, "dates", "examples.json")
	read(t, &more, "dates", "bsd-examples.json")
	for _, c := range append(cases, more...) {
		got, ok := parseDate(c.Test)
		switch {
		case c.Expected == nil && ok:
			t.Errorf("%q was taken for %v", c.Test, got)
		case c.Expected != nil && (!ok || got.Format("Mon, 02 Jan 2006 15:04:05 GMT") != *c.Expected):
			t.Errorf("%q became %v (%v), want %s", c.Test, got, ok, *c.Expected)
		}
	}
}

// comments are the lines that one of the files has and JSON does not.
var comments = regexp.MustCompile(`(?m)^\s*//.*$`)

func read(t *testing.T, into any, parts ...string) {
	t.Helper()
	data := corpora.Read(t, "cookies", append([]string{"http-state"}, parts...)...)
	text := comments.ReplaceAllString(strings.TrimPrefix(string(data), "\ufeff"), "")
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatal(err)
	}
}
