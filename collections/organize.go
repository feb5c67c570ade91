package collections

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// Moved is what [Collection.Move] and [Collection.Copy] did.
type Moved struct {
	// From and To are the paths; that of a folder ends in a slash.
	From, To string
	// Relinks are the names of other files that changed with it, or should have.
	Relinks []Relink

	order *orderEdit // nil: none named it
}

// orderEdit is a change of the order that a folder's settings give.
type orderEdit struct {
	file          string
	before, after []byte
}

// Move gives a request or folder another path: another name, another folder, or both. It never replaces anything. A place
// in the order of its folder goes with a new name, and is given up when it leaves. Files that it names (body.file,
// certificates, hooks) are the same afterwards; its snapshots and examples go with it.
func (c *Collection) Move(from, to string) (*Moved, error) {
	n, target, err := c.bring(from, to)
	if err != nil {
		return nil, err
	}
	list, err := c.companions(n, to)
	if err != nil {
		return nil, err
	}
	// They go first: who finds the request where it was, after a crash, moves it again.
	err = c.moveCompanions(list)
	if err == nil {
		err = disk.Rename(c.fsys, c.Abs(n.File), c.Abs(target))
	}
	if err != nil {
		return nil, errors.Join(err, c.moveCompanions(turned(list)))
	}
	m := moved(n, to)
	if m.Relinks, err = c.relink(n.File, target); err != nil {
		return m, err
	}
	name := ""
	if dirOf(from) == dirOf(to) {
		name = path.Base(Clean(to))
	}
	m.order, err = c.renameInOrder(dirOf(n.Path), n.Name, name)
	return m, err
}

// MoveBack undoes a move, in the collection as it is now. The order of a folder gets back what it was, unless it was changed since.
func (c *Collection) MoveBack(m *Moved) error {
	if _, err := c.Move(m.To, m.From); err != nil {
		return err
	}
	o := m.order
	if o == nil {
		return nil
	}
	// A name that was only changed is back already.
	err := disk.ReplaceFile(c.fsys, c.Abs(o.file), o.after, o.before)
	if errors.Is(err, disk.ErrChanged) {
		return nil
	}
	return err
}

// Copy copies a request, or a folder with all that is in it, to another path. It never replaces anything. Files that it
// names are the same in the copy, and it has its snapshots and examples.
func (c *Collection) Copy(from, to string) (*Moved, error) {
	n, target, err := c.bring(from, to)
	if err != nil {
		return nil, err
	}
	if err := c.inside(n.File); err != nil {
		return nil, err
	}
	if err := placeTree(c.fsys, c.Abs(n.File), c.Abs(target)); err != nil {
		return nil, err
	}
	m := moved(n, to)
	if m.Relinks, err = c.relink(n.File, target); err != nil {
		return m, err
	}
	list, err := c.companions(n, to)
	return m, errors.Join(err, c.copyCompanions(list))
}

func moved(n *Node, to string) *Moved {
	if n.Kind == FolderNode {
		return &Moved{From: n.Path + "/", To: Clean(to) + "/"}
	}
	return &Moved{From: n.Path, To: Clean(to)}
}

// bring finds what is to be moved or copied, and makes ready the place for it.
func (c *Collection) bring(from, to string) (n *Node, target string, err error) {
	if n, err = c.Node(from); err != nil {
		return nil, "", err
	}
	to = strings.TrimSuffix(to, "/")
	if err := CheckPath(to); err != nil {
		return nil, "", err
	}
	target = Clean(to)
	if n.Kind != FolderNode {
		target = fileOf(to)
	} else if target == n.Path || dirIsIn(target, n.Path) {
		return nil, "", &NameError{to, "a folder cannot be put into itself", "choose another folder"}
	}
	if err := c.checkTwins(target, n.File); err != nil {
		return nil, "", err
	}
	return n, target, c.makeFolder(dirOf(to))
}

func dirIsIn(dir, parent string) bool {
	for ; dir != ""; dir = dirOf(dir) {
		if dir == parent {
			return true
		}
	}
	return false
}

// Node returns what a path names: the request, if a folder has the same; with a slash at the end, the folder.
func (c *Collection) Node(name string) (*Node, error) {
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

// renameInOrder gives a name another one in the place that a folder's settings give to it; "" takes it out.
func (c *Collection) renameInOrder(dir, before, after string) (*orderEdit, error) {
	f, err := c.Folder(dir)
	if err != nil || f.Settings() == nil || f.Settings().source == nil {
		return nil, nil // without settings there is no order
	}
	file := f.Settings().File
	src, err := c.readSource(file) // not the snapshot: the file may have changed since
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(src.doc.Get("order").Items, func(v Value) bool { return v.Text == before })
	if i < 0 {
		return nil, nil
	}
	next := src.doc
	if after == "" {
		next, err = next.RemoveItem(i, "order")
	} else {
		next, err = next.Set(tomldoc.Str(after), "order", fmt.Sprint(i))
	}
	if err != nil {
		return nil, err
	}
	edit := &orderEdit{file, src.doc.Bytes(), next.Bytes()}
	return edit, disk.ReplaceFile(c.fsys, c.Abs(edit.file), edit.before, edit.after)
}

// Duplicate copies a request, or a folder with all that is in it, byte for byte to a free name beside it, and returns
// the new path.
func (c *Collection) Duplicate(name string) (string, error) {
	n, err := c.Node(name)
	if err != nil {
		return "", err
	}
	if n.Kind != FolderNode {
		name = n.Path
	}
	to := c.FreeName(n.Path + " copy")
	_, err = c.Copy(name, to)
	return to, err
}
