package resolve_test

import (
	"context"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/env"
	"parley/collections/resolve"
	"parley/collections/template"
)

// Each place defines one variable more than the one nearer than it.
var layered = map[string]string{
	"collection.toml":              "[vars]\na=0\nb=0\nc=0\nd=0\ne=0\nf=0\ng=0\nh=0\ni=0",
	"environments/base.toml":       "[vars]\na=0\nb=0\nc=0\nd=0\ne=0\nf=0\ng=0\nh=0",
	"environments/dev.toml":        "[vars]\na=0\nb=0\nc=0\nd=0\ne=0\nf=0\ng=0\n\"~i\"=0",
	"environments/dev.local.toml":  "[vars]\na=0\nb=0\nc=0\nd=0\ne=0\nf=0",
	"environments/unused.toml":     "[vars]\nz=0",
	"x/folder.toml":                "[vars]\na=0\nb=0\nc=0\nd=0\n",
	"x/r.toml":                     "url = \"http://h\"\n[vars]\na=0\nb=0\nc=0\n\"~z\"=0",
	"other/folder.toml":            "[vars]\nz=0",
	"other/environments/base.toml": "[vars]\nz=0",
}

func layeredInput(t *testing.T) resolve.Input {
	in := input(t, layered)
	var chosen []*collections.Environment
	for _, e := range in.Environments {
		if e.Name != "unused" {
			chosen = append(chosen, e) // base, dev
		}
	}
	in.Environments = chosen
	in.Flags = env.Layer{Name: env.FlagsName, Vars: []template.Variable{{Name: "a", Value: "0"}}}
	in.Captured = env.Layer{Name: "captured", Vars: []template.Variable{{Name: "a", Value: "0"}, {Name: "b", Value: "0"}}}
	return in
}

func TestVariablesAreLookedUpFromTheNearestScopeOutward(t *testing.T) {
	scopes, err := resolve.Scopes(layeredInput(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"a": "--var | captured | request, x/r.toml:3:3 | folder x, x/folder.toml:2:3 | environment dev, environments/dev.local.toml:2:3 | " +
			"environment dev, environments/dev.toml:2:3 | environment base, environments/base.toml:2:3 | collection, collection.toml:2:3",
		"b": "captured | request, x/r.toml:4:3 | folder x, x/folder.toml:3:3 | environment dev, environments/dev.local.toml:3:3 | " +
			"environment dev, environments/dev.toml:3:3 | environment base, environments/base.toml:3:3 | collection, collection.toml:3:3",
		"f": "environment dev, environments/dev.local.toml:7:3 | environment dev, environments/dev.toml:7:3 | " +
			"environment base, environments/base.toml:7:3 | collection, collection.toml:7:3",
		"g": "environment dev, environments/dev.toml:8:3 | environment base, environments/base.toml:8:3 | collection, collection.toml:8:3",
		"h": "environment base, environments/base.toml:9:3 | collection, collection.toml:9:3",
		"i": "collection, collection.toml:10:3", // what is off in the environment is not in the way
		"z": "",
	} {
		var got []string
		for _, v := range scopes.All(name) {
			got = append(got, v.Origin.String())
		}
		if strings.Join(got, " | ") != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, " | "), want)
		}
	}
}

func TestEnvReadsTheProcessAndThenDotenv(t *testing.T) {
	in := input(t, map[string]string{
		"x/r.toml": "url = \"{{env('HOST')}}/{{env('ONLY')}}/{{env('NOT', 'preset')}}\"\n[headers]\nX = \"{{twice}}\"\n[vars]\ntwice = \"{{env('ONLY') + env('ONLY')}}\"",
	})
	in.Host.Env = func(name string) (string, bool) { return "http://process", name == "HOST" }
	in.Host.Dotenv = func(name string) (string, template.Position, bool) {
		value, ok := map[string]string{"HOST": "http://file", "ONLY": "file"}[name]
		return value, template.Position{File: ".env", Line: 2, Column: 1}, ok
	}
	out, err := resolve.Resolve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	if out.Request.URL != "http://process/file/preset" || fields(out.Request.Headers) != "X=filefile" {
		t.Errorf("%s, %s", out.Request.URL, fields(out.Request.Headers))
	}
	var lines []string
	for _, line := range resolve.Explain(out, nil).Lines() {
		lines = append(lines, line.String())
	}
	for _, want := range []string{`env("HOST")  (the process environment)`, `env("ONLY")  (the file .env, .env:2:1)`} {
		if !strings.Contains(strings.Join(lines, "\n"), want) {
			t.Errorf("%s is not in\n%s", want, strings.Join(lines, "\n"))
		}
	}
}
