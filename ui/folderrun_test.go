package ui

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"parley/collections/runner/batch"
)

// written puts requests into the folder of a workbench's collection.
func (b *bench) written(t testing.TB, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(b.root.work.Collection.Root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var paths []string
	for name := range files {
		paths = append(paths, name)
	}
	c, err := b.root.work.Collection.Reload(paths...)
	if err != nil {
		t.Fatal(err)
	}
	b.root.gotCollection(reloaded{c, nil})
}

// run has the workbench run a folder with what the form holds at first.
func (b *bench) run(folder string) {
	b.root.RunFolder(folder + "/")
	b.WaitText("Run " + folder)
	b.Press("enter")
}

func TestARunShowsWhatFailedAndWhy(t *testing.T) {
	b := open(t, 120, 36)
	const secret = "correct horse battery"
	b.written(t, map[string]string{
		"trial/folder.toml": "order = ['in', 'bad', 'lost', 'never', 'thrown']",
		"trial/thrown.toml": "url = '{{base_url}}/get'\n[hooks]\nbefore = 'throw new Error(\"no luck\")'",
		"trial/in.toml":     "url = '{{base_url}}/response-headers?X-Token=correct%20horse%20battery'\n[capture]\ntoken = { expr = 'headers[\"X-Token\"]', secret = true }",
		"trial/bad.toml":    "url = '{{base_url}}/headers'\n[headers]\nX-Token = '{{token}}'\n[expect]\n'is echoed' = 'json.headers[\"X-Token\"][0] == \"other\"'",
		"trial/lost.toml":   "url = '{{base_url}}/get?q={{nobody}}'",
		"trial/never.toml":  "url = '{{base_url}}/get'\nwhen = 'false'",
	})
	b.run("trial")
	b.WaitText("1 passed, 1 failed, 2 broken, 1 skipped")
	grid := b.Grid()
	for _, want := range []string{"✓ trial/in", "passed · 200", "✗ trial/bad", "failed · 200", "is echoed", "! trial/lost", "unknown variable `nobody`", "- trial/never", "when false", "! trial/thrown", "no luck"} {
		if !strings.Contains(grid, want) {
			t.Errorf("no %q on the screen:\n%s", want, grid)
		}
	}
	if strings.Contains(grid, secret) {
		t.Errorf("the secret is shown:\n%s", grid)
	}
}

// Why something failed is read to its end on every screen.
func TestReasonsOfARunAreWhole(t *testing.T) {
	b := open(t, 120, 36)
	b.written(t, map[string]string{"trial/lost.toml": "url = '{{base_url}}/get?q={{nobody_at_all}}&and={{ nothing of what_is_written here }}'"})
	b.run("trial")
	b.WaitText("1 broken")
	reason := strings.Join(strings.Fields(strings.Join(b.root.ran.steps[0].because, " ")), " ")
	for _, size := range fourSizes {
		b.Resize(size[0], size[1])
		var read []string
		for _, line := range b.root.runScreen.Lines() {
			read = append(read, strings.Fields(strings.Trim(ansi.Strip(line), "│┃▌ "))...)
		}
		if got := strings.Join(read, " "); !strings.Contains(got, reason) {
			t.Errorf("at %v %q is not seen\n%s", size, reason, b.Grid())
		}
	}
}

func TestARunGoesOnBehindItsScreenAndIsStopped(t *testing.T) {
	arrived, release := make(chan struct{}, 10), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	defer server.Close()
	defer close(release)
	b := open(t, 120, 36)
	b.written(t, map[string]string{
		"wait/a.toml": "url = '" + server.URL + "/a'", "wait/b.toml": "url = '" + server.URL + "/b'",
	})
	b.run("wait")
	b.WaitText("… wait/a")
	<-arrived
	b.Press("esc")
	b.WaitFor("the screen to close", func(grid string) bool { return !strings.Contains(grid, "Run wait") })
	// What was still being planned when this one began does not take its place: nothing would stop this one any more.
	b.Send(b.root.planRun("another", "wait", batch.Options{})())
	b.WaitText("Run wait")
	if b.root.ran.title != "wait" {
		t.Fatalf("%q runs beside it", b.root.ran.title)
	}
	b.Press("esc")
	b.WaitFor("the screen to close", func(grid string) bool { return !strings.Contains(grid, "Run wait") })
	b.Press("alt+x")
	b.WaitText("0 of 2")
	b.Press("d")
	b.WaitText("stopped")
	b.WaitText("1 broken, 1 skipped")
}

func TestARunAsksOnceForAllOfItsRequests(t *testing.T) {
	b := open(t, 120, 36)
	b.written(t, map[string]string{
		"ask/a.toml": "url = '{{base_url}}/get?who={{prompt(\"Who\")}}'\n[expect]\n'is Ada' = 'json.args.who[0] == \"Ada\"'",
		"ask/b.toml": "url = '{{base_url}}/get?who={{prompt(\"Who\")}}&size={{select(\"Size\", [\"S\", \"M\"])}}'\n[expect]\n'is Ada' = 'json.args.who[0] == \"Ada\"'",
	})
	b.run("ask")
	b.WaitText("Before it is sent")
	b.Type("Ada")
	b.Press("enter")
	b.WaitText("2 passed")
}
