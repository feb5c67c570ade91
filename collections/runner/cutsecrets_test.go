package runner_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/collections/runner"
	"parley/httpcore"
)

// TestNoPartOfALongSecretIsSaid where values and logs are too long to be shown whole.
func TestNoPartOfALongSecretIsSaid(t *testing.T) {
	token := "eyJhbGciOiJub25lIn0" + strings.Repeat(".payload", 40)
	work := serving(t, map[string]string{
		"r.toml": "url = '{{base}}/anything'\nheaders.X-Token = '{{secret(\"long\")}}'\nvars.key = '{{secret(\"long\")}}'\n[expect]\n'a = body' = 'vars.key == \"\"'\nb = 'vars.key == 1'\n" +
			"c = 'vars.key + \"x\"'\nd = 'vars.key == \"" + strings.Repeat("y", 90) + "\"'\n[hooks]\nbefore = \"console.log('-'.repeat(8160) + pm.variables.get('key'))\"\n" +
			"after = \"pm.test('-'.repeat(8160) + pm.variables.get('key'), () => { throw new Error('-'.repeat(8160) + pm.variables.get('key')) })\"",
	})
	work.Host.Secret = func(_ context.Context, name string) (httpcore.Secret, error) {
		return httpcore.NewSecret(name, token), nil
	}
	call, _, v, err := carryOut(t, work, "r")
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprintf("%+v %+v %+v", call.Hooks, v.Hooks, v.Expect)
	if at := strings.Index(all, token[:12]); at >= 0 || strings.Count(all, "{secret long}…") < 5 {
		t.Errorf("a part of a secret is said: …%.200q, %d marks", all[max(0, at-100):], strings.Count(all, "{secret long}…"))
	}
}

// TestSecretsOfEarlierHooks are known to the `before` hooks of later requests, which may show a part of a variable.
func TestSecretsOfEarlierHooks(t *testing.T) {
	work := serving(t, map[string]string{
		"set.toml":    "url = '{{base}}/get'\nvars.key = '{{secret(\"key\")}}'\nhooks.before = \"pm.environment.set('auth', 'Bearer ' + pm.variables.get('key'))\"",
		"log.toml":    "url = '{{base}}/get'\nhooks.before = \"console.log(pm.environment.get('auth').split(' ')[1])\"",
		"skips.toml":  "url = '{{base}}/get'\nhooks.before = \"pm.execution.skipRequest(pm.environment.get('auth').split(' ')[1])\"",
		"throws.toml": "url = '{{base}}/get'\nhooks.before = \"throw new Error(pm.environment.get('auth').split(' ')[1])\"",
	})
	if _, _, _, err := carryOut(t, work, "set"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"log", "skips", "throws"} {
		call, _, _, err := carryOut(t, work, name)
		if all := fmt.Sprintf("%+v %v", call.Hooks, err); strings.Contains(all, "s3cret-key") || !strings.Contains(all, "{secret key}") {
			t.Errorf("%s says %s", name, all)
		}
	}
}

// TestAResponseBringsSecretsInEveryForm: what a server repeats of them may be coded.
func TestAResponseBringsSecretsInEveryForm(t *testing.T) {
	work := serving(t, map[string]string{
		"login.toml": "url = '{{base}}/anything'\nvars.key = '{{secret(\"key\")}}'\nhooks.before = \"pm.request.headers.add('Authorization: Basic ' + btoa('ada:' + pm.variables.get('key')))\"",
	})
	request, err := work.Collection.Request("login")
	if err != nil {
		t.Fatal(err)
	}
	_, x, _, err := carryOut(t, work, "login")
	if err != nil {
		t.Fatal(err)
	}
	work.Responses = runner.NewResponses(time.Now)
	t.Cleanup(work.Responses.Close)
	work.KeepResponse(t.Context(), request.Path, x)
	value, secrets, err := work.HostFor("other").Responder.Respond(t.Context(), "login", "body", -1)
	text := fmt.Sprint(value)
	if err != nil || !strings.Contains(text, "Basic ") {
		t.Fatalf("%v %s", err, text)
	}
	if len(secrets) != 1 || secrets[0].Reveal() != "s3cret-key" {
		t.Errorf("of %s nothing is known to be secret: %v", text, secrets)
	}
}
