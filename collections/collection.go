// Package collections is what the user keeps: requests, folders and environments as TOML files in a folder.
//
// [Open] reads a folder into a [Collection], a snapshot that never changes and may be shared between goroutines;
// [Collection.Reload] makes the next snapshot when files changed. [Collection.Effective] says what a request means with
// everything it inherits, strings still unresolved; packages collections/env and collections/template resolve it.
// [Collection.Save] writes an edited request back by changing only the bytes of the keys that changed.
//
// A file that cannot be read never stands in the way of the others: it is a [Node] with an error that has file, line,
// column and a hint. Everything is written through package disk.
package collections

import (
	"path"
	"path/filepath"
	"strings"

	"parley/collections/disk"
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

	fsys  disk.FS
	nodes map[string][]*Node // by path; a folder and a request may have the same
}

// Folder is a folder of a collection.
type Folder struct {
	Path     string    // with slashes; "" for the collection itself
	Settings *Settings // folder.toml, or collection.toml of the collection itself; nil when there is none
	// Err says why the settings cannot be used. Nothing below is sent then, since what it inherits is not known.
	Err   error
	Nodes []*Node // in the order to show
}

// NodeKind says what a [Node] of the tree is.
type NodeKind int

// What can stand in the tree.
const (
	FolderNode  NodeKind = iota
	RequestNode          // a request
	OtherNode            // a TOML file without a url: listed dim, as "not a request"
	BrokenNode           // a file that cannot be read; see Err
)

// Node is one line of the tree.
type Node struct {
	Kind    NodeKind
	Name    string // the last part of Path
	Path    string // without ".toml", with slashes, relative to the collection
	File    string // relative to the collection, with slashes
	Folder  *Folder
	Request *Request
	Err     error
}

// Request returns the request of that path. When there is none the error says which are near, or why the file cannot
// be read.
func (c *Collection) Request(name string) (*Request, error) {
	name = Clean(name)
	for _, n := range c.nodes[name] {
		switch n.Kind {
		case RequestNode:
			return n.Request, nil
		case BrokenNode:
			return nil, n.Err
		}
	}
	return nil, c.notFound(name)
}

// Folder returns the folder of that path; "" is the collection itself.
func (c *Collection) Folder(name string) (*Folder, error) {
	name = Clean(name)
	if name == "" {
		return c.Tree, nil
	}
	for _, n := range c.nodes[name] {
		if n.Kind == FolderNode {
			return n.Folder, nil
		}
	}
	return nil, c.notFound(name)
}

// Environment returns the environment of that name.
func (c *Collection) Environment(name string) (*Environment, error) {
	var known []string
	for _, e := range c.Environments {
		if e.Name == name {
			return e, nil
		}
		known = append(known, e.Name)
	}
	return nil, &NotFound{What: "environment", Name: name, Near: nearestFew(name, known)}
}

// Requests lists all requests that can be read, in the order of the tree.
func (c *Collection) Requests() []*Request {
	var list []*Request
	c.Tree.walk(func(n *Node) {
		if n.Kind == RequestNode {
			list = append(list, n.Request)
		}
	})
	return list
}

func (f *Folder) walk(visit func(*Node)) {
	for _, n := range f.Nodes {
		visit(n)
		if n.Folder != nil {
			n.Folder.walk(visit)
		}
	}
}

// Abs returns the path on disk of a file of the collection, or of a path that such a file names. An absolute name is
// returned as it is.
func (c *Collection) Abs(name string) string {
	if filepath.IsAbs(filepath.FromSlash(name)) {
		return filepath.FromSlash(name)
	}
	return filepath.Join(c.Root, filepath.FromSlash(name))
}

// Beside returns the path on disk of name as a file of the collection means it: relative to that file's folder. It is
// for body.file, verify, cert and the like.
func (c *Collection) Beside(file, name string) string {
	if filepath.IsAbs(filepath.FromSlash(name)) {
		return filepath.FromSlash(name)
	}
	return c.Abs(path.Join(path.Dir(filepath.ToSlash(file)), filepath.ToSlash(name)))
}

// Clean brings what a person typed as the path of a request or folder into the form that [Node.Path] has.
func Clean(name string) string {
	name = strings.TrimSuffix(path.Clean("/"+filepath.ToSlash(name)), suffix)
	return strings.TrimPrefix(name, "/")
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
