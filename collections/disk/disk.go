// Package disk is the one writer through which everything durable goes: collections, the journal, the configuration,
// the history's bodies and its spool.
//
// It has two parts. [FS] is the handful of file system operations that durable writing needs, so that a test can make
// any one of them fail or be the last before a crash (package disktest). The functions built on it ([WriteFile],
// [CreateFile], [Append], [MkdirAll]) promise what their callers rely on: after a crash at any step a file holds its
// old content or its new content, never a part of one. [WriteFileSoon] promises less, and waits for no disk.
//
// Names are paths of the operating system, as package os takes them. Every error is an [*Error], which has a kind, a
// sentence and a hint. All functions may be called concurrently; an [Appender] belongs to one goroutine.
package disk

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// FS is what durable writing asks of a file system. Implementations return the errors of package os unwrapped, so
// that errors.Is works with fs.ErrNotExist and the errno values.
type FS interface {
	// OpenFile is os.OpenFile.
	OpenFile(name string, flag int, perm fs.FileMode) (File, error)
	// ReadDir lists a folder, sorted by name.
	ReadDir(name string) ([]fs.DirEntry, error)
	// Lstat describes name itself, not what a symbolic link points at.
	Lstat(name string) (fs.FileInfo, error)
	// Resolve returns the path of the file behind every symbolic link in name, as filepath.EvalSymlinks.
	Resolve(name string) (string, error)
	Mkdir(name string, perm fs.FileMode) error
	// Rename replaces newName if it is a file.
	Rename(oldName, newName string) error
	// Link makes newName a second name of the file and fails when newName exists.
	Link(oldName, newName string) error
	// Remove removes a file or an empty folder.
	Remove(name string) error
	// SyncDir makes the names in a folder durable.
	SyncDir(name string) error
	// TryLock takes an advisory lock on a file, which is created with mode 0600 if it is missing, or on a folder, where the
	// system has such locks, and says whether it got it. The lock ends with the process, or when unlock is called; the
	// file stays.
	TryLock(name string) (unlock func() error, ok bool, err error)
}

// File is an open file of an [FS].
type File interface {
	io.ReadWriteCloser
	Sync() error
	Truncate(size int64) error
	Chmod(mode fs.FileMode) error
}

// OS returns the file system of the machine.
func OS() FS { return osFS{} }

type osFS struct{}

func (osFS) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err // a nil *os.File in a File would not compare equal to nil
	}
	return f, nil
}

func (osFS) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (osFS) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (osFS) Resolve(name string) (string, error)        { return filepath.EvalSymlinks(name) }
func (osFS) Mkdir(name string, perm fs.FileMode) error  { return os.Mkdir(name, perm) }
func (osFS) Rename(oldName, newName string) error       { return os.Rename(oldName, newName) }
func (osFS) Link(oldName, newName string) error         { return os.Link(oldName, newName) }
func (osFS) Remove(name string) error                   { return os.Remove(name) }
func (osFS) SyncDir(name string) error                  { return syncDir(name) }

func (osFS) TryLock(name string) (unlock func() error, ok bool, err error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return lockFolder(name)
	}
	l := flock.New(name, flock.SetPermissions(0o600))
	ok, err = l.TryLock()
	return l.Unlock, ok, err
}

// ReadFile returns the whole of a file.
func ReadFile(fsys FS, name string) ([]byte, error) {
	f, err := fsys.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return nil, wrap("read", name, err)
	}
	defer f.Close() // nothing was written: closing has nothing to report
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, wrap("read", name, err)
	}
	return data, nil
}
