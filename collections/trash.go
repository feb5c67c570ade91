package collections

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/google/uuid"

	"parley/collections/disk"
)

// Trashed is a request or folder that was deleted and can be brought back.
type Trashed struct {
	Path string // what it was called
	file string // where it was, relative to the collection
	kept string // where the copy is
	c    *Collection
}

// Delete removes a request, or a folder with all that is in it. A copy goes to a folder of its own below trash first,
// so that a crash in the middle loses nothing.
func (c *Collection) Delete(name, trash string) (*Trashed, error) {
	n, err := c.node(name)
	if err != nil {
		return nil, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	kept := filepath.Join(trash, id.String(), path.Base(n.File))
	if err := disk.MkdirAll(c.fsys, filepath.Dir(kept), 0o700); err != nil {
		return nil, err
	}
	if err := copyTree(c.fsys, c.Abs(n.File), kept); err != nil {
		return nil, err
	}
	return &Trashed{Path: n.Path, file: n.File, kept: kept, c: c}, removeTree(c.fsys, c.Abs(n.File))
}

// Restore puts it back where it was, and fails when something else has its name by now.
func (t *Trashed) Restore() error {
	target := t.c.Abs(t.file)
	if _, err := t.c.fsys.Lstat(target); err == nil {
		return disk.Wrap("restore", target, fs.ErrExist)
	}
	if err := t.c.makeFolder(dirOf(t.file)); err != nil {
		return err
	}
	return errors.Join(copyTree(t.c.fsys, t.kept, target), removeTree(t.c.fsys, filepath.Dir(t.kept)))
}

// copyTree copies a file or a folder. Symbolic links and special files are refused: they would not come back the same.
func copyTree(fsys disk.FS, from, to string) error {
	info, err := fsys.Lstat(from)
	if err != nil {
		return disk.Wrap("copy", from, err)
	}
	switch {
	case info.Mode().IsRegular():
		data, err := disk.ReadFile(fsys, from)
		if err != nil {
			return err
		}
		return disk.CreateFile(fsys, to, data, info.Mode().Perm())
	case !info.IsDir():
		return &disk.Error{Kind: disk.KindNotFile, Op: "copy", Path: from, Err: fs.ErrInvalid}
	}
	if err := disk.MkdirAll(fsys, to, info.Mode().Perm()); err != nil {
		return err
	}
	list, err := fsys.ReadDir(from)
	if err != nil {
		return disk.Wrap("read", from, err)
	}
	for _, entry := range list {
		if err := copyTree(fsys, filepath.Join(from, entry.Name()), filepath.Join(to, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

// removeTree removes a file or a folder with all that is in it.
func removeTree(fsys disk.FS, name string) error {
	info, err := fsys.Lstat(name)
	if err != nil {
		return disk.Wrap("remove", name, err)
	}
	if info.IsDir() {
		list, err := fsys.ReadDir(name)
		if err != nil {
			return disk.Wrap("read", name, err)
		}
		for _, entry := range list {
			if err := removeTree(fsys, filepath.Join(name, entry.Name())); err != nil {
				return err
			}
		}
	}
	return disk.Remove(fsys, name)
}
