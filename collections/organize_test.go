package collections_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/disk/disktest"
)

const uploads = `# Sends a file.
url = "http://h"   # there

[body]
multipart = [{ name = "a", file = "a.bin" }, { name = "b", file = '{{dir}}/b.bin' }]

[options]
cert = { file = "../certs/me.pem", key = "/abs/me.key" }   # mine
verify = false
`

func TestWhatMovesNamesTheSameFiles(t *testing.T) {
	col := open(t, map[string]string{"up/load.toml": uploads, "up/a.bin": "x", "up/folder.toml": "order = [\"b\", \"load\"]\n[hooks]\nbefore = { file = \"../sign.js\" }\n"})
	moved, err := col.Move("up/load", "far/away/load")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(`"a.bin"`, `"../../up/a.bin"`, `"../certs/me.pem"`, `"../../certs/me.pem"`).Replace(uploads)
	if got, _ := os.ReadFile(col.Abs("far/away/load.toml")); string(got) != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if len(moved.Relinks) != 3 || !strings.Contains(moved.Relinks[1].String(), "was not changed") {
		t.Errorf("said: %v", moved.Relinks)
	}
	if got, _ := os.ReadFile(col.Abs("up/folder.toml")); !strings.HasPrefix(string(got), "order = [\"b\"]\n") {
		t.Errorf("the order is now:\n%s", got)
	}
	if col, err = col.Reload(); err != nil {
		t.Fatal(err)
	}
	if err := col.MoveBack(moved); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(col.Abs("up/load.toml")); string(got) != uploads {
		t.Errorf("back again:\n%s", got)
	}
	if got, _ := os.ReadFile(col.Abs("up/folder.toml")); !strings.HasPrefix(string(got), "order = [\"b\", \"load\"]\n") {
		t.Errorf("the order is back as:\n%s", got)
	}
	if col, err = col.Reload(); err != nil {
		t.Fatal(err)
	}
	// A folder takes along what is in it; what it names outside stays.
	if _, err = col.Move("up/", "far/up"); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(col.Abs("far/up/load.toml")); string(got) != strings.Replace(uploads, "../certs", "../../certs", 1) {
		t.Errorf("in its folder:\n%s", got)
	}
	if got, _ := os.ReadFile(col.Abs("far/up/folder.toml")); !strings.Contains(string(got), `{ file = "../../sign.js" }`) {
		t.Errorf("the folder's:\n%s", got)
	}
}

func TestReferencesAreFoundInEveryKindOfFile(t *testing.T) {
	col := open(t, map[string]string{
		"users/create.toml": `url = "http://h"`,
		"a.toml":            "url = \"http://h\"\n[headers]\nX = \"{{response(\\\"users/create\\\", 'json.id')}}\"\n",
		"sub/b.toml":        "url = 'http://h/{{ response( `users/create` ) }}'",
		"sub/sign.js":       "// \npm.execution.setNextRequest('create')\n",
		"sub/other.toml":    "url = 'http://h/{{response(\"users/creates\")}}'",
		"collection.toml":   "[vars]\nx = '{{response(\"users/create\")}}'\n",
	})
	list, err := col.References(t.Context(), "users/create")
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, r := range list {
		said = append(said, r.String())
	}
	want := "a.toml:3: response(\"users/create\")\ncollection.toml:2: response(\"users/create\")\n" +
		"sub/b.toml:1: response(\"users/create\")\nsub/sign.js:2: setNextRequest(\"create\")"
	if got := strings.Join(said, "\n"); got != want {
		t.Errorf("found:\n%s\nwant:\n%s", got, want)
	}
	if inFolder, err := col.References(t.Context(), "users/"); err != nil || len(inFolder) != 4 {
		t.Errorf("of the folder: %v, %v", inFolder, err)
	}
}

func TestTwinsAreRefused(t *testing.T) {
	col := open(t, map[string]string{"users/Create.toml": create, "caf\u00e9.toml": create})
	for _, name := range []string{"Users/x", "users/create", "cafe\u0301"} {
		var twin *collections.TwinError
		if _, err := col.Create(name, &collections.Request{}); !errors.As(err, &twin) || twin.Hint() == "" {
			t.Errorf("%q: %v", name, err)
		}
	}
	if err := col.CreateFolder("USERS"); err == nil {
		t.Error("a folder that is a twin was made")
	}
	if _, err := col.Move("users/Create", "users/create"); err != nil {
		t.Errorf("another case of its own name: %v", err)
	}
	if _, err := os.Lstat(col.Abs("users/create.toml")); err != nil {
		t.Error(err)
	}
}

func TestTheTrashIsListedAndEmptied(t *testing.T) {
	col := open(t, map[string]string{"a.toml": create, "b/c.toml": create})
	trash := t.TempDir()
	old := trash + "/00000000-0000-7000-8000-000000000000" // of 1970
	if err := errors.Join(os.Mkdir(old, 0o700), os.WriteFile(old+"/kept", nil, 0o600), os.Mkdir(trash+"/mine", 0o700)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b/"} {
		if _, err := col.Delete(name, trash); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Lstat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is thirty days old: %v", err)
	}
	if _, err := os.Lstat(trash + "/mine"); err != nil {
		t.Errorf("what is not of the trash: %v", err)
	}
	again, err := collections.Open(disk.OS(), col.Root) // as after a restart
	if err != nil {
		t.Fatal(err)
	}
	list, err := again.Trashed(trash)
	if err != nil || len(list) != 2 || list[0].Path != "b" || !list[0].Folder || list[1].File != "a.toml" {
		t.Fatalf("%+v, %v", list, err)
	}
	if err := list[0].Restore(); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(col.Abs("b/c.toml")); string(got) != create {
		t.Errorf("restored:\n%s", got)
	}
	elsewhere := open(t, nil)
	if list, err := elsewhere.Trashed(trash); err != nil || len(list) != 0 {
		t.Errorf("in another collection: %v, %v", list, err)
	}
	if err := os.WriteFile(col.Abs("a.toml"), []byte("url = ''"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := list[1].Restore(); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over another: %v", err)
	}
}

// Another program writes into what is being deleted, after the copy was made.
func TestWhatChangesWhileItIsDeletedStays(t *testing.T) {
	for _, c := range []struct{ name, file string }{{"a", "a.toml"}, {"b/", "b/c.toml"}, {"b/", "b/new.toml"}, {"b/", "b/d/e.toml"}} {
		col := open(t, map[string]string{"a.toml": create, "b/c.toml": create, "b/d/e.toml": create})
		trash := t.TempDir()
		faults := disktest.Wrap(disk.OS())
		watched, err := collections.Open(faults, col.Root)
		if err != nil {
			t.Fatal(err)
		}
		const theirs = "url = 'http://theirs'"
		written := false
		faults.Fail(func(s disktest.Step) error {
			if s.Op == "rename" && !written {
				written = true
				return os.WriteFile(col.Abs(c.file), []byte(theirs), 0o644)
			}
			return nil
		})
		gone, err := watched.Delete(c.name, trash)
		if gone != nil || !errors.Is(err, disk.ErrChanged) {
			t.Errorf("%s: %v, %v", c.file, gone, err)
		}
		if got, err := os.ReadFile(col.Abs(c.file)); string(got) != theirs {
			t.Errorf("%s is %q, %v", c.file, got, err)
		}
		if list, err := col.Trashed(trash); err != nil || len(list) != 0 {
			t.Errorf("in the trash: %v, %v", list, err)
		}
	}
}

// crashed is a collection of a request in a folder with an order. One has an example and a snapshot.
func crashed(f disk.FS) error {
	return errors.Join(disk.MkdirAll(f, "/c/users/a.examples", 0o755), disk.MkdirAll(f, "/c/snapshots/users/a", 0o755), disk.MkdirAll(f, "/trash", 0o700),
		disk.WriteFile(f, "/c/users/a.examples/ok.http", []byte(answered), 0o644),
		disk.WriteFile(f, "/c/snapshots/users/a/s.json", []byte(answered), 0o644),
		disk.WriteFile(f, "/c/users/folder.toml", []byte("order = [\"b\", \"a\"]\n"), 0o644),
		disk.WriteFile(f, "/c/users/a.toml", []byte(create), 0o644),
		disk.WriteFile(f, "/c/users/b.toml", []byte(create), 0o644))
}

func TestNothingIsLostByACrashAtAnyStepOfOrganising(t *testing.T) {
	for name, act := range map[string]func(c *collections.Collection) error{
		"create":           func(c *collections.Collection) error { _, err := c.Create("new/x", &collections.Request{}); return err },
		"create folder":    func(c *collections.Collection) error { return c.CreateFolder("new/one") },
		"rename":           func(c *collections.Collection) error { _, err := c.Move("users/a", "users/z"); return err },
		"move":             func(c *collections.Collection) error { _, err := c.Move("users/a", "far/a"); return err },
		"move folder":      func(c *collections.Collection) error { _, err := c.Move("users/", "people"); return err },
		"duplicate":        func(c *collections.Collection) error { _, err := c.Duplicate("users/a"); return err },
		"duplicate folder": func(c *collections.Collection) error { _, err := c.Duplicate("users/"); return err },
		"delete":           func(c *collections.Collection) error { _, err := c.Delete("users/a", "/trash"); return err },
		"delete folder":    func(c *collections.Collection) error { _, err := c.Delete("users/", "/trash"); return err },
		"restore":          func(c *collections.Collection) error { return deleteAndRestore(c, "users/a") },
		"restore folder":   func(c *collections.Collection) error { return deleteAndRestore(c, "users/") },
	} {
		t.Run(name, func(t *testing.T) {
			disktest.EachCrash(t, crashed,
				func(f disk.FS) error {
					c, err := collections.Open(f, "/c")
					if err != nil {
						return err
					}
					return act(c)
				},
				func(t *testing.T, f disk.FS, _ bool) {
					least := 1
					if strings.Contains(name, "folder") {
						least = 2
					}
					checkNothingLost(t, f, least)
				})
		})
	}
}

func deleteAndRestore(c *collections.Collection, name string) error {
	gone, err := c.Delete(name, "/trash")
	if err != nil {
		return err
	}
	return gone.Restore()
}

// checkNothingLost looks for both requests, in the collection and in the trash, and for halves of anything: a folder of
// requests has at least that many.
func checkNothingLost(t *testing.T, f disk.FS, least int) {
	t.Helper()
	c, err := collections.Open(f, "/c")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for n := range c.All() {
		switch n.Kind {
		case collections.BrokenNode, collections.OtherNode:
			t.Errorf("%s is no request: %v", n.File, n.Err)
		case collections.FolderNode:
			if n.Folder.Settings() != nil && len(n.Folder.Nodes()) < least {
				t.Errorf("half a folder %s: %v", n.Path, n.Folder.Nodes())
			}
		case collections.RequestNode:
			text, err := disk.ReadFile(f, c.Abs(n.File))
			if err != nil || string(text) != create && n.Path != "new/x" {
				t.Errorf("%s is\n%s\n%v", n.File, text, err)
			}
			found[n.Name[:1]] = true
			found["a"] = found["a"] || n.Name == "z"
		}
	}
	list, err := c.Trashed("/trash")
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range list {
		if _, err := f.Lstat(c.Abs(gone.File)); err == nil {
			continue // it is in its place, too
		}
		if err := gone.Restore(); err != nil {
			t.Errorf("%s cannot be restored: %v", gone.Path, err)
		}
		for _, name := range []string{"a", "b"} {
			text, err := disk.ReadFile(f, c.Abs("users/"+name+".toml"))
			if err == nil && string(text) != create {
				t.Errorf("restored as\n%s", text)
			}
			found[name] = found[name] || err == nil
		}
	}
	if !found["a"] || !found["b"] {
		t.Errorf("found only %v", found)
	}
	for _, file := range []string{"%s.examples/ok.http", "snapshots/%s/s.json"} {
		found := 0
		for _, place := range []string{"users/a", "users/z", "far/a", "people/a", "users/a copy", "users copy/a"} {
			text, err := disk.ReadFile(f, c.Abs(fmt.Sprintf(file, place)))
			if err == nil && string(text) != answered {
				t.Errorf("%s of %s is %q", file, place, text)
			}
			if err == nil {
				found++
			}
		}
		if found == 0 {
			t.Errorf("%s is lost", file)
		}
	}
}
