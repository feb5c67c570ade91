package collections

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// Conflict says that a file was changed on disk while it was edited here. Nothing was written. [Collection.SaveMerge] writes
// both; to write the edits over everything all the same, save them over Theirs; to drop them, open Theirs.
type Conflict struct {
	File string
	// Base is the file as it was loaded, Disk as it is now (nil when it was deleted), Mine as it was to be saved.
	Base, Disk, Mine []byte
	// Merge is what becomes of both; nil when they cannot be merged: one is no TOML, or both together are no request.
	Merge *Merge
	// Theirs is the request in Disk; nil when the file was deleted or is no TOML. Err says what is wrong with it.
	Theirs *Request
	Err    error

	path string
}

// Error says which file it is.
func (e *Conflict) Error() string {
	if e.Disk == nil {
		return fmt.Sprintf("%s was deleted while it was edited here", e.File)
	}
	return fmt.Sprintf("%s was changed by another program while it was edited here", e.File)
}

// Hint says what can be done.
func (e *Conflict) Hint() string {
	return "nothing was written: compare the two versions, then merge them or keep one"
}

// Unwrap returns why the version on disk cannot be read, if so.
func (e *Conflict) Unwrap() error { return e.Err }

// Save writes an edited request back to its file and returns it as it is now in the file. loaded is the request that
// edited was made from with [Request.Clone], as a method of this package returned it; only the bytes of keys in which
// they differ change. When nothing differs, nothing is written. When the file is no longer what loaded was read from, the error is a [*Conflict].
func (c *Collection) Save(loaded, edited *Request) (*Request, error) {
	p, err := patched(loaded, edited)
	if err != nil {
		return nil, err
	}
	base, mine := loaded.Source(), p.doc.Bytes()
	name := c.Abs(loaded.File)
	now, err := disk.ReadFile(c.fsys, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if _, settings := SettingsOf(loaded.Path); err != nil && settings && len(base) == 0 {
		return c.create(loaded, mine)
	}
	if err != nil || !bytes.Equal(now, base) {
		if err == nil && bytes.Equal(now, mine) { // saved already, or both did the same
			return decodeRequest(loaded.Path, &source{doc: p.doc}), nil
		}
		return nil, newConflict(loaded, now, mine)
	}
	saved := decodeRequest(loaded.Path, &source{doc: p.doc})
	if bytes.Equal(mine, now) {
		return saved, nil
	}
	if err := c.inside(loaded.File); err != nil {
		return nil, err
	}
	err = disk.ReplaceFile(c.fsys, name, now, mine)
	if errors.Is(err, disk.ErrChanged) { // between a look and the next
		return c.Save(loaded, edited)
	}
	return saved, err
}

func newConflict(loaded *Request, now, mine []byte) *Conflict {
	e := &Conflict{File: loaded.File, Base: loaded.Source(), Disk: now, Mine: mine, path: loaded.Path}
	if now == nil {
		return e
	}
	e.Theirs, e.Err = ParseRequest(loaded.Path, now)
	e.Merge, _ = e.merged() // without one, the person is asked
	return e
}

// merged merges the two versions; of what both changed, prefer names the keys that are to be as they are here.
func (e *Conflict) merged(prefer ...string) (*Merge, error) {
	merge, err := Merge3(e.File, e.Base, e.Mine, e.Disk, prefer...)
	if err != nil {
		return nil, err
	}
	if _, err := ParseRequest(e.path, merge.Text); err != nil && e.Err == nil {
		return nil, err // such as two kinds of a body
	}
	return merge, nil
}

// SaveMerge writes what is on disk with the edits laid over it, and returns the request as it is now. Of the keys that
// both changed, prefer names those that are to be as they were edited here; the others stay as they are on disk. When the
// file was changed once more, nothing is written, and the error is the next [*Conflict].
func (c *Collection) SaveMerge(e *Conflict, prefer ...string) (*Request, error) {
	merge, err := e.merged(prefer...)
	if err != nil {
		return nil, err
	}
	if err := c.inside(e.File); err != nil {
		return nil, err
	}
	name := c.Abs(e.File)
	err = disk.ReplaceFile(c.fsys, name, e.Disk, merge.Text)
	if errors.Is(err, disk.ErrChanged) {
		now, err := disk.ReadFile(c.fsys, name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		base, err := ParseRequest(e.path, e.Base)
		if base == nil {
			return nil, err
		}
		return nil, newConflict(base, now, e.Mine)
	}
	if err != nil {
		return nil, err
	}
	saved, err := ParseRequest(e.path, merge.Text)
	if saved == nil {
		return nil, err
	}
	return saved, nil // what is wrong in it was wrong before
}

// Recreate writes a file that was deleted on disk as it was to be saved. It never replaces anything.
func (c *Collection) Recreate(e *Conflict) (*Request, error) {
	if err := c.makeFolder(dirOf(e.path)); err != nil {
		return nil, err
	}
	if err := disk.CreateFile(c.fsys, c.Abs(e.File), e.Mine, 0o644); err != nil {
		return nil, err
	}
	return ParseRequest(e.path, e.Mine)
}

// Render returns the file as [Collection.Save] would write it.
func Render(loaded, edited *Request) ([]byte, error) {
	p, err := patched(loaded, edited)
	if err != nil {
		return nil, err
	}
	return p.doc.Bytes(), nil
}

// patched edits the file of a request. A file with faults is left alone: what could not be read would be lost.
func patched(loaded, edited *Request) (*patch, error) {
	if err := firstFault(loaded.findings); err != nil {
		return nil, err
	}
	if loaded.source == nil { // it was never in a file
		empty, err := ParseRequest(loaded.Path, nil)
		if err != nil {
			return nil, err
		}
		loaded = empty
	}
	if edited.retyped != nil {
		loaded = decodeRequest(edited.Path, edited.retyped)
	}
	p := &patch{doc: loaded.source.doc}
	p.request(loaded, edited)
	return p, p.err
}

// Encode returns a request as a new file would hold it.
func Encode(r *Request) ([]byte, error) {
	return Render(&Request{Path: r.Path}, r)
}

// ParseRequest reads a request from the text of its file, such as a [Draft] has. A request that has faults is returned
// with the first of them as the error; nil when the text is not TOML.
func ParseRequest(name string, text []byte) (*Request, error) {
	doc, err := tomldoc.Parse(fileOf(name), text)
	if err != nil {
		return nil, err
	}
	r := decodeRequest(Clean(name), &source{doc: doc})
	return r, firstFault(r.findings)
}

// Create writes a new request under a path, with the folders on the way, and returns it. It never replaces a file.
func (c *Collection) Create(name string, r *Request) (*Request, error) {
	if err := CheckPath(name); err != nil {
		return nil, err
	}
	fresh := r.Clone()
	fresh.Path, fresh.File = Clean(name), fileOf(name)
	if !fresh.URL.IsSet() {
		fresh.URL = Str("") // without the key the file would not be a request
	}
	data, err := Encode(fresh)
	if err != nil {
		return nil, err
	}
	if err := c.checkTwins(fresh.File, ""); err != nil {
		return nil, err
	}
	if err := c.makeFolder(dirOf(name)); err != nil {
		return nil, err
	}
	if err := disk.CreateFile(c.fsys, c.Abs(fresh.File), data, 0o644); err != nil {
		return nil, err
	}
	return ParseRequest(fresh.Path, data)
}

// CreateFolder makes a folder. That it exists already is an error.
func (c *Collection) CreateFolder(name string) error {
	if err := CheckPath(name); err != nil {
		return err
	}
	if err := c.checkTwins(Clean(name), ""); err != nil {
		return err
	}
	if err := c.makeFolder(dirOf(name)); err != nil {
		return err
	}
	if err := c.fsys.Mkdir(c.Abs(Clean(name)), 0o755); err != nil {
		return disk.Wrap("create", c.Abs(Clean(name)), err)
	}
	return disk.Wrap("sync", c.Abs(dirOf(name)), c.fsys.SyncDir(c.Abs(dirOf(name))))
}

// makeFolder makes a folder and those above it, and checks that no symbolic link on the way leads outside.
func (c *Collection) makeFolder(dir string) error {
	for at := dir; at != ""; at = dirOf(at) {
		if _, err := c.fsys.Lstat(c.Abs(at)); err == nil {
			if err := c.inside(at); err != nil {
				return err
			}
			break
		}
	}
	return disk.MkdirAll(c.fsys, c.Abs(dir), 0o755)
}
