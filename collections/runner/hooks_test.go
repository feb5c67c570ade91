package runner_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"parley/collections/env"
	"parley/collections/runner"
	"parley/collections/script"
	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content/filter"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

func TestMain(m *testing.M) {
	filter.Serve()
	script.Serve()
	os.Exit(m.Run())
}

// serving returns a workspace on files whose {{base}} is a playground, and whose hooks share what they set.
func serving(t *testing.T, files map[string]string) runner.Workspace {
	t.Helper()
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	work := open(t, files, transport.New(transport.Options{}))
	work.Flags = env.Layer{Name: "--var", Vars: []template.Variable{{Name: "base", Value: server.URL}}}
	work.Host.Secret = func(_ context.Context, name string) (httpcore.Secret, error) {
		return httpcore.NewSecret(name, "s3cret-"+name, strings.Fields(map[string]string{"bound": "only.test"}[name])...), nil
	}
	work.Scripts = runner.NewScripts()
	t.Cleanup(work.Scripts.Close)
	return work
}

// carryOut sends a saved request and judges its response.
func carryOut(t *testing.T, work runner.Workspace, name string) (*runner.Call, *httpcore.Exchange, runner.Verdict, error) {
	t.Helper()
	request, err := work.Collection.Request(name)
	if err != nil {
		t.Fatal(err)
	}
	call, err := work.Call(t.Context(), request)
	if err != nil {
		return call, nil, runner.Verdict{}, err
	}
	x, err := call.Send(t.Context(), nil)
	if x != nil {
		t.Cleanup(func() { x.Close() })
	}
	return call, x, call.Judge(t.Context(), x), err
}

func said(r script.Report) string {
	var lines []string
	for _, l := range r.Console {
		lines = append(lines, l.Where.String()+" "+l.Text)
	}
	return strings.Join(lines, "\n")
}

// TestWhatHooksSetLivesOn: in the workspace, not beside it, and pm.variables for one request alone.
func TestWhatHooksSetLivesOn(t *testing.T) {
	work := serving(t, map[string]string{
		"collection.toml": "[vars]\nlogin = 'of the collection'\nkept = '{{base}}'",
		"set.toml": "url = '{{base}}/anything/{{mine}}'\n[hooks]\nbefore = '''\npm.environment.set('login', '{{base}}');\n" +
			"pm.collectionVariables.set('n', {a: [1.50]}); pm.variables.set('mine', 'once')'''",
		"get.toml": "url = '{{base}}/anything'\nheaders.A = '{{login}}'\n[hooks]\nafter = '''\n" +
			"console.log(pm.environment.get('login'), pm.collectionVariables.get('login'), pm.variables.get('n'), pm.variables.get('mine'), pm.variables.get('kept') === pm.variables.get('base'));\n" +
			"pm.environment.unset('login'); console.log(pm.variables.get('login'), pm.environment.has('login'))'''",
	})
	if _, x, _, err := carryOut(t, work, "set"); err != nil || !strings.HasSuffix(x.Hops[0].Prepared.Target, "/anything/once") {
		t.Fatalf("%v", err)
	}
	_, x, v, err := carryOut(t, work, "get")
	want := "get.toml:5 {{base}} of the collection { a: [ 1.5 ] } undefined true\nget.toml:6 of the collection false"
	if got := said(v.Hooks); err != nil || got != want {
		t.Errorf("%v\n%s, want\n%s", err, got, want)
	}
	if sent, _ := x.Hops[0].Prepared.Header("A"); sent != "{{base}}" {
		t.Errorf("what a hook has set is read as a template: %q", sent)
	}
	work.Scripts = work.Scripts.Apart()
	if _, _, v, _ := carryOut(t, work, "get"); !strings.Contains(said(v.Hooks), "undefined of the collection") {
		t.Errorf("a chain sees what another has set: %s", said(v.Hooks))
	}
}

// TestAHookSignsWhatIsSent: it sees the request resolved, and every part that it changes is what leaves.
func TestAHookSignsWhatIsSent(t *testing.T) {
	work := serving(t, map[string]string{
		"r.toml": "method = 'POST'\nurl = '{{base}}/anything/:id'\n[path]\nid = '7'\n[params]\nq = 'a b'\n[headers]\nX-Old = '1'\nX-Keep = '{{secret(\"key\")}}'\n" +
			"[body]\njson = '{\"n\": 1}'\ncompress = 'gzip'\n[hooks]\nbefore = '''\n" +
			"console.log(pm.request.method, pm.request.url.getPathWithQuery(), pm.request.body.raw, pm.request.headers.get('x-keep'));\n" +
			"pm.request.method = 'PUT'; pm.request.url.query.add({key: 'sig', value: '9'});\n" +
			"pm.request.headers.remove('X-Old'); pm.request.body.raw = pm.request.body.raw.replace('1', '2');'''\n",
	})
	call, x, v, err := carryOut(t, work, "r")
	if err != nil {
		t.Fatal(err)
	}
	p := x.Hops[0].Prepared
	_, old := p.Header("X-Old")
	coding, _ := p.Header("Content-Encoding")
	kept, _ := p.Header("X-Keep")
	if p.Method != "PUT" || p.Target != "/anything/7?q=a+b&sig=9" || old || coding != "gzip" || kept != "s3cret-key" {
		t.Errorf("%s %s %v %q %q", p.Method, p.Target, old, coding, kept)
	}
	if got := said(v.Hooks); got != "r.toml:15 POST /anything/7?q=a+b {\"n\": 1} {secret key}" {
		t.Errorf("it saw %s", got)
	}
	encoded, _ := p.Body.(body.Encoded)
	if encoded == nil || encoded.Plain().ContentType() != "application/json" {
		t.Fatalf("the body is %T", p.Body)
	}
	content, err := encoded.Plain().Open()
	if err != nil {
		t.Fatal(err)
	}
	if sent, err := io.ReadAll(content); err != nil || string(sent) != `{"n": 2}` {
		t.Errorf("%v %s", err, sent)
	}
	changed := false
	for _, value := range call.Out.Values {
		changed = changed || value.Key == "method" && value.Text == "PUT" && value.Scope == "hooks.before"
	}
	if !changed {
		t.Error("--explain does not say that a hook has changed the method")
	}
}

// TestWhatHooksJudge: tests are outcomes as those of expectations; a hook that fails afterwards is one too.
func TestWhatHooksJudge(t *testing.T) {
	work := serving(t, map[string]string{
		"collection.toml": "hooks.after = \"pm.test('inherited', () => pm.response.to.be.ok)\"",
		"r.toml": "url = '{{base}}/users/github'\n[capture]\nlogin = 'json.login'\n[expect]\nfine = 'ok'\n[hooks]\nbefore = \"pm.test('early', () => {})\"\nafter = '''\n" +
			"pm.test('wrong', () => pm.expect(pm.response.json().login).to.equal('x'));\npm.test.skip('later'); pm.execution.setNextRequest('other'); throw new Error('then')'''",
	})
	_, _, v, err := carryOut(t, work, "r")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range v.Expect {
		got = append(got, fmt.Sprint(o.Name, " ", o.Passed, " ", strings.Join(o.Explanation, "|")))
	}
	want := "fine true \nearly true \ninherited true \nwrong false AssertionError: expected 'github' to equal 'x'\n" +
		"hooks.after false r.toml:10: hooks.after: Error: then"
	if strings.Join(got, "\n") != want || v.Failed() != 2 || len(v.Captured) != 1 {
		t.Errorf("%d failed:\n%s\nwant\n%s", v.Failed(), strings.Join(got, "\n"), want)
	}
	if v.Hooks.Next == nil || *v.Hooks.Next != "other" || len(v.Hooks.Tests) != 4 {
		t.Errorf("%+v", v.Hooks)
	}
}

// TestHooksThatStop: what they said is there, and nothing is sent.
func TestHooksThatStop(t *testing.T) {
	work := serving(t, map[string]string{
		"throws.toml": "url = '{{base}}/get'\nhooks.before = \"console.log('first'); throw new Error('at ' + pm.variables.get('key'))\"\nvars.key = '{{secret(\"key\")}}'",
		"skips.toml":  "url = '{{base}}/get/{{none}}'\nhooks.before = \"pm.execution.skipRequest('not today')\"",
		"none.toml":   "url = '{{base}}/get/{{none}}'\nhooks.before = \"console.log(pm.request.url.getPath())\"",
		"moved.toml":  "url = '{{base}}/redirect-to?url=/get'\nhooks.redirect = \"throw new Error('stay')\"",
	})
	call, x, _, err := carryOut(t, work, "throws")
	if !errors.Is(err, httpcore.KindHook) || err.Error() != "throws.toml:2: hooks.before: Error: at {secret key}" || x != nil || said(call.Hooks) != "throws.toml:2 first" {
		t.Errorf("%v %s", err, said(call.Hooks))
	}
	call, x, _, err = carryOut(t, work, "skips")
	if skipped, ok := errors.AsType[*runner.SkippedError](err); !ok || skipped.Reason != "not today" || x != nil || call.Hooks.Skip == "" {
		t.Errorf("%v", err)
	}
	call, _, _, err = carryOut(t, work, "none")
	if _, ok := errors.AsType[template.Errors](err); !ok || !strings.Contains(said(call.Hooks), "/get/{{none}}") {
		t.Errorf("what no hook sets is %v %s", err, said(call.Hooks))
	}
	if _, x, _, err = carryOut(t, work, "moved"); !errors.Is(err, httpcore.KindHook) || len(x.Hops) != 1 || !strings.Contains(err.Error(), "moved.toml:2: hooks.redirect: Error: stay") {
		t.Errorf("%v", err)
	}
}

// TestSecretsOfHooks: in no word of theirs, in any form, and nowhere but where they may go.
func TestSecretsOfHooks(t *testing.T) {
	work := serving(t, map[string]string{
		"collection.toml": "[vars]\nkey = '{{secret(\"key\")}}'\nbound = '{{secret(\"bound\")}}'",
		"r.toml": "url = '{{base}}/anything'\n[hooks]\nbefore = '''\nconst key = pm.variables.get('key');\npm.globals.set('mine', 'x' + key);\n" +
			"console.log(key, encodeURIComponent(key), btoa('a' + key), CryptoJS.enc.Utf8.parse(key).toString(), JSON.stringify([key]));'''\n" +
			"after = '''\npm.test('not ' + pm.variables.get('key'), () => pm.expect(pm.variables.get('key')).to.equal(1)); pm.response.annotate('a', pm.variables.get('key'));'''",
		"later.toml":   "url = '{{base}}/anything?q={{mine}}'",
		"leak.toml":    "url = '{{base}}/anything'\nhooks.before = \"pm.request.headers.add('A: ' + pm.variables.get('bound'))\"",
		"request.toml": "url = '{{base}}/anything'\nhooks.before = \"await pm.sendRequest({url: pm.variables.get('base') + '/anything', header: {A: pm.variables.get('bound')}})\"",
		"free.toml":    "url = '{{base}}/anything'\nhooks.before = \"const r = await pm.sendRequest(pm.variables.get('base') + '/get'); console.log(r.code, pm.variables.get('bound').length)\"",
	})
	_, x, v, err := carryOut(t, work, "r")
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprintf("%+v %+v %+v", v.Hooks, v.Expect, v.Captured)
	known := httpcore.NewMasker([]httpcore.Secret{httpcore.NewSecret("key", "s3cret-key")}, httpcore.Mark)
	if found := known.Find(all); found != nil || strings.Count(all, "{secret key}") < 8 {
		t.Errorf("a secret is in what hooks say: %s", all)
	}
	if httpcore.NewMasker(x.Request.Secrets, httpcore.Mark).Find("s3cret-key") == nil {
		t.Error("the exchange does not know the secret")
	}
	if _, x, _, err = carryOut(t, work, "later"); err != nil || httpcore.NewMasker(x.Request.Secrets, httpcore.Mark).Find("s3cret-key") == nil {
		t.Errorf("a later request does not know the secret that a hook has put into a variable: %v", err)
	}
	for _, name := range []string{"leak", "request"} {
		if _, _, _, err := carryOut(t, work, name); err == nil || !strings.Contains(err.Error(), "the secret bound must not be sent to") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, v, err := carryOut(t, work, "free"); err != nil || said(v.Hooks) != "free.toml:2 200 12" {
		t.Errorf("%v %s", err, said(v.Hooks))
	}
}

// TestSendRequestGoesTheSameWay: in the session of the request, with its proxy and its TLS, and not into a protected
// environment.
func TestSendRequestGoesTheSameWay(t *testing.T) {
	work := serving(t, map[string]string{
		"environments/prod.toml": "protected = true",
		"cookie.toml": "url = '{{base}}/cookies'\nhooks.before = \"await pm.sendRequest(pm.variables.get('base') + '/cookies/set?from=hook'); console.log(pm.cookies.has('from'))\"\n" +
			"hooks.after = \"console.log(pm.response.json(), pm.cookies.get('from'))\"",
		"proxy.toml":  "url = '{{base}}/get'\noptions.proxy = 'http://127.0.0.1:1'\nhooks.before = \"try { await pm.sendRequest(pm.variables.get('base')) } catch (e) { console.log(e.message); throw e }\"",
		"unsafe.toml": "url = '{{base}}/get'\nhooks.before = \"await pm.sendRequest({url: pm.variables.get('base') + '/anything', method: 'DELETE'})\"",
		"turns.toml":  "url = '{{base}}/redirect-to?url=/anything'\nhooks.redirect = \"pm.request.method = 'DELETE'\"",
	})
	if _, _, v, err := carryOut(t, work, "cookie"); err != nil || !strings.Contains(said(v.Hooks), "from: 'hook'") || !strings.HasSuffix(said(v.Hooks), "hook") {
		t.Errorf("%v %s", err, said(v.Hooks))
	}
	if call, _, _, err := carryOut(t, work, "proxy"); err == nil || !strings.Contains(said(call.Hooks), "proxy") {
		t.Errorf("a hook goes around the proxy: %v %s", err, said(call.Hooks))
	}
	work.Environments = []string{"prod"}
	for _, name := range []string{"unsafe", "turns"} {
		if _, _, _, err := carryOut(t, work, name); err == nil || !strings.Contains(err.Error(), `the environment "prod" is protected`) {
			t.Errorf("%s: a hook reaches into a protected environment: %v", name, err)
		}
	}
}

// TestNobodyIsAskedTwice although the request is resolved before its hooks and after them.
func TestNobodyIsAskedTwice(t *testing.T) {
	work := serving(t, map[string]string{
		"r.toml": "url = '{{base}}/anything/{{prompt(\"who\")}}/{{command(\"x\")}}/{{set}}'\nhooks.before = \"pm.variables.set('set', 1)\"",
	})
	asked := &countingAsker{}
	work.Host.Ask = asked
	work.Host.Command = func(context.Context, string) (string, error) { asked.count++; return "made", nil }
	_, x, _, err := carryOut(t, work, "r")
	if err != nil || asked.count != 2 || x.Hops[0].Prepared.Target != "/anything/ada/made/1" {
		t.Errorf("%v, asked %d times", err, asked.count)
	}
}

type countingAsker struct{ count int }

func (a *countingAsker) Prompt(context.Context, string, string) (string, error) {
	a.count++
	return "ada", nil
}

func (a *countingAsker) Select(context.Context, string, []string) (string, error) {
	a.count++
	return "", nil
}

// TestRowsAreForHooks: they see the row of a run, and where it is.
func TestRowsAreForHooks(t *testing.T) {
	work := serving(t, map[string]string{
		"r.toml": "url = '{{base}}/get'\nhooks.before = \"console.log(pm.iterationData.get('user'), pm.iterationData.toObject(), pm.info.iteration, pm.info.iterationCount)\"",
	})
	work.Row = env.Layer{Name: "row 2", Vars: []template.Variable{{Name: "user", Value: "ada", Literal: true}, {Name: "n", Value: template.Number("2"), Literal: true}}}
	work.Iteration, work.Iterations = 1, 3
	if _, _, v, err := carryOut(t, work, "r"); err != nil || said(v.Hooks) != "r.toml:2 ada { user: 'ada', n: 2 } 1 3" {
		t.Errorf("%v %s", err, said(v.Hooks))
	}
	work.Scripts = nil // each in a process of its own
	if _, _, v, err := carryOut(t, work, "r"); err != nil || len(v.Hooks.Console) != 1 {
		t.Errorf("%v %s", err, said(v.Hooks))
	}
}
