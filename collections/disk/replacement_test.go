package disk_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"parley/collections/disk"
	"parley/collections/disk/disktest"
)

func replaceInPieces(f disk.FS, name string) error {
	r, err := disk.Replace(f, name, 0o600)
	if err != nil {
		return err
	}
	for _, piece := range []string{newText[:10], newText[10:]} {
		if _, err := r.Write([]byte(piece)); err != nil {
			return errors.Join(err, r.Discard())
		}
	}
	return r.Commit()
}

func TestReplaceIsOldOrNewAfterACrashAtEveryStep(t *testing.T) {
	disktest.EachCrash(t,
		func(f disk.FS) error { return disk.WriteFile(f, "/a.html", []byte(oldText), 0o644) },
		func(f disk.FS) error { return replaceInPieces(f, "/a.html") },
		func(t *testing.T, f disk.FS, done bool) {
			got, err := disk.ReadFile(f, "/a.html")
			if err != nil {
				t.Fatal(err)
			}
			if s := string(got); s != newText && (done || s != oldText) {
				t.Errorf("found %q (done %v)", s, done)
			}
		})
}

func TestReplaceKeepsTheModeAndLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.html")
	if err := os.WriteFile(name, []byte(oldText), 0o640); err != nil {
		t.Fatal(err)
	}
	dropped, err := disk.Replace(disk.OS(), name, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := dropped.Write([]byte("half")); err != nil {
		t.Fatal(err)
	}
	if err := dropped.Discard(); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(name); string(got) != oldText {
		t.Errorf("a replacement that was dropped leaves %q", got)
	}
	if err := replaceInPieces(disk.OS(), name); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	if got, _ := os.ReadFile(name); string(got) != newText {
		t.Errorf("found %q", got)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("the folder has %v", entries)
	}
	if _, err := disk.Replace(disk.OS(), dir, 0o600); err == nil {
		t.Error("a folder is replaced")
	}
}
