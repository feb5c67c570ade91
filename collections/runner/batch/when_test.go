package batch_test

import (
	"net/http"
	"strings"
	"testing"

	"parley/collections/runner/batch"
)

func TestWhenSkips(t *testing.T) {
	files := map[string]string{
		"environments/dev.toml": "", "environments/prod.toml": "",
		"a/1.toml": request("a", `when = 'env != "prod"'`, "[capture]", "found = 'json.path'"),
		"a/2.toml": request("a", `when = 'env == "prod"'`),
		"a/3.toml": request("a", `when = 'found == "/a"'`),
		"a/4.toml": request("a", `when = 'env ='`),
	}
	work := written(t, http.HandlerFunc(echo), files)
	for env, want := range map[string]string{
		"dev":  "a/1 passed|a/2 skipped: when env == \"prod\"|a/3 passed|a/4 broken: a/4.toml:2:",
		"prod": "a/1 skipped: when env != \"prod\"|a/2 passed|a/3 broken: a/3.toml:2:9: unknown variable `found`|a/4 broken",
	} {
		work.Environments = []string{env}
		got := runs(t.Context(), t, work, batch.Choice{}, batch.Options{})
		for i, line := range strings.Split(want, "|") {
			if i >= len(got.lines) || !strings.HasPrefix(got.lines[i], "a: "+line) {
				t.Errorf("in %s ran\n%s\nwant %s", env, got.text(), line)
			}
		}
	}
}
