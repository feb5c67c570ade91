package collections

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"

	"parley/collections/disk"
)

// placeTree copies a file or a folder to a name that must be free. The copy of a folder is made beside it and named when
// it is whole, so that a crash leaves no half of one.
func placeTree(fsys disk.FS, from, to string) error {
	info, err := fsys.Lstat(from)
	if err != nil {
		return disk.Wrap("copy", from, err)
	}
	if !info.IsDir() {
		return copyTree(fsys, from, to)
	}
	if _, err := fsys.Lstat(to); err == nil {
		return disk.Wrap("create", to, fs.ErrExist)
	}
	tmp := disk.TempName(to)
	err = copyTree(fsys, from, tmp)
	if err == nil {
		err = disk.Rename(fsys, tmp, to)
	}
	if err == nil {
		return nil
	}
	if _, left := fsys.Lstat(tmp); left == nil {
		err = errors.Join(err, removeTree(fsys, tmp))
	}
	return err
}

// takeTree removes a file or a folder of which there is a copy. It gets a hidden name first, so that it goes in one step,
// whatever happens after that. When it is not what was copied any more it goes back, and the error is [disk.ErrChanged].
func takeTree(fsys disk.FS, name, kept string) error {
	hidden := disk.TempName(name)
	if err := disk.Rename(fsys, name, hidden); err != nil {
		return err
	}
	if err := sameTree(fsys, hidden, kept); err != nil {
		return errors.Join(disk.Wrap("remove", name, err), disk.Rename(fsys, hidden, name))
	}
	if err := removeTree(fsys, hidden); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil // who opened the collection meanwhile has swept it up
}

// sameTree ends with [disk.ErrChanged] when two files or folders differ in what is in them.
func sameTree(fsys disk.FS, a, b string) error {
	info, err := fsys.Lstat(a)
	if err != nil {
		return err
	}
	if info.Mode().IsRegular() {
		one, err := disk.ReadFile(fsys, a)
		if err != nil {
			return err
		}
		if other, err := disk.ReadFile(fsys, b); err != nil || !bytes.Equal(one, other) {
			return disk.ErrChanged
		}
		return nil
	}
	list, err := fsys.ReadDir(a)
	if err != nil {
		return err
	}
	if copied, err := fsys.ReadDir(b); err != nil || len(copied) != len(list) {
		return disk.ErrChanged
	}
	for _, entry := range list {
		if err := sameTree(fsys, filepath.Join(a, entry.Name()), filepath.Join(b, entry.Name())); err != nil {
			return err
		}
	}
	return nil
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
