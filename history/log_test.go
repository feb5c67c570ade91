package history

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"parley/collections/disk"
	"parley/collections/disk/disktest"
)

// take takes in what is in the spool, and returns how many records of each request there are.
func take(tb testing.TB, fsys disk.FS, dir string) map[string]int {
	tb.Helper()
	found := map[string]int{}
	err := NewSpool(fsys, dir).takeIn(func(batch []*record) error {
		for _, r := range batch {
			found[r.Meta.Request]++
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return found
}

func TestARunIsRecordedInOneFile(t *testing.T) {
	fsys := disktest.NewMem()
	log := NewSpool(fsys, "/history").NewLog()
	x := sample{status: 200, reply: "hello"}.exchange(t)
	const all = 2*takeInAtOnce + 10
	for i := range all {
		if err := log.Add(Meta{Request: fmt.Sprint(i)}, x); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if files, err := fsys.ReadDir("/history/spool"); err != nil || len(files) != 1 {
		t.Fatalf("the spool has %d files, %v", len(files), err)
	}
	busy := errors.New("busy")
	if err := NewSpool(fsys, "/history").takeIn(func([]*record) error { return busy }); !errors.Is(err, busy) {
		t.Errorf("what cannot be taken in gives %v", err)
	}
	if found := take(t, fsys, "/history"); len(found) != all {
		t.Errorf("%d of %d records are taken in", len(found), all)
	}
	if left, err := fsys.ReadDir("/history/spool"); err != nil || len(left) != 0 {
		t.Errorf("the spool still has %v, %v", left, err)
	}
}

// A Store may be opened at any moment of a run, and takes in each of its records once.
func TestARunIsTakenInWhileItGoesOn(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	log := NewSpool(disk.OS(), dir).NewLog()
	const workers, each = 4, 40
	var work sync.WaitGroup
	for n := range workers {
		x := sample{status: 200}.exchange(t)
		work.Go(func() {
			for i := range each {
				if err := log.Add(Meta{Request: fmt.Sprint(n, "/", i)}, x); err != nil {
					t.Error(err)
				}
			}
		})
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		work.Wait()
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	}()
	for going := true; going; {
		select {
		case <-ended:
			going = false
		default:
		}
		if err := s.TakeIn(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	var rows, requests int
	err := s.read.QueryRow("SELECT count(*), count(DISTINCT request) FROM exchanges").Scan(&rows, &requests)
	if err != nil || rows != workers*each || requests != workers*each {
		t.Errorf("history has %d rows of %d requests, %v; want %d", rows, requests, err, workers*each)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "spool", "*")); err != nil || len(left) != 0 {
		t.Errorf("the spool still has %v, %v", left, err)
	}
}

func TestACrashOfARunLosesNoRecordThatWasAdded(t *testing.T) {
	const dir = "/history"
	large := strings.Repeat("0123456789abcdef", 4_000)
	x := sample{status: 200, reply: large}.exchange(t)
	added := 0
	disktest.EachCrash(t,
		func(fsys disk.FS) error { return disk.MkdirAll(fsys, dir, 0o700) },
		func(fsys disk.FS) error {
			added = 0
			log := NewSpool(fsys, dir).NewLog()
			for i := range 3 {
				if err := log.Add(Meta{Request: fmt.Sprint(i)}, x); err != nil {
					return err
				}
				added++
			}
			return log.Close()
		},
		func(t *testing.T, found disk.FS, _ bool) {
			records := take(t, found, dir)
			if killed := strings.Contains(t.Name(), disktest.Killed.String()); killed && len(records) < added || len(records) > added+1 {
				t.Errorf("of %d records that were added there are %v", added, records)
			}
			if left, err := found.ReadDir(dir + "/spool"); err == nil && len(left) > 1 {
				t.Errorf("the spool still has %v", left)
			}
		})
}

func TestAFullDiskIsSaidAndTheLogGoesOn(t *testing.T) {
	fsys := disktest.Wrap(disktest.NewMem())
	log := NewSpool(fsys, "/history").NewLog()
	x := sample{status: 200}.exchange(t)
	add := func(request string) error { return log.Add(Meta{Request: request}, x) }
	if err := add("before"); err != nil {
		t.Fatal(err)
	}
	fsys.Fail(func(step disktest.Step) error {
		if step.Op == "write" {
			return syscall.ENOSPC
		}
		return nil
	})
	if err := add("lost"); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full disk gives %v", err)
	}
	fsys.Fail(nil)
	if err := errors.Join(add("after"), log.Close()); err != nil {
		t.Fatal(err)
	}
	if found := take(t, fsys, "/history"); len(found) != 2 || found["before"] != 1 || found["after"] != 1 {
		t.Errorf("there are %v", found)
	}
}
