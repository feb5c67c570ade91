// Package collections is what the user keeps: requests, folders and environments as TOML files in a folder.
//
// [Open] reads a folder into a [Collection], a snapshot that never changes and may be shared between goroutines;
// [Collection.Reload] makes the next snapshot when files changed. [Collection.Effective] says what a request means with
// everything it inherits, strings still unresolved; packages collections/env and collections/template resolve it.
// [Collection.Save] writes an edited request back by changing only the bytes of the keys that changed.
//
// A collection of ten thousand requests opens in the time of reading them once: Open only glances at each file, to tell
// requests from other files and their methods. [OpenTree] does not even do that, and [Collection.Glance] does it later, for
// those who can wait for it or need it of a few; [OpenTop] reads even a folder only when it is asked for. What is in a file is read by [Node.Request] and [Collection.Request], as it
// is at that moment, and is not kept.
//
// A file that cannot be read never stands in the way of the others: it is a [Node] with an error that has file, line,
// column and a hint. Everything is written through package disk.
package collections

import (
	"errors"
	"io/fs"
	"iter"
	"path"
	"path/filepath"
	"strings"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// The names with a meaning in a collection's folder.
const (
	CollectionFile = "collection.toml"
	FolderFile     = "folder.toml"
	EnvironmentDir = "environments"
	suffix         = ".toml"
)

// Collection is a folder of requests as it was when it was read.
type Collection struct {
	// Root is the absolute path of the folder.
	Root string
	// Settings is collection.toml; never nil, empty when there is none.
	Settings *Settings
	// Tree is the folder itself, named "".
	Tree         *Folder
	Environments []*Environment
	// Dotenv is .env, which env() reads.
	Dotenv Dotenv

	files
}

// NodeKind says what a [Node] of the tree is.
type NodeKind int

// What can stand in the tree.
const (
	FolderNode  NodeKind = iota
	RequestNode          // a request
	OtherNode            // a TOML file without a url: listed dim, as "not a request"
	BrokenNode           // a file that cannot be read; see Err
	UnreadNode           // a TOML file that was not looked at yet, so that it may be any of the three; see [Collection.Glance]
)

// Node is one line of the tree.
type Node struct {
	Kind   NodeKind
	Name   string // the last part of Path
	Path   string // without ".toml", with slashes, relative to the collection
	File   string // relative to the collection, with slashes
	Folder *Folder
	Method string // of a request; "GET" when the file says none
	Err    error

	files files
	link  bool // File is a symbolic link
}

// Request reads the request of a node. The error says why its file is not one: not TOML, gone, a value that cannot be;
// in the last case the request is returned too, so that it can be shown.
func (n *Node) Request() (*Request, error) {
	n = n.seen()
	if n.Kind != RequestNode && n.Kind != BrokenNode {
		return nil, &NotFound{What: "request", Name: n.Path}
	}
	var outside *OutsideError
	if errors.As(n.Err, &outside) {
		return nil, n.Err
	}
	data, err := disk.ReadFile(n.files.fsys, n.files.Abs(n.File))
	if err != nil {
		return nil, err
	}
	return ParseRequest(n.Path, data)
}

// Request returns the request of that path. When there is none the error says which are near, or why the file cannot
// be read.
func (c *Collection) Request(name string) (*Request, error) {
	name = Clean(name)
	if n := c.request(name); n != nil {
		return n.Request()
	}
	return nil, c.notFound(name)
}

// Has reports whether there is a request of that path, broken or not. It looks at no other file.
func (c *Collection) Has(name string) bool { return c.request(Clean(name)) != nil }

func (c *Collection) request(name string) *Node {
	for _, n := range c.at(name) {
		if n = n.seen(); n.Kind == RequestNode || n.Kind == BrokenNode {
			return n
		}
	}
	return nil
}

// at returns the nodes of a path: a folder and a file may have the same.
func (c *Collection) at(name string) []*Node {
	f := c.Tree
	for i := 0; f != nil; {
		end := strings.IndexByte(name[i:], '/')
		if end < 0 {
			return f.named(name[i:])
		}
		var below *Folder
		for _, n := range f.named(name[i : i+end]) {
			if n.Folder != nil {
				below = n.Folder
			}
		}
		f, i = below, i+end+1
	}
	return nil
}

// named returns the nodes of a name.
func (f *Folder) named(name string) []*Node {
	var list []*Node
	for _, n := range f.Nodes() {
		if n.Name == name {
			list = append(list, n)
		}
	}
	return list
}

// Folder returns the folder of that path; "" is the collection itself.
func (c *Collection) Folder(name string) (*Folder, error) {
	name = Clean(name)
	if name == "" {
		return c.Tree, nil
	}
	for _, n := range c.at(name) {
		if n.Kind == FolderNode {
			return n.Folder, nil
		}
	}
	return nil, c.notFound(name)
}

// Environment returns the environment of that name. One that cannot be read whole is an error: it may have been meant
// to be protected.
func (c *Collection) Environment(name string) (*Environment, error) {
	var known []string
	for _, e := range c.Environments {
		if e.Name == name && e.Err != nil {
			return nil, e.Err
		}
		if e.Name == name {
			return e, nil
		}
		known = append(known, e.Name)
	}
	return nil, &NotFound{What: "environment", Name: name, Near: nearestFew(name, known)}
}

// All goes through all nodes in the order of the tree.
func (c *Collection) All() iter.Seq[*Node] {
	return func(yield func(*Node) bool) { c.Tree.each(yield) }
}

func (f *Folder) each(yield func(*Node) bool) bool {
	for _, n := range f.Nodes() {
		if !yield(n) || (n.Folder != nil && !n.Folder.each(yield)) {
			return false
		}
	}
	return true
}

// Beside returns the path on disk of name as a file of the collection means it: relative to that file's folder. It is
// for body.file, verify, cert and the like. What comes from no file, or from a flag such as --set, means the current folder.
func (c *Collection) Beside(file, name string) string {
	if file == "" || IsFlag(file) || filepath.IsAbs(filepath.FromSlash(name)) {
		return filepath.FromSlash(name)
	}
	return c.Abs(path.Join(path.Dir(filepath.ToSlash(file)), filepath.ToSlash(name)))
}

// Clean brings what a person typed as the path of a request or folder into the form that [Node.Path] has.
func Clean(name string) string {
	name = strings.TrimSuffix(path.Clean("/"+filepath.ToSlash(name)), suffix)
	return strings.TrimPrefix(name, "/")
}

// Init makes a folder a collection, and the folder if it is missing, and keeps people's own values in it out of git. A
// collection that is there stays as it is.
func Init(fsys disk.FS, dir, name string) error {
	if err := disk.MkdirAll(fsys, dir, 0o755); err != nil {
		return err
	}
	doc, err := tomldoc.Parse(CollectionFile, nil)
	if err != nil {
		return err
	}
	if doc, err = doc.Set(Str(name), "name"); err != nil {
		return err
	}
	err = disk.CreateFile(fsys, filepath.Join(dir, CollectionFile), doc.Bytes(), 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return errors.Join(err, ignoreLocal(fsys, dir))
}

// Find looks for the folder with a collection.toml, in dir and upward. It returns "" when there is none.
func Find(fsys disk.FS, dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		info, err := fsys.Lstat(filepath.Join(dir, CollectionFile))
		if err == nil && !info.IsDir() {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", nil
		}
		dir = parent
	}
}
