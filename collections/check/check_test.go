package check

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/sample"
	"parley/httpcore/auth"
	"parley/testdata/corpora"
)

func opened(t testing.TB, files map[string]string) *collections.Collection {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func checked(t testing.TB, c *collections.Collection) []Finding {
	t.Helper()
	findings, err := Collection(context.Background(), c, Options{Schemes: auth.Schemes(auth.Environment{})})
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

// TestTheSampleHasNoFault checks the collection that comes with Parley.
func TestTheSampleHasNoFault(t *testing.T) {
	dir := t.TempDir()
	if err := sample.Write(disk.OS(), dir, sample.Addresses{Clear: "http://127.0.0.1:1", TLS: "https://127.0.0.1:2"}); err != nil {
		t.Fatal(err)
	}
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range checked(t, c) {
		if f.Severity == collections.Fault || f.Known != nil {
			t.Errorf("%v %s (%s)", f.Severity, f.Error(), f.Advice)
		}
	}
}

// TestBrokenFilesHaveAPlace puts every invalid file of toml-test into one collection: each is found with its line, its
// column and a hint, and the request beside them works.
func TestBrokenFilesHaveAPlace(t *testing.T) {
	dir := filepath.Join(corpora.Dir(t, "toml"), "tests")
	names, err := os.ReadFile(filepath.Join(dir, "files-toml-1.1.0"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"good.toml": "url = 'http://h'", "more/also.toml": "url = 'http://h'"}
	for _, name := range strings.Fields(string(names)) {
		if !strings.HasPrefix(name, "invalid/") || !strings.HasSuffix(name, ".toml") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		files[fmt.Sprintf("broken %d.toml", len(files))] = string(data)
	}
	if len(files) < 200 {
		t.Fatalf("there are %d files", len(files))
	}
	c := opened(t, files)
	found := map[string]bool{}
	for _, f := range checked(t, c) {
		if f.Severity != collections.Fault || f.Pos.Line < 1 || f.Pos.Column < 1 || f.Message == "" || f.Advice == "" {
			t.Errorf("%+v in\n%s", f, files[f.Pos.File])
		}
		found[f.Pos.File] = true
	}
	if len(found) != len(files)-2 || found["good.toml"] {
		t.Errorf("%d of %d files have a finding", len(found), len(files)-2)
	}
	for _, name := range []string{"good", "more/also"} {
		if r, err := c.Request(name); err != nil || r.URL.Text != "http://h" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLinksThatLeadOutside are found, of requests and of environments.
func TestLinksThatLeadOutside(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "out.toml")
	if err := os.WriteFile(outside, []byte("url = 'http://secret'"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := opened(t, map[string]string{"environments/dev.toml": ""})
	for _, name := range []string{"link.toml", "environments/far.toml"} {
		if err := os.Symlink(outside, filepath.Join(c.Root, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	c, err := collections.Open(disk.OS(), c.Root)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range checked(t, c) {
		got[f.Pos.File] = f.Message
	}
	for _, name := range []string{"link.toml", "environments/far.toml"} {
		if !strings.Contains(got[name], "leads outside of the collection") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestNamesThatDifferInCase would be one file elsewhere.
func TestNamesThatDifferInCase(t *testing.T) {
	one, two := &collections.Node{Path: "users/Get", File: "users/Get.toml"}, &collections.Node{Path: "users/get", File: "users/get.toml"}
	found := paths(&collections.Collection{Tree: collections.NewFolder("", nil, one, two)})
	if len(found) != 1 || found[0].Pos.File != "users/get.toml" || !strings.Contains(found[0].Message, "users/Get.toml in case only") {
		t.Errorf("%+v", found)
	}
}

// TestWhatIsKnownElsewhereIsKnown says nothing of names that environments, other requests and hooks bring.
func TestWhatIsKnownElsewhereIsKnown(t *testing.T) {
	c := opened(t, map[string]string{
		"collection.toml":       "[vars]\nroot = '{{below}}'\n[headers]\nA = '{{env_var}}'",
		"environments/dev.toml": "vars = [{ name = 'env_var', value = 1 }, { name = 'off', value = 1, off = true }]",
		"a/folder.toml":         "vars.below = 'x'\nhooks.before = \"pm.environment.set('hooked', 1)\"",
		"a/r.toml":              "url = '{{root}}{{below}}{{env_var}}{{hooked}}{{taken}}{{own}}{{off}}'\nvars.own = 1",
		"b/s.toml":              "url = '{{own}}'\ncapture.taken = 'json[vars.root] ?? vars.nowhere'",
	})
	got := ""
	for _, f := range checked(t, c) {
		got += fmt.Sprintf("%d %s\n", f.Severity, f.Error())
	}
	want := "0 a/r.toml:1:64: unknown variable `off`\n0 b/s.toml:1:10: unknown variable `own`\n" +
		"0 b/s.toml:2:37: unknown variable `nowhere`\n"
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestCheckEndsWithItsContext stops when it is told to.
func TestCheckEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Collection(ctx, opened(t, map[string]string{"a.toml": "url = 'x'"}), Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestKeysOfOthersAreOnlyNoted puts every valid file of toml-test beside a url: what it has is unknown, and no fault, but
// where a key means something to Parley.
func TestKeysOfOthersAreOnlyNoted(t *testing.T) {
	dir := filepath.Join(corpora.Dir(t, "toml"), "tests")
	names, err := os.ReadFile(filepath.Join(dir, "files-toml-1.1.0"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, name := range strings.Fields(string(names)) {
		if strings.HasPrefix(name, "valid/") && strings.HasSuffix(name, ".toml") {
			data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			text := "url = 'http://h'\n" + strings.TrimPrefix(string(data), "\ufeff")
			number := len(files)
			files[fmt.Sprintf("request %d.toml", number)] = text
			files[fmt.Sprintf("folder %d/folder.toml", number)] = text
			files[fmt.Sprintf("environments/e%d.toml", number)] = text
		}
	}
	noted, faults := 0, 0
	for _, f := range checked(t, opened(t, files)) {
		if f.Pos.Line < 1 || f.Pos.File == "" || f.Message == "" {
			t.Errorf("%+v", f)
		}
		if f.Severity == collections.Fault {
			faults++
			continue
		}
		noted++
	}
	if noted < len(files)/2 || faults > len(files)/20 {
		t.Errorf("%d files, %d notes, %d faults", len(files), noted, faults)
	}
}

// TestWhatBelongsToNoRequestIsNoted finds snapshots and examples that a request has left behind.
func TestWhatBelongsToNoRequestIsNoted(t *testing.T) {
	c := opened(t, map[string]string{
		"a.toml": "url = 'http://h'", "a.examples/ok.http": "", "snapshots/a/x.json": "", "gone.examples/ok.http": "", "f/gone.examples/ok.http": "", "snapshots/f/gone/x.json": "",
	})
	var got []string
	for _, f := range checked(t, c) {
		if strings.Contains(f.Message, "of no request") && f.Advice != "" {
			got = append(got, f.Pos.File)
		}
	}
	if strings.Join(got, " ") != "f/gone.examples gone.examples snapshots/f/gone" {
		t.Errorf("noted: %q", got)
	}
}
