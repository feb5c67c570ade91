package collections

import (
	"fmt"
	"path/filepath"
	"strings"

	"parley/collections/disk"
)

// OutsideError is a symbolic link or a name that leads out of the collection's folder.
type OutsideError struct{ File, Target string }

// Error says where it leads.
func (e *OutsideError) Error() string {
	return fmt.Sprintf("%s leads outside of the collection, to %s", e.File, e.Target)
}

// Hint says what to try.
func (e *OutsideError) Hint() string { return "it is not followed; put a copy into the collection" }

// inside checks that the file behind a symbolic link is in the collection.
func (f files) inside(file string) error {
	root, err := f.fsys.Resolve(f.root)
	if err != nil {
		return disk.Wrap("read", f.root, err)
	}
	target, err := f.fsys.Resolve(f.Abs(file))
	if err != nil {
		return disk.Wrap("read", f.Abs(file), err)
	}
	if rel, err := filepath.Rel(root, target); err != nil || rel == ".." ||
		strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return &OutsideError{File: file, Target: target}
	}
	return nil
}
