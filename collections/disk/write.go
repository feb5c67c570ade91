package disk

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// tempSuffix ends the names of files that are being written. The loader of collections skips dot-files, so a file
// that a crash left behind is never taken for a request.
const tempSuffix = ".parley-tmp"

// longestTemp is how much of a name its temporary one takes over: the rest of the 255 bytes that a name can have.
const longestTemp = 230

// IsTemp reports whether a file name is one that a crash in the middle of a write left behind.
func IsTemp(name string) bool {
	base := filepath.Base(name)
	return strings.HasPrefix(base, ".") && strings.HasSuffix(base, tempSuffix)
}

// TempName returns a fresh name beside name for what is being written, which [IsTemp] knows again.
func TempName(name string) string {
	dir, base := filepath.Split(name)
	return filepath.Join(dir, tempPrefix(base)+rand.Text()[:10]+tempSuffix)
}

// tempPrefix begins the names of the temporary files of a name without folders.
func tempPrefix(base string) string {
	return "." + strings.ToValidUTF8(base[:min(len(base), longestTemp)], "") + "."
}

// WriteFile replaces the content of name, or creates it with perm (less the umask). A reader, or whoever looks after
// a crash, finds the old content or the new one; when WriteFile has returned nil, the new one, also after a power cut.
//
// An existing file keeps its mode. A symbolic link stays one: the file behind it is replaced. What is not a regular
// file is refused with [KindNotFile].
func WriteFile(fsys FS, name string, data []byte, perm fs.FileMode) error {
	target, mode, err := existing(fsys, name)
	if err != nil {
		return err
	}
	if err := replace(fsys, target, data, perm, mode, File.Sync); err != nil {
		return err
	}
	return wrap("sync", filepath.Dir(target), fsys.SyncDir(filepath.Dir(target)))
}

// WriteFileSoon is WriteFile for what had better be lost in a power cut than waited for: the disk gets it when the system
// sees fit. Whoever reads, also after the process has died, finds the old content or the new one; after a power cut there
// may be the old one, or an empty file.
func WriteFileSoon(fsys FS, name string, data []byte, perm fs.FileMode) error {
	target, mode, err := existing(fsys, name)
	if err != nil {
		return err
	}
	return replace(fsys, target, data, perm, mode, func(File) error { return nil })
}

// replace gives target its content; settle is what its last write waits for.
func replace(fsys FS, target string, data []byte, perm, mode fs.FileMode, settle func(File) error) error {
	tmp, err := writeTemp(fsys, target, data, perm, mode, settle)
	if err != nil {
		return err
	}
	if err := fsys.Rename(tmp, target); err != nil {
		return errors.Join(wrap("replace", target, err), discard(fsys, tmp))
	}
	return nil
}

// ErrChanged is what [ReplaceFile] ends with when the file is not what it was to replace.
var ErrChanged = errors.New("it has changed meanwhile")

// ReplaceFile is [WriteFile] for a file that others may change at any time, too: it looks as late as it can, once the new
// content lies ready beside it, whether the file still is old, and ends with [ErrChanged] and nothing changed when it is
// not. A file that is gone has changed. Of several who replace one file with ReplaceFile at the same time, one succeeds.
func ReplaceFile(fsys FS, name string, old, data []byte) error {
	target, mode, err := existing(fsys, name)
	if err != nil {
		return err
	}
	if mode == 0 {
		return wrap("write", name, ErrChanged)
	}
	tmp, err := writeTemp(fsys, target, data, 0, mode, File.Sync)
	if err != nil {
		return err
	}
	if err := exchange(fsys, target, tmp, old); err != nil {
		return errors.Join(wrap("replace", target, err), discard(fsys, tmp))
	}
	return wrap("sync", filepath.Dir(target), fsys.SyncDir(filepath.Dir(target)))
}

// exchange renames tmp over target if that still is old, while it holds the lock of their folder. Not every system has
// locks for folders; the look alone leaves less than a millisecond then.
func exchange(fsys FS, target, tmp string, old []byte) error {
	unlock, err := Lock(context.Background(), fsys, filepath.Dir(target))
	if busy := (*Error)(nil); errors.As(err, &busy) && busy.Kind == KindBusy {
		return err
	}
	if err == nil {
		defer unlock() //nolint:errcheck // it ends with the process at the latest
	}
	now, err := ReadFile(fsys, target)
	if err == nil && !bytes.Equal(now, old) || errors.Is(err, fs.ErrNotExist) {
		return ErrChanged
	}
	if err != nil {
		return err
	}
	return fsys.Rename(tmp, target)
}

// CreateFile writes a file that must not exist yet, and fails with [KindExists] when it does. It is as durable as
// [WriteFile], and of two who create one name at the same time exactly one succeeds.
func CreateFile(fsys FS, name string, data []byte, perm fs.FileMode) error {
	if _, err := fsys.Lstat(name); err == nil {
		return wrap("create", name, fs.ErrExist)
	}
	tmp, err := writeTemp(fsys, name, data, perm, 0, File.Sync)
	if err != nil {
		return err
	}
	if err := place(fsys, tmp, name); err != nil {
		return errors.Join(wrap("create", name, err), discard(fsys, tmp))
	}
	return wrap("sync", filepath.Dir(name), fsys.SyncDir(filepath.Dir(name)))
}

// place gives the finished temporary file its name without ever replacing another. File systems without hard links
// (FAT, some network mounts) get a rename, which is as atomic but can only look beforehand.
func place(fsys FS, tmp, name string) error {
	err := fsys.Link(tmp, name)
	if err == nil {
		return fsys.Remove(tmp)
	}
	if errors.Is(err, fs.ErrExist) || !linksUnsupported(err) {
		return err
	}
	return fsys.Rename(tmp, name)
}

// existing returns the regular file behind name and its mode; mode 0 means that there is none yet.
func existing(fsys FS, name string) (target string, mode fs.FileMode, err error) {
	info, err := fsys.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return name, 0, nil
	}
	if err != nil {
		return "", 0, wrap("write", name, err)
	}
	target = name
	if info.Mode()&fs.ModeSymlink != 0 {
		if target, err = fsys.Resolve(name); err != nil {
			return "", 0, wrap("write", name, err)
		}
		if info, err = fsys.Lstat(target); err != nil {
			return "", 0, wrap("write", target, err)
		}
	}
	if !info.Mode().IsRegular() {
		return "", 0, &Error{Kind: KindNotFile, Op: "write", Path: name, Err: fs.ErrInvalid}
	}
	return target, info.Mode().Perm(), nil
}

// writeTemp writes a temporary file beside target, settles it and returns its name. Nothing is left behind on failure,
// as far as the file system still lets us remove it.
func writeTemp(fsys FS, target string, data []byte, perm, mode fs.FileMode, settle func(File) error) (string, error) {
	tmp := TempName(target)
	create := perm
	if mode != 0 {
		create = 0o600 // never wider than the file it replaces, not even for a moment
	}
	f, err := fsys.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, create)
	if err != nil {
		return "", wrap("write", target, err)
	}
	_, err = f.Write(data)
	if err == nil && mode != 0 {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = settle(f)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(wrap("write", target, err), discard(fsys, tmp))
	}
	return tmp, nil
}

// discard removes a temporary file after a failure. That it is gone already is no second failure.
func discard(fsys FS, tmp string) error {
	if err := fsys.Remove(tmp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return wrap("remove", tmp, err)
	}
	return nil
}

// Rename gives a file or folder another name, durably. It fails with [KindExists] when newName is taken by something
// else; a change of case only, on a file system that ignores case, is allowed.
func Rename(fsys FS, oldName, newName string) error {
	from, err := fsys.Lstat(oldName)
	if err != nil {
		return wrap("rename", oldName, err)
	}
	if to, err := fsys.Lstat(newName); err == nil && !os.SameFile(from, to) {
		return wrap("rename", newName, fs.ErrExist)
	}
	if err := fsys.Rename(oldName, newName); err != nil {
		return wrap("rename", oldName, err)
	}
	// The new name first: a crash between the two may show the file twice, but never not at all.
	err = wrap("sync", filepath.Dir(newName), fsys.SyncDir(filepath.Dir(newName)))
	if filepath.Dir(oldName) != filepath.Dir(newName) {
		err = errors.Join(err, wrap("sync", filepath.Dir(oldName), fsys.SyncDir(filepath.Dir(oldName))))
	}
	return err
}

// Remove removes a file or an empty folder, durably.
func Remove(fsys FS, name string) error {
	if err := fsys.Remove(name); err != nil {
		return wrap("remove", name, err)
	}
	return wrap("sync", filepath.Dir(name), fsys.SyncDir(filepath.Dir(name)))
}

// MkdirAll creates a folder and those above it that are missing, durably. Folders that exist keep their modes.
func MkdirAll(fsys FS, name string, perm fs.FileMode) error {
	info, err := fsys.Lstat(name)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if resolved, rerr := fsys.Resolve(name); rerr == nil {
			info, err = fsys.Lstat(resolved)
		}
	}
	if err == nil {
		if !info.IsDir() {
			return &Error{Kind: KindNotFolder, Op: "create folder", Path: name, Err: fs.ErrExist}
		}
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return wrap("create folder", name, err)
	}
	parent := filepath.Dir(name)
	if parent != name {
		if err := MkdirAll(fsys, parent, perm); err != nil {
			return err
		}
	}
	if err := fsys.Mkdir(name, perm); err != nil && !errors.Is(err, fs.ErrExist) {
		return wrap("create folder", name, err)
	}
	return wrap("sync", parent, fsys.SyncDir(parent))
}
