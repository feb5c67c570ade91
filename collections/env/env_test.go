package env_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"parley/collections/env"
	"parley/collections/template"
)

func layer(name string, names ...string) env.Layer {
	l := env.Layer{Name: name}
	for _, n := range names {
		l.Vars = append(l.Vars, template.Variable{Name: n, Value: name})
	}
	return l
}

// sources has every layer define one variable more than the layer nearer than it.
var sources = env.Sources{
	Flags:    layer("--var", "a"),
	Captured: layer("captured", "a", "b"),
	Request:  layer("request", "a", "b", "c"),
	Folders:  []env.Layer{layer("folder x/y", "a", "b", "c", "d"), layer("folder x", "a", "b", "c", "d", "e")},
	Environments: []env.Layer{
		layer("environment base", "a", "b", "c", "d", "e", "f", "g"), layer("environment dev", "a", "b", "c", "d", "e", "f"),
	},
	Collection: layer("collection", "a", "b", "c", "d", "e", "f", "g", "h"),
}

func TestTheNearestLayerWins(t *testing.T) {
	scopes := sources.Scopes()
	var got []string
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		v, ok := scopes.Lookup(name)
		if !ok {
			t.Errorf("%s is not found", name)
		}
		got = append(got, v.Origin.Scope)
	}
	want := "--var, captured, request, folder x/y, folder x, environment dev, environment base, collection"
	if strings.Join(got, ", ") != want {
		t.Errorf("order %s\nwant  %s", strings.Join(got, ", "), want)
	}
	if _, ok := scopes.Lookup("i"); ok {
		t.Error("found what is not there")
	}
	if names := fmt.Sprint(scopes.Names()); names != "[a b c d e f g h]" {
		t.Errorf("names %s", names)
	}
}

func TestHiddenVariablesCanBeSeen(t *testing.T) {
	var got []string
	for _, v := range sources.Scopes().All("f") {
		got = append(got, v.Origin.Scope)
	}
	if fmt.Sprint(got) != "[environment dev environment base collection]" {
		t.Errorf("got %v", got)
	}
}

func TestALaterVariableOfALayerWins(t *testing.T) {
	scopes := env.NewScopes(env.Layer{Name: "x", Vars: []template.Variable{{Name: "a", Value: "1"}, {Name: "a", Value: "2"}}})
	if v, _ := scopes.Lookup("a"); v.Value != "2" || len(scopes.All("a")) != 1 {
		t.Errorf("got %v", scopes.All("a"))
	}
}

func TestParseFlags(t *testing.T) {
	l, err := env.ParseFlags([]string{"a=1", " b = x=y ", "c="})
	if err != nil || fmt.Sprint(l.Vars[0].Value, l.Vars[1].Name, l.Vars[1].Value, l.Vars[2].Value) != "1b x=y " {
		t.Errorf("%v %v", l, err)
	}
	for _, bad := range []string{"a", "=1", ""} {
		if _, err := env.ParseFlags([]string{bad}); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}

type broken struct{}

func (broken) Secret(context.Context, string) (string, bool, error) {
	return "", false, errors.New("locked")
}

func TestSecrets(t *testing.T) {
	environ := env.Environ(func(name string) (string, bool) {
		value, ok := map[string]string{"PARLEY_SECRET_API_KEY": "k", "PARLEY_SECRET_EMPTY": ""}[name]
		return value, ok
	})
	hosts := func(name string) []string { return []string{name + ".test"} }
	secrets := env.NewSecrets(hosts, environ)
	found, err := secrets.Get(context.Background(), "api-key")
	if err != nil || found.Reveal() != "k" || found.Name != "api-key" || fmt.Sprint(found.Hosts) != "[api-key.test]" {
		t.Errorf("%v %v", found.Hosts, err)
	}
	for _, name := range []string{"empty", "nope"} {
		_, err = secrets.Get(context.Background(), name)
		unknown, ok := errors.AsType[*env.UnknownSecret](err)
		if !ok || !strings.Contains(unknown.Hint(), "PARLEY_SECRET_"+strings.ToUpper(name)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = env.NewSecrets(nil, broken{}, environ).Get(context.Background(), "api-key")
	if err == nil || !strings.Contains(err.Error(), "locked") {
		t.Errorf("a provider that fails is passed over: %v", err)
	}
}
