package resolve_test

import (
	"context"
	"strings"
	"testing"

	"parley/collections/env"
	"parley/collections/resolve"
	"parley/collections/template"
)

func TestVariablesTellWhatTheyStandForAndBefore(t *testing.T) {
	in := input(t, map[string]string{
		"collection.toml": "[vars]\nhost = \"c.test\"\nkey = '{{secret(\"token\")}}'\nround = \"{{round}}\"\n",
		"x/r.toml":        "url = \"http://h\"\n[vars]\nhost = \"r.test\"\nlogin = 'ada:{{key}}'",
	})
	in.Captured = env.Layer{Name: "captured", Vars: []template.Variable{{Name: "session", Value: "captured-value", Secret: true}}}
	for source, want := range map[string]string{
		"plain":                  "",
		"http://{{host}}/":       "{{host}} = r.test  (request, x/r.toml:3:8)|  before = c.test  (collection, collection.toml:2:8)",
		"{{key}}":                "{{key}} = ••••  (collection, collection.toml:3:7)",
		"{{login}}":              "{{login}} = ada:••••  (request, x/r.toml:4:9)",
		"{{session}}":            "{{session}} = ••••  (captured)",
		"{{host + login}}":       "{{host + login}} = r.testada:••••|  host  (request, x/r.toml:3:8)|  login  (request, x/r.toml:4:9)",
		"{{hots}}":               "{{hots}}  (unknown variable `hots`: did you mean `host`?)",
		"{{command('rm -r /')}}": "{{command('rm -r /')}}  (command: ",
		"{{round}}":              "{{round}}  (",
		"a {{ b":                 "{{  (",
	} {
		list, err := resolve.Variables(context.Background(), in, source, -1)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, line := range list {
			lines = append(lines, line.String())
		}
		got := strings.Join(lines, "|")
		if open := strings.HasSuffix(want, "(") || strings.HasSuffix(want, ": "); open && !strings.HasPrefix(got, want) || !open && got != want {
			t.Errorf("%s:\n%s\nwant\n%s", source, got, want)
		}
		for _, secret := range []string{"s3cret-token", "captured-value"} {
			if strings.Contains(got, secret) {
				t.Errorf("%s shows a secret", source)
			}
		}
	}
}

func TestTheVariableAtTheCursorIsToldAlone(t *testing.T) {
	in := input(t, map[string]string{"x/r.toml": "url = \"http://h\"\n[vars]\na = \"1\"\nb = \"2\""})
	many := strings.Repeat("{{a}}", 100)
	for _, c := range []struct {
		source string
		cursor int
		want   string
	}{
		{"x{{a}}{{b}}y", 0, "{{a}} {{b}}"},
		{"x{{a}}{{b}}y", -1, "{{a}} {{b}}"},
		{"x{{a}}{{b}}y", 1, "{{a}}"},
		{"x{{a}}{{b}}y", 5, "{{a}}"},
		{"x{{a}}{{b}}y", 6, "{{b}}"},
		{"x{{a}}{{b}}y", 11, "{{b}}"},
		{"x{{a}}{{b}}y", 12, "{{a}} {{b}}"},
		{many, -1, strings.TrimSpace(strings.Repeat("{{a}} ", 20))},
		{many, 497, "{{a}}"},
		{"{{a", 2, "{{"},
		{"{{a}} {{b", 2, "{{a}}"},
	} {
		list, err := resolve.Variables(context.Background(), in, c.source, c.cursor)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, line := range list {
			names = append(names, line.Key)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s at %d: %s, want %s", c.source, c.cursor, got, c.want)
		}
	}
}
