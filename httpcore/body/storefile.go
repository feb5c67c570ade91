package body

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// createTemp makes a file that only its owner can read. It is unlinked at once, so that a crash leaves nothing behind;
// where a file in use cannot be unlinked (Windows), Close does it.
func createTemp(dir string) (StoreFile, error) {
	if dir != "" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
	}
	f, err := os.CreateTemp(dir, "parley-body-*")
	if err != nil {
		return nil, err
	}
	if os.Remove(f.Name()) == nil {
		return f, nil
	}
	return linkedFile{f}, nil
}

// linkedFile still has its name.
type linkedFile struct{ *os.File }

func (f linkedFile) Close() error {
	return errors.Join(f.File.Close(), os.Remove(f.Name()))
}

// place names where the bytes go, for people: the user's own file, or a temporary one in a folder.
func (o StoreOptions) place() string {
	if named, ok := o.File.(interface{ Name() string }); ok {
		return named.Name()
	}
	if o.Dir == "" {
		return "a file in " + os.TempDir()
	}
	return "a file in " + o.Dir
}

// storeError explains why a body cannot be kept on disk, given how much of it is.
func (o StoreOptions) storeError(kept int64, err error) *Error {
	e := &Error{Kind: StoreFailed, Err: err}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		e.Kind = DiskFull
		e.Message = fmt.Sprintf("the disk is full: %s holds the first %s of the body", o.place(), sizeText(kept))
		e.Advice = "free some space, set TMPDIR to a folder on another disk, or save the body to a file there with -o"
		if o.File != nil {
			e.Advice = "free some space, or save the body to a file on another disk"
		}
		return e
	}
	e.Message = fmt.Sprintf("the body cannot be written to %s: %v; the first %s were kept", o.place(), cause(err), sizeText(kept))
	e.Advice = "check that the folder can be written to, or set TMPDIR to one that can"
	if o.File != nil {
		e.Advice = "check that the file and its disk can be written to"
	}
	return e
}

func (o StoreOptions) readError(err error) *Error {
	return &Error{
		Kind:    StoreFailed,
		Message: fmt.Sprintf("the body cannot be read back from %s: %v", o.place(), cause(err)),
		Err:     err,
	}
}
