package disktest

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"sync"

	"parley/collections/disk"
)

// ErrCrashed is what every operation returns once a [Faults] has crashed.
var ErrCrashed = errors.New("disktest: crashed")

// Step is one operation that changes something: "create", "write", "sync", "truncate", "chmod", "mkdir", "rename",
// "link", "remove" or "syncdir". Name is the path it was about (of a rename or link: the old one).
type Step struct{ Op, Name string }

// Faults passes everything on to another file system until told to fail.
type Faults struct {
	under disk.FS

	mu      sync.Mutex
	steps   []Step
	crashAt int
	tear    bool
	crashed bool
	fail    func(Step) error
}

// Wrap returns a file system that behaves as under does.
func Wrap(under disk.FS) *Faults { return &Faults{under: under} }

// CrashAt makes step n (the first is 1) and everything after it fail with [ErrCrashed]. The step has no effect, but
// with tear a write leaves its first half behind.
func (f *Faults) CrashAt(n int, tear bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.crashAt, f.tear = len(f.steps)+n, tear
}

// Fail makes each step fail with what fn returns for it, if that is not nil: syscall.ENOSPC, EROFS, EACCES. A nil fn
// ends the trouble. A failing write leaves its first half behind, as a disk that fills up does.
func (f *Faults) Fail(fn func(Step) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail = fn
}

// Crashed reports whether the crash has happened.
func (f *Faults) Crashed() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.crashed
}

// Steps lists what was done or tried so far.
func (f *Faults) Steps() []Step {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.steps)
}

func (f *Faults) last() Step {
	steps := f.Steps()
	if len(steps) == 0 {
		return Step{}
	}
	return steps[len(steps)-1]
}

// step counts an operation and returns why it must not happen; torn says that half of it does.
func (f *Faults) step(op, name string) (torn bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.crashed {
		return false, ErrCrashed
	}
	s := Step{op, name}
	f.steps = append(f.steps, s)
	if f.crashAt > 0 && len(f.steps) >= f.crashAt {
		f.crashed = true
		return f.tear, ErrCrashed
	}
	if f.fail != nil {
		if err := f.fail(s); err != nil {
			return true, &fs.PathError{Op: op, Path: name, Err: err}
		}
	}
	return false, nil
}

func (f *Faults) do(op, name string, act func() error) error {
	if _, err := f.step(op, name); err != nil {
		return err
	}
	return act()
}

func (f *Faults) read() error {
	if f.Crashed() {
		return ErrCrashed
	}
	return nil
}

// OpenFile implements [disk.FS].
func (f *Faults) OpenFile(name string, flag int, perm fs.FileMode) (disk.File, error) {
	if flag&(os.O_CREATE|os.O_TRUNC) != 0 {
		if _, err := f.step("create", name); err != nil {
			return nil, err
		}
	} else if err := f.read(); err != nil {
		return nil, err
	}
	file, err := f.under.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	return &faultyFile{File: file, f: f, name: name}, nil
}

// ReadDir implements [disk.FS].
func (f *Faults) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.read(); err != nil {
		return nil, err
	}
	return f.under.ReadDir(name)
}

// Lstat implements [disk.FS].
func (f *Faults) Lstat(name string) (fs.FileInfo, error) {
	if err := f.read(); err != nil {
		return nil, err
	}
	return f.under.Lstat(name)
}

// Resolve implements [disk.FS].
func (f *Faults) Resolve(name string) (string, error) {
	if err := f.read(); err != nil {
		return "", err
	}
	return f.under.Resolve(name)
}

// Mkdir implements [disk.FS].
func (f *Faults) Mkdir(name string, perm fs.FileMode) error {
	return f.do("mkdir", name, func() error { return f.under.Mkdir(name, perm) })
}

// Rename implements [disk.FS].
func (f *Faults) Rename(oldName, newName string) error {
	return f.do("rename", oldName, func() error { return f.under.Rename(oldName, newName) })
}

// Link implements [disk.FS].
func (f *Faults) Link(oldName, newName string) error {
	return f.do("link", oldName, func() error { return f.under.Link(oldName, newName) })
}

// Remove implements [disk.FS].
func (f *Faults) Remove(name string) error {
	return f.do("remove", name, func() error { return f.under.Remove(name) })
}

// SyncDir implements [disk.FS].
func (f *Faults) SyncDir(name string) error {
	return f.do("syncdir", name, func() error { return f.under.SyncDir(name) })
}

// TryLock implements [disk.FS]. It counts as the creation of the lock's file.
func (f *Faults) TryLock(name string) (unlock func() error, ok bool, err error) {
	if _, err := f.step("create", name); err != nil {
		return nil, false, err
	}
	return f.under.TryLock(name)
}

type faultyFile struct {
	disk.File
	f    *Faults
	name string
}

func (w *faultyFile) Read(p []byte) (int, error) {
	if err := w.f.read(); err != nil {
		return 0, err
	}
	return w.File.Read(p)
}

func (w *faultyFile) Write(p []byte) (int, error) {
	torn, err := w.f.step("write", w.name)
	if err == nil {
		return w.File.Write(p)
	}
	if !torn {
		return 0, err
	}
	n, werr := w.File.Write(p[:len(p)/2])
	return n, errors.Join(err, werr)
}

func (w *faultyFile) Sync() error { return w.f.do("sync", w.name, w.File.Sync) }

func (w *faultyFile) Truncate(size int64) error {
	return w.f.do("truncate", w.name, func() error { return w.File.Truncate(size) })
}

func (w *faultyFile) Chmod(mode fs.FileMode) error {
	return w.f.do("chmod", w.name, func() error { return w.File.Chmod(mode) })
}
