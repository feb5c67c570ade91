package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Replacement is the new content of a file on its way to it: what is written grows in a temporary file beside it, and
// [Replacement.Commit] puts that in its place, as [WriteFile] does. It is for content that is too large for memory, or
// that comes bit by bit. It belongs to one goroutine, and ends with Commit or [Replacement.Discard].
type Replacement struct {
	fsys        FS
	target, tmp string
	mode        fs.FileMode // of the file that is there; 0 when there is none
	f           File
}

// Replace begins to write a file. Until Commit, nobody sees anything of it. What a process that was killed left of the same
// file long ago is removed.
func Replace(fsys FS, name string, perm fs.FileMode) (*Replacement, error) {
	target, mode, err := existing(fsys, name)
	if err != nil {
		return nil, err
	}
	if mode != 0 {
		perm = 0o600 // never wider than the file it replaces, not even for a moment
	}
	Sweep(fsys, filepath.Dir(target), filepath.Base(target))
	tmp := TempName(target)
	f, err := fsys.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return nil, wrap("write", target, err)
	}
	return &Replacement{fsys: fsys, target: target, tmp: tmp, mode: mode, f: f}, nil
}

// Write adds to the content.
func (r *Replacement) Write(p []byte) (int, error) {
	n, err := r.f.Write(p)
	return n, wrap("write", r.target, err)
}

// Commit puts what was written in the place of the file. When it fails, the file is as it was.
func (r *Replacement) Commit() error {
	var err error
	if r.mode != 0 {
		err = r.f.Chmod(r.mode)
	}
	if err == nil {
		err = r.f.Sync()
	}
	if err = errors.Join(err, r.f.Close()); err == nil {
		err = r.fsys.Rename(r.tmp, r.target)
	}
	if err != nil {
		return errors.Join(wrap("write", r.target, err), discard(r.fsys, r.tmp))
	}
	return wrap("sync", filepath.Dir(r.target), r.fsys.SyncDir(filepath.Dir(r.target)))
}

// Discard leaves the file as it is.
func (r *Replacement) Discard() error {
	return errors.Join(wrap("write", r.target, r.f.Close()), discard(r.fsys, r.tmp))
}
