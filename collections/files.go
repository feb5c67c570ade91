package collections

import (
	"path/filepath"

	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// files reads the files of a collection by their paths relative to its folder.
type files struct {
	fsys disk.FS
	root string
}

// source is the file behind a model: what an edit is computed against.
type source struct{ doc *tomldoc.Doc }

// Abs returns the path on disk of a file of the collection. An absolute name is returned as it is.
func (f files) Abs(name string) string {
	if filepath.IsAbs(filepath.FromSlash(name)) {
		return filepath.FromSlash(name)
	}
	return filepath.Join(f.root, filepath.FromSlash(name))
}

func (f files) readSource(file string) (*source, error) {
	data, err := disk.ReadFile(f.fsys, f.Abs(file))
	if err != nil {
		return nil, err
	}
	doc, err := tomldoc.Parse(file, data)
	if err != nil {
		return nil, err
	}
	return &source{doc: doc}, nil
}
