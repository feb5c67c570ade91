package collections

import (
	"context"
	"io/fs"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"parley/collections/disk"
)

// Open reads the collection in a folder, and glances at every file in it. It fails only when the folder itself cannot be
// read; what is wrong inside is said by the nodes, [Folder.Err] and the findings.
func Open(fsys disk.FS, root string) (*Collection, error) {
	c, err := OpenTree(fsys, root)
	if err != nil {
		return nil, err
	}
	return c.Glance(context.Background())
}

// OpenTree is Open without a glance at requests: it reads folders, settings and environments alone, in a tenth of the
// time. Every TOML file is an [UnreadNode] then, until [Collection.Glance] makes the snapshot in which it is more. What
// [Collection.Request] and [Collection.Effective] say is the same in both.
func OpenTree(fsys disk.FS, root string) (*Collection, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	c := newCollection(files{fsys, root})
	return c, c.load(&loader{c: c})
}

func newCollection(files files) *Collection {
	return &Collection{Root: files.root, files: files, Settings: &Settings{File: CollectionFile}, Tree: &Folder{}}
}

// load reads the tree.
func (c *Collection) load(l *loader) error {
	l.work.SetLimit(2 * runtime.GOMAXPROCS(0)) // more than cores: half of the time is waiting for the disk
	if err := l.folder(c.Tree); err != nil {
		return err
	}
	_ = l.work.Wait() // the functions return no error
	if c.Tree.Settings != nil {
		c.Settings = c.Tree.Settings
	}
	slices.SortFunc(c.Environments, func(a, b *Environment) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// loader reads folders side by side, each with its settings in one go.
type loader struct {
	c    *Collection
	work errgroup.Group
	was  *older // nil: everything is read
}

// do runs a function beside the others if there is room, else at once: whoever waits for room may be what others wait for.
func (l *loader) do(f func()) {
	if !l.work.TryGo(func() error { f(); return nil }) {
		f()
	}
}

// skippedFolder reports the folders that are never part of a collection.
func skippedFolder(name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules" || name == "target" || name == "vendor"
}

// folder reads what is in one folder.
func (l *loader) folder(f *Folder) error {
	list, err := l.c.fsys.ReadDir(l.c.Abs(f.Path))
	if err != nil {
		return disk.Wrap("read", l.c.Abs(f.Path), err)
	}
	for _, entry := range list {
		name, file := entry.Name(), path.Join(f.Path, entry.Name())
		switch {
		case disk.IsTemp(name):
			l.c.sweep(entry, file)
		case f.Path == "" && name == DotenvFile:
			l.c.Dotenv = l.c.readDotenv()
		case entry.IsDir() && f.Path == "" && name == EnvironmentDir:
			l.environments()
		case entry.IsDir() && f.Path == "" && name == SnapshotDir:
		case entry.IsDir() && !skippedFolder(name):
			f.Nodes = append(f.Nodes, l.subfolder(file))
		case entry.IsDir() || strings.HasPrefix(name, "."):
		case IsDescription(name):
			f.Descriptions = append(f.Descriptions, name)
		case !strings.HasSuffix(name, suffix):
		case f.Path == "" && name == CollectionFile, f.Path != "" && name == FolderFile:
			l.settings(f, file)
		default:
			f.Nodes = append(f.Nodes, l.file(file, entry.Type()&fs.ModeSymlink != 0))
		}
	}
	f.arrange()
	return nil
}

// file is a node for a file that is only known to be there.
func (l *loader) file(file string, link bool) *Node {
	if n := l.was.node(file); n != nil {
		return n
	}
	name := strings.TrimSuffix(file, suffix)
	return &Node{Kind: UnreadNode, File: file, Path: name, Name: path.Base(name), files: l.c.files, link: link}
}

// sweep removes what a crash in the middle of a save, a copy or a deletion left behind. It lies in the person's
// repository, after all. That it cannot be removed, in a folder that is read-only, harms nothing.
func (c *Collection) sweep(entry fs.DirEntry, file string) {
	switch {
	case !disk.IsLeftover(entry):
	case entry.Type().IsRegular():
		_ = c.fsys.Remove(c.Abs(file))
	case entry.IsDir():
		_ = removeTree(c.fsys, c.Abs(file))
	}
}

func (l *loader) subfolder(dir string) *Node {
	if n := l.was.folder(dir); n != nil {
		return n
	}
	n := &Node{Kind: FolderNode, File: dir, Path: dir, Name: path.Base(dir), Folder: &Folder{Path: dir}}
	l.do(func() {
		if err := l.folder(n.Folder); err != nil {
			n.Folder.Err, n.Err = err, err
		}
	})
	return n
}

func (l *loader) settings(f *Folder, file string) {
	if old := l.was.settings(file); old != nil {
		f.Settings, f.Err = old.Settings, old.Err
		return
	}
	src, err := l.c.readSource(file)
	if err != nil {
		f.Err = err
		return
	}
	f.Settings = decodeSettings(src)
	f.Err = firstFault(f.Settings.findings)
}

// arrange puts what folder.toml orders first, then folders, then files, each by name without regard to case.
func (f *Folder) arrange() {
	rank := map[string]int{}
	if f.Settings != nil {
		for i, name := range f.Settings.Order {
			rank[name.Text] = i - len(f.Settings.Order)
		}
	}
	slices.SortStableFunc(f.Nodes, func(a, b *Node) int {
		if d := rank[a.Name] - rank[b.Name]; d != 0 {
			return d
		}
		if (a.Kind == FolderNode) != (b.Kind == FolderNode) {
			if a.Kind == FolderNode {
				return -1
			}
			return 1
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
}
