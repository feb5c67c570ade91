package collections_test

import (
	"fmt"
	"strings"
	"testing"
)

const overridden = `method = "PUT"
url = "http://h"
[vars]
a = "1"
[params]
a = ["1", "2"]
b = "3"
[headers]
Accept = "*/*"
[auth]
type = "basic"
username = "u"
password = "p"
[body]
form = { x = "1", y = "2" }
[options]
timeout = { connect = "1s", read = "2s" }
`

func TestOverride(t *testing.T) {
	for _, test := range []struct{ assignments, want string }{
		{"options.timeout.read=9s", "read 9s connect 1s"},
		{"options.timeout=9s", "read 9s connect 9s"},
		{"options.redirects=false", "redirects false"},
		{"method=GET", "method GET"},
		{"url=http://x/?a=b", "url http://x/?a=b"},
		{"params.a=9", "params a=9 b=3"},
		{"params.c=# no comment", "params a= b=3 c=# no comment"},
		{`params."two words"="q"`, "params a= b=3 two words=q"},
		{"params.~a=1", "params b=3"},
		{"headers.accept=text/csv", "headers accept=text/csv"},
		{"headers.~accept=", "headers  without accept"},
		{"auth.password=new", "auth basic username=u password=new"},
		{"auth.type=none", "auth none"},
		{"auth.type=bearer|auth.token=t", "auth bearer token=t"},
		{"body.form.x=9", "form x=9 y=2"},
		{`body.json={"a": 1}`, `json {"a": 1}`},
		{"vars.a=2|vars.b={{a}}", "vars a=2 b={{a}}"},
	} {
		c := open(t, map[string]string{"x.toml": overridden})
		e, err := c.Effective(request(t, c, "x"))
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Override(strings.Split(test.assignments, "|")...); err != nil {
			t.Errorf("%s: %v", test.assignments, err)
			continue
		}
		list := func(what string) string {
			entries := map[string]string{
				"params": lines(e.Params), "headers": lines(e.Headers), "auth": lines(e.Auth.Fields),
				"form": lines(e.Body.Form), "vars": lines(e.Scopes[0].Vars),
			}[what]
			var names []string
			for line := range strings.SplitSeq(entries, "\n") {
				name, _, _ := strings.Cut(line, " @")
				names = append(names, name)
			}
			return strings.Join(names, " ")
		}
		got := strings.Join([]string{
			"read " + e.Options.Timeout.Read.Text + " connect " + e.Options.Timeout.Connect.Text,
			"redirects " + e.Options.Redirects.Text, "method " + e.Method.Text, "url " + e.URL.Text,
			"params " + list("params"), "headers " + list("headers") + fmt.Sprintf(" without %s", strings.Join(e.Without, " ")),
			strings.TrimSpace("auth " + e.Auth.Type.Text + " " + list("auth")),
			"form " + list("form"), "json " + e.Body.Content.Text, "vars " + list("vars"),
		}, "\n")
		if !strings.Contains(got+"\n", test.want) {
			t.Errorf("%s: want %q in\n%s", test.assignments, test.want, got)
		}
	}
}

func TestOverrideRefuses(t *testing.T) {
	for assignment, want := range map[string]string{
		"options":                  "is not KEY=VALUE",
		"=1":                       "is not KEY=VALUE",
		"options.tmeout=1s":        `did you mean "timeout"?`,
		"options.timeout.read=abc": "is not a duration",
		"headers..b=1":             "is not a key",
		"method=a b":               "is not a method",
		"nope=1":                   `unknown key "nope"`,
	} {
		c := open(t, map[string]string{"x.toml": overridden})
		e, err := c.Effective(request(t, c, "x"))
		if err != nil {
			t.Fatal(err)
		}
		err = e.Override(assignment)
		if err == nil {
			t.Errorf("%s is accepted", assignment)
			continue
		}
		hint := err.(interface{ Hint() string }).Hint()
		if !strings.Contains(err.Error()+hint, want) || strings.Contains(hint, "kept") {
			t.Errorf("%s: %v (%s), want %q", assignment, err, hint, want)
		}
	}
}
