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
		list, err := resolve.Variables(context.Background(), in, source)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, v := range list {
			for _, line := range v.Lines {
				lines = append(lines, line.String())
			}
			if v.Start > v.End || v.End > len(source) {
				t.Errorf("%s: from %d to %d", source, v.Start, v.End)
			}
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
