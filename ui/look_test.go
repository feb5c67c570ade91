package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/ui/uitest"
)

// lineOf returns the line of a screen that holds a text, and the cell where that begins.
func lineOf(grid, text string) (line string, at int) {
	for line := range strings.Lines(grid) {
		if before, _, ok := strings.Cut(line, text); ok {
			return line, len([]rune(before))
		}
	}
	return "", -1
}

func TestMethodsComeAfterTheTreeAndMoveNothing(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.WaitText("POST")
	tree, err := collections.OpenTree(disk.OS(), b.dir)
	if err != nil {
		t.Fatal(err)
	}
	b.root.sidebar.SetOpen([]string{"users/"})
	b.Send(reloaded{collection: tree})
	before, at := lineOf(b.Grid(), " create")
	if at < 0 || strings.Contains(before, "POST") {
		t.Fatalf("before anybody looked the line is %q", before)
	}
	// What was seen of a collection that is not shown any more is not shown.
	b.Send(looked{from: &collections.Collection{}, now: &collections.Collection{Tree: &collections.Folder{}}})
	b.WaitFor("the methods", func(grid string) bool {
		line, now := lineOf(grid, " create")
		return now == at && strings.Contains(line, "POST")
	})
	b.WaitFor("all files to be looked at", func(string) bool {
		for n := range b.root.work.Collection.All() {
			if n.Kind == collections.UnreadNode {
				return false
			}
		}
		return !b.root.looking
	})
}

func TestAFileThatNobodyLookedAtCanBeOpened(t *testing.T) {
	b := openFixed(t, 120, 36)
	tree, err := collections.OpenTree(disk.OS(), b.dir)
	if err != nil {
		t.Fatal(err)
	}
	b.root.work.Collection = tree
	b.root.sidebar.SetCollection(tree)
	b.Press("ctrl+p")
	b.Type("users/create")
	b.Press("enter")
	b.WaitText("POST create")
	if got := b.root.tab().draft.Path; got != "users/create" {
		t.Errorf("%q is open", got)
	}
}

// BenchmarkFilter10000 is a key in the filter of a tree of 10,000 requests, with the frame that follows. performance.md
// asks for 16 ms at most.
func BenchmarkFilter10000(b *testing.B) {
	w := of10000(b)
	w.Press("alt+1", "/")
	w.Type("request")
	for i := 0; b.Loop(); i++ {
		key := "1"
		if i%2 == 1 {
			key = "backspace"
		}
		w.root.Update(uitest.Key(key))
		_ = w.root.View()
	}
}

// BenchmarkPalette10000 is a key in the palette of a collection of 10,000 requests.
func BenchmarkPalette10000(b *testing.B) {
	w := of10000(b)
	w.Press("ctrl+p")
	w.Type("request")
	for i := 0; b.Loop(); i++ {
		key := "1"
		if i%2 == 1 {
			key = "backspace"
		}
		w.root.Update(uitest.Key(key))
		_ = w.root.View()
	}
}

// BenchmarkShow10000 shows another state of 10,000 requests, as after every change of a file.
func BenchmarkShow10000(b *testing.B) {
	w := of10000(b)
	for b.Loop() {
		w.root.sidebar.SetCollection(w.root.work.Collection)
		_ = w.root.View()
	}
}

// of10000 is a workbench with 10,000 requests in 500 folders.
func of10000(b *testing.B) *bench {
	w := open(b, 120, 36)
	dir := b.TempDir()
	for i := range 10_000 {
		name := filepath.Join(dir, fmt.Sprintf("folder-%03d", i/20), fmt.Sprintf("request-%02d.toml", i%20))
		if err := disk.MkdirAll(disk.OS(), filepath.Dir(name), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("url = \"http://localhost\"\n"), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		b.Fatal(err)
	}
	w.Send(reloaded{collection: c})
	return w
}
