package collections_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/collections"
)

func lines(entries []collections.Entry) string {
	var list []string
	for _, e := range entries {
		list = append(list, fmt.Sprintf("%s=%s @%s", e.Name, e.Value.Text, e.Pos))
	}
	return strings.Join(list, "\n")
}

func TestEffective(t *testing.T) {
	c := open(t, map[string]string{
		"collection.toml": "[vars]\nbase = \"c\"\n[headers]\nAccept = \"*/*\"\nX-Team = \"a\"\nX-Keep = \"k\"\n" +
			"[auth]\ntype = \"basic\"\nusername = \"u\"\n[options]\ntimeout = { connect = \"1s\", total = \"9s\" }\n" +
			"verify = \"ca.pem\"\nretry = { total = 1, backoff = \"2s\" }\n",
		"users/folder.toml": "[vars]\nbase = \"f\"\n[headers]\nx-team = \"b\"\n[options]\ntimeout = \"2s\"\nretry = 3\n",
		"users/create.toml": "method = \"POST\"\nurl = \"{{base}}/x\"\n[headers]\nX-Own = \"o\"\n\"~X-Team\" = \"\"\n" +
			"ACCEPT = \"text/csv\"\n[vars]\n\"~base\" = \"off\"\n",
		"users/open.toml": "url = \"http://h\"\n[auth]\ntype = \"none\"\n",
	})
	e, err := c.Effective(request(t, c, "users/create"))
	if err != nil {
		t.Fatal(err)
	}
	want := "X-Keep=k @collection.toml:6:1\nX-Own=o @users/create.toml:4:1\nACCEPT=text/csv @users/create.toml:6:1"
	if got := lines(e.Headers); got != want {
		t.Errorf("headers:\n%s\nwant:\n%s", got, want)
	}
	if e.Auth.Type.Text != "basic" || e.Auth.Get("username").Text != "u" {
		t.Errorf("auth %+v", e.Auth)
	}
	o := e.Options
	if got := o.Timeout.Connect.Text + o.Timeout.Read.Text + o.Timeout.Total.Text; got != "2s2s9s" {
		t.Errorf("timeouts %s", got)
	}
	if o.Verify.Pos.String() != "collection.toml:12:10" {
		t.Errorf("verify comes from %s", o.Verify.Pos)
	}
	var scopes []string
	for _, s := range e.Scopes {
		scopes = append(scopes, s.Name+": "+lines(s.Vars))
	}
	if got, want := strings.Join(scopes, "; "),
		"request: ; folder users: base=f @users/folder.toml:2:1; collection: base=c @collection.toml:2:1"; got != want {
		t.Errorf("scopes %s, want %s", got, want)
	}
	if got := o.Retry.Total.Text + o.Retry.Backoff.Text; got != "32s" {
		t.Errorf("retry %s", got)
	}
	e, err = c.Effective(request(t, c, "users/open"))
	if err != nil || e.Auth.Type.Text != "none" || e.Method.Text != "GET" {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestNothingIsSentBelowBrokenSettings(t *testing.T) {
	c := open(t, map[string]string{
		"users/folder.toml": "[auth]\nusername = \"u\"\n", "users/x.toml": `url = "http://h"`, "y.toml": `url = "http://h"`,
	})
	if _, err := c.Effective(request(t, c, "users/x")); err == nil || !strings.Contains(err.Error(), "users/folder.toml:1:") {
		t.Errorf("error %v", err)
	}
	if _, err := c.Effective(request(t, c, "y")); err != nil {
		t.Error(err)
	}
}

func TestWithoutNamesSwitchedOffHeaders(t *testing.T) {
	c := open(t, map[string]string{
		"collection.toml": "[headers]\n\"~User-Agent\" = \"\"\n\"~Accept\" = \"\"\n",
		"x.toml":          "url = \"http://h\"\n[headers]\n\"~X\" = \"\"\naccept = \"*/*\"\n[options]\ntimeout = false\n",
	})
	e, err := c.Effective(request(t, c, "x"))
	if err != nil || strings.Join(e.Without, " ") != "User-Agent X" {
		t.Errorf("without %v, %v", e.Without, err)
	}
}

func TestEnvironments(t *testing.T) {
	c := open(t, map[string]string{
		"environments/prod.toml":        "protected = true\n[vars]\nbase = \"shared\"\nkey = \"k\"\n",
		"environments/prod.local.toml":  "[vars]\nbase = \"mine\"\nown = \"o\"\n",
		"environments/alone.local.toml": "[vars]\nx = 1\n",
		"environments/broken.toml":      "protected = true\n[vars\n",
		"environments/guarded.toml":     "protected = \"{{x}}\"\n",
	})
	var names []string
	for _, e := range c.Environments {
		names = append(names, e.Name)
	}
	if got := strings.Join(names, " "); got != "alone broken guarded prod" {
		t.Errorf("environments %s", got)
	}
	prod, err := c.Environment("prod")
	if err != nil || !prod.Protected {
		t.Fatalf("%+v, %v", prod, err)
	}
	want := "base=mine @environments/prod.local.toml:2:1\nkey=k @environments/prod.toml:4:1\nown=o @environments/prod.local.toml:3:1"
	if got := lines(prod.Vars); got != want {
		t.Errorf("vars:\n%s\nwant:\n%s", got, want)
	}
	if e, err := c.Environment("guarded"); err != nil || !e.Protected {
		t.Errorf("what may become protected is not: %+v, %v", e, err)
	}
	if _, err := c.Environment("broken"); err == nil || !strings.HasPrefix(err.Error(), "environments/broken.toml:2:") {
		t.Errorf("broken: %v", err)
	}
	if _, err := c.Environment("prdo"); err == nil || !strings.Contains(err.(*collections.NotFound).Hint(), "prod") {
		t.Errorf("unknown: %v", err)
	}
}
