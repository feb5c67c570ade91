package disk

import (
	"io/fs"
	"path/filepath"
	"strings"
	"time"
)

// leftoverAge is generous: a report is a temporary file for as long as its run takes, and may get its first byte at the end.
const leftoverAge = 7 * 24 * time.Hour

// IsLeftover reports whether a file or folder is a temporary one that a crash left behind, and not one that is being
// written.
func IsLeftover(entry fs.DirEntry) bool {
	if !IsTemp(entry.Name()) {
		return false
	}
	info, err := entry.Info()
	return err == nil && time.Since(info.ModTime()) > leftoverAge
}

// Sweep removes from a folder what a crash in the middle of writing a file called name left behind; of any file, when name
// is "". That it cannot be removed, in a folder that is read-only, harms nothing.
func Sweep(fsys FS, dir, name string) {
	list, err := fsys.ReadDir(dir)
	if err != nil {
		return // whoever writes there says why
	}
	for _, entry := range list {
		if IsLeftover(entry) && entry.Type().IsRegular() && (name == "" || strings.HasPrefix(entry.Name(), tempPrefix(name))) {
			_ = fsys.Remove(filepath.Join(dir, entry.Name()))
		}
	}
}
