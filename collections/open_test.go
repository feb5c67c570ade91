package collections_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/collections"
	"parley/collections/disk"
)

// write makes a folder of files; names have slashes.
func write(t testing.TB, files map[string]string) string {
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
	return dir
}

func open(t testing.TB, files map[string]string) *collections.Collection {
	t.Helper()
	c, err := collections.Open(disk.OS(), write(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func request(t testing.TB, c *collections.Collection, name string) *collections.Request {
	t.Helper()
	r, err := c.Request(name)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var kindNames = map[collections.NodeKind]string{
	collections.FolderNode: "folder", collections.RequestNode: "request", collections.OtherNode: "other",
	collections.BrokenNode: "broken", collections.UnreadNode: "unread",
}

func outline(f *collections.Folder) []string {
	var lines []string
	for _, n := range f.Nodes() {
		lines = append(lines, kindNames[n.Kind]+" "+n.Path)
		if n.Folder != nil {
			lines = append(lines, outline(n.Folder)...)
		}
	}
	return lines
}

func TestTree(t *testing.T) {
	get := `url = "http://localhost"`
	c := open(t, map[string]string{
		"collection.toml":        `name = "Acme"`,
		"b.toml":                 get,
		"A.toml":                 get,
		"data.toml":              `x = 1`,
		"broken.toml":            "url = \"http://localhost\"\nmethod = POST\n",
		"notes.md":               "",
		"users/folder.toml":      `order = ["zap", "create"]`,
		"users/create.toml":      get,
		"users/all.toml":         get,
		"users/zap.toml":         get,
		"users/deep/one.toml":    get,
		".git/x.toml":            get,
		"node_modules/x.toml":    get,
		"target/x.toml":          get,
		"vendor/x.toml":          get,
		"environments/dev.toml":  "[vars]\na = 1",
		".b.toml.abc.parley-tmp": get,
	})
	want := strings.Join([]string{
		"folder users", "request users/zap", "request users/create", "folder users/deep", "request users/deep/one",
		"request users/all", "request A", "request b", "broken broken", "other data",
	}, "\n")
	if got := strings.Join(outline(c.Tree), "\n"); got != want {
		t.Errorf("tree:\n%s\nwant:\n%s", got, want)
	}
	if c.Settings.Name.Text != "Acme" {
		t.Errorf("name %q", c.Settings.Name.Text)
	}
}

func TestBrokenFileSaysWhereAndWhat(t *testing.T) {
	c := open(t, map[string]string{"x/broken.toml": "url = \"http://h\"\nmethod = POST\n"})
	_, err := c.Request("x/broken")
	var hinted interface{ Hint() string }
	if err == nil || !strings.HasPrefix(err.Error(), "x/broken.toml:2:10: ") || !errors.As(err, &hinted) {
		t.Fatalf("error %v", err)
	}
	if !strings.Contains(hinted.Hint(), "quotes") {
		t.Errorf("hint %q", hinted.Hint())
	}
}

func TestUnknownPathNamesTheNearest(t *testing.T) {
	c := open(t, map[string]string{"users/create.toml": `url = "http://h"`, "users/list.toml": `url = "http://h"`})
	_, err := c.Request("users/craete")
	var nf *collections.NotFound
	if !errors.As(err, &nf) || len(nf.Near) == 0 || nf.Near[0] != "users/create" {
		t.Errorf("error %v, %+v", err, nf)
	}
}

func TestCheckMarksWhatAGlanceDoesNotSee(t *testing.T) {
	c := open(t, map[string]string{
		"ok.toml":        `url = "http://h"`,
		"x/twice.toml":   "url = \"http://h\"\nmethod = \"PUT\"\nmethod = \"GET\"\n",
		"x/timeout.toml": "url = \"http://h\"\n[options]\ntimeout = \"soon\"\n",
		"unknown.toml":   "url = \"http://h\"\nmehtod = \"PUT\"\n",
	})
	checked := c.Check()
	want := "folder x\nbroken x/timeout\nbroken x/twice\nrequest ok\nrequest unknown"
	if got := strings.Join(outline(checked.Tree), "\n"); got != want {
		t.Errorf("tree:\n%s\nwant:\n%s", got, want)
	}
	for name, place := range map[string]string{"x/twice": "x/twice.toml:3:1: ", "x/timeout": "x/timeout.toml:3:11: "} {
		for _, col := range []*collections.Collection{c, checked} {
			if _, err := col.Request(name); err == nil || !strings.HasPrefix(err.Error(), place) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	r := request(t, checked, "unknown")
	if f := r.Findings(); len(f) != 1 || f[0].Severity != collections.Note || !strings.Contains(f[0].Hint(), `"method"`) {
		t.Errorf("findings %v", f)
	}
	if checked.Check() != checked {
		t.Error("nothing new was found, but another collection returned")
	}
}

func TestWhatACrashLeftIsSweptUp(t *testing.T) {
	dir := write(t, map[string]string{".a.toml.ABC.parley-tmp": "x", ".b.toml.ABC.parley-tmp": "x", ".c.toml": "x"})
	old := time.Now().Add(-8 * 24 * time.Hour) // a run may take a day, and its report is temporary until then
	for _, name := range []string{".a.toml.ABC.parley-tmp", ".c.toml"} {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := collections.Open(disk.OS(), dir); err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != 2 || list[0].Name() != ".b.toml.ABC.parley-tmp" {
		t.Errorf("left: %v, %v", list, err)
	}
}

func TestInitAndFind(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "acme")
	deep := filepath.Join(dir, "users", "deep")
	for _, name := range []string{"Acme \"1\"", "another name"} { // the second finds a collection, and leaves it alone
		if err := collections.Init(disk.OS(), dir, name); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	found, err := collections.Find(disk.OS(), deep)
	if err != nil || found != dir {
		t.Fatalf("found %q, %v; want %q", found, err, dir)
	}
	c, err := collections.Open(disk.OS(), found)
	if err != nil || c.Settings.Name.Text != `Acme "1"` {
		t.Errorf("name %q, %v", c.Settings.Name.Text, err)
	}
	if found, err := collections.Find(disk.OS(), t.TempDir()); err != nil || found != "" {
		t.Errorf("found %q, %v where there is none", found, err)
	}
	if _, err := collections.Open(disk.OS(), filepath.Join(dir, "nowhere")); err == nil {
		t.Error("a folder that is not there was opened")
	}
}
