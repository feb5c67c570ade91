package collections

import (
	"context"
	"io/fs"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

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
	return openWith(fsys, root, &loader{})
}

// OpenTop is OpenTree for who shows the top of a large collection at once: the folders in it are read when they are asked
// for, each once, and all that are left by the first [Collection.Glance].
func OpenTop(fsys disk.FS, root string) (*Collection, error) {
	return openWith(fsys, root, &loader{later: true})
}

func openWith(fsys disk.FS, root string, l *loader) (*Collection, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	c := newCollection(files{fsys, root})
	return c, c.load(l)
}

func newCollection(files files) *Collection {
	return &Collection{Root: files.root, files: files, Settings: &Settings{File: CollectionFile}, Tree: newFolder("", &contents{})}
}

// load reads the tree.
func (c *Collection) load(l *loader) error {
	l.c = c
	top, err := l.folder("")
	if err != nil {
		return err
	}
	c.Tree = newFolder("", top)
	if !l.later {
		readBelow(context.Background(), c.Tree)
	}
	if top.settings != nil {
		c.Settings = top.settings
	}
	slices.SortFunc(c.Environments, func(a, b *Environment) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// readBelow reads the folders in a folder that are not read yet, side by side, and reports whether there were any.
func readBelow(ctx context.Context, f *Folder) bool {
	var work errgroup.Group
	work.SetLimit(atATime())
	var any atomic.Bool
	var below func(f *Folder)
	below = func(f *Folder) {
		for _, n := range f.Nodes() {
			switch {
			case n.Folder == nil || ctx.Err() != nil:
			case n.Folder.IsRead():
				below(n.Folder)
			default:
				any.Store(true)
				// Where there is no room it is done at once: whoever waits for room may be what others wait for.
				if !work.TryGo(func() error { below(n.Folder); return nil }) {
					below(n.Folder)
				}
			}
		}
	}
	below(f)
	_ = work.Wait() // the functions return no error
	return any.Load()
}

// atATime is how many files or folders are read side by side: more than there are cores, since half of the time is waiting
// for the disk.
func atATime() int { return 2 * runtime.GOMAXPROCS(0) }

// loader reads folders, each with its settings in one go.
type loader struct {
	c     *Collection
	was   *older // nil: everything is read
	later bool   // folders in folders are read when they are asked for
}

// skippedFolder reports the folders that are never part of a collection.
func skippedFolder(name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules" || name == "target" || name == "vendor" || isExampleDir(name)
}

// folder reads what is in one folder.
func (l *loader) folder(dir string) (*contents, error) {
	list, err := l.c.fsys.ReadDir(l.c.Abs(dir))
	if err != nil {
		return nil, disk.Wrap("read", l.c.Abs(dir), err)
	}
	is := &contents{}
	for _, entry := range list {
		name, file := entry.Name(), path.Join(dir, entry.Name())
		switch {
		case disk.IsTemp(name):
			l.c.sweep(entry, file)
		case dir == "" && name == DotenvFile:
			l.c.Dotenv = l.c.readDotenv()
		case entry.IsDir() && dir == "" && name == EnvironmentDir:
			l.environments()
		case entry.IsDir() && dir == "" && name == SnapshotDir:
		case entry.IsDir() && isExampleDir(name):
			is.examples = append(is.examples, file[:len(file)-len(exampleSuffix)])
		case entry.IsDir() && !skippedFolder(name):
			is.nodes = append(is.nodes, l.subfolder(file))
		case entry.IsDir() || strings.HasPrefix(name, "."):
		case IsDescription(name):
			is.descriptions = append(is.descriptions, name)
		case !strings.HasSuffix(name, suffix):
		case dir == "" && name == CollectionFile, dir != "" && name == FolderFile:
			l.settings(is, file)
		default:
			is.nodes = append(is.nodes, l.file(file, entry.Type()&fs.ModeSymlink != 0))
		}
	}
	is.arrange()
	return is, nil
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
	read := func() *contents {
		is, err := l.folder(dir)
		if err != nil {
			return &contents{err: err}
		}
		return is
	}
	return &Node{Kind: FolderNode, File: dir, Path: dir, Name: path.Base(dir), Folder: &Folder{Path: dir, read: read}}
}

func (l *loader) settings(is *contents, file string) {
	if old := l.was.settings(file); old != nil {
		is.settings, is.err = old.Settings(), old.Err()
		return
	}
	src, err := l.c.readSource(file)
	if err != nil {
		is.err = err
		return
	}
	is.settings = decodeSettings(src)
	is.err = firstFault(is.settings.findings)
}

// arrange puts what folder.toml orders first, then folders, then files, each by name without regard to case.
func (is *contents) arrange() {
	rank := map[string]int{}
	if is.settings != nil {
		for i, name := range is.settings.Order {
			rank[name.Text] = i - len(is.settings.Order)
		}
	}
	slices.SortStableFunc(is.nodes, func(a, b *Node) int {
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
