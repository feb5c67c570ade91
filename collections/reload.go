package collections

import "runtime"

// Reload returns the collection as it is now. Files are read again when changed names them or a folder that they are
// in, relative to the collection, and when they are new; the others are taken over as they were. Without changed,
// everything is read again.
func (c *Collection) Reload(changed ...string) (*Collection, error) {
	if len(changed) == 0 {
		return Open(c.fsys, c.Root)
	}
	next := &Collection{Root: c.Root, files: c.files, Settings: &Settings{File: CollectionFile}}
	l := &loader{c: next, known: map[string]*Node{}, folders: map[string]*Folder{}}
	l.work.SetLimit(2 * runtime.GOMAXPROCS(0))
	stale := map[string]bool{}
	for _, name := range changed {
		stale[name] = true
	}
	keep := func(file string) bool {
		for at := file; at != ""; at = dirOf(at) {
			if stale[at] {
				return false
			}
		}
		return !stale["."]
	}
	l.remember(c.Tree, keep)
	var err error
	if next.Tree, err = l.folder(""); err != nil {
		return nil, err
	}
	if err := l.work.Wait(); err != nil {
		return nil, err
	}
	next.finish()
	return next, nil
}

// remember notes what of an older snapshot is still good.
func (l *loader) remember(f *Folder, keep func(string) bool) {
	if f.Settings != nil && keep(f.Settings.File) {
		l.folders[f.Path] = f
	}
	for _, n := range f.Nodes {
		switch {
		case n.Folder != nil:
			l.remember(n.Folder, keep)
		case keep(n.File):
			l.known[n.File] = n
		}
	}
}
