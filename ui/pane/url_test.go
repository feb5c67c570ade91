package pane

import (
	"strings"
	"testing"

	"parley/themes"
)

func TestPartsOfAURL(t *testing.T) {
	roles := map[themes.Role]string{
		themes.Muted: "-", themes.Title: "host", themes.Text: "path", themes.Key: "name",
		themes.String: "value", themes.Comment: "fragment", themes.Variable: "variable", themes.Unresolved: "unknown",
	}
	for line, want := range map[string]string{
		"https://api.test/users?a=1&b=#x": "- https:// · host api.test · - / · path users · - ? · name a · - = · value 1 · - & · name b · - = · fragment #x",
		"api.test":                        "host api.test",
		"{{base}}/a?x={{y}}":              "unknown {{base}} · - / · path a · - ? · name x · - = · unknown {{y}}",
		"{{ a ? 'b/c' : 'd' }}":           "unknown {{ a ? 'b/c' : 'd' }}",
		"h.test/:id/b":                    "host h.test · - / · variable :id · - / · path b",
		"h.test?":                         "host h.test · - ?",
		"/":                               "- /",
		"h.test/{{":                       "host h.test · - / · path {{",
		"":                                "",
		"://x//y":                         "- :// · host x · - / · - / · path y",
	} {
		var got []string
		end := 0
		for _, span := range urlSpans(line, nil) {
			if span.From < end || span.To <= span.From || span.To > len(line) {
				t.Errorf("%q: a part from %d to %d after %d", line, span.From, span.To, end)
				break
			}
			end = span.To
			got = append(got, roles[span.Role]+" "+line[span.From:span.To])
		}
		if all := strings.Join(got, " · "); all != want {
			t.Errorf("%q is\n%s, want\n%s", line, all, want)
		}
	}
}

// While a scheme itself is typed nothing is put before it.
func TestLeads(t *testing.T) {
	for typed, want := range map[string]string{
		"api.example.com/x": "https://", "localhost:8080": "http://", ":8080/x": "http://localhost", "/x": "http://localhost",
		"10.0.0.1/x": "http://", "nas.local": "http://", "example.com:8080": "http://", "example.com:443": "https://",
		"[::1]:80/x": "http://", "user@example.com/": "https://",
		"h": "", "http": "", "https:": "", "https:/": "", "https://": "", "https://x.test": "", "{{base}}/x": "", "": "",
		"curl example.com": "", "intranet": "", "example.com/?q=a b": "https://",
	} {
		if got := lead(typed); got != want {
			t.Errorf("before %q stands %q, want %q", typed, got, want)
		}
	}
}

func TestCleanURL(t *testing.T) {
	for pasted, want := range map[string]string{
		"  https://a.test/x \n":           "https://a.test/x",
		"<https://a.test/x>":              "https://a.test/x",
		`"https://a.test/x"`:              "https://a.test/x",
		"https://a.test/very/\r\n   long": "https://a.test/very/long",
		"https://a.test/?q=a b#part":      "https://a.test/?q=a b#part",
		"<":                               "<",
		"":                                "",
	} {
		if got := cleanURL(pasted); got != want {
			t.Errorf("%q becomes %q, want %q", pasted, got, want)
		}
	}
}

func TestKnownURLs(t *testing.T) {
	var got []string
	list, hosts := knownURLs([]KnownURL{
		{URL: "{{base}}/users", Method: "GET", From: "users/list"},
		{URL: "http://a.test:1/x?y", From: "history"},
		{URL: "{{base}}/users", Method: "GET", From: "history"},
		{URL: "{{base}}/users", Method: "POST", From: "users/create"},
		{URL: "http://a.test:1", From: "history"},
		{URL: "nonsense\x7f"},
		{URL: ""},
	})
	for _, c := range append(list, hosts...) {
		got = append(got, c.Lead+c.Text)
	}
	if want := "GET{{base}}/users http://a.test:1/x?y POST{{base}}/users http://a.test:1 nonsense\x7f {{base}}"; strings.Join(got, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
