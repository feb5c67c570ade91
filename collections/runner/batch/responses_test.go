package batch_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"parley/collections/runner/batch"
)

func TestAResponseThatIsAskedForIsAStepOfItsOwnOnceInAChain(t *testing.T) {
	var mu sync.Mutex
	var sent []string
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		sent = append(sent, r.URL.RequestURI())
		mu.Unlock()
		echo(w, r)
	})
	asking := func(path, of string) string {
		return "url = '''{{base}}/" + path + "?{{response(\"" + of + "\", \"json.path\", \"1h\")}}'''\n"
	}
	files := map[string]string{
		"login.toml":     request("login", "[capture]", "who = 'json.path'"),
		"a/folder.toml":  "[vars]\ntoken = '''{{response(\"login\", \"json.path\")}}'''\n",
		"a/1.toml":       request("a1?{{token}}"),
		"a/2.toml":       request("a2?{{token}}{{who}}"),
		"b/1-login.toml": request("b1"),
		"b/2.toml":       asking("b2", "b/1-login"),
		"c/1.toml":       asking("c", "c/2"),
		"c/2.toml":       asking("c", "c/1"),
		"d/1.toml":       asking("d", "d/down"),
		"d/down.toml":    "url = 'http://127.0.0.1:1/'\n",
	}
	work := written(t, handler, files)
	for _, c := range []struct{ folder, sent, ran string }{
		{"a", "/login /a1?/login /a2?/login/login", "a: login passed|a: a/1 passed|a: a/2 passed"},
		{"b", "/b1 /b2?/b1", "b: b/1-login passed|b: b/2 passed"},
		{"c", "", "a request needs its own response: c/1 → c/2 → c/1"},
		{"d", "", "d: d/down broken: "},
	} {
		sent = nil
		got := runs(t.Context(), t, work, batch.Choice{Paths: []string{c.folder}}, batch.Options{})
		if all := strings.Join(sent, " "); all != c.sent {
			t.Errorf("%s sent %s, want %s", c.folder, all, c.sent)
		}
		if text := strings.ReplaceAll(got.text(), "\n", "|"); !strings.Contains(text, c.ran) {
			t.Errorf("%s ran\n%s", c.folder, got.text())
		}
		if total := got.planned[len(got.planned)-1]; total != got.Passed+got.Broken {
			t.Errorf("%s: %d were planned, %+v", c.folder, total, got.Summary)
		}
	}
}
