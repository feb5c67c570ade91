package collections_test

import (
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/tomldoc"
)

// TestWhatCannotBeIsSaidWithItsPlace reads options that cannot be used.
func TestWhatCannotBeIsSaidWithItsPlace(t *testing.T) {
	for options, want := range map[string]string{
		"retry = true":                           "r.toml:2:17: options.retry cannot be true",
		"retry = -1":                             "r.toml:2:17: options.retry cannot be -1",
		"retry = '3'":                            "r.toml:2:17: options.retry must be an integer or a boolean",
		"retry = { connect = true }":             "r.toml:2:29: options.retry.connect cannot be true",
		"retry = { on_status = 503 }":            "r.toml:2:31: options.retry.on_status must be an array",
		"retry = { on_status = [503, 'x'] }":     `r.toml:2:37: options.retry.on_status cannot have "x"`,
		"retry = { on_status = [99] }":           `r.toml:2:32: options.retry.on_status cannot have "99"`,
		"retry = { methods = ['GET', 'A B'] }":   `r.toml:2:37: "A B" is not a method`,
		"retry = { backoff = 'x' }":              `r.toml:2:29: "x" is not a duration`,
		"retry = { max = '1x' }":                 `r.toml:2:25: "1x" is not a duration`,
		"retry = { respect_retry_after = 1 }":    "r.toml:2:41: options.retry.respect_retry_after must be a boolean",
		"proxy = 'ftp://h'":                      `r.toml:2:17: options.proxy cannot have the scheme "ftp"`,
		"proxy = 'http://u:hidden@'":             "r.toml:2:17: options.proxy has no host",
		"proxy = 1":                              "r.toml:2:17: options.proxy must be a string",
		"http = '4'":                             `r.toml:2:16: options.http cannot be "4"`,
		"tls = { min = '1.4' }":                  `r.toml:2:23: options.tls.min cannot be "1.4"`,
		"cert = { password = 1 }":                "r.toml:2:29: options.cert.password must be a string",
		"decode = { on = 1 }":                    "r.toml:2:25: options.decode.on must be a boolean",
		"network = { family = '5' }":             `r.toml:2:30: options.network.family cannot be "5"`,
		"redirects = true":                       "r.toml:2:21: options.redirects cannot be true",
		"timeout = { total = 'soon' }":           `r.toml:2:29: "soon" is not a duration`,
		"retry = 3\nproxy = ''\nhttp = '3'":      "",
		"proxy = '{{p}}'\nretry = '{{n}}'":       "",
		"retry = { on_status = ['{{a}}', 429] }": "",
	} {
		_, err := collections.ParseRequest("r", []byte("url = 'http://h'\noptions."+strings.ReplaceAll(options, "\n", "\noptions.")))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if want == "" && got != "" || !strings.HasPrefix(got, want) || strings.Contains(got, "hidden") {
			t.Errorf("%s: %q, want %q", options, got, want)
		}
	}
}

// TestSectionsOfSettings reads [for], [sessions] and [secrets] that cannot be used, and such with keys of a later version.
func TestSectionsOfSettings(t *testing.T) {
	for settings, want := range map[string]string{
		"for = 1":                "collection.toml:1:7: for must be a table of tables",
		"[for]\n'https://h' = 1": "collection.toml:2:15: [for.https://h] must be a table",
		"[for.'https://h']\noptions.redirects = 'x'":     "collection.toml:2:21: options.redirects must be an integer or a boolean",
		"[for.'https://h']\nauth.username = 'x'":         "collection.toml:2:1: [auth] has no type",
		"[for.'h.test/']\ncert = 'x'":                    "collection.toml:1:6: no URL begins with \"h.test/\"",
		"[for.'https://h']\ncert = 1":                    "collection.toml:2:8: options.cert must be a table",
		"[sessions.a]\nheaders = 1":                      "collection.toml:2:11: [sessions.a].headers must be a table",
		"[sessions.a]\noptions.session = 'b'":            "collection.toml:2:19: [sessions.a] cannot choose another session",
		"[secrets.a]\nhosts = true":                      "collection.toml:2:9: [secrets.a].hosts must be a list",
		"[secrets.a]\nhosts = ['h']\nmine = 1":           "",
		"[for.'https://h']\nmine = 1\n[sessions.a]\nx=1": "",
	} {
		c := open(t, map[string]string{"collection.toml": settings, "r.toml": "url = 'http://h'"})
		_, err := c.Effective(request(t, c, "r"))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", settings, got, want)
		}
		if notes := len(c.Settings.Findings()); want == "" && notes != strings.Count(settings, "=")-strings.Count(settings, "hosts") {
			t.Errorf("%s: %v", settings, c.Settings.Findings())
		}
	}
}

// TestSaveKeepsTheShapeOfOptions edits options as the workbench does.
func TestSaveKeepsTheShapeOfOptions(t *testing.T) {
	str, number := collections.Str, tomldoc.Int
	for _, test := range []struct {
		before string
		edit   func(*collections.Request)
		after  string
	}{
		{"[options]\nretry = 3  # often\n", func(r *collections.Request) { r.Options.Retry.Total = number(5) }, "[options]\nretry = 5  # often\n"},
		{
			"[options]\nretry = 3  # often\n", func(r *collections.Request) { r.Options.Retry.Backoff = str("2s") },
			"[options]\nretry = { total = 3, backoff = \"2s\" }  # often\n",
		},
		{
			"[options]\nretry = { total = 3, mine = 1, backoff = '1s' } # kept\n", func(r *collections.Request) { r.Options.Retry.Backoff = str("2s") },
			"[options]\nretry = { total = 3, mine = 1, backoff = '2s' } # kept\n",
		},
		{
			"[options.retry]\n# mine\ntotal = 3\n\n[headers]\n", func(r *collections.Request) {
				r.Options.Retry.OnStatus = tomldoc.List(number(500), number(502))
			},
			"[options.retry]\n# mine\ntotal = 3\non_status = [500, 502]\n\n[headers]\n",
		},
		{"[options]\nfail = true\n", func(r *collections.Request) { r.Options.Retry.Total = number(3) }, "[options]\nretry = 3\nfail = true\n"},
		{
			"[options]\nfail = true\n", func(r *collections.Request) { r.Options.Retry.Jitter = str("1s") },
			"[options]\nretry = { jitter = \"1s\" }\nfail = true\n",
		},
		{"[options]\nretry = 3\nfail = true # x\n", func(r *collections.Request) { r.Options.Retry.Total = collections.Value{} }, "[options]\nfail = true # x\n"},
		{"[options]\nproxy = 'http://a'  # ours\n", func(r *collections.Request) { r.Options.Proxy = str("") }, "[options]\nproxy = ''  # ours\n"},
		{
			"[options]\ncert = \"a.pem\" # both\n", func(r *collections.Request) { r.Options.Cert.Password = str("{{secret('p')}}") },
			"[options]\ncert = { file = \"a.pem\", password = \"{{secret('p')}}\" } # both\n",
		},
		{
			"[body.graphql]\nquery = '''\n{ a }\n'''  # q\nmine = 1\n", func(r *collections.Request) {
				r.Body.GraphQL.Query, r.Body.GraphQL.Variables = str("{ b }\n"), str("{}")
			},
			"[body.graphql]\nquery = '''\n{ b }\n'''  # q\nvariables = \"{}\"\nmine = 1\n",
		},
	} {
		loaded, err := collections.ParseRequest("r", []byte("url = 'http://h'\n"+test.before))
		if err != nil {
			t.Fatal(err)
		}
		edited := loaded.Clone()
		test.edit(edited)
		got, err := collections.Render(loaded, edited)
		if err != nil || string(got) != "url = 'http://h'\n"+test.after {
			t.Errorf("%v:\n%s\nwant\n%s", err, got, "url = 'http://h'\n"+test.after)
		}
	}
}
