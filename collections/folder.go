package collections

import (
	"sync"
	"sync/atomic"
)

// Folder is a folder of a collection. It is read once: when the collection was opened or, after [OpenTop], when somebody
// asks for what is in it.
type Folder struct {
	Path string // with slashes; "" for the collection itself

	read    func() *contents // nil where nothing is to be read
	reading sync.Mutex
	known   atomic.Pointer[contents]
}

// contents is what is in a folder; it never changes.
type contents struct {
	settings *Settings
	err      error
	nodes    []*Node

	descriptions []string
	examples     []string
}

// NewFolder returns a folder in which is what is said here, on no disk.
func NewFolder(path string, settings *Settings, nodes ...*Node) *Folder {
	return newFolder(path, &contents{settings: settings, nodes: nodes})
}

func newFolder(path string, is *contents) *Folder {
	f := &Folder{Path: path}
	f.known.Store(is)
	return f
}

func (f *Folder) contents() *contents {
	if is := f.known.Load(); is != nil {
		return is
	}
	f.reading.Lock()
	defer f.reading.Unlock()
	is := f.known.Load()
	switch {
	case is != nil:
		return is
	case f.read == nil:
		is = &contents{}
	default:
		is = f.read()
	}
	f.known.Store(is)
	return is
}

// IsRead reports whether it is known what is in the folder, so that asking for it takes no time.
func (f *Folder) IsRead() bool { return f.known.Load() != nil }

// Settings is folder.toml, or collection.toml of the collection itself; nil when there is none.
func (f *Folder) Settings() *Settings { return f.contents().settings }

// Err says why the folder or its settings cannot be used. Nothing below is sent then, since what it inherits is not known.
func (f *Folder) Err() error { return f.contents().err }

// Nodes are what is in the folder, in the order to show.
func (f *Folder) Nodes() []*Node { return f.contents().nodes }

// Descriptions are the names of the files in the folder that describe an API; see [Collection.Descriptions].
func (f *Folder) Descriptions() []string { return f.contents().descriptions }

// Examples are the paths of the requests in the folder that a folder of examples lies beside, whether they are there or not.
func (f *Folder) Examples() []string { return f.contents().examples }
