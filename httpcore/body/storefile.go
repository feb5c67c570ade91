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

// storeError explains why a body cannot be kept on disk, given how much of it is.
func storeError(dir string, kept int64, err error) *Error {
	if dir == "" {
		dir = os.TempDir()
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return &Error{
			Kind:    DiskFull,
			Message: fmt.Sprintf("the disk of %s is full: the first %s of the body were kept", dir, sizeText(kept)),
			Advice:  "free some space, set TMPDIR to a folder on another disk, or save the body to a file there with -o",
			Err:     err,
		}
	}
	return &Error{
		Kind:    StoreFailed,
		Message: fmt.Sprintf("the body cannot be written to a file in %s: %v; the first %s were kept", dir, cause(err), sizeText(kept)),
		Advice:  "check that the folder can be written to, or set TMPDIR to one that can",
		Err:     err,
	}
}

func readError(dir string, err error) *Error {
	if dir == "" {
		dir = os.TempDir()
	}
	return &Error{
		Kind:    StoreFailed,
		Message: fmt.Sprintf("the body cannot be read back from its file in %s: %v", dir, cause(err)),
		Err:     err,
	}
}
