package cookies

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/testdata/corpora"
)

// The tests of the IETF's http-state group. Their clock stands at the time they were written in, since some of their
// dates have passed. They follow RFC 6265, where a cookie without a name is dropped; RFC 6265bis keeps it, so as a rule
// the cases that set one are only run, not judged. Nor are those that the group itself has disabled, and one where an
// empty Domain comes last: RFC 6265 had it ignored, RFC 6265bis lets it undo the one before.
func TestHTTPStateCorpus(t *testing.T) {
	var cases []struct {
		Test     string
		Received []string
		SentTo   string `json:"sent-to"`
		Sent     []struct{ Name, Value string }
	}
	read(t, &cases, "parser.json")
	for _, c := range cases {
		t.Run(c.Test, func(t *testing.T) {
			jar := New(func() time.Time { return time.Date(2011, 4, 1, 0, 0, 0, 0, time.UTC) })
			jar.Receive(Target{Host: "home.example.org", Path: "/cookie-parser"}, c.Received)
			got, want := []string{}, []string{}
			for _, cookie := range jar.Send(target(t, c.SentTo)) {
				got = append(got, cookie.String())
			}
			for _, cookie := range c.Sent {
				want = append(want, cookie.Name+"="+cookie.Value)
			}
			if diff := cmp.Diff(want, got); diff != "" && !strings.HasPrefix(c.Test, "DISABLED") && c.Test != "OPTIONAL_DOMAIN0042" && !setsNameless(c.Received) {
				t.Errorf("%q, sent to %q (-want +got):\n%s", c.Received, c.SentTo, diff)
			}
		})
	}
}

func setsNameless(lines []string) bool {
	for _, line := range lines {
		if p, why := parse(line); why == "" && p.name == "" {
			return true
		}
	}
	return false
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
	var cases []struct {
		Test     string
		Expected *string
	}
	read(t, &cases, "dates", "examples.json")
	for _, c := range cases {
		got, ok := parseDate(c.Test)
		switch {
		case c.Expected == nil && ok:
			t.Errorf("%q was taken for %v", c.Test, got)
		case c.Expected != nil && (!ok || got.Format("Mon, 02 Jan 2006 15:04:05 GMT") != *c.Expected):
			t.Errorf("%q became %v (%v), want %s", c.Test, got, ok, *c.Expected)
		}
	}
}

func read(t *testing.T, into any, parts ...string) {
	t.Helper()
	data := corpora.Read(t, "cookies", append([]string{"http-state"}, parts...)...)
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(data), "\ufeff")), into); err != nil {
		t.Fatal(err)
	}
}
