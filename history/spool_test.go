package history

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/collections/disk/disktest"
	"parley/httpcore/body"
)

func TestSpoolIsTakenInOnce(t *testing.T) {
	dir := t.TempDir()
	spool := NewSpool(disk.OS(), dir)
	if err := spool.Add(Meta{Request: "a"}, sample{status: 200, reply: "hello"}.exchange(t)); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "spool", "*.json"))
	if err != nil || len(names) != 1 {
		t.Fatalf("spool has %v, %v", names, err)
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, dir)
	for range 2 {
		if err := s.TakeIn(context.Background()); err != nil {
			t.Fatal(err)
		}
		if found := list(t, s, "hello"); len(found) != 1 {
			t.Fatalf("found %d", len(found))
		}
		// A process died between taking it in and removing the file.
		if err := os.WriteFile(names[0], data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "spool", "empty.json"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeIn(context.Background()); err != nil {
		t.Errorf("a file that a power cut left empty gives %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "spool", "torn.json"), data[:20], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeIn(context.Background()); err == nil || !strings.Contains(err.Error(), "torn.json") {
		t.Errorf("a file that is no record gives %v", err)
	}
}

func TestALongSpoolIsTakenInByParts(t *testing.T) {
	spool := NewSpool(disktest.NewMem(), "/history")
	x := sample{status: 200}.exchange(t)
	for range 2*takeInAtOnce + 1 {
		if err := spool.Add(Meta{}, x); err != nil {
			t.Fatal(err)
		}
	}
	taken, parts := 0, 0
	err := spool.takeIn(func(batch []*record) error {
		taken, parts = taken+len(batch), parts+1
		return nil
	})
	if err != nil || taken != 2*takeInAtOnce+1 || parts != 3 {
		t.Errorf("took in %d in %d parts (%v)", taken, parts, err)
	}
}

func isRecord(entry fs.DirEntry) bool { return filepath.Ext(entry.Name()) == ".json" }

func TestACrashWhileSpoolingLeavesTheWholeRecordOrNone(t *testing.T) {
	const dir = "/history"
	large := strings.Repeat("0123456789abcdef", 4_000)
	x := sample{status: 200, reply: large, content: large}.exchange(t)
	disktest.EachCrash(t,
		func(fsys disk.FS) error { return disk.MkdirAll(fsys, dir, 0o700) },
		func(fsys disk.FS) error { return NewSpool(fsys, dir).Add(Meta{Request: "a"}, x) },
		func(t *testing.T, found disk.FS, _ bool) {
			var records []*record
			err := NewSpool(found, dir).takeIn(func(batch []*record) error {
				records = batch
				return nil
			})
			if err != nil {
				t.Fatalf("the spool is damaged: %v", err)
			}
			if len(records) > 1 {
				t.Fatalf("there are %d records", len(records))
			}
			if left, err := found.ReadDir(dir + "/spool"); err == nil && len(records) == 0 && slices.ContainsFunc(left, isRecord) {
				t.Errorf("what a power cut left is still there: %v", left)
			}
			for _, r := range records {
				restored, err := decoder{bodies: NewSpool(found, dir).bodies, store: func() *body.Store { return body.NewStore(body.StoreOptions{}) }}.exchange(r)
				if err != nil {
					t.Fatal(err)
				}
				if content1(t, restored.Response().Body) != large {
					t.Error("the body was lost")
				}
				restored.Close()
			}
		})
}

func TestOpenRemovesWhatAKilledProcessLeftHalfWritten(t *testing.T) {
	dir := t.TempDir()
	large := strings.Repeat("0123456789abcdef", 4_000)
	if err := NewSpool(disk.OS(), dir).Add(Meta{}, sample{status: 200, reply: large, content: large}.exchange(t)); err != nil {
		t.Fatal(err)
	}
	halves := []string{disk.TempName(filepath.Join(dir, "spool", "a.json")), disk.TempName(filepath.Join(dir, "bodies", "new"))}
	for _, name := range halves {
		old := time.Now().Add(-30 * 24 * time.Hour)
		if err := errors.Join(os.WriteFile(name, []byte(`{"uid":`), 0o600), os.Chtimes(name, old, old)); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, dir)
	for _, name := range halves {
		if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.TakeIn(t.Context()); err != nil || len(list(t, s, "")) != 1 {
		t.Errorf("the record is gone, %v", err)
	}
}
