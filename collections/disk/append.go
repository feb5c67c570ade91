package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Appender adds records to the end of a file. It belongs to one goroutine, and whoever opened it closes it.
type Appender struct {
	fsys FS
	name string
	f    File
	size int64 // of what was written whole
	torn error // why the tail could not be cut back after a failed write
}

// Append opens name for adding to its end, and creates it with perm when it is missing. The new name is durable when
// Append returns.
func Append(fsys FS, name string, perm fs.FileMode) (*Appender, error) {
	info, err := fsys.Lstat(name)
	created := errors.Is(err, fs.ErrNotExist)
	if err != nil && !created {
		return nil, wrap("open", name, err)
	}
	f, err := fsys.OpenFile(name, os.O_WRONLY|os.O_APPEND|os.O_CREATE, perm)
	if err != nil {
		return nil, wrap("open", name, err)
	}
	a := &Appender{fsys: fsys, name: name, f: f}
	if created {
		if err := fsys.SyncDir(filepath.Dir(name)); err != nil {
			return nil, errors.Join(wrap("sync", filepath.Dir(name), err), f.Close())
		}
		return a, nil
	}
	a.size = info.Size()
	return a, nil
}

// Write adds one record. When it fails half way (a full disk), the part is cut off again, so that the next record
// does not follow on a torn one. It is durable only after [Appender.Sync].
func (a *Appender) Write(record []byte) (int, error) {
	if a.torn != nil {
		return 0, a.torn
	}
	n, err := a.f.Write(record)
	if err == nil {
		a.size += int64(n)
		return n, nil
	}
	err = wrap("append to", a.name, err)
	if n > 0 {
		if terr := a.f.Truncate(a.size); terr != nil {
			a.torn = err
		}
	}
	return 0, err
}

// Sync makes everything written so far durable.
func (a *Appender) Sync() error { return wrap("sync", a.name, a.f.Sync()) }

// Size is the length of the file in bytes, as far as this Appender wrote it.
func (a *Appender) Size() int64 { return a.size }

// Close closes the file without syncing it.
func (a *Appender) Close() error { return wrap("close", a.name, a.f.Close()) }
