package disk

import (
	"errors"
	"fmt"
	"io/fs"
)

// Kind says what stood in the way of a file operation.
type Kind int

// What can go wrong, as far as a person can do something about it.
const (
	KindOther     Kind = iota // see the wrapped error
	KindFull                  // no space or no quota left
	KindReadOnly              // the file system is mounted read-only
	KindDenied                // permissions
	KindMissing               // no such file or folder
	KindExists                // the name is taken
	KindNotFile               // a folder, device, pipe or socket stands where a file was expected
	KindNotFolder             // a file stands where a folder was expected
	KindNotEmpty              // a folder that should be empty is not
	KindBadName               // the file system does not take this name
	KindBusy                  // another process holds its lock
)

// Error is a failed file operation.
type Error struct {
	Kind Kind
	Op   string // what was tried, as a verb: "write", "rename"
	Path string
	Err  error
}

// Unwrap returns the operating system's error, so that errors.Is(err, fs.ErrNotExist) works.
func (e *Error) Unwrap() error { return e.Err }

// Error says what happened in one sentence.
func (e *Error) Error() string {
	return fmt.Sprintf("cannot %s %s: %s", e.Op, e.Path, e.reason())
}

func (e *Error) reason() string {
	switch e.Kind {
	case KindFull:
		return "the disk is full"
	case KindReadOnly:
		return "the file system is read-only"
	case KindDenied:
		return "permission denied"
	case KindMissing:
		return "it does not exist"
	case KindExists:
		return "it exists already"
	case KindNotFile:
		return "it is not a regular file"
	case KindNotFolder:
		return "it is not a folder"
	case KindNotEmpty:
		return "the folder is not empty"
	case KindBadName:
		return "the file system does not take this name"
	default:
		return cause(e.Err).Error()
	}
}

// Hint says what to try.
func (e *Error) Hint() string {
	switch e.Kind {
	case KindFull:
		return "free some space (or raise the quota) and try again; nothing was changed"
	case KindReadOnly:
		return "remount it writable, or work on a copy elsewhere"
	case KindDenied:
		return "check the permissions of the file and of its folder"
	case KindMissing:
		return "check the path; it may have been moved or deleted by another program"
	case KindExists:
		return "choose another name, or remove what is there"
	case KindNotFile, KindNotFolder:
		return "move what is there out of the way, or choose another name"
	case KindNotEmpty:
		return "remove what is in it first"
	case KindBadName:
		return "choose a shorter name without special characters"
	case KindBusy:
		return "another Parley may hang: end it, and try again"
	default:
		return ""
	}
}

// Wrap gives an error of an [FS] its kind, for callers that use one directly. A nil error stays nil.
func Wrap(op, path string, err error) error { return wrap(op, path, err) }

// wrap gives an error of an FS its kind. A nil error stays nil, and an [*Error] is kept as it is.
func wrap(op, path string, err error) error {
	if err == nil {
		return nil
	}
	if e := (*Error)(nil); errors.As(err, &e) {
		return err
	}
	return &Error{Kind: kindOf(err), Op: op, Path: path, Err: err}
}

func kindOf(err error) Kind {
	switch k := errnoKind(err); {
	case k != KindOther:
		return k
	case errors.Is(err, fs.ErrNotExist):
		return KindMissing
	case errors.Is(err, fs.ErrExist):
		return KindExists
	case errors.Is(err, fs.ErrPermission):
		return KindDenied
	}
	return KindOther
}

// cause drops what *fs.PathError and its kin repeat of the operation and the path.
func cause(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}
