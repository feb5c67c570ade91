package script_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"parley/collections/script"
)

func TestMain(m *testing.M) {
	script.Serve()
	os.Exit(m.Run())
}

// world is an Outside of variables in memory.
type world struct {
	values map[string]script.Value // by "scope name"
	send   func(ctx context.Context, r script.Request) (*script.Response, error)
}

func newWorld() *world { return &world{values: map[string]script.Value{}} }

func (w *world) Get(_ context.Context, scope, name string) (script.Value, bool, error) {
	if name == "broken" {
		return nil, false, errors.New("broken cannot be resolved")
	}
	v, ok := w.values[scope+" "+name]
	return v, ok, nil
}

func (w *world) Set(scope, name string, v script.Value) error {
	w.values[scope+" "+name] = v
	return nil
}

func (w *world) Unset(scope, name string) error {
	delete(w.values, scope+" "+name)
	return nil
}

func (w *world) Names(scope string) []string {
	var names []string
	for key := range w.values {
		if s, name, _ := strings.Cut(key, " "); s == scope {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (w *world) Send(ctx context.Context, r script.Request) (*script.Response, error) {
	return w.send(ctx, r)
}

// task is a script that sees a request and its response.
func task(code string) script.Task {
	return script.Task{
		Event: "after", At: script.Place{File: "a/r.toml", Line: 10}, Code: code,
		Request: script.Request{
			Method: "POST", URL: "http://h.test:8080/a/b?x=1&y=a%20b", Headers: []script.Pair{{"Accept", "*/*"}, {"X-A", "1"}},
			Body: script.Body{Text: `{"n":1}`, Type: "application/json"},
		},
		Response: &script.Response{
			Code: 201, Reason: "Created", Headers: []script.Pair{{"Content-Type", "application/json"}, {"X-B", "2"}},
			Body: script.Body{Text: `{"id":7,"tags":["a","b"],"user":{"name":"Ada"}}`}, Cookies: []script.Pair{{"sid", "abc"}}, Time: 12.5, Size: 46,
		},
		Info:    script.Info{Request: "a/r", Environment: "dev", Iteration: 2, IterationCount: 5},
		Cookies: []script.Pair{{"theme", "dark"}},
	}
}

func run(t *testing.T, p *script.Processes, given script.Task, w *world) (script.Outcome, error) {
	t.Helper()
	return p.Run(t.Context(), given, w)
}

func console(r script.Report) string {
	var lines []string
	for _, l := range r.Console {
		lines = append(lines, fmt.Sprintf("%s %s %s", l.Where, l.Level, l.Text))
	}
	return strings.Join(lines, "\n")
}

// TestWhatPmSays has a table of expressions with what the console writes of them.
func TestWhatPmSays(t *testing.T) {
	var p script.Processes
	defer p.Close()
	for code, want := range map[string]string{
		"pm.request.method + ' ' + pm.request.url":                            "POST http://h.test:8080/a/b?x=1&y=a%20b",
		"pm.request.url.getHost() + pm.request.url.getPath()":                 "h.test/a/b",
		"[pm.request.url.protocol, pm.request.url.port, pm.request.url.path]": "[ 'http', '8080', [ 'a', 'b' ] ]",
		"pm.request.url.query.get('y')":                                       "a b",
		"pm.request.headers.get('x-a')":                                       "1",
		"pm.request.headers.has('X-Z')":                                       "false",
		"pm.request.body.raw":                                                 `{"n":1}`,
		"pm.response.code + pm.response.status":                               "201Created",
		"pm.response.json().user":                                             "{ name: 'Ada' }",
		"pm.response.text().length":                                           "47",
		"pm.response.headers.toObject()":                                      "{ 'Content-Type': 'application/json', 'X-B': '2' }",
		"pm.response.responseTime + ' ' + pm.response.responseSize":           "12.5 46",
		"pm.response.cookies.get('sid') + pm.cookies.get('theme')":            "abcdark",
		"pm.info":             "{ eventName: 'test', iteration: 2, iterationCount: 5, requestName: 'a/r', requestId: 'a/r' }",
		"pm.environment.name": "dev",
		"(pm.environment.set('a', {b: [1]}), pm.environment.get('a'))": "{ b: [ 1 ] }",
		"pm.globals.has('a')":                                                               "false",
		"(pm.globals.set('g', 'x'), pm.globals.toObject())":                                 "{ g: 'x' }",
		"(pm.globals.set('g', 'x'), pm.globals.clear(), pm.globals.get('g'))":               "undefined",
		"(pm.variables.set('v', 3), pm.variables.replaceIn('a{{v}}b{{none}}'))":             "a3b{{none}}",
		"pm.variables.replaceIn('{{$guid}}').length":                                        "36",
		"CryptoJS.HmacSHA256('what do ya want for nothing?', 'Jefe').toString()":            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
		"CryptoJS.enc.Base64.stringify(CryptoJS.SHA1('abc'))":                               "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
		"CryptoJS.HmacMD5('a', CryptoJS.enc.Utf8.parse('é')).toString(CryptoJS.enc.Hex)":    "5e391ddb652a5a5938b7a2e4abe647f3",
		"btoa('a\\xff') + atob('Yf8=').charCodeAt(1)":                                       "Yf8=255",
		"typeof __parley + typeof process + typeof fetch + typeof XMLHttpRequest":           "undefinedundefinedundefinedundefined",
		"new Error('x'), new Map([['a', 1]]), [undefined, null, -0, 1n], () => 1":           "Error: x Map{ 'a' => 1 } [ undefined, null, -0, 1n ] [Function]",
		"(() => { const a = {}; a.a = a; return a })()":                                     "{ a: [Circular] }",
		"(() => { try { require('fs') } catch (e) { return e.message } })()":                "require('fs') is refused: a hook has no modules, files or network but pm, CryptoJS and console",
		"(() => { try { pm.environment.get('broken') } catch (e) { return e.message } })()": "broken cannot be resolved",
		"(() => { try { pm.expect(1).to.be.treu } catch (e) { return e.message } })()":      `Invalid Chai property: treu. Did you mean "true"?`,
	} {
		out, err := run(t, &p, task("\nconsole.log("+code+")"), newWorld())
		if got := console(out.Report); err != nil || got != "a/r.toml:11 log "+want {
			t.Errorf("%s:\n%v %s, want\n%s", code, err, got, want)
		}
	}
}

// TestWhatAScriptChanges has a table of statements with what they leave of the request.
func TestWhatAScriptChanges(t *testing.T) {
	var p script.Processes
	defer p.Close()
	for code, change := range map[string]func(*script.Request){
		"":                             func(*script.Request) {},
		"pm.request.method = 'PUT'":    func(r *script.Request) { r.Method = "PUT" },
		"pm.request.url = 'http://x/'": func(r *script.Request) { r.URL = "http://x/" },
		"pm.request.url.addQueryParams([{key: 'z', value: 'é&'}])": func(r *script.Request) { r.URL = "http://h.test:8080/a/b?x=1&y=a+b&z=%C3%A9%26" },
		"pm.request.url.query.upsert({key: 'x', value: 2})":        func(r *script.Request) { r.URL = "http://h.test:8080/a/b?x=2&y=a+b" },
		"pm.request.headers.add({key: 'X-S', value: 's'})":         func(r *script.Request) { r.Headers = append(slices.Clone(r.Headers), script.Pair{"X-S", "s"}) },
		"pm.request.headers.upsert({key: 'x-a', value: 's'})":      func(r *script.Request) { r.Headers = []script.Pair{{"Accept", "*/*"}, {"X-A", "s"}} },
		"pm.request.headers.remove('accept')":                      func(r *script.Request) { r.Headers = []script.Pair{{"X-A", "1"}} },
		"pm.request.body.raw = JSON.stringify({a: 1})":             func(r *script.Request) { r.Body.Text = `{"a":1}` },
		"pm.request.body = 'text'":                                 func(r *script.Request) { r.Body.Text = "text" },
		"pm.request.body.update({mode: 'urlencoded', urlencoded: [{key: 'a b', value: 'c'}]})": func(r *script.Request) {
			r.Body = script.Body{Text: "a+b=c", Type: "application/x-www-form-urlencoded"}
		},
	} {
		given := task(code)
		want := given.Request
		change(&want)
		out, err := run(t, &p, given, newWorld())
		got, _ := json.Marshal(out.Request)
		wanted, _ := json.Marshal(want)
		if err != nil || string(got) != string(wanted) {
			t.Errorf("%s: %v\n%s, want\n%s", code, err, got, wanted)
		}
	}
}

// TestErrorsHaveTheirLine has a table of scripts that fail, which begin on line 10.
func TestErrorsHaveTheirLine(t *testing.T) {
	var p script.Processes
	defer p.Close()
	for _, c := range []struct {
		code string
		why  script.Why
		want string
	}{
		{"\n\nthrow new Error('no')", script.WhyThrow, "a/r.toml:12: hooks.after: Error: no"},
		{"\nthrow 'a text'", script.WhyThrow, "a/r.toml:11: hooks.after: threw a text"},
		{"function f() {\n  undefined.x\n}\nf()", script.WhyThrow, "a/r.toml:11: hooks.after: TypeError: Cannot read property 'x' of undefined"},
		{"let a = 1;\nlet b = ;", script.WhySyntax, "a/r.toml:11: hooks.after: SyntaxError: Unexpected token ;"},
		{"\nnone()", script.WhyThrow, "a/r.toml:11: hooks.after: ReferenceError: none is not defined"},
		{"\n(async () => {\n  await null\n  throw new Error('later')\n})()", script.WhyThrow, "a/r.toml:13: hooks.after: Error: later"},
		{"\nawait null\nthrow new Error('top')", script.WhyThrow, "a/r.toml:12: hooks.after: Error: top"},
		{"setTimeout(() => {\n  throw new Error('timer')\n}, 5)", script.WhyThrow, "a/r.toml:11: hooks.after: Error: timer"},
		{"pm.expect(1).to.equal(2)", script.WhyThrow, "a/r.toml:10: hooks.after: AssertionError: expected 1 to equal 2"},
		{"pm.execution.skipRequest()", script.WhyThrow, "a/r.toml:10: hooks.after: Error: pm.execution.skipRequest() is for a before hook: the request has been sent"},
		{"\nfunction f() { f() }\nf()", script.WhyThrow, "a/r.toml:11: hooks.after: RangeError: too many calls within calls"},
	} {
		_, err := run(t, &p, task(c.code), newWorld())
		e, ok := errors.AsType[*script.Error](err)
		if !ok || e.Why != c.why || e.Error() != c.want {
			t.Errorf("%q:\n%v, want\n%s", c.code, err, c.want)
		}
	}
	if out, err := run(t, &p, task("console.log(typeof f, typeof a, typeof b)"), newWorld()); err != nil || out.Report.Console[0].Text != "undefined undefined undefined" {
		t.Errorf("a script sees another's globals: %v %s", err, console(out.Report))
	}
}

// TestAProcessForScriptsStartsNoOther: a program that does not call Serve is run once more, and that is all.
func TestAProcessForScriptsStartsNoOther(t *testing.T) {
	t.Setenv("PARLEY_SCRIPT_WORKER", "1") // as there
	for _, p := range []*script.Processes{{}, script.Fleeting()} {
		_, err := run(t, p, task("console.log(1)"), newWorld())
		if err == nil || !strings.Contains(err.Error(), "does not call script.Serve") {
			t.Errorf("got %v", err)
		}
		p.Close()
	}
}
