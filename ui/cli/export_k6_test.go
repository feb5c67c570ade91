package cli

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"parley/httpcore/playground"
)

// k6Binary finds k6 as PARLEY_K6 names it, or on the path. A test that goes without says so.
func k6Binary(t *testing.T) string {
	t.Helper()
	name := os.Getenv("PARLEY_K6")
	if name == "" {
		name = "k6"
	}
	found, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("NOT RUN: there is no k6 to run the script with (go install go.k6.io/k6@v1.8.1, or set PARLEY_K6): %v", err)
	}
	return found
}

// chainFiles log in, create, read, and leave out what k6 cannot do.
var chainFiles = map[string]string{
	"collection.toml": "[vars]\nbase_url = \"http://unset.test\"\nname = \"Ada \\\"the\\\" ☃\"\n",
	"flow/1-create.toml": `method = "POST"
url = "{{base_url}}/users"
[headers]
X-Id = "{{uuid()}}"
X-Key = "k-{{secret('api key')}}"
[vars]
login = "ada{{uuid()}}"
[body]
json = '''
{"login": "{{login}}", "name": "A"}
'''
[auth]
type = "basic"
username = "u"
password = "{{secret('pw')}}"
[capture]
id = 'json.id'
login = { expr = 'json.login', secret = true }
[expect]
created = 'status == 201 and json.login startsWith "ada"'
quick = 'elapsed < duration("50s") && ok'
tls = 'tls.version == "x"'
`,
	"flow/2-read.toml": `url = "{{base_url}}/anything/:login/x"
[path]
login = "{{login}}"
[params]
q = ["a b&c", "{{name}}"]
[cookies]
theme = "dark"
[auth]
type = "bearer"
token = "{{id}}"
[expect]
query = 'json.args.q[0] == "a b&c" and json.args.q[1] contains "the" and len(json.args.q) == 2'
type = 'headers["content-type"] matches "^application/(json|x-y)"'
text = 'regex("\"method\": ?\"([A-Z]+)") == "GET"'
paths = 'jsonpath("$.method") == "GET" && jq(".args.q[0]") != nil'
bearer = 'json.headers.Authorization[0] startsWith "Bearer "'
cookie = 'json.headers.Cookie[0] contains "theme=dark"'
all = 'all(json.args.q, len(#) > 2) and not any(json.args.q, # == "x") and "a b&c" in json.args.q'
absent = 'json.nothing == nil and json?.a?.b == nil and (json.nothing ?? 3) == 3'
`,
	"flow/3-form.toml": `method = "PUT"
url = "{{base_url}}/put"
[body]
form = { a = "1 2", b = ["{{login}}", "y"] }
[auth]
type = "apikey"
name = "X-Api"
value = "{{secret('pw')}}"
[options]
retry = 2
[expect]
form = 'json.form.a[0] == "1 2" and json.form.b[-1] == "y"'
`,
	"alone/fails.toml": "url = '{{base_url}}/status/418'\n[expect]\nok = 'ok'\n",
	"alone/odd.toml":   "url = '{{base_url}}/get?a={{sha256(secret(\"pw\"))}}'\nwhen = 'true'\n[auth]\ntype = \"hawk\"\nid = \"a\"\nkey = \"b\"\n",
}

// k6Program is a program in a folder with those files.
func k6Program(t *testing.T, out, problems io.Writer) *Program {
	t.Helper()
	p := onScreen(t, nil)
	p.Stdout, p.Stderr = out, problems
	p.IsTerminal = func(any) bool { return false }
	for name, text := range chainFiles {
		path := filepath.Join(p.Dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func TestExportsOfK6HoldNoSecretsAndSayWhatIsLost(t *testing.T) {
	var out, problems bytes.Buffer
	p := k6Program(t, &out, &problems)
	home := t.TempDir()
	p.LookupEnv = func(name string) (string, bool) {
		switch name {
		case "PARLEY_HOME":
			return home, true
		case "PARLEY_SECRET_PW", "PARLEY_SECRET_API_KEY":
			return "very-secret-value", true
		}
		return "", false
	}
	for target, lost := range map[string][]string{
		"flow":      {"lost: flow/1-create: expect.tls: tls has no counterpart", "lost: flow/3-form: options.retry"},
		"alone/odd": {"lost: alone/odd: auth hawk", "lost: alone/odd: {{sha256(secret(\"pw\"))}}", "lost: alone/odd: when"},
	} {
		out.Reset()
		problems.Reset()
		if err := p.Run(t.Context(), []string{"export", target, "--as", "k6"}); err != nil {
			t.Fatal(err)
		}
		for _, want := range lost {
			if !strings.Contains(problems.String(), want) {
				t.Errorf("%s: %q is not said:\n%s", target, want, problems.String())
			}
		}
		if strings.Contains(out.String(), "very-secret") || strings.ContainsFunc(out.String(), func(r rune) bool { return r >= 0xE000 && r < 0xF000 }) {
			t.Errorf("%s: the script holds a secret or a mark:\n%s", target, out.String())
		}
	}
	err := p.Run(t.Context(), []string{"export", "flow", "--as", "k6", "--show-secrets"})
	if ExitCode(err) != exitUsage {
		t.Errorf("secrets are shown: %v", err)
	}
	if err := p.Run(t.Context(), []string{"export", "nowhere", "--as", "k6"}); ExitCode(err) != exitUsage {
		t.Errorf("a target that is not there: %v", err)
	}
}

func TestExportsRunUnderK6(t *testing.T) {
	k6 := k6Binary(t)
	var (
		mu   sync.Mutex
		seen []*http.Request
	)
	handler := playground.NewHandler()
	t.Cleanup(func() { handler.Close() })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen = append(seen, r)
		mu.Unlock()
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	run := func(target string, environ ...string) (string, error) {
		t.Helper()
		var out, problems bytes.Buffer
		p := k6Program(t, &out, &problems)
		if err := p.Run(t.Context(), []string{"export", target, "--as", "k6"}); err != nil {
			t.Fatal(err)
		}
		script := filepath.Join(t.TempDir(), "script.js")
		if err := os.WriteFile(script, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		args := []string{"run", "--no-usage-report", "--no-color"}
		for _, e := range append(environ, "base_url="+server.URL, "PARLEY_SECRET_PW=p-w", "PARLEY_SECRET_API_KEY=key") {
			args = append(args, "-e", e)
		}
		said, err := exec.CommandContext(t.Context(), k6, append(args, script)...).CombinedOutput()
		return string(said), err
	}

	said, err := run("flow", "ITERATIONS=4", "VUS=2")
	if err != nil || !strings.Contains(said, "100.00%") || strings.Contains(said, "✗") {
		t.Fatalf("%v\n%s", err, said)
	}
	ids := map[string]bool{}
	for _, r := range seen {
		if r.URL.Path != "/users" {
			continue
		}
		user, password, _ := r.BasicAuth()
		if user != "u" || password != "p-w" || r.Header.Get("X-Key") != "k-key" {
			t.Errorf("the request has %s:%s and %s", user, password, r.Header.Get("X-Key"))
		}
		ids[r.Header.Get("X-Id")] = true
	}
	if len(seen) != 12 || len(ids) != 4 {
		t.Errorf("%d requests arrived, with %d ids", len(seen), len(ids))
	}

	seen = nil
	said, err = run("alone/fails", "RATE=50", "DURATION=1s")
	if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != 99 {
		t.Errorf("an expectation fails, and k6 exits with %v\n%s", err, said)
	}
	if len(seen) < 10 || len(seen) > 60 || !strings.Contains(said, "alone/fails: ok") {
		t.Errorf("%d requests arrived\n%s", len(seen), said)
	}
}
