package collections

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"

	"parley/collections/disk"
)

// A request has more than its file: its snapshots and its examples go wherever it goes. Each of them is a companion, a file
// or a folder, that is moved, copied, deleted and brought back with it.
type companion struct {
	// from is where it is, and to where it belongs when the request has another path; both are relative to the collection.
	from, to string
}

// companions lists what goes with a request or folder to another path. A request and a folder may have the same path: of
// their snapshots the files are the request's, the folders the folder's. The examples of what is in a folder lie in it.
func (c *Collection) companions(n *Node, to string) ([]companion, error) {
	to = Clean(to)
	list, err := c.companionsIn(n, path.Join(SnapshotDir, n.Path), path.Join(SnapshotDir, to))
	if err != nil || n.Kind == FolderNode {
		return list, err
	}
	examples, err := c.companionsIn(n, exampleDir(n.Path), exampleDir(to))
	return append(list, examples...), err
}

func (c *Collection) companionsIn(n *Node, from, to string) ([]companion, error) {
	entries, err := c.fsys.ReadDir(c.Abs(from))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, disk.Wrap("read", c.Abs(from), err)
	}
	if err := c.inside(from); err != nil {
		return nil, err
	}
	var list []companion
	for _, entry := range entries {
		if entry.IsDir() == (n.Kind == FolderNode) && !disk.IsTemp(entry.Name()) {
			list = append(list, companion{path.Join(from, entry.Name()), path.Join(to, entry.Name())})
		}
	}
	return list, nil
}

// moveCompanions gives companions their other paths. What is there already stays.
func (c *Collection) moveCompanions(list []companion) error {
	return c.eachCompanion(list, func(from, to string) error {
		err := disk.Rename(c.fsys, from, to)
		_ = c.fsys.Remove(filepath.Dir(from)) // where it is not empty, it stays
		return err
	})
}

// copyCompanions copies companions to their other paths. What is there already stays.
func (c *Collection) copyCompanions(list []companion) error {
	return c.eachCompanion(list, func(from, to string) error { return placeTree(c.fsys, from, to) })
}

func (c *Collection) eachCompanion(list []companion, do func(from, to string) error) error {
	for _, one := range list {
		if _, err := c.lstat(one.to); err == nil {
			continue
		}
		if err := c.makeFolder(dirOf(one.to)); err != nil {
			return err
		}
		if err := do(c.Abs(one.from), c.Abs(one.to)); err != nil {
			return err
		}
	}
	return nil
}

// turned are the companions that go the other way.
func turned(list []companion) []companion {
	back := make([]companion, len(list))
	for i, one := range list {
		back[i] = companion{one.to, one.from}
	}
	return back
}
