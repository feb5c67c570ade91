package sample

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"

	"parley/collections/disk"
	"parley/collections/disk/disktest"
)

// A crash may leave a part of the files, but never a part that looks like a collection. Every step is tried.
func TestACrashLeavesNoPartOfACollection(t *testing.T) {
	names, err := list()
	if err != nil {
		t.Fatal(err)
	}
	for step := 1; ; step++ {
		crashed := false
		for _, loss := range []disktest.Loss{disktest.Killed, disktest.PowerCut, disktest.Reordered} {
			m := disktest.NewMem()
			f := disktest.Wrap(m)
			f.CrashAt(step, true)
			err := Write(f, "/demo", somewhere)
			if crashed = f.Crashed(); crashed != (err != nil) {
				t.Fatalf("step %d: crashed %v, and Write says %v", step, crashed, err)
			}
			found := m.Crash(loss)
			if _, err := found.Lstat(filepath.Join("/demo", entryPoint)); errors.Is(err, fs.ErrNotExist) {
				if !crashed {
					t.Errorf("%v: Write succeeded, and the collection is not there", loss)
				}
				continue
			}
			for _, name := range names {
				if _, err := found.Lstat(filepath.Join("/demo", filepath.FromSlash(name))); err != nil {
					t.Fatalf("step %d, %v: there is a collection without %s", step, loss, name)
				}
			}
		}
		if !crashed {
			return
		}
	}
}

func TestAFullDiskIsSaid(t *testing.T) {
	f := disktest.Wrap(disktest.NewMem())
	f.Fail(func(s disktest.Step) error {
		if s.Op == "write" {
			return syscall.ENOSPC
		}
		return nil
	})
	var failed *disk.Error
	if err := Write(f, "/demo", somewhere); !errors.Is(err, syscall.ENOSPC) || !errors.As(err, &failed) || failed.Hint() == "" {
		t.Errorf("got %v", err)
	}
}
