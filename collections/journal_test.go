package collections

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"strings"
	"syscall"
	"testing"
	"time"

	"parley/collections/disk"
	"parley/collections/disk/disktest"
)

// clock is a time that moves a second at each reading.
func clock() func() time.Time {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	return func() time.Time {
		at = at.Add(time.Second)
		return at
	}
}

func journal(t *testing.T, f disk.FS) *Journal {
	t.Helper()
	j, damaged, err := OpenJournal(f, "/state", "/c", clock())
	if err != nil || damaged != 0 {
		t.Fatalf("%v, %d damaged", err, damaged)
	}
	return j
}

func drafts(j *Journal) string {
	var list []string
	for _, d := range j.Drafts() {
		list = append(list, fmt.Sprintf("%s%s=%s<%s", d.Path, d.Tab, d.Text, d.Base))
	}
	return strings.Join(list, " ")
}

func TestJournalBringsBackWhatWasFlushed(t *testing.T) {
	m := disktest.NewMem()
	j := journal(t, m)
	j.Put(Draft{Path: "users/create", Base: []byte("b"), Text: []byte("one")})
	j.Put(Draft{Tab: "t1", Text: []byte("new")})
	j.Put(Draft{Path: "gone", Text: []byte("x")})
	j.Put(Draft{Path: "users/create", Base: []byte("b"), Text: []byte("two")})
	j.Drop("gone", "")
	if err := j.Flush(); err != nil {
		t.Fatal(err)
	}
	j.Put(Draft{Path: "users/create", Text: []byte("never flushed")})

	next := journal(t, m.Crash(disktest.PowerCut))
	if got, want := drafts(next), "t1=new< users/create=two<b"; got != want {
		t.Errorf("drafts %q, want %q", got, want)
	}
}

func TestJournalOfALivingProcessIsLeftAlone(t *testing.T) {
	m := disktest.NewMem()
	first := journal(t, m)
	first.Put(Draft{Path: "a", Text: []byte("1")})
	if err := first.Flush(); err != nil {
		t.Fatal(err)
	}
	second := journal(t, m)
	if got := drafts(second); got != "" {
		t.Errorf("took over %q", got)
	}
	if err := errors.Join(first.Close(), second.Close()); err != nil {
		t.Fatal(err)
	}
	third := journal(t, m)
	if got := drafts(third); got != "a=1<" {
		t.Errorf("drafts %q", got)
	}
	third.Drop("a", "")
	if err := third.Close(); err != nil {
		t.Fatal(err)
	}
	list, err := m.ReadDir(third.dir)
	if err != nil || len(list) != 0 {
		t.Errorf("left behind: %v, %v", list, err)
	}
}

func TestJournalOfAnotherCollectionIsNotMixedIn(t *testing.T) {
	m := disktest.NewMem()
	j := journal(t, m)
	j.Put(Draft{Path: "a", Text: []byte("1")})
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	other, _, err := OpenJournal(m, "/state", "/other", clock())
	if err != nil || drafts(other) != "" {
		t.Errorf("%q, %v", drafts(other), err)
	}
}

// TestJournalAfterACrashAtEveryStep flushes some times, compaction included, and crashes at every step: a draft is found as it was at the
// last flush that returned, or at the one that was under way.
func TestJournalAfterACrashAtEveryStep(t *testing.T) {
	flushed := 0
	sizes := []int{0, 400_000, 400_000, 10, 20} // the fourth flush finds mostly what is out of date
	disktest.EachCrash(t,
		func(f disk.FS) error { // a process that is gone left a draft
			j, _, err := OpenJournal(f, "/state", "/c", clock())
			if err != nil {
				return err
			}
			j.Put(Draft{Path: "old", Text: []byte("kept")})
			return j.Close()
		},
		func(f disk.FS) error {
			flushed = 0
			j, _, err := OpenJournal(f, "/state", "/c", clock())
			if err != nil {
				return err
			}
			for i := 1; i < len(sizes); i++ {
				j.Put(Draft{Path: "a", Text: bytes.Repeat([]byte{byte('0' + i)}, sizes[i])})
				if err := j.Flush(); err != nil {
					return err
				}
				flushed = i
			}
			return j.Close()
		},
		func(t *testing.T, f disk.FS, _ bool) {
			got := map[string]string{}
			for _, d := range journal(t, f).Drafts() {
				got[d.Path] = string(d.Text)
			}
			if got["old"] != "kept" {
				t.Error("the draft of the earlier process is lost")
			}
			text := got["a"]
			if text == "" && flushed == 0 {
				return
			}
			n := int(text[0] - '0')
			if n != flushed && n != flushed+1 {
				t.Errorf("found draft %d after flush %d", n, flushed)
			}
			if len(text) != sizes[n] || strings.Trim(text, text[:1]) != "" {
				t.Errorf("a part of a draft: %d bytes", len(text))
			}
		})
}

func TestJournalIsCompacted(t *testing.T) {
	m := disktest.NewMem()
	j := journal(t, m)
	for i := range 60 {
		j.Put(Draft{Path: "a", Text: bytes.Repeat([]byte{'x'}, 100_000+i)})
		if err := j.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	data, err := disk.ReadFile(m, j.name+journalSuffix)
	if err != nil || len(data) > 2*compactAbove {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	info, err := m.Lstat(j.name + journalSuffix)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if next := journal(t, m.Crash(disktest.Killed)); len(next.Drafts()) != 1 || len(next.Drafts()[0].Text) != 100_059 {
		t.Error("the last draft is lost")
	}
}

func TestJournalTriesAgainAfterAFullDisk(t *testing.T) {
	m := disktest.NewMem()
	f := disktest.Wrap(m)
	j := journal(t, f)
	j.Put(Draft{Path: "a", Text: []byte("1")})
	f.Fail(func(s disktest.Step) error {
		if s.Op == "write" {
			return syscall.ENOSPC
		}
		return nil
	})
	var e *disk.Error
	if err := j.Flush(); !errors.As(err, &e) || e.Kind != disk.KindFull {
		t.Fatalf("error %v", err)
	}
	f.Fail(nil)
	if err := j.Flush(); err != nil {
		t.Fatal(err)
	}
	if got := drafts(journal(t, m.Crash(disktest.PowerCut))); got != "a=1<" {
		t.Errorf("drafts %q", got)
	}
}

// What is put while an older draft fails to be written counts, and not the older one that is tried again.
func TestJournalTakesDraftsWhileItWrites(t *testing.T) {
	m := disktest.NewMem()
	f := disktest.Wrap(m)
	j := journal(t, f)
	j.Put(Draft{Path: "a", Text: []byte("old")})
	j.Put(Draft{Path: "saved", Text: []byte("old")})
	f.Fail(func(s disktest.Step) error {
		if s.Op != "write" {
			return nil
		}
		j.Put(Draft{Path: "a", Text: []byte("new")})
		j.Drop("saved", "")
		return syscall.ENOSPC
	})
	if err := j.Flush(); err == nil {
		t.Fatal("a full disk is no error")
	}
	f.Fail(nil)
	if err := j.Flush(); err != nil {
		t.Fatal(err)
	}
	if got := drafts(journal(t, m.Crash(disktest.PowerCut))); got != "a=new<" {
		t.Errorf("drafts %q", got)
	}
}

func TestNothingIsWrittenAfterTheJournalIsClosed(t *testing.T) {
	m := disktest.NewMem()
	j := journal(t, m)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j.Put(Draft{Path: "late", Text: []byte("x")})
	if err := j.Flush(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("it was flushed: %v", err)
	}
	if list, err := m.ReadDir(j.dir); len(list) != 0 || err != nil {
		t.Errorf("%v is left, %v", list, err)
	}
}

func FuzzJournal(f *testing.F) {
	line, err := encodeRecord(record{Draft: Draft{Path: "a", Text: []byte("x")}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(line, 3)
	f.Add(append([]byte("garbage\n"), line...), len(line))
	f.Add([]byte("00000000 {}\n"), 0)
	f.Fuzz(func(t *testing.T, data []byte, cut int) {
		before, _ := decodeRecords(data)
		// Whatever stands before it, a record on a line of its own is found, and nothing else changes.
		if len(data) > 0 && data[len(data)-1] != '\n' {
			data = append(data, '\n')
			before, _ = decodeRecords(data)
		}
		after, _ := decodeRecords(append(bytes.Clone(data), line...))
		if len(after) != len(before)+1 || after[len(before)].Path != "a" {
			t.Fatalf("%d records became %d", len(before), len(after))
		}
		// A torn tail is never taken for a record.
		torn := line[:max(0, min(cut, len(line)-1))]
		if got, _ := decodeRecords(append(bytes.Clone(data), torn...)); len(got) != len(before) {
			t.Fatalf("a torn record was read: %d, want %d", len(got), len(before))
		}
	})
}

func TestJournalBringsBackWhatIsHeld(t *testing.T) {
	m := disktest.NewMem()
	j := journal(t, m)
	j.Put(Draft{Path: "a", Text: []byte("x = 1"), Held: []byte("x = \"\n")})
	j.Put(Draft{Path: "b", Text: []byte("x = 1"), Held: []byte("x = ")})
	j.Put(Draft{Path: "b", Text: []byte("x = 2")})
	if err := j.Flush(); err != nil {
		t.Fatal(err)
	}
	got := journal(t, m.Crash(disktest.PowerCut)).Drafts()
	if len(got) != 2 || string(got[0].Held) != "x = \"\n" || string(got[0].Text) != "x = 1" || got[1].Held != nil {
		t.Errorf("drafts %q", got)
	}
}

// What was written before texts were held is read as it was.
func TestAnOlderRecordHoldsNothing(t *testing.T) {
	text := `{"path":"a","base":"Yg==","text":"dA==","at":"2026-01-02T03:04:05Z"}`
	list, damaged := decodeRecords(fmt.Appendf(nil, "%08x %s\n", crc32.ChecksumIEEE([]byte(text)), text))
	if damaged != 0 || len(list) != 1 || list[0].Held != nil || !list[0].Says([]byte("t")) || string(list[0].Base) != "b" {
		t.Errorf("%d damaged, %+v", damaged, list)
	}
	line, err := encodeRecord(list[0])
	if want := fmt.Sprintf("%08x %s\n", crc32.ChecksumIEEE([]byte(text)), text); string(line) != want || err != nil {
		t.Errorf("written as %s, %v", line, err)
	}
}
