package runner_test

import (
	"context"
	"reflect"
	"testing"

	"parley/collections/runner"
)

func TestQuestionsAreWhatARequestAndAllAroundItAsks(t *testing.T) {
	work := open(t, map[string]string{
		"collection.toml": "[vars]\nteam = '{{prompt(\"Team\", \"red\")}}'\n[headers]\nX-Team = '{{team}}'\n",
		"use.toml": `url = 'http://h/{{select("Size", ["s", "l"])}}/{{prompt("Team")}}'
headers = { X-Key = '{{prompt("The API key")}}', X-Never = '{{prompt(command("boom"))}}', X-Secret = '{{secret("x")}}' }`,
		"broken.toml": `url = 'http://h/{{prompt("A")}}/{{nope}}'`,
		"none.toml":   `url = 'http://h/'`,
	}, &refusing{})
	work.Host.Command = func(context.Context, string) (string, error) {
		t.Error("a command was run")
		return "", nil
	}
	for path, want := range map[string][]runner.Question{
		"use": {
			{Label: "Size", Choices: []string{"s", "l"}},
			{Label: "Team"},
			{Label: "The API key", Secret: true},
		},
		"broken": {{Label: "A"}, {Label: "Team", Preset: "red"}},
		"none":   {{Label: "Team", Preset: "red"}},
	} {
		request, err := work.Collection.Request(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := work.Questions(t.Context(), request); !reflect.DeepEqual(got, want) {
			t.Errorf("%s asks %+v, want %+v", path, got, want)
		}
	}
}

func TestCheckRunsWhatTheRequestExpectsNow(t *testing.T) {
	work, _, _ := asking(t, map[string]string{
		"login.toml": "url = 'http://h/login'\n[capture]\ntoken = { expr = 'json.token', secret = true }\n[expect]\n\"is one\" = 'json.n == 1 && json.token == \"no\"'\n",
	})
	request, err := work.Collection.Request("login")
	if err != nil {
		t.Fatal(err)
	}
	call, err := work.Call(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	x, err := call.Send(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	secrets := len(x.Request.Secrets)
	v, err := work.Check(t.Context(), request, x)
	if err != nil || v.Failed() != 1 || v.Captured[0].Value != "{secret token}" || v.Shown(x).Captured[0].Value != "••••" {
		t.Errorf("%v: %+v", err, v)
	}
	for _, line := range v.Expect[0].Explanation {
		if line == `json.token is "s3cret-1"` {
			t.Errorf("the secret is told: %s", line)
		}
	}
	if len(x.Request.Secrets) != secrets {
		t.Error("the exchange was changed")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := work.Check(ended, request, x); err == nil {
		t.Error("it goes on after its context has ended")
	}
}
