package collections_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
)

// TestSnapshotsAreKeptBesideTheRequests writes, reads and replaces snapshots; the tree does not show them.
func TestSnapshotsAreKeptBesideTheRequests(t *testing.T) {
	c := open(t, map[string]string{
		"users/get.toml": "url = 'http://h'", "snapshots/hidden.toml": "url = 'http://h'", "users/snapshots/seen.toml": "url = 'http://h'",
	})
	if got := outline(c.Tree); len(got) != 4 {
		t.Errorf("%q", got)
	}
	if _, err := c.ReadSnapshot("users/get", "all.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if err := c.WriteSnapshot("users/get", "all.txt", "", []byte("one\n")); err != nil {
		t.Fatal(err)
	}
	if err := c.WriteSnapshot("users/get", "all.json", "all.txt", []byte("{}\n")); err != nil {
		t.Fatal(err)
	}
	data, err := c.ReadSnapshot("users/get", "all.json")
	if err != nil || string(data) != "{}\n" {
		t.Errorf("%q %v", data, err)
	}
	if _, err := os.Stat(filepath.Join(c.Root, "snapshots", "users", "get", "all.txt")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("what was replaced is still there")
	}
	for request, name := range map[string]string{"": "a.json", "users/get": "../a.json", "users/list": ".a.json", "users/all": "nul.json"} {
		var bad *collections.NameError
		if err := c.WriteSnapshot(request, name, "", nil); !errors.As(err, &bad) {
			t.Errorf("%q of %q: %v", name, request, err)
		}
	}
	if err := collections.CheckPath("snapshots/a"); err == nil {
		t.Error("a request may be created among the snapshots")
	}
}

// TestSnapshotsGoWithTheirRequest moves a request and a folder, there and back.
func TestSnapshotsGoWithTheirRequest(t *testing.T) {
	c := open(t, map[string]string{
		"users.toml": "url = 'http://h'", "users/get.toml": "url = 'http://h'", "other.toml": "url = 'http://h'",
		"snapshots/users/all.json": "1", "snapshots/users/get/one.json": "2", "snapshots/other/x.txt": "3", "snapshots/gone/y.txt": "4",
	})
	has := func(request, name, want string) {
		t.Helper()
		if data, _ := c.ReadSnapshot(request, name); string(data) != want {
			t.Errorf("%s of %s is %q, want %q", name, request, data, want)
		}
	}
	move := func(from, to string) *collections.Moved {
		t.Helper()
		m, err := c.Move(from, to)
		if err != nil {
			t.Fatal(err)
		}
		if c, err = c.Reload(); err != nil {
			t.Fatal(err)
		}
		return m
	}
	first := move("users", "people/list")
	has("people/list", "all.json", "1")
	has("users/get", "one.json", "2")
	has("users", "all.json", "")
	move("users/", "accounts")
	has("accounts/get", "one.json", "2")
	has("people/list", "all.json", "1")
	if err := c.MoveBack(first); err != nil {
		t.Fatal(err)
	}
	has("users", "all.json", "1")
	if got := strings.Join(c.Snapshots(), " "); got != "accounts/get gone other users" {
		t.Errorf("there are snapshots of %s", got)
	}
	if _, err := os.Stat(filepath.Join(c.Root, "snapshots", "people", "list")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an empty folder is left behind")
	}
}

// TestFilesOutsideAreNotRead refuses names and links that lead out of the collection.
func TestFilesOutsideAreNotRead(t *testing.T) {
	c := open(t, map[string]string{"a/schema.json": "{}"})
	outside := filepath.Join(t.TempDir(), "secret.json")
	if err := os.WriteFile(outside, []byte("true"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(c.Root, "link.json")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Dir(outside), filepath.Join(c.Root, "snapshots")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"link.json", "../x.json", outside, "snapshots/secret.json"} {
		var out *collections.OutsideError
		if data, err := c.ReadFile(name); !errors.As(err, &out) {
			t.Errorf("%s: %q %v", name, data, err)
		}
	}
	var out *collections.OutsideError
	if err := c.WriteSnapshot("r", "a.json", "", []byte("x")); !errors.As(err, &out) {
		t.Errorf("it is written through a link: %v", err)
	}
	if data, err := c.ReadFile("a/schema.json"); err != nil || string(data) != "{}" {
		t.Errorf("%q %v", data, err)
	}
	if _, err := (&collections.Collection{}).ReadFile("a"); err == nil {
		t.Error("a collection without a folder has files")
	}
}
