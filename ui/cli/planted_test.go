package cli_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/httpcore/playground"
	"parley/testdata/planted"
)

// The collection of TestSecretsAreNowhere: every place that a secret can be in, on its way out, on its way back, and in what
// goes wrong. `key` is secret("a"), `token` is captured, from an answer that has it and nothing else does.
var plantedCollection = map[string]string{
	"collection.toml": `name = "Planted"
[vars]
key = "{{secret('a')}}"
both = "{{key}} and {{key}}"
`,
	"flow/folder.toml": "order = ['login', 'places', 'form', 'parts', 'cookie', 'digest', 'jwt', 'large', 'kept', 'asks', 'follows', 'hooked', 'thrown', 'undone', 'next', 'lost', 'broken', 'typed', 'query']",
	"flow/login.toml": `url = "{{login}}"
auth = { type = "basic", username = "ada", password = "{{key}}" }
capture = { token = { expr = 'json.token', secret = true }, again = 'json.token', part = 'json' }
expect = { "is none" = 'json.token == "none"' }
`,
	"flow/places.toml": `method = "POST"
url = "{{base_url}}/anything/{{urlencode(key)}}/:part?in={{urlencode(key)}}"
path = { part = "{{token}}" }
params = { q = "{{key}}", "{{key}}" = "name", t = "{{token}}" }
headers = { X-Key = "{{key}}", X-Coded = "{{base64(key)}} {{base64('u:' + token)}}", X-Token = "{{token}}" }
cookies = { c = "{{urlencode(key)}}", t = "{{urlencode(token)}}" }
auth = { type = "apikey", name = "api", value = "{{token}}", in = "query" }
body.json = '{"key": {{ toJSON(key) }}, "list": [{{ toJSON(token) }}, {{ toJSON(base64("xy" + key)) }}]}'
options.retry = 0
[vars]
mine = "{{token}}"
[expect]
"is quoted" = 'json.json.key == "other"'
"has no token" = '!(vars.mine in json.json.list) && !(body contains vars.key)'
"has headers" = 'json.headers["X-Key"][0] == "x" && json.url == ""'
"is a schema" = 'schema("schema.json")'
"is jq" = 'jq(".json.key | tonumber") == 1'
"matches" = 'regex(json.json.key, "^(.*)$") == "no"'
"is a number" = 'int(json.json.key) == 1'
[capture]
echoed = 'json.json.key'
nothing = 'json.json[vars.key].x'
`,
	"flow/schema.json": `{"properties": {"json": {"properties": {"key": {"type": "integer"}, "list": {"items": {"enum": ["a"]}}}, "additionalProperties": false}, "url": {"pattern": "^x"}}}`,
	"flow/form.toml": `method = "POST"
url = "{{base_url}}/anything"
body.form = { a = "{{key}}", "{{token}}" = "b" }
`,
	"flow/parts.toml": `method = "POST"
url = "{{base_url}}/anything"
[body]
boundary = "xyzzy"
compress = "gzip"
[[body.multipart]]
name = "{{urlencode(key)}}"
value = "{{key}} {{token}}"
filename = "{{urlencode(token)}}.txt"
`,
	"flow/cookie.toml": `url = "{{base_url}}/cookies/set?got={{urlencode(urlencode(token))}}"
`,
	"flow/digest.toml": `url = "{{base_url}}/digest-auth/auth/ada/{{urlencode(key)}}"
auth = { type = "digest", username = "ada", password = "{{key}}" }
`,
	"flow/jwt.toml": `url = "{{base_url}}/anything"
auth = { type = "jwt", algorithm = "HS256", key = "{{key}}", claims = '{"sub": {{ toJSON(key) }}, "t": {{ toJSON(token) }}}' }
`,
	"flow/large.toml": `method = "POST"
url = "{{base_url}}/anything"
[body]
compress = "gzip"
text = "{{ repeat(key + ' ' + token + ' some more of it, ', 900) }}"
`,
	"flow/kept.toml": `method = "POST"
url = "{{base_url}}/anything?run={{run ?? 'first'}}"
body.json = '{"key": {{ toJSON(key) }}, "token": {{ toJSON(token) }}, "coded": {{ toJSON(base64(token)) }}}'
expect = { "is as before" = 'snapshot("whole")' }
`,
	"flow/asks.toml": `url = "{{base_url}}/anything?was={{urlencode(response('flow/kept', 'json.json.key', '1h'))}}"
headers = { X-Was = "{{response('flow/kept', 'json.json.token', '1h')}}" }
`,
	"flow/follows.toml": `url = "{{base_url}}/redirect-to?url={{urlencode('/anything/' + urlencode(key))}}"
headers = { X-Key = "{{key}}" }
`,
	"flow/hooked.toml": `method = "POST"
url = "{{base_url}}/anything"
body.text = "{{set}}"
[hooks]
before = '''
const key = pm.variables.get('key'), token = pm.variables.get('token');
console.log(key, token, btoa(key), btoa('x' + token), encodeURIComponent(key), JSON.stringify({ key }), { key, list: [token] });
console.error(CryptoJS.enc.Hex.stringify(CryptoJS.enc.Utf8.parse(key)), JSON.stringify(JSON.stringify(token)));
pm.variables.set('set', key + token);
pm.environment.set('kept', token);
pm.request.headers.add({ key: 'X-Hook', value: btoa('xy' + key) });
const told = await pm.sendRequest({ url: pm.variables.get('base_url') + '/anything?k=' + encodeURIComponent(key), method: 'POST', header: { 'X-T': token }, body: { mode: 'raw', raw: key } });
console.warn(told.text());
'''
after = '''
const key = pm.variables.get('key');
pm.test('a name with ' + key, () => pm.expect(key).to.equal('other'));
pm.test(btoa(key), () => { throw new Error('thrown: ' + key); });
pm.test('body', () => pm.expect(pm.response.json()).to.have.property('nothing', key));
pm.test.skip('left ' + key, () => {});
pm.response.annotate(key, pm.variables.get('token'));
pm.response.annotate('body', pm.response.text());
'''
`,
	"flow/thrown.toml": `url = "{{base_url}}/anything"
hooks.before = "throw new Error('a hook throws ' + pm.variables.get('key') + btoa(pm.variables.get('token')))"
`,
	"flow/undone.toml": `url = "{{base_url}}/anything"
hooks.before = "pm.execution.skipRequest('because of ' + pm.variables.get('key'))"
`,
	"flow/next.toml": `url = "{{base_url}}/anything"
hooks.after = "pm.execution.setNextRequest(pm.variables.get('key'))"
`,
	"flow/lost.toml": `url = "http://127.0.0.1:1/{{urlencode(key)}}?q={{urlencode(token)}}"
headers = { X-Key = "{{key}}" }
`,
	"flow/broken.toml": `url = "{{base_url}}/anything/{{int(key)}}"
`,
	"flow/typed.toml": `url = "{{base_url}}/anything"
headers = { X-Key = "{{key + \"\\n\" + token}}" }
`,
	"flow/query.toml": `url = "{{base_url}}/anything?x={{fromJSON(token)}}"
when = 'vars.key == "no" || len(token) > 2'
`,
}

// TestSecretsAreNowhere plants secrets wherever a request, its hooks and its answer can hold one, has every verb at work on
// them, and looks for them in all that is on disk then and in all that was printed.
func TestSecretsAreNowhere(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts the program often")
	}
	p := plant(t)
	inputs := p.files(t)
	play := "--var=base_url=" + p.server.URL
	login := "--var=login=" + p.login.URL
	run := func(args ...string) { p.run(t, append(args, "-C", p.dir, play, login)...) }

	run("run", "-v", "--report", "text="+p.out("r.txt"), "--report", "junit="+p.out("r.xml"), "--report", "html="+p.out("r.html"), "--report", "har="+p.out("r.har"), "--record", p.out("tape.har"))
	run("run", "flow", "--jobs", "2", "--har", "--var", "run=second")
	for _, name := range []string{"login", "places", "parts", "cookie", "jwt", "follows", "hooked", "lost", "broken", "typed"} {
		run("send", "flow/"+name, "-vv", "--explain", "-o", filepath.Join(p.bodies, name))
	}
	run("send", "flow/places", "--har")
	run("run", "flow", "-v", "--replay", p.out("tape.har"), "--report", "html="+p.out("again.html"))
	run("bench", "flow/places", "--requests", "3")
	p.run(t, "config", "check", "-C", p.dir)
	for _, format := range []string{"curl", "k6", "python-requests", "http-file", "postman", "har"} {
		run("export", "flow/places", "--as", format)
	}
	run("export", "flow", "--as", "k6")
	p.run(t, "env", "show", "-C", p.dir)
	p.run(t, "session", "list", "-C", p.dir)
	p.run(t, "cookies", "list", "-C", p.dir)
	ids := strings.Fields(p.run(t, "history", "list", "-n", "400", "-C", p.dir))
	if len(ids) < 20 {
		t.Errorf("history has only %q", ids)
	}
	p.run(t, "history", "list", "--json", "-n", "400", "-C", p.dir)
	p.run(t, "history", "export", "-C", p.dir)
	p.run(t, "history", "search", "request:flow/hooked", "--json", "-C", p.dir)
	p.run(t, "history", "show", "--har", "-C", p.dir)
	run("history", "show", "--check")
	run("history", "replay", "-v")

	left := p.files(t)
	for name, data := range left {
		if !p.isStore(name) && !bytes.Equal(inputs[name], data) {
			p.search(t, name, data)
		}
	}
	for _, name := range []string{"r.txt", "r.xml", "r.html", "r.har", "tape.har", "again.html"} {
		if text := string(left[p.out(name)]); !strings.Contains(text, "{secret a}") || !strings.Contains(text, "{secret token}") {
			t.Errorf("%s has no marks in the place of secrets", name)
		}
	}
	if body := content(t, p.bodies, "places"); p.secrets[0].In(body) == "" || p.secrets[1].In(body) == "" {
		t.Errorf("the secrets are not sent: the server answers\n%s", body)
	}
}

// plot is where secrets are planted: a collection, a playground and a server that hands a secret out, and folders for all
// that is made of them.
type plot struct {
	dir, home, outputs string
	bodies             string // of answers as they came, which are asked for
	server             *playground.Server
	login              *httptest.Server
	secrets            []planted.Secret
}

func plant(t *testing.T) *plot {
	t.Helper()
	p := &plot{dir: t.TempDir(), home: t.TempDir(), outputs: t.TempDir(), bodies: t.TempDir(), secrets: []planted.Secret{planted.New("Kq7vZx2mH"), planted.New("Wt9bRn4yJ")}}
	for name, text := range plantedCollection {
		file := filepath.Join(p.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	p.server = server
	p.login = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"token": %q}`, p.secrets[1].Value)
	}))
	t.Cleanup(p.login.Close)
	return p
}

func (p *plot) out(name string) string { return filepath.Join(p.outputs, name) }

// run runs parley, and looks for secrets in what it prints. Whether it ends well is not what is asked here.
func (p *plot) run(t *testing.T, args ...string) string {
	t.Helper()
	command := parley(t, args...)
	command.Env = append(command.Env, "PARLEY_HOME="+p.home, "PARLEY_SECRET_A="+p.secrets[0].Value, "CI=")
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil && !isExit(err) {
		t.Fatal(err)
	}
	what := strings.Join(args, " ")
	p.search(t, "stdout of "+what, stdout.Bytes())
	p.search(t, "stderr of "+what, stderr.Bytes())
	return stdout.String()
}

// isStore reports whether a file is where captured values and cookies are kept for the requests after them, for their owner
// alone.
func (p *plot) isStore(name string) bool {
	kind := filepath.Base(filepath.Dir(name))
	return strings.HasPrefix(name, p.home) && (kind == "captured" || kind == "sessions")
}

func (p *plot) search(t *testing.T, where string, data []byte) {
	t.Helper()
	for _, secret := range p.secrets {
		if found := secret.In(data); found != "" {
			t.Errorf("%s holds a secret: %s", where, found)
		}
	}
}

// files returns all that lies in the folders.
func (p *plot) files(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, dir := range []string{p.dir, p.home, p.outputs} {
		err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() {
				files[path], err = os.ReadFile(path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}
