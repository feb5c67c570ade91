package disk_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/collections/disk"
)

// leave writes files whose last change is so long ago.
func leave(t *testing.T, dir string, ago time.Duration, names ...string) {
	t.Helper()
	for _, name := range names {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, time.Now().Add(-ago), time.Now().Add(-ago)); err != nil {
			t.Fatal(err)
		}
	}
}

func namesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range list {
		names = append(names, entry.Name())
	}
	return names
}

const longAgo = 8 * 24 * time.Hour

func TestSweepRemovesWhatACrashLeftAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	leave(t, dir, longAgo, ".a.xml.OLD.parley-tmp", ".b.xml.OLD.parley-tmp", ".mine", "a.parley-tmp")
	leave(t, dir, 6*24*time.Hour, ".a.xml.NEW.parley-tmp") // a run that long is still going on
	if err := os.Mkdir(filepath.Join(dir, ".a.xml.DIR.parley-tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	disk.Sweep(disk.OS(), dir, "a.xml")
	want := []string{".a.xml.DIR.parley-tmp", ".a.xml.NEW.parley-tmp", ".b.xml.OLD.parley-tmp", ".mine", "a.parley-tmp"}
	if got := namesIn(t, dir); !slices.Equal(got, want) {
		t.Errorf("left of one file: %q", got)
	}
	disk.Sweep(disk.OS(), dir, "")
	if got := namesIn(t, dir); !slices.Equal(got, slices.Delete(want, 2, 3)) {
		t.Errorf("left of all: %q", got)
	}
	disk.Sweep(disk.OS(), filepath.Join(dir, "none"), "") // is no folder, and no trouble
}

func TestReplaceSweepsUpAfterThoseThatWereKilled(t *testing.T) {
	dir := t.TempDir()
	name := strings.Repeat("a", 250) + ".html" // all that a name can have
	begun := func() string {
		r, err := disk.Replace(disk.OS(), filepath.Join(dir, name), 0o600)
		if err != nil {
			t.Fatal(err)
		}
		names := namesIn(t, dir)
		if err := r.Commit(); err != nil {
			t.Fatal(err)
		}
		return names[0]
	}
	leave(t, dir, longAgo, begun())
	begun()
	if got := namesIn(t, dir); !slices.Equal(got, []string{name}) {
		t.Errorf("there are %q", got)
	}
}
