package resolve_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"parley/collections/env"
	"parley/collections/resolve"
	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/cookies"
)

var explained = map[string]string{
	"collection.toml": `[vars]
base = "https://api.acme.test"
[headers]
Accept = "application/json"
[for."https://api.acme.test/"]
headers.X-Api = "1"
options.verify = "acme.pem"
cert = { file = "me.pem", password = "pa55word" }
[sessions.admin]
headers.X-Session = "yes"
params.debug = "1"
options.fail = true
`,
	"x/folder.toml": "[options]\nretry = { total = 2, on_status = [500, \"{{code}}\"] }\n",
	"x/r.toml": `url = "{{base}}/users"
when = 'base != ""'
[vars]
code = 502
twice = "{{code + code}}"
[headers]
X-Code = "{{twice}}-{{secret('token')}}"
[cookies]
theme = "dark"
[options]
session = "admin"
proxy = "http://ada:pr0xypass@proxy.test:3128"
[body]
text = '''
first
second
'''
`,
}

func explanation(t *testing.T, in resolve.Input, jar *cookies.Jar) resolve.Explanation {
	t.Helper()
	out, err := resolve.Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	p, err := httpcore.NewSession(httpcore.SessionOptions{Jar: jar, UserAgent: "parley"}).Prepare(context.Background(), out.Request)
	if err != nil {
		t.Fatal(err)
	}
	return resolve.Explain(out, p)
}

func joined(lines []resolve.Line) string {
	var texts []string
	for _, line := range lines {
		texts = append(texts, line.String())
	}
	return strings.Join(texts, "\n")
}

func TestExplainSaysWhereEverythingComesFrom(t *testing.T) {
	in := input(t, explained)
	if err := in.Request.Override("options.timeout.read=1s", "options.http=2"); err != nil {
		t.Fatal(err)
	}
	in.Flags = env.Layer{Name: "--var", Vars: []template.Variable{{Name: "base", Value: "https://api.acme.test"}}}
	jar := cookies.New(time.Now)
	e := explanation(t, in, jar)
	all := "\n" + joined(e.Lines()) + "\n"
	for _, want := range []string{
		"method = GET  (Parley's default)",
		"url = https://api.acme.test/users  (request, x/r.toml:1:7)\n  {{base}} = https://api.acme.test  (--var)",
		`when = base != ""  (request, only a run minds it, x/r.toml:2:8)`,
		"options.session = admin  (request, x/r.toml:11:11)",
		"params.debug = 1  ([sessions.admin], collection.toml:11:16)",
		"headers.X-Session = yes  ([sessions.admin], collection.toml:10:21)",
		"headers.Accept = application/json  (collection, collection.toml:4:10)",
		`headers.X-Api = 1  ([for."https://api.acme.test/"], collection.toml:6:17)`,
		"headers.X-Code = 1004-••••  (request, x/r.toml:7:10)\n  {{twice}} = 1004  (request, x/r.toml:5:9)",
		"cookies.theme = dark  (request, x/r.toml:9:9)",
		"body.text = first… (13 bytes)  (request, x/r.toml:14:8)",
		"options.timeout.connect = 10s  (Parley's default)",
		"options.timeout.read = 1s  (--set)",
		"options.timeout.total = none  (Parley's default)",
		"options.fail = true  ([sessions.admin], collection.toml:12:16)",
		`options.verify = acme.pem  ([for."https://api.acme.test/"], collection.toml:7:18)`,
		`options.cert.file = me.pem  ([for."https://api.acme.test/"], collection.toml:8:17)`,
		`options.cert.password = ••••  ([for."https://api.acme.test/"], collection.toml:8:38)`,
		"options.retry.total = 2  (folder x, x/folder.toml:2:19)",
		"options.retry.on_status = 500, 502  (folder x, x/folder.toml:2:34)",
		"options.proxy = http://ada:••••@proxy.test:3128  (request, x/r.toml:12:9)",
		"options.http = 2  (--set)",
		"options.redirects = 30  (Parley's default)",
		"options.decode.on = true  (Parley's default)",
		"headers.Host = api.acme.test  (follows from the URL)",
		"headers.User-Agent = parley  (Parley's default)",
		"headers.Cookie = theme=dark  (the cookies of the session and the request)",
		"headers.Content-Length = 13  (follows from the body)",
		"cookies.theme = sent",
	} {
		if !strings.Contains(all, "\n"+want) {
			t.Errorf("no line\n%s\nin%s", want, all)
		}
	}
	for _, secret := range []string{"s3cret-token", "pa55word", "pr0xypass"} {
		if strings.Contains(all, secret) {
			t.Errorf("%s is said in%s", secret, all)
		}
	}
	for key, want := range map[string]string{
		"options.timeout.read": "options.timeout.read = 1s  (--set)",
		"headers.accept":       "headers.Accept = application/json  (collection, collection.toml:4:10)",
		"options.nope":         "",
	} {
		if got := joined(whyOf(e, key)); got != want {
			t.Errorf("%s: %s, want %s", key, got, want)
		}
	}
	if got := whyOf(e, "options.timeout"); len(got) != 3 {
		t.Errorf("the timeouts are %q", got)
	}
}

// whyOf returns what is said of one key, or of all below it; headers are told without regard to case.
func whyOf(e resolve.Explanation, key string) []resolve.Line {
	var lines []resolve.Line
	for _, l := range e.Lines() {
		if strings.EqualFold(l.Key, key) || strings.HasPrefix(l.Key, key+".") {
			lines = append(lines, l)
		}
	}
	return lines
}
