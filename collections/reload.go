package collections

import "context"

// Reload returns the collection as it is now. Files are read again when changed names them or a folder that they are
// in, relative to the collection; folders are listed again when something in them is named, and what is new there is
// read. The others are taken over as they were. Without changed, or when it names ".", everything is read again.
func (c *Collection) Reload(changed ...string) (*Collection, error) {
	was := &older{stale: map[string]bool{}, touched: map[string]bool{"": true}, nodes: map[string]*Node{}, folders: map[string]*Folder{}}
	for _, name := range changed {
		was.stale[name] = true
		for dir := dirOf(name); dir != "" && !was.touched[dir]; dir = dirOf(dir) {
			was.touched[dir] = true
		}
	}
	if len(changed) == 0 || was.stale["."] {
		return Open(c.fsys, c.Root)
	}
	was.remember(c.Tree)
	next := newCollection(c.files)
	if err := next.load(&loader{was: was}); err != nil {
		return nil, err
	}
	return next.glance(context.Background(), func(n *Node) bool { return !was.has(n.File) })
}

// older is what is known of a collection from before; nil knows nothing.
type older struct {
	stale   map[string]bool // paths that changed
	touched map[string]bool // folders with one of them in it, at any depth
	nodes   map[string]*Node
	folders map[string]*Folder // by the files of their settings
}

// remember notes what is in the folders that are listed again.
func (o *older) remember(f *Folder) {
	if s := f.Settings(); s != nil && !o.stale[s.File] {
		o.folders[s.File] = f
	}
	for _, n := range f.Nodes() {
		if o.stale[n.File] {
			continue
		}
		o.nodes[n.File] = n
		if n.Folder != nil && o.touched[n.Path] {
			o.remember(n.Folder)
		}
	}
}

// node is a file as it was, nil for one that is to be looked at.
func (o *older) node(file string) *Node {
	if o == nil {
		return nil
	}
	return o.nodes[file]
}

// folder is a folder with all that was in it, nil for one that is to be listed.
func (o *older) folder(dir string) *Node {
	if o == nil || o.touched[dir] || o.nodes[dir] == nil || o.nodes[dir].Folder == nil {
		return nil
	}
	return o.nodes[dir]
}

// settings is the folder that had its settings in that file.
func (o *older) settings(file string) *Folder {
	if o == nil {
		return nil
	}
	return o.folders[file]
}

// has reports whether a file was taken over, by itself or with its folder.
func (o *older) has(file string) bool {
	for at := file; at != ""; at = dirOf(at) {
		if o.nodes[at] != nil {
			return at == file || !o.touched[at]
		}
	}
	return false
}
