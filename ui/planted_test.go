package ui

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/collections/secrets"
	"parley/testdata/planted"
)

// TestSecretsAreNotOnTheScreen runs a folder with secrets in all places, and looks at its table, and at every side of their
// responses.
func TestSecretsAreNotOnTheScreen(t *testing.T) {
	key, token := planted.New("Kq7vZx2mH"), planted.New("Wt9bRn4yJ")
	login := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"token": %q}`, token.Value)
	}))
	defer login.Close()
	b := open(t, 200, 60)
	b.root.work.Secrets = secrets.NewKeeper(secrets.Options{
		FS: disk.OS(), Dir: t.TempDir(), Now: b.now, After: time.After, Work: 2,
		Environ: func(name string) (string, bool) { return key.Value, name == "PARLEY_SECRET_A" },
	})
	b.root.work.Collection.Settings.Secrets = nil
	b.written(t, map[string]string{
		"trial/folder.toml": "order = ['login', 'places', 'hooked', 'lost', 'broken']\n[vars]\nkey = '{{secret(\"a\")}}'",
		"trial/login.toml": "url = '" + login.URL + "'\nauth = { type = 'basic', username = 'ada', password = '{{key}}' }\n" +
			"capture = { token = { expr = 'json.token', secret = true }, again = 'json.token' }\nexpect = { 'is none' = 'json.token == \"none\"' }",
		"trial/places.toml": `method = "POST"
url = "{{base_url}}/anything/{{urlencode(key)}}?in={{urlencode(again)}}"
headers = { X-Key = "{{key}}", X-Coded = "{{base64('u:' + token)}}" }
cookies = { c = "{{urlencode(key)}}" }
auth = { type = "jwt", algorithm = "HS256", key = "{{key}}", claims = '{"sub": {{ toJSON(key) }}}' }
body.json = '{"key": {{ toJSON(key) }}, "list": [{{ toJSON(token) }}]}'
capture = { echoed = "json.json.key", nothing = "json.json.key.x" }
[expect]
"is quoted" = 'json.json.key == "other"'
"is jq" = 'jq(".json.key | tonumber") == 1'
"has none" = '!(body contains vars.key) && json.headers["X-Key"][0] == json.json.list[0]'
`,
		"trial/hooked.toml": `url = "{{base_url}}/anything"
[hooks]
before = '''
console.log(pm.variables.get('key'), btoa('x' + pm.variables.get('token')), encodeURIComponent(pm.variables.get('key')));
pm.request.headers.add({ key: 'X-Hook', value: btoa('xy' + pm.variables.get('key')) });
'''
after = '''
pm.test('named ' + pm.variables.get('key'), () => pm.expect(pm.variables.get('key')).to.equal('other'));
pm.response.annotate(pm.variables.get('key'), pm.response.text());
throw new Error(pm.variables.get('token'));
'''
`,
		"trial/lost.toml":   "url = 'http://127.0.0.1:1/{{urlencode(key)}}?q={{urlencode(token)}}'",
		"trial/broken.toml": "url = '{{base_url}}/{{int(key)}}'",
	})
	clean := func(where string) {
		t.Helper()
		grid := b.Grid()
		for _, secret := range []planted.Secret{key, token} {
			if found := secret.In([]byte(grid)); found != "" {
				t.Errorf("%s: %s on\n%s", where, found, grid)
			}
		}
	}
	b.run("trial")
	b.WaitText("3 failed, 2 broken")
	clean("the table")
	for _, name := range []string{"login", "places", "hooked", "lost", "broken"} {
		b.Press("/")
		b.Type(name)
		b.WaitFor(name+" alone", func(grid string) bool { return strings.Contains(grid, "trial/"+name) })
		clean("the table at " + name)
		b.Press("esc")
	}
	b.Press("esc")
	b.WaitFor("the table to close", func(grid string) bool { return !strings.Contains(grid, "Run trial") })
	for _, name := range []string{"login", "places", "hooked", "lost"} {
		b.root.OpenRequest("trial/" + name)
		b.Press("f5")
		b.WaitFor("the end of "+name, func(string) bool { return b.root.tab().job == nil && b.root.tab().exchange != nil })
		for _, side := range []string{"Body", "Headers", "Cookies", "Timing", "Attempts", "Wire", "Sent", "Expect"} {
			b.root.tab().response.ShowSide(side)
			if side == "Body" && (name == "login" || name == "places") {
				b.WaitText("********") // as long as what it hides
			}
			clean(side + " of " + name)
		}
		if name == "lost" {
			continue // nothing came
		}
		b.Press("alt+4", "S")
		b.WaitText("Save as an example of trial/" + name)
		b.Press("enter")
		b.WaitText("saved the example 200-ok of trial/" + name)
		file := filepath.Join(b.root.work.Collection.Root, "trial", name+".examples", "200-ok.http")
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(text), "{secret ") {
			t.Errorf("%s: %v, without a mark:\n%s", file, err, text)
		}
		for _, secret := range []planted.Secret{key, token} {
			if found := secret.In(text); found != "" {
				t.Errorf("%s in the example of %s:\n%s", found, name, text)
			}
		}
		b.Press("ctrl+x", "X")
		b.WaitText("Examples of trial/" + name)
		clean("the examples of " + name)
		b.Press("enter")
		b.WaitFor("the example", func(string) bool { return b.root.tab().exchange.Started.IsZero() })
		clean("the example of " + name)
	}
}
