package template

import (
	"context"
	"errors"
	"testing"
)

func TestConditions(t *testing.T) {
	scope := vars{
		{Name: "on", Value: true}, {Name: "flag", Value: "false"}, {Name: "stage", Value: "{{base}}-1"}, {Name: "base", Value: "dev"}, {Name: "n", Value: Number("3")},
	}
	for _, c := range []struct {
		source       string
		environments []string
		want         bool
		kind         Kind // of the error
	}{
		{`env != "prod"`, []string{"dev"}, true, ""},
		{`env != "prod"`, []string{"prod"}, false, ""},
		{`env != "prod"`, nil, true, ""},
		{`env == ""`, nil, true, ""},
		{`env != "prod"`, []string{"prod", "local"}, false, ""},
		{`"local" == env`, []string{"prod", "local"}, true, ""},
		{`env in ["dev", "test"]`, []string{"test"}, true, ""},
		{`env("HOME") == "/h" && env == "dev"`, []string{"dev"}, true, ""},
		{` on `, nil, true, ""},
		{`flag`, nil, false, ""},
		{`stage == "dev-1" and n > 2`, nil, true, ""},
		{`envv != "prod"`, nil, false, KindUnknown},
		{`env !=`, nil, false, KindSyntax},
		{`{{env}} != "prod"`, nil, false, KindSyntax},
		{`stage`, nil, false, KindValue},
	} {
		r := NewResolver(scope, testHost())
		condition := Condition{Source: c.source, Environments: c.environments, Locate: Position{File: "a.toml", Line: 2, Column: 9}.In(c.source)}
		got, err := r.Holds(context.Background(), condition)
		if got != c.want || (err != nil) != (c.kind != "") || c.kind != "" && !errors.Is(err, c.kind) {
			t.Errorf("%s in %v: %v, %v", c.source, c.environments, got, err)
		}
		checked := CheckCondition(condition, scope)
		if known := c.kind == KindUnknown || c.kind == KindSyntax; (checked != nil) != known {
			t.Errorf("%s is checked as %v", c.source, checked)
		}
		if e, ok := errors.AsType[*Error](err); ok && e.Position.Line != 2 {
			t.Errorf("%s: no place in %v", c.source, e)
		}
	}
}

func TestAVariableNamedEnvIsItself(t *testing.T) {
	scope := vars{{Name: "env", Value: "mine"}}
	holds, err := NewResolver(scope, Host{}).Holds(context.Background(), Condition{Source: `env == "mine"`, Environments: []string{"a", "b"}})
	if err != nil || !holds {
		t.Errorf("%v %v", holds, err)
	}
}
