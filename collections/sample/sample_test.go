package sample

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	gotoml "github.com/pelletier/go-toml/v2"

	"parley/collections"
	"parley/collections/disk"
)

var somewhere = Addresses{Clear: "http://127.0.0.1:8080", TLS: "https://127.0.0.1:8443"}

// written writes the collection into a new folder.
func written(t *testing.T, at Addresses) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	if err := Write(disk.OS(), dir, at); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestEveryFileIsTOMLForBothReaders(t *testing.T) {
	names, err := list()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !strings.HasSuffix(name, ".toml") {
			continue
		}
		text, err := files.ReadFile(root + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		var v map[string]any
		if _, err := toml.Decode(string(text), &v); err != nil {
			t.Errorf("%s: BurntSushi/toml: %v", name, err)
		}
		if err := gotoml.Unmarshal(text, &v); err != nil {
			t.Errorf("%s: go-toml: %v", name, err)
		}
	}
}

func TestParleyFindsNothingWrong(t *testing.T) {
	c, err := collections.Open(disk.OS(), written(t, somewhere))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Settings.Findings() {
		t.Error(f)
	}
	for _, e := range c.Environments {
		for _, f := range e.Findings() {
			t.Error(f)
		}
	}
	checkFolder(t, c.Tree)
}

// checkFolder also checks that order names every file and folder, and nothing else.
func checkFolder(t *testing.T, f *collections.Folder) {
	t.Helper()
	if f.Err() != nil || f.Settings() == nil {
		t.Errorf("%s: %v, settings %v", f.Path, f.Err(), f.Settings())
		return
	}
	for _, finding := range f.Settings().Findings() {
		t.Error(finding)
	}
	var names, order []string
	for _, n := range f.Nodes() {
		names = append(names, n.Name)
		switch {
		case n.Err != nil:
			t.Errorf("%s: %v", n.Path, n.Err)
		case n.Folder != nil:
			checkFolder(t, n.Folder)
		case n.Kind != collections.RequestNode:
			t.Errorf("%s is not a request", n.Path)
		default:
			r, err := n.Request()
			if err != nil {
				t.Error(err)
				continue
			}
			checkRequest(t, r)
		}
	}
	for _, v := range f.Settings().Order {
		order = append(order, v.Text)
	}
	slices.Sort(names)
	slices.Sort(order)
	if !slices.Equal(names, order) {
		t.Errorf("%s: order has %v, the folder has %v", f.Path, order, names)
	}
}

func checkRequest(t *testing.T, r *collections.Request) {
	t.Helper()
	for _, f := range r.Findings() {
		t.Error(f)
	}
	notes := r.Notes.Text
	if strings.TrimSpace(notes) == "" {
		t.Errorf("%s has no notes", r.Path)
	}
	if strings.HasPrefix(r.Path, "tour/") && strings.Count(notes, "\n") < 2 {
		t.Errorf("%s teaches in less than two lines", r.Path)
	}
}

func TestTour(t *testing.T) {
	want := []string{
		"first-get", "query", "list-params", "form", "json", "put", "patch", "delete", "headers", "timeout", "session-cookies",
		"basic-auth", "bearer", "retry", "download", "events", "redirects", "self-signed",
	}
	var folder struct{ Order []string }
	if _, err := toml.DecodeFS(files, root+"/tour/folder.toml", &folder); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(folder.Order, want) {
		t.Errorf("the tour goes %v", folder.Order)
	}
}

func TestWriteFillsTheAddressesIn(t *testing.T) {
	dir := written(t, somewhere)
	for name, base := range map[string]string{"playground": somewhere.Clear, "playground-tls": somewhere.TLS} {
		var env struct{ Vars map[string]string }
		if _, err := toml.DecodeFile(filepath.Join(dir, "environments", name+".toml"), &env); err != nil {
			t.Fatal(err)
		}
		if env.Vars["base_url"] != base || env.Vars["tls_url"] != somewhere.TLS {
			t.Errorf("%s has %v", name, env.Vars)
		}
	}
	if ignored, err := os.ReadFile(filepath.Join(dir, ".gitignore")); err != nil || !strings.Contains(string(ignored), "\n*.local.toml\n") {
		t.Errorf(".gitignore is %q, %v", ignored, err)
	}
}

func TestPointChangesTheAddressesAlone(t *testing.T) {
	dir := written(t, somewhere)
	file := filepath.Join(dir, "environments", "playground.toml")
	const mine = "# mine\n[vars]\nbase_url   =   'http://127.0.0.1:1'  # moves\ntls_url = \"https://127.0.0.1:2\"\ntoken = \"kept\"\n"
	if err := errors.Join(os.WriteFile(file, []byte(mine), 0o600), os.Chmod(file, 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "environments", "playground-tls.toml")); err != nil {
		t.Fatal(err)
	}
	if err := Point(disk.OS(), dir, Addresses{Clear: "http://127.0.0.1:3", TLS: "https://127.0.0.1:4"}); err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(":1'", ":3'", ":2\"", ":4\"").Replace(mine)
	if got, err := os.ReadFile(file); err != nil || string(got) != want {
		t.Errorf("got %q, want %q, %v", got, want, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is now %v, %v", info.Mode(), err)
	}
	if _, err := os.Stat(filepath.Join(dir, "environments", "playground-tls.toml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an environment that was deleted is back: %v", err)
	}
}

func TestWriteLeavesAFilledFolderAlone(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "collection.toml")
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(disk.OS(), dir, somewhere); !errors.Is(err, ErrNotEmpty) || !strings.Contains(err.Error(), dir) {
		t.Errorf("got %v", err)
	}
	if text, err := os.ReadFile(mine); err != nil || string(text) != "mine" {
		t.Errorf("the file is now %q, %v", text, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder has %d entries, %v", len(entries), err)
	}
}

func TestWriteIntoAnEmptyFolder(t *testing.T) {
	if err := Write(disk.OS(), t.TempDir(), somewhere); err != nil {
		t.Error(err)
	}
}

func TestWhereSaysWhatPointWrote(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	was := Addresses{Clear: "http://127.0.0.1:1", TLS: "https://127.0.0.1:2"}
	if err := Write(disk.OS(), dir, was); err != nil {
		t.Fatal(err)
	}
	is := Addresses{Clear: "http://127.0.0.1:3", TLS: "https://127.0.0.1:4"}
	for _, want := range []Addresses{was, is} {
		if err := Point(disk.OS(), dir, want); err != nil {
			t.Fatal(err)
		}
		if got, err := Where(disk.OS(), dir); err != nil || got != want {
			t.Errorf("pointed at %v, and is said to be at %v: %v", want, got, err)
		}
	}
}
