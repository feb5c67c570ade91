package disk_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"parley/collections/disk"
	"parley/collections/disk/disktest"
)

const (
	oldText = "old content, long enough to be torn"
	newText = "new content, quite a bit longer than the old one was"
)

func TestWriteFileIsOldOrNewAfterACrashAtEveryStep(t *testing.T) {
	disktest.EachCrash(t,
		func(f disk.FS) error { return disk.WriteFile(f, "/a.toml", []byte(oldText), 0o644) },
		func(f disk.FS) error { return disk.WriteFile(f, "/a.toml", []byte(newText), 0o644) },
		func(t *testing.T, f disk.FS, done bool) {
			got, err := disk.ReadFile(f, "/a.toml")
			if err != nil {
				t.Fatal(err)
			}
			if s := string(got); s != newText && (done || s != oldText) {
				t.Errorf("found %q (done %v)", s, done)
			}
		})
}

func TestWriteFileSoonLeavesNoPartOfAFile(t *testing.T) {
	disktest.EachCrash(t,
		func(f disk.FS) error { return disk.WriteFile(f, "/a.json", []byte(oldText), 0o600) },
		func(f disk.FS) error { return disk.WriteFileSoon(f, "/a.json", []byte(newText), 0o600) },
		func(t *testing.T, f disk.FS, _ bool) {
			got, err := disk.ReadFile(f, "/a.json")
			if s := string(got); err != nil || s != oldText && s != newText && s != "" {
				t.Errorf("found %q, %v", s, err)
			}
		})
	m := disktest.NewMem()
	if err := disk.WriteFileSoon(m, "/a.json", []byte(newText), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := disk.ReadFile(m.Crash(disktest.Killed), "/a.json"); err != nil || string(got) != newText {
		t.Errorf("after the process has died: %q, %v", got, err)
	}
}

func TestCreateFileIsWholeOrMissingAfterACrashAtEveryStep(t *testing.T) {
	disktest.EachCrash(t,
		func(f disk.FS) error { return f.Mkdir("/d", 0o755) },
		func(f disk.FS) error { return disk.CreateFile(f, "/d/a.toml", []byte(newText), 0o644) },
		func(t *testing.T, f disk.FS, done bool) {
			got, err := disk.ReadFile(f, "/d/a.toml")
			if errors.Is(err, fs.ErrNotExist) && !done {
				return
			}
			if err != nil || string(got) != newText {
				t.Errorf("found %q, %v (done %v)", got, err, done)
			}
		})
}

func TestRenameNeverLosesTheFile(t *testing.T) {
	disktest.EachCrash(t,
		func(f disk.FS) error {
			return errors.Join(f.Mkdir("/d", 0o755), disk.WriteFile(f, "/a", []byte(oldText), 0o644))
		},
		func(f disk.FS) error { return disk.Rename(f, "/a", "/d/b") },
		func(t *testing.T, f disk.FS, done bool) {
			before, err1 := disk.ReadFile(f, "/a")
			after, err2 := disk.ReadFile(f, "/d/b")
			if done && (err2 != nil || err1 == nil) {
				t.Fatalf("not renamed: %v, %v", err1, err2)
			}
			if string(before) != oldText && string(after) != oldText {
				t.Errorf("lost: %v, %v", err1, err2)
			}
		})
}

func TestAppendKeepsWhatWasSynced(t *testing.T) {
	record := []byte("0123456789")
	disktest.EachCrash(t,
		func(disk.FS) error { return nil },
		func(f disk.FS) error {
			a, err := disk.Append(f, "/log", 0o600)
			if err != nil {
				return err
			}
			_, err = a.Write(record)
			return errors.Join(err, a.Sync(), a.Close())
		},
		func(t *testing.T, f disk.FS, done bool) {
			got, err := disk.ReadFile(f, "/log")
			if done && (err != nil || string(got) != string(record)) {
				t.Errorf("synced, but found %q, %v", got, err)
			}
		})
}

func TestAppendCutsOffATornRecord(t *testing.T) {
	f := disktest.Wrap(disktest.NewMem())
	a, err := disk.Append(f, "/log", 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Write([]byte("one\n")); err != nil {
		t.Fatal(err)
	}
	f.Fail(failing("write", syscall.ENOSPC))
	_, err = a.Write([]byte("two\n"))
	wantKind(t, err, disk.KindFull)
	f.Fail(nil)
	if _, err := a.Write([]byte("three\n")); err != nil {
		t.Fatal(err)
	}
	if got, err := disk.ReadFile(f, "/log"); err != nil || string(got) != "one\nthree\n" {
		t.Errorf("found %q, %v", got, err)
	}
	if a.Size() != int64(len("one\nthree\n")) {
		t.Errorf("Size = %d", a.Size())
	}
}

func failing(op string, err error) func(disktest.Step) error {
	return func(s disktest.Step) error {
		if s.Op == op {
			return err
		}
		return nil
	}
}

func wantKind(t *testing.T, err error, kind disk.Kind) {
	t.Helper()
	var e *disk.Error
	if !errors.As(err, &e) {
		t.Fatalf("error %v is no *disk.Error", err)
	}
	if e.Kind != kind {
		t.Errorf("kind %d of %q, want %d", e.Kind, e, kind)
	}
	if e.Hint() == "" {
		t.Errorf("%q has no hint", e)
	}
}

func TestFailuresAreTypedAndChangeNothing(t *testing.T) {
	for _, c := range []struct {
		op   string
		err  error
		kind disk.Kind
	}{
		{"create", syscall.EROFS, disk.KindReadOnly},
		{"create", syscall.EACCES, disk.KindDenied},
		{"write", syscall.ENOSPC, disk.KindFull},
		{"write", syscall.EDQUOT, disk.KindFull},
		{"sync", syscall.ENOSPC, disk.KindFull},
		{"rename", syscall.EACCES, disk.KindDenied},
	} {
		t.Run(c.op+" "+c.err.Error(), func(t *testing.T) {
			m := disktest.NewMem()
			if err := disk.WriteFile(m, "/a", []byte(oldText), 0o644); err != nil {
				t.Fatal(err)
			}
			f := disktest.Wrap(m)
			f.Fail(failing(c.op, c.err))
			wantKind(t, disk.WriteFile(f, "/a", []byte(newText), 0o644), c.kind)
			if got, _ := disk.ReadFile(m, "/a"); string(got) != oldText {
				t.Errorf("found %q", got)
			}
			if list, _ := m.ReadDir("/"); len(list) != 1 {
				t.Errorf("left behind: %v", list)
			}
		})
	}
}

func TestWriteFileKeepsModeAndLink(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "real.toml"), filepath.Join(dir, "link.toml")
	if err := os.WriteFile(file, []byte(oldText), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real.toml", link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if err := disk.WriteFile(disk.OS(), link, []byte(newText), 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(file)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v; want 0640", info.Mode(), err)
	}
	if got, _ := os.ReadFile(file); string(got) != newText {
		t.Errorf("found %q", got)
	}
	if info, _ := os.Lstat(link); info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced by a file")
	}
	list, _ := os.ReadDir(dir)
	if len(list) != 2 {
		t.Errorf("left behind: %v", list)
	}
}

func TestRefusals(t *testing.T) {
	osfs := disk.OS()
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken")
	if err := disk.CreateFile(osfs, taken, []byte(oldText), 0o600); err != nil {
		t.Fatal(err)
	}
	wantKind(t, disk.WriteFile(osfs, dir, nil, 0o600), disk.KindNotFile)
	wantKind(t, disk.CreateFile(osfs, taken, nil, 0o600), disk.KindExists)
	wantKind(t, disk.MkdirAll(osfs, filepath.Join(taken, "x"), 0o700), disk.KindNotFolder)
	wantKind(t, disk.Remove(osfs, filepath.Join(dir, "none")), disk.KindMissing)
	other := filepath.Join(dir, "other")
	if err := disk.CreateFile(osfs, other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wantKind(t, disk.Rename(osfs, other, taken), disk.KindExists)
	if got, _ := os.ReadFile(taken); string(got) != oldText {
		t.Errorf("found %q", got)
	}
}

func TestMkdirAll(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b", "c")
	for range 2 {
		if err := disk.MkdirAll(disk.OS(), dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
}
