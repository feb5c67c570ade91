package ui

import (
	"os"
	"path/filepath"
	"testing"
)

// A reading that was begun before another file changed must not take that file away again.
func TestOneReadingFollowsAnother(t *testing.T) {
	b := openFixed(t, 120, 36)
	put := func(name string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(b.dir, name), []byte("url = \"http://h\"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var told []bool
	has := func(name string) bool { return b.root.work.Collection.Has(name) }
	put("x.toml")
	first := b.root.reload("x.toml")
	put("users/y.toml")
	if second := b.root.reloadThen(func() { told = append(told, has("x") && has("users/y")) }, "users/y.toml"); second != nil {
		t.Fatal("two readings begin from one state")
	}
	b.Send(first())
	b.WaitFor("both files", func(string) bool { return len(told) > 0 })
	if len(told) != 1 || !told[0] {
		t.Errorf("after all was read: %v", told)
	}
}
