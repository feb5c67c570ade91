package collections

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// Move gives a request or folder another path: another name, another folder, or both. It never replaces anything.
// Paths of files that a request names (body.file, certificates) are relative to it, and are not changed.
func (c *Collection) Move(from, to string) error {
	n, err := c.node(from)
	if err != nil {
		return err
	}
	if err := CheckPath(to); err != nil {
		return err
	}
	target := Clean(to)
	if n.Kind != FolderNode {
		target = fileOf(to)
	} else if target == n.Path || dirIsIn(target, n.Path) {
		return &NameError{to, "a folder cannot be moved into itself", "choose another folder"}
	}
	if err := c.makeFolder(dirOf(to)); err != nil {
		return err
	}
	if err := disk.Rename(c.fsys, c.Abs(n.File), c.Abs(target)); err != nil {
		return err
	}
	if dirOf(from) == dirOf(to) {
		return c.renameInOrder(dirOf(from), n.Name, path.Base(Clean(to)))
	}
	return nil
}

func dirIsIn(dir, parent string) bool {
	for ; dir != ""; dir = dirOf(dir) {
		if dir == parent {
			return true
		}
	}
	return false
}

// node returns what a path names: the request, if a folder has the same; with a slash at the end, the folder.
func (c *Collection) node(name string) (*Node, error) {
	list := c.at(Clean(name))
	if len(list) == 0 {
		return nil, c.notFound(Clean(name))
	}
	wantFolder := strings.HasSuffix(name, "/")
	if i := slices.IndexFunc(list, func(n *Node) bool { return (n.Kind == FolderNode) == wantFolder }); i >= 0 {
		return list[i], nil
	}
	return list[0], nil
}

// renameInOrder keeps the place that a folder's settings give to a name.
func (c *Collection) renameInOrder(dir, before, after string) error {
	f, err := c.Folder(dir)
	if err != nil || f.Settings == nil || f.Settings.source == nil {
		return nil // without settings there is no order
	}
	i := slices.IndexFunc(f.Settings.Order, func(v Value) bool { return v.Text == before })
	if i < 0 {
		return nil
	}
	src, err := c.readSource(f.Settings.File) // not the snapshot: the file may have changed since
	if err != nil {
		return err
	}
	if src.doc.Get("order", fmt.Sprint(i)).Text != before {
		return nil
	}
	next, err := src.doc.Set(tomldoc.Str(after), "order", fmt.Sprint(i))
	if err != nil {
		return err
	}
	return disk.WriteFile(c.fsys, c.Abs(f.Settings.File), next.Bytes(), 0o644)
}

// Duplicate copies a request, or a folder with all that is in it, byte for byte to a free name beside it, and returns
// the new path.
func (c *Collection) Duplicate(name string) (string, error) {
	n, err := c.node(name)
	if err != nil {
		return "", err
	}
	to := c.FreeName(n.Path + " copy")
	target := to
	if n.Kind != FolderNode {
		target = fileOf(to)
		if err := c.inside(n.File); err != nil {
			return "", err
		}
	}
	return to, placeTree(c.fsys, c.Abs(n.File), c.Abs(target))
}
