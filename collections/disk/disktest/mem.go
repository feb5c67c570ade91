// Package disktest has file systems that fail on purpose, for tests of everything that writes through package disk.
//
// [Mem] is a file system in memory that knows what is durable and what only sits in the page cache; [Mem.Crash] shows
// what a machine would find after a crash. [Faults] wraps any file system and makes chosen operations fail, or
// crashes at a chosen step. [EachCrash] joins the two and tries a crash at every step there is.
//
// All types may be used concurrently.
package disktest

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/collections/disk"
)

// Mem is a file system in memory, with one folder, "/", to begin with. It has no symbolic links.
type Mem struct {
	mu     sync.Mutex
	root   *node
	locked map[*node]bool
}

// NewMem returns an empty file system.
func NewMem() *Mem { return &Mem{root: newDir(0o755), locked: map[*node]bool{}} }

// node is a file or a folder; the synced twin of each field is what a power cut leaves.
type node struct {
	mode            fs.FileMode
	data, synced    []byte
	entries, stable map[string]*node
}

func newDir(perm fs.FileMode) *node {
	return &node{mode: fs.ModeDir | perm, entries: map[string]*node{}, stable: map[string]*node{}}
}

func split(name string) []string {
	name = filepath.ToSlash(filepath.Clean(name))
	name = strings.TrimPrefix(name, filepath.ToSlash(filepath.VolumeName(name)))
	return strings.FieldsFunc(name, func(r rune) bool { return r == '/' })
}

func (m *Mem) find(name string) (*node, error) {
	n := m.root
	for _, part := range split(name) {
		if n.entries == nil {
			return nil, fs.ErrNotExist
		}
		next, ok := n.entries[part]
		if !ok {
			return nil, fs.ErrNotExist
		}
		n = next
	}
	return n, nil
}

// parent returns the folder that name is, or would be, in, and its name there.
func (m *Mem) parent(name string) (*node, string, error) {
	dir, err := m.find(filepath.Dir(name))
	if err != nil {
		return nil, "", err
	}
	if dir.entries == nil {
		return nil, "", errors.New("not a folder")
	}
	return dir, filepath.Base(name), nil
}

func failed(op, name string, err error) error {
	if err == nil {
		return nil
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}

// OpenFile implements [disk.FS].
func (m *Mem) OpenFile(name string, flag int, perm fs.FileMode) (disk.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	dir, base, err := m.parent(name)
	if err != nil {
		return nil, failed("open", name, err)
	}
	n, ok := dir.entries[base]
	switch {
	case ok && flag&os.O_EXCL != 0:
		return nil, failed("open", name, fs.ErrExist)
	case ok && n.entries != nil:
		return nil, failed("open", name, errors.New("is a directory"))
	case !ok && flag&os.O_CREATE == 0:
		return nil, failed("open", name, fs.ErrNotExist)
	case !ok:
		n = &node{mode: perm}
		dir.entries[base] = n
	}
	if flag&os.O_TRUNC != 0 {
		n.data = nil
	}
	return &memFile{fs: m, n: n, appends: flag&os.O_APPEND != 0}, nil
}

// ReadDir implements [disk.FS].
func (m *Mem) ReadDir(name string) ([]fs.DirEntry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	dir, err := m.find(name)
	if err != nil {
		return nil, failed("readdir", name, err)
	}
	var list []fs.DirEntry
	for _, base := range slices.Sorted(maps.Keys(dir.entries)) {
		list = append(list, fs.FileInfoToDirEntry(info{base, *dir.entries[base]}))
	}
	return list, nil
}

// Lstat implements [disk.FS].
func (m *Mem) Lstat(name string) (fs.FileInfo, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	n, err := m.find(name)
	if err != nil {
		return nil, failed("lstat", name, err)
	}
	return info{filepath.Base(name), *n}, nil
}

// Resolve implements [disk.FS].
func (m *Mem) Resolve(name string) (string, error) {
	_, err := m.Lstat(name)
	return filepath.Clean(name), err
}

// Mkdir implements [disk.FS].
func (m *Mem) Mkdir(name string, perm fs.FileMode) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	dir, base, err := m.parent(name)
	if err == nil && dir.entries[base] != nil {
		err = fs.ErrExist
	}
	if err != nil {
		return failed("mkdir", name, err)
	}
	dir.entries[base] = newDir(perm)
	return nil
}

// Rename implements [disk.FS].
func (m *Mem) Rename(oldName, newName string) error { return m.move("rename", oldName, newName, false) }

// Link implements [disk.FS].
func (m *Mem) Link(oldName, newName string) error { return m.move("link", oldName, newName, true) }

func (m *Mem) move(op, oldName, newName string, keep bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	from, oldBase, err := m.parent(oldName)
	if err != nil {
		return failed(op, oldName, err)
	}
	to, newBase, err := m.parent(newName)
	if err != nil {
		return failed(op, newName, err)
	}
	n, ok := from.entries[oldBase]
	if !ok {
		return failed(op, oldName, fs.ErrNotExist)
	}
	if keep && to.entries[newBase] != nil {
		return failed(op, newName, fs.ErrExist)
	}
	to.entries[newBase] = n
	if !keep && (from != to || oldBase != newBase) {
		delete(from.entries, oldBase)
	}
	return nil
}

// Remove implements [disk.FS].
func (m *Mem) Remove(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	dir, base, err := m.parent(name)
	if err != nil {
		return failed("remove", name, err)
	}
	n, ok := dir.entries[base]
	if !ok {
		return failed("remove", name, fs.ErrNotExist)
	}
	if len(n.entries) > 0 {
		return failed("remove", name, errors.New("directory not empty"))
	}
	delete(dir.entries, base)
	return nil
}

// SyncDir implements [disk.FS].
func (m *Mem) SyncDir(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	dir, err := m.find(name)
	if err != nil {
		return failed("sync", name, err)
	}
	dir.stable = maps.Clone(dir.entries)
	return nil
}

// TryLock implements [disk.FS]. A crash ends all locks.
func (m *Mem) TryLock(name string) (unlock func() error, ok bool, err error) {
	if info, err := m.Lstat(name); err != nil || !info.IsDir() {
		if _, err := m.OpenFile(name, os.O_CREATE, 0o600); err != nil {
			return nil, false, err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	n, err := m.find(name)
	if err != nil || m.locked[n] {
		return nil, false, err
	}
	m.locked[n] = true
	unlock = func() error {
		m.mu.Lock()
		defer m.mu.Unlock()
		delete(m.locked, n)
		return nil
	}
	return unlock, true, nil
}

// memFile is an open file; its offset is its own.
type memFile struct {
	fs      *Mem
	n       *node
	off     int
	appends bool
}

func (f *memFile) Read(p []byte) (int, error) {
	f.fs.mu.Lock()
	defer f.fs.mu.Unlock()
	if f.off >= len(f.n.data) {
		return 0, io.EOF
	}
	c := copy(p, f.n.data[f.off:])
	f.off += c
	return c, nil
}

func (f *memFile) Write(p []byte) (int, error) {
	f.fs.mu.Lock()
	defer f.fs.mu.Unlock()
	if f.appends {
		f.off = len(f.n.data)
	}
	grown := max(f.off+len(p), len(f.n.data))
	data := make([]byte, grown) // never in place: synced may share the old bytes
	copy(data, f.n.data)
	copy(data[f.off:], p)
	f.n.data = data
	f.off += len(p)
	return len(p), nil
}

func (f *memFile) Sync() error {
	f.fs.mu.Lock()
	defer f.fs.mu.Unlock()
	f.n.synced = f.n.data
	return nil
}

func (f *memFile) Truncate(size int64) error {
	f.fs.mu.Lock()
	defer f.fs.mu.Unlock()
	f.n.data = f.n.data[:size:size]
	return nil
}

func (f *memFile) Chmod(mode fs.FileMode) error {
	f.fs.mu.Lock()
	defer f.fs.mu.Unlock()
	f.n.mode = f.n.mode.Type() | mode.Perm()
	return nil
}

func (f *memFile) Close() error { return nil }

// info is a snapshot of a node.
type info struct {
	name string
	n    node
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return int64(len(i.n.data)) }
func (i info) Mode() fs.FileMode  { return i.n.mode }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.n.mode.IsDir() }
func (i info) Sys() any           { return nil }
