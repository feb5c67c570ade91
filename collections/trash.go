package collections

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"

	"parley/collections/disk"
)

// Trashed is a request or folder that was deleted and can be brought back.
type Trashed struct {
	ID string `json:"id"`
	// Root is the folder of the collection that it was in, File its place there, with slashes, Path what it was called.
	Root string `json:"root"`
	Path string `json:"path"`
	File string `json:"file"`
	// Folder says that it is a folder with all that was in it.
	Folder bool `json:"folder"`
	// With are the files and folders that were deleted with it: its snapshots and examples.
	With []string `json:"with,omitempty"`
	// At is when it was deleted.
	At time.Time `json:"at"`

	dir string // of its own, below the trash
	c   *Collection
}

const (
	// trashedInfo is the file that says what lies in a folder of the trash. It is written last, when the copy is whole, and
	// removed first: what has none is a copy that a crash left half done.
	trashedInfo = "trashed.json"
	// trashedFor is how long something is kept in the trash.
	trashedFor = 30 * 24 * time.Hour
)

// Delete removes a request with its snapshots and examples, or a folder with all that is in it. A copy goes to a folder of
// its own below trash first, so that a crash in the middle loses nothing; what was changed since that was made is not
// removed. What has been in the trash for thirty days is removed for good.
func (c *Collection) Delete(name, trash string) (*Trashed, error) {
	n, err := c.Node(name)
	if err != nil {
		return nil, err
	}
	list, err := c.companions(n, n.Path)
	if err != nil {
		return nil, err
	}
	t := &Trashed{Path: n.Path, File: n.File, Folder: n.Kind == FolderNode}
	for _, one := range list {
		t.With = append(t.With, one.from)
	}
	return c.discard(t, trash)
}

// discard puts into the trash what has a path and files.
func (c *Collection) discard(t *Trashed, trash string) (*Trashed, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	t.ID, t.Root, t.At, t.dir, t.c = id.String(), c.Root, madeAt(id), filepath.Join(trash, id.String()), c
	if err := t.keep(); err != nil {
		_ = removeTree(c.fsys, t.dir) // half a copy, which has no name and will be taken for none
		return nil, err
	}
	c.emptyTrash(trash, t.At.Add(-trashedFor))
	err = takeTree(c.fsys, c.Abs(t.File), t.kept())
	if errors.Is(err, disk.ErrChanged) { // it is where it was
		return nil, errors.Join(err, t.forget())
	}
	return t, errors.Join(err, t.takeWith())
}

// takeWith removes what goes with it. What was changed meanwhile stays: it is newer than the copy.
func (t *Trashed) takeWith() error {
	var problems []error
	for _, file := range t.With {
		if err := takeTree(t.c.fsys, t.c.Abs(file), t.keptWith(file)); !errors.Is(err, disk.ErrChanged) {
			problems = append(problems, err)
		}
		_ = t.c.fsys.Remove(filepath.Dir(t.c.Abs(file))) // where it is not empty, it stays
	}
	return errors.Join(problems...)
}

// madeAt is the time that an identifier of version 7 has in it.
func madeAt(id uuid.UUID) time.Time {
	seconds, nanoseconds := id.Time().UnixTime()
	return time.Unix(seconds, nanoseconds)
}

// keep makes the copy.
func (t *Trashed) keep() error {
	fsys := t.c.fsys
	if err := disk.MkdirAll(fsys, t.dir, 0o700); err != nil {
		return err
	}
	if err := copyTree(fsys, t.c.Abs(t.File), t.kept()); err != nil {
		return err
	}
	for _, file := range t.With {
		if err := disk.MkdirAll(fsys, filepath.Dir(t.keptWith(file)), 0o700); err != nil {
			return err
		}
		if err := copyTree(fsys, t.c.Abs(file), t.keptWith(file)); err != nil {
			return err
		}
	}
	info, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return disk.CreateFile(fsys, filepath.Join(t.dir, trashedInfo), info, 0o600)
}

// kept is where the copy is.
func (t *Trashed) kept() string { return filepath.Join(t.dir, "kept") }

// keptWith is where the copy of a file is that goes with it.
func (t *Trashed) keptWith(file string) string {
	return filepath.Join(t.dir, "with", filepath.FromSlash(file))
}

// Trashed lists what of this collection is in the trash, the newest first.
func (c *Collection) Trashed(trash string) ([]*Trashed, error) {
	list, err := c.fsys.ReadDir(trash)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, disk.Wrap("read", trash, err)
	}
	var found []*Trashed
	for _, entry := range slices.Backward(list) { // their names begin with the time
		dir := filepath.Join(trash, entry.Name())
		info, err := disk.ReadFile(c.fsys, filepath.Join(dir, trashedInfo))
		if err != nil {
			continue // a copy that was not finished
		}
		t := &Trashed{dir: dir, c: c}
		if json.Unmarshal(info, t) == nil && t.Root == c.Root && fs.ValidPath(t.File) && !slices.ContainsFunc(t.With, outOfFolder) {
			found = append(found, t)
		}
	}
	return found, nil
}

// outOfFolder reports names that nothing in a collection has.
func outOfFolder(name string) bool { return !fs.ValidPath(name) }

// emptyTrash removes what was deleted before a time. That something cannot be removed harms nothing: it is tried again.
func (c *Collection) emptyTrash(trash string, before time.Time) {
	list, err := c.fsys.ReadDir(trash)
	if err != nil {
		return
	}
	for _, entry := range list {
		id, err := uuid.Parse(entry.Name())
		if err == nil && id.Version() == 7 && madeAt(id).Before(before) {
			_ = (&Trashed{dir: filepath.Join(trash, entry.Name()), c: c}).forget()
		}
	}
}

// Restore puts it back where it was, with what went with it, and fails when something else has its name by now.
func (t *Trashed) Restore() error {
	target := t.c.Abs(t.File)
	if _, err := t.c.fsys.Lstat(target); err == nil {
		return disk.Wrap("restore", target, fs.ErrExist)
	}
	if err := t.c.makeFolder(dirOf(t.File)); err != nil {
		return err
	}
	for _, file := range t.With {
		if err := t.restoreWith(file); err != nil {
			return err
		}
	}
	if err := placeTree(t.c.fsys, t.kept(), target); err != nil {
		return err
	}
	return t.forget()
}

// restoreWith puts back a file that goes with it. What is there already stays.
func (t *Trashed) restoreWith(file string) error {
	if _, err := t.c.lstat(file); err == nil {
		return nil
	}
	if err := t.c.makeFolder(path.Dir(file)); err != nil {
		return err
	}
	return placeTree(t.c.fsys, t.keptWith(file), t.c.Abs(file))
}

// forget removes it from the trash.
func (t *Trashed) forget() error {
	err := disk.Remove(t.c.fsys, filepath.Join(t.dir, trashedInfo))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return removeTree(t.c.fsys, t.dir)
}
