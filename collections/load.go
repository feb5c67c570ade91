package collections

import (
	"io/fs"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// Open reads the collection in a folder. It fails only when the folder itself cannot be read; what is wrong inside is
// said by the nodes, [Folder.Err] and the findings.
func Open(fsys disk.FS, root string) (*Collection, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	c := &Collection{Root: root, files: files{fsys, root}, Settings: &Settings{File: CollectionFile}}
	l := &loader{c: c}
	l.work.SetLimit(2 * runtime.GOMAXPROCS(0)) // more than cores: half of the time is waiting for the disk
	if c.Tree, err = l.folder(""); err != nil {
		return nil, err
	}
	if err := l.work.Wait(); err != nil {
		return nil, err
	}
	c.finish()
	return c, nil
}

// loader walks the folders in one goroutine and reads the files in others.
type loader struct {
	c    *Collection
	work errgroup.Group

	// What is taken over from an older snapshot, by file and by folder; see [Collection.Reload].
	known   map[string]*Node
	folders map[string]*Folder
}

// skippedFolder reports the folders that are never part of a collection.
func skippedFolder(name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules" || name == "target" || name == "vendor"
}

// folder reads one folder; its files are read when the work is done.
func (l *loader) folder(dir string) (*Folder, error) {
	f := &Folder{Path: dir}
	list, err := l.c.fsys.ReadDir(l.c.Abs(dir))
	if err != nil {
		return nil, disk.Wrap("read", l.c.Abs(dir), err)
	}
	for _, entry := range list {
		name, file := entry.Name(), path.Join(dir, entry.Name())
		switch {
		case disk.IsTemp(name):
			l.work.Go(func() error { l.c.sweep(entry, file); return nil })
		case entry.IsDir() && dir == "" && name == EnvironmentDir:
			l.environments()
		case entry.IsDir() && !skippedFolder(name):
			f.Nodes = append(f.Nodes, l.subfolder(file))
		case entry.IsDir() || strings.HasPrefix(name, ".") || !strings.HasSuffix(name, suffix):
		case dir == "" && name == CollectionFile, dir != "" && name == FolderFile:
			if old := l.folders[dir]; old != nil {
				f.Settings, f.Err = old.Settings, old.Err
				continue
			}
			l.work.Go(func() error { l.c.readSettings(f, file); return nil })
		case l.known[file] != nil:
			f.Nodes = append(f.Nodes, l.known[file])
		default:
			n := &Node{
				File: file, Path: strings.TrimSuffix(file, suffix), Name: strings.TrimSuffix(name, suffix), files: l.c.files,
			}
			f.Nodes = append(f.Nodes, n)
			link := entry.Type()&fs.ModeSymlink != 0
			l.work.Go(func() error { n.glance(link); return nil })
		}
	}
	return f, nil
}

// leftover is the age from which a temporary file is one that a crash left, and not one that is being written.
const leftover = time.Hour

// sweep removes what a crash in the middle of a save left behind. It lies in the person's repository, after all. That it
// cannot be removed, in a folder that is read-only, harms nothing.
func (c *Collection) sweep(entry fs.DirEntry, file string) {
	if info, err := entry.Info(); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > leftover {
		_ = c.fsys.Remove(c.Abs(file))
	}
}

func (l *loader) subfolder(dir string) *Node {
	n := &Node{Kind: FolderNode, File: dir, Path: dir, Name: path.Base(dir)}
	sub, err := l.folder(dir)
	if err != nil {
		sub, n.Err = &Folder{Path: dir, Err: err}, err
	}
	n.Folder = sub
	return n
}

// glance finds out whether a file is a request, and its method.
func (n *Node) glance(link bool) {
	n.Kind = BrokenNode
	if link {
		if n.Err = n.files.inside(n.File); n.Err != nil {
			return
		}
	}
	data, err := disk.ReadFile(n.files.fsys, n.files.Abs(n.File))
	if err != nil {
		n.Err = err
		return
	}
	seen, err := tomldoc.Peek(n.File, data, "url", "method")
	switch {
	case err != nil:
		n.Err = err
	case !seen[0].IsSet():
		n.Kind = OtherNode
	default:
		n.Kind, n.Method = RequestNode, "GET"
		if seen[1].Text != "" {
			n.Method = seen[1].Text
		}
	}
}

func (c *Collection) readSettings(f *Folder, file string) {
	src, err := c.readSource(file)
	if err != nil {
		f.Err = err
		return
	}
	f.Settings = decodeSettings(src)
	f.Err = firstFault(f.Settings.findings)
}

// finish puts together what the goroutines read.
func (c *Collection) finish() {
	if c.Tree.Settings != nil {
		c.Settings = c.Tree.Settings
	}
	c.nodes = map[string][]*Node{}
	c.Tree.arrange()
	for n := range c.All() {
		c.nodes[n.Path] = append(c.nodes[n.Path], n)
		if n.Folder != nil {
			n.Folder.arrange()
		}
	}
	slices.SortFunc(c.Environments, func(a, b *Environment) int { return strings.Compare(a.Name, b.Name) })
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
