package collections_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/disk"
)

// TestNames has every character below U+0100 and what file systems are known for in the names of requests and folders.
func TestNames(t *testing.T) {
	legal := func(r rune) bool {
		return r > ' ' && r != 0x7f && (r < 0x7f || r > 0xa0) && r != 0xad && !strings.ContainsRune(`/\:*?"<>|`, r)
	}
	for r := range rune(0x100) {
		name := "a" + string(r) + "b"
		if r == ' ' {
			continue // in the table below
		}
		err := collections.CheckPath(name)
		if r == '/' {
			if err != nil {
				t.Errorf("a folder: %v", err)
			}
			continue
		}
		if (err == nil) != legal(r) {
			t.Errorf("%q: %v", name, err)
		}
		checkNameError(t, name, err)
	}
	for _, c := range []struct{ name, why string }{
		{"a b", ""},
		{"v1.2/get", ""},
		{"it's (new) & good!", ""},
		{"日本/Grüße", ""},
		{"cafe\u0301", ""},
		{"🙂", ""},
		{"~off", ""},
		{"-rf", ""},
		{"#1 100%", ""},
		{"a.toml", ""},
		{"com", ""},
		{"com10", ""},
		{"console", ""},
		{strings.Repeat("x", 200), ""},

		{"", "plain path"},
		{"/", "plain path"},
		{".", "plain path"},
		{"..", "plain path"},
		{"a/..", "plain path"},
		{"a/../b", "plain path"},
		{"../a", "plain path"},
		{"/etc/x", "plain path"},
		{"a//b", "plain path"},
		{"a/", "plain path"},
		{"./a", "plain path"},
		{"a\x00b", "character"},
		{"a\nb", "character"},
		{"a\x1bb", "character"},
		{"a\u202eb", "character"},
		{"a\u200bb", "character"},
		{"a\u2028b", "character"},
		{"a\xffb", "character"},
		{`a\b`, "character"},
		{`C:x`, "character"},
		{".hidden", "dot"},
		{"a/.git/b", "dot"},
		{"...", "dot"},
		{"a.", "dot"},
		{"a./b", "dot"},
		{" a", "space"},
		{"a ", "space"},
		{"a /b", "space"},
		{"con", "Windows"},
		{"NUL", "Windows"},
		{"aux.x", "Windows"},
		{"a/Com1", "Windows"},
		{"lpt9.tar.gz", "Windows"},
		{strings.Repeat("x", 201), "longer than"},
		{strings.Repeat("é", 101), "longer than"},
		{"collection", "settings"},
		{"a/folder", "settings"},
		{"vendor/a", "skipped"},
		{"node_modules", "skipped"},
		{"environments", "environments"},
		{"environments/dev", "environments"},
	} {
		err := collections.CheckPath(c.name)
		if (err == nil) != (c.why == "") || err != nil && !strings.Contains(err.Error(), c.why) {
			t.Errorf("%q: %v, want %q", c.name, err, c.why)
		}
		checkNameError(t, c.name, err)
	}
}

// checkNameError looks for the kind and the hint that a refusal has, and for control characters in what it says.
func checkNameError(t *testing.T, name string, err error) {
	t.Helper()
	var e *collections.NameError
	if err == nil {
		return
	}
	if !errors.As(err, &e) || e.Hint() == "" || strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' }) {
		t.Errorf("%q is refused with %v", name, err)
	}
}

// What CheckPath lets through, the disk takes, and every verb for names refuses the rest alike.
func TestNamesAreRefusedEverywhere(t *testing.T) {
	col := open(t, map[string]string{"a.toml": create, "f/b.toml": create})
	for _, name := range []string{"../out", "x\x00y", "nul", ".x", "x.", strings.Repeat("x", 250)} {
		_, created := col.Create(name, &collections.Request{})
		_, moved := col.Move("a", name)
		_, movedFolder := col.Move("f/", name)
		_, copied := col.Copy("a", name)
		for verb, err := range map[string]error{
			"create": created, "folder": col.CreateFolder(name), "move": moved, "move folder": movedFolder, "copy": copied,
		} {
			var e *collections.NameError
			if !errors.As(err, &e) {
				t.Errorf("%s %q: %v", verb, name, err)
			}
		}
	}
	if list, err := os.ReadDir(filepath.Dir(col.Root)); err != nil || len(list) != 1 {
		t.Errorf("beside the collection: %v, %v", list, err)
	}
	for _, name := range []string{strings.Repeat("é", 100), "~-#%! '", "日本", "a.toml.x", "cafe\u0301"} {
		if _, err := col.Create(name, &collections.Request{}); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		again, err := collections.Open(disk.OS(), col.Root)
		if err != nil {
			t.Fatal(err)
		}
		request(t, again, name)
		if _, err := again.Duplicate(name); err != nil && len(name) < 190 {
			t.Errorf("the duplicate of %q: %v", name, err)
		}
	}
}

func TestLinksThatLeadNowhereOrInCircles(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege on Windows")
	}
	dir := write(t, map[string]string{"real.toml": create, "sub/inner.toml": create})
	for link, target := range map[string]string{
		"loop.toml": "loop.toml", "one.toml": "two.toml", "two.toml": "one.toml", "nowhere.toml": "missing.toml",
		"sub/up": "..", "sub/self": "../sub", "etc": "/etc",
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	col, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var broken, folders []string
	for n := range col.All() {
		switch n.Kind {
		case collections.BrokenNode:
			broken = append(broken, n.Path)
		case collections.FolderNode:
			folders = append(folders, n.Path)
		}
	}
	slices.Sort(broken)
	if got := strings.Join(broken, " "); got != "loop nowhere one two" {
		t.Errorf("broken: %s", got)
	}
	if got := strings.Join(folders, " "); got != "sub" {
		t.Errorf("links to folders are followed: %s", got)
	}
	trash := t.TempDir()
	for _, name := range []string{"loop", "sub/"} {
		var e *disk.Error
		if _, err := col.Delete(name, trash); !errors.As(err, &e) || e.Hint() == "" {
			t.Errorf("a link that the trash could not bring back: %v", err)
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, "sub", "inner.toml")); err != nil {
		t.Error(err)
	}
	if list, _ := os.ReadDir(trash); len(list) != 0 {
		t.Errorf("halves in the trash: %v", list)
	}
}
