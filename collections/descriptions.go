package collections

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"parley/collections/disk"
)

// Bounds of where descriptions are looked for.
const (
	mostDescriptions = 20
	mostLevels       = 40 // from the collection up to the root of its repository
)

// Description is a file in which somebody describes an API, such as openapi.yaml. What it says is read elsewhere.
type Description struct {
	// Name is its path relative to the collection, with slashes; one above it begins with "../".
	Name string
	// Err is why it cannot be read: it may lead outside.
	Err error

	files files
	file  string
	stamp stamp
}

// IsDescription reports whether a file is called as descriptions of APIs are.
func IsDescription(name string) bool {
	name = strings.ToLower(name)
	extension := path.Ext(name)
	if extension != ".json" && extension != ".yaml" && extension != ".yml" {
		return false
	}
	name = strings.TrimSuffix(name, extension)
	return name == "openapi" || name == "swagger" || strings.HasSuffix(name, ".openapi")
}

// Descriptions looks for descriptions in the collection's folders, and in the root of the repository that it lies in. It
// reads none. When ctx is done it returns what it has.
func (c *Collection) Descriptions(ctx context.Context) []Description {
	if c.fsys == nil {
		return nil
	}
	var list []Description
	add := func(in files, f *Folder, prefix string) {
		for _, name := range f.Descriptions() {
			if len(list) < mostDescriptions && ctx.Err() == nil {
				list = append(list, in.description(path.Join(f.Path, name), prefix))
			}
		}
	}
	add(c.files, c.Tree, "")
	for n := range c.All() {
		if len(list) == mostDescriptions || ctx.Err() != nil {
			return list
		}
		if n.Folder != nil {
			add(c.files, n.Folder, "")
		}
	}
	if root, prefix, ok := c.repository(); ok {
		above := &contents{}
		entries, err := c.fsys.ReadDir(root)
		if err != nil {
			return list // it is not the collection's: who may not look into it has nothing there
		}
		for _, entry := range entries {
			if !entry.IsDir() && IsDescription(entry.Name()) {
				above.descriptions = append(above.descriptions, entry.Name())
			}
		}
		add(files{c.fsys, root}, newFolder("", above), prefix)
	}
	return list
}

// repository is the root of the repository that the collection lies in, and how it is called from there; ok is false when
// there is none, or when the collection is all of it.
func (c *Collection) repository() (root, prefix string, ok bool) {
	root = c.Root
	for range mostLevels {
		if _, err := c.fsys.Lstat(filepath.Join(root, ".git")); err == nil {
			return root, prefix, prefix != ""
		}
		above := filepath.Dir(root)
		if above == root {
			break
		}
		root, prefix = above, "../"+prefix
	}
	return "", "", false
}

func (f files) description(file, prefix string) Description {
	d := Description{Name: prefix + file, files: f, file: file}
	if d.Err = f.inside(file); d.Err != nil {
		return d
	}
	target, err := f.fsys.Resolve(f.Abs(file))
	if err != nil {
		d.Err = disk.Wrap("read", f.Abs(file), err)
		return d
	}
	info, err := f.fsys.Lstat(target)
	if err != nil {
		d.Err = disk.Wrap("read", f.Abs(file), err)
		return d
	}
	if !info.Mode().IsRegular() {
		d.Err = &disk.Error{Kind: disk.KindNotFile, Op: "read", Path: f.Abs(file), Err: fs.ErrInvalid}
	}
	d.stamp = stamp{info.Size(), info.Mode(), info.ModTime()}
	return d
}

// Same reports whether two are one file that has not changed in between, as far as can be seen without reading it.
func (d Description) Same(other Description) bool {
	same := d.Name == other.Name && d.stamp == other.stamp && (d.Err == nil) == (other.Err == nil)
	return same && (d.Err == nil || d.Err.Error() == other.Err.Error())
}

// Read reads the file, one byte more than most at most.
func (d Description) Read(most int) (_ []byte, err error) {
	if d.Err != nil {
		return nil, d.Err
	}
	f, err := d.files.fsys.OpenFile(d.files.Abs(d.file), os.O_RDONLY, 0)
	if err != nil {
		return nil, disk.Wrap("read", d.files.Abs(d.file), err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	return data, disk.Wrap("read", d.files.Abs(d.file), err)
}
