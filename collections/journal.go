package collections

import (
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"parley/collections/disk"
)

// Journal keeps the unsaved edits of one collection, so that a crash, a closed terminal or a kill loses no more than
// was typed since the last [Journal.Flush].
//
// Each process writes a file of its own, which it holds a lock on. Whoever opens the journal takes over the files that
// nobody holds any more. [Journal.Put] and [Journal.Drop] only remember; Flush, which the caller does on a tick of at
// most a second while something is edited, writes and syncs. All of them may be called at the same time, and none of those
// that only remember waits for the disk.
type Journal struct {
	fsys   disk.FS
	dir    string
	name   string // our file
	now    func() time.Time
	unlock func() error

	writing sync.Mutex // held by who writes; it comes before mu
	file    *disk.Appender
	adopted []adopted
	closed  bool

	mu      sync.Mutex // of what follows
	drafts  map[string]Draft
	pending map[string]record
}

// adopted is the file of a process that is gone. It stays until what it held is safe in ours.
type adopted struct {
	name   string
	unlock func() error
}

const (
	journalSuffix = ".journal"
	lockSuffix    = ".lock"
	// compactAbove is the size in bytes from which the journal is written anew once most of it is out of date.
	compactAbove = 1 << 20
)

// OpenJournal opens the journal of the collection at root below a folder, creating it with mode 0700. damaged counts
// the records of earlier processes that could not be read. now is the clock.
func OpenJournal(fsys disk.FS, folder, root string, now func() time.Time) (j *Journal, damaged int, err error) {
	id, err := uuid.NewV7()
	if err != nil {
		return nil, 0, err
	}
	j = &Journal{
		fsys: fsys, now: now, drafts: map[string]Draft{}, pending: map[string]record{},
		dir: filepath.Join(folder, StateName(root)),
	}
	if err := disk.MkdirAll(fsys, j.dir, 0o700); err != nil {
		return nil, 0, err
	}
	j.name = filepath.Join(j.dir, id.String())
	unlock, ok, err := fsys.TryLock(j.name + lockSuffix)
	if err != nil || !ok {
		return nil, 0, disk.Wrap("lock", j.name+lockSuffix, cmp.Or(err, fs.ErrExist))
	}
	j.unlock = unlock
	if damaged, err = j.adopt(); err != nil {
		return nil, damaged, errors.Join(err, j.release())
	}
	return j, damaged, nil
}

// adopt reads the files that no living process holds. Of two drafts of one request the later one counts.
func (j *Journal) adopt() (damaged int, err error) {
	list, err := j.fsys.ReadDir(j.dir)
	if err != nil {
		return 0, disk.Wrap("read", j.dir, err)
	}
	latest := map[string]record{}
	for _, entry := range list {
		base, ok := strings.CutSuffix(entry.Name(), journalSuffix)
		name := filepath.Join(j.dir, base)
		if !ok || name == j.name {
			continue
		}
		unlock, ok, err := j.fsys.TryLock(name + lockSuffix)
		if err != nil {
			return damaged, disk.Wrap("lock", name+lockSuffix, err)
		}
		if !ok {
			continue
		}
		j.adopted = append(j.adopted, adopted{name, unlock})
		data, err := disk.ReadFile(j.fsys, name+journalSuffix)
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // its owner may have ended in between
			return damaged, err
		}
		records, bad := decodeRecords(data)
		damaged += bad
		for _, r := range records {
			if old, ok := latest[r.key()]; !ok || !r.At.Before(old.At) {
				latest[r.key()] = r
			}
		}
	}
	for key, r := range latest {
		if !r.Gone {
			j.drafts[key], j.pending[key] = r.Draft, r
		}
	}
	return damaged, nil
}

// Drafts lists the unsaved edits, oldest first.
func (j *Journal) Drafts() []Draft {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.sorted()
}

func (j *Journal) sorted() []Draft {
	return slices.SortedFunc(maps.Values(j.drafts), func(a, b Draft) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.key(), b.key()))
	})
}

// Put remembers a draft in place of an earlier one of the same request or tab.
func (j *Journal) Put(d Draft) {
	j.mu.Lock()
	defer j.mu.Unlock()
	d.At = j.now()
	j.drafts[d.key()], j.pending[d.key()] = d, record{Draft: d}
}

// Drop forgets the draft of a request or tab: it was saved, or given up.
func (j *Journal) Drop(path, tab string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	key := Draft{Path: path, Tab: tab}.key()
	if _, ok := j.drafts[key]; !ok {
		return
	}
	delete(j.drafts, key)
	j.pending[key] = record{Draft: Draft{Path: path, Tab: tab, At: j.now()}, Gone: true}
}

// Flush makes everything that was put and dropped before durable. After an error (a full disk) all of it is tried again the
// next time.
func (j *Journal) Flush() error {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.closed {
		return disk.Wrap("write", j.name+journalSuffix, fs.ErrClosed)
	}
	return j.flush()
}

func (j *Journal) flush() error {
	due, drafts := j.take()
	if len(due) == 0 && len(j.adopted) == 0 {
		return nil
	}
	if err := j.write(due, drafts); err != nil {
		j.giveBack(due)
		return err
	}
	return j.disown()
}

func (j *Journal) write(due map[string]record, drafts []Draft) error {
	if j.file != nil && j.file.Size() > compactAbove && j.file.Size() > 4*sizeOf(drafts) {
		return j.compact(drafts)
	}
	return j.append(due)
}

// take returns what is to be written, which is no longer pending then, and all drafts.
func (j *Journal) take() (due map[string]record, drafts []Draft) {
	j.mu.Lock()
	defer j.mu.Unlock()
	due = j.pending
	j.pending = map[string]record{}
	return due, j.sorted()
}

// giveBack makes pending again what could not be written, but for what something newer has taken the place of.
func (j *Journal) giveBack(due map[string]record) {
	j.mu.Lock()
	defer j.mu.Unlock()
	maps.Copy(due, j.pending)
	j.pending = due
}

func (j *Journal) append(due map[string]record) error {
	if j.file == nil {
		file, err := disk.Append(j.fsys, j.name+journalSuffix, 0o600)
		if err != nil {
			return err
		}
		j.file = file
	}
	var lines []byte
	for _, key := range slices.Sorted(maps.Keys(due)) {
		line, err := encodeRecord(due[key])
		if err != nil {
			return err
		}
		lines = append(lines, line...)
	}
	if _, err := j.file.Write(lines); err != nil {
		return err
	}
	return j.file.Sync()
}

func sizeOf(drafts []Draft) int64 {
	size := int64(0)
	for _, d := range drafts {
		size += int64(len(d.Base)+len(d.Text)+len(d.Held))*4/3 + 128 // Base64, and what is around it
	}
	return size
}

// compact replaces the file by one that holds each draft once.
func (j *Journal) compact(drafts []Draft) error {
	var lines []byte
	for _, d := range drafts {
		line, err := encodeRecord(record{Draft: d})
		if err != nil {
			return err
		}
		lines = append(lines, line...)
	}
	if err := disk.WriteFile(j.fsys, j.name+journalSuffix, lines, 0o600); err != nil {
		return err
	}
	err := j.file.Close() // the file that has just lost its name
	j.file = nil
	return err
}

// disown removes the files of processes that are gone, now that ours holds what they held. The lock goes last:
// whoever waits for it finds nothing left to take over.
func (j *Journal) disown() error {
	for len(j.adopted) > 0 {
		a := j.adopted[0]
		if err := j.fsys.Remove(a.name + journalSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return disk.Wrap("remove", a.name+journalSuffix, err)
		}
		if err := errors.Join(a.unlock(), disk.Remove(j.fsys, a.name+lockSuffix)); err != nil {
			return err
		}
		j.adopted = j.adopted[1:]
	}
	return nil
}

// Close flushes, and leaves the file for the next process unless there is nothing in it. Nothing is written after it.
func (j *Journal) Close() error {
	j.writing.Lock()
	defer j.writing.Unlock()
	err := j.flush()
	j.closed = true
	if j.file != nil {
		err = errors.Join(err, j.file.Close())
		if len(j.Drafts()) == 0 && err == nil {
			err = disk.Remove(j.fsys, j.name+journalSuffix)
		}
	}
	return errors.Join(err, j.release())
}

// release gives up all locks.
func (j *Journal) release() error {
	var err error
	for _, a := range j.adopted {
		err = errors.Join(err, a.unlock())
	}
	return errors.Join(err, j.unlock(), j.fsys.Remove(j.name+lockSuffix))
}
