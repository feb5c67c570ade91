package collections_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/example"
)

// answered is the text of an example.
const answered = "### request\nGET http://h HTTP/1.1\n\n### response\nHTTP/1.1 404 Not Found\n\n{\"gone\": true}\n"

func names(t *testing.T, c *collections.Collection, request string) string {
	t.Helper()
	list, err := c.Examples(request)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range list {
		if _, err := c.ReadExample(e); err != nil {
			t.Error(err)
		}
		all = append(all, e.Name)
	}
	return strings.Join(all, " ")
}

// TestExamplesAreKeptBesideTheirRequest saves, lists, reads and deletes them; the tree does not show them.
func TestExamplesAreKeptBesideTheirRequest(t *testing.T) {
	c := open(t, map[string]string{
		"users/get.toml": "url = 'http://h'", "users/get.examples/hidden.toml": "url = 'http://h'",
		"users/get.examples/notes.md": "x", "users/get.examples/a\x1b[2Jb.http": answered, "users/get.examples/c\u202e.http": answered, "users/gone.examples/a.http": answered,
	})
	if got := outline(c.Tree); len(got) != 2 {
		t.Errorf("the tree has %q", got)
	}
	e, err := example.Decode([]byte(answered))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"not-found", "404 again"} {
		if _, err := c.SaveExample("users/get", name, e); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(c.Root, "users", "get.examples", "not-found.http")); string(text) != answered {
		t.Errorf("the file is %q, %v", text, err)
	}
	if got := names(t, c, "users/get"); got != "404 again not-found" {
		t.Errorf("there are %q", got)
	}
	for name, request := range map[string]string{"a": "", "not-found": "users/get", "Not-Found": "users/get", "a/b": "users/get", "": "users/get", ".a": "users/get", "nul": "users/get"} {
		_, err := c.SaveExample(request, name, e)
		var hint interface{ Hint() string }
		if !errors.As(err, &hint) || hint.Hint() == "" {
			t.Errorf("%q of %q: %v", name, request, err)
		}
	}
	list, err := c.Examples("users/get")
	if err != nil || collections.FreeExampleName(list, "not-found") != "not-found-2" || collections.FreeExampleName(list, "ok") != "ok" {
		t.Errorf("%v: the free names are wrong", err)
	}
	trash := t.TempDir()
	gone, err := c.DeleteExample(list[1], trash)
	if err != nil {
		t.Fatal(err)
	}
	if got := names(t, c, "users/get"); got != "404 again" {
		t.Errorf("after the deletion there are %q", got)
	}
	if kept, err := c.Trashed(trash); err != nil || len(kept) != 1 || kept[0].Path != "users/get.examples/not-found.http" {
		t.Errorf("in the trash is %v, %v", kept, err)
	}
	if err := gone.Restore(); err != nil || names(t, c, "users/get") != "404 again not-found" {
		t.Errorf("it does not come back: %v", err)
	}
	for _, name := range []string{"users/x.examples", "users/X.Examples/y"} {
		if err := collections.CheckPath(name); err == nil {
			t.Errorf("%s may be a request", name)
		}
	}
}

// TestBrokenExamplesAreSaid reads what is no example, and what lies outside.
func TestBrokenExamplesAreSaid(t *testing.T) {
	c := open(t, map[string]string{"a.toml": "url = 'http://h'", "a.examples/broken.http": "hello", "a.examples/large.http": strings.Repeat("a", example.MaxFile+1)})
	list, err := c.Examples("a")
	if err != nil || len(list) != 2 {
		t.Fatalf("%v %v", list, err)
	}
	for _, e := range list {
		if _, err := c.ReadExample(e); err == nil || !strings.Contains(err.Error(), e.File) {
			t.Errorf("%s: %v", e.Name, err)
		}
	}
	outside := t.TempDir()
	if err := errors.Join(os.WriteFile(filepath.Join(outside, "x.http"), []byte(answered), 0o600), os.Symlink(outside, filepath.Join(c.Root, "b.examples"))); err != nil {
		t.Fatal(err)
	}
	if list, err = c.Examples("b"); err != nil || len(list) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	var out *collections.OutsideError
	if _, err := c.ReadExample(list[0]); !errors.As(err, &out) {
		t.Errorf("it is read through a link: %v", err)
	}
	if _, err := c.DeleteExample(list[0], t.TempDir()); !errors.As(err, &out) {
		t.Errorf("it is deleted through a link: %v", err)
	}
	if list, err := (&collections.Collection{}).Examples("a"); err == nil {
		t.Errorf("a collection without a folder has %v", list)
	}
}

// TestWhatBelongsToARequestGoesWithIt moves, copies, deletes and restores one with an example and a snapshot.
func TestWhatBelongsToARequestGoesWithIt(t *testing.T) {
	c := open(t, map[string]string{
		"users.toml": "url = 'http://h'", "users/get.toml": "url = 'http://h'",
		"users.examples/list.http": answered, "users/get.examples/one.http": answered,
		"snapshots/users/all.json": "1", "snapshots/users/get/one.json": "2",
	})
	trash := t.TempDir()
	has := func(what string, want ...string) {
		t.Helper()
		var files []string
		err := filepath.WalkDir(c.Root, func(name string, d fs.DirEntry, err error) error {
			if rel, _ := filepath.Rel(c.Root, name); err == nil && !d.IsDir() && (strings.HasSuffix(name, ".http") || strings.HasSuffix(name, ".json")) {
				files = append(files, filepath.ToSlash(rel))
			}
			return err
		})
		if got := strings.Join(files, "\n"); err != nil || got != strings.Join(want, "\n") {
			t.Errorf("after %s there are\n%s\n%v", what, got, err)
		}
		if c, err = c.Reload(); err != nil {
			t.Fatal(err)
		}
	}
	do := func(what string, do func() error, want ...string) {
		t.Helper()
		if err := do(); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		has(what, want...)
	}
	var moved *collections.Moved
	var gone *collections.Trashed
	folder := []string{"snapshots/users/get/one.json", "users/get.examples/one.http"}
	do("moving the request", func() (err error) { moved, err = c.Move("users", "far/list"); return err },
		"far/list.examples/list.http", "snapshots/far/list/all.json", folder[0], folder[1])
	do("moving it back", func() error { return c.MoveBack(moved) },
		"snapshots/users/all.json", folder[0], "users/get.examples/one.http", "users.examples/list.http")
	do("deleting it", func() (err error) { gone, err = c.Delete("users", trash); return err }, folder...)
	if _, err := os.Stat(c.Abs("users.examples")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an empty folder of examples is left behind")
	}
	do("restoring it", func() error { return gone.Restore() },
		"snapshots/users/all.json", folder[0], "users/get.examples/one.http", "users.examples/list.http")
	do("deleting the folder", func() (err error) { gone, err = c.Delete("users/", trash); return err },
		"snapshots/users/all.json", "users.examples/list.http")
	do("restoring that", func() error { return gone.Restore() },
		"snapshots/users/all.json", folder[0], "users/get.examples/one.http", "users.examples/list.http")
	do("copying the folder", func() error { _, err := c.Copy("users/", "people"); return err },
		"people/get.examples/one.http", "snapshots/people/get/one.json", "snapshots/users/all.json", folder[0],
		"users/get.examples/one.http", "users.examples/list.http")
	do("copying a request", func() error { _, err := c.Copy("users/get", "b"); return err },
		"b.examples/one.http", "people/get.examples/one.http", "snapshots/b/one.json", "snapshots/people/get/one.json", "snapshots/users/all.json", folder[0],
		"users/get.examples/one.http", "users.examples/list.http")
}

// TestWhatCannotBeMovedStaysWhole has the move itself fail after the examples went.
func TestWhatCannotBeMovedStaysWhole(t *testing.T) {
	c := open(t, map[string]string{"a.toml": "url = 'http://h'", "a.examples/one.http": answered})
	if err := os.WriteFile(filepath.Join(c.Root, "b.toml"), []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if moved, err := c.Move("a", "b"); !errors.Is(err, fs.ErrExist) || moved != nil {
		t.Errorf("%v %v", moved, err)
	}
	if names(t, c, "a") != "one" || names(t, c, "b") != "" {
		t.Errorf("a has %q, b %q", names(t, c, "a"), names(t, c, "b"))
	}
}
