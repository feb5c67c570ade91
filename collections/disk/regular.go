package disk

import (
	"fmt"
	"io"
	"os"
)

// NotRegularError says that a name leads to something that cannot be read to its end, such as a pipe, which would be waited
// for, or a folder.
type NotRegularError struct{ Name string }

// Error names it.
func (e *NotRegularError) Error() string { return e.Name + " is not a file that can be read" }

// TooLargeError says that a file holds more than is read of one.
type TooLargeError struct {
	Name string
	Most int64 // bytes
}

// Error says how much may be in it.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%s is larger than %d MiB", e.Name, e.Most>>20)
}

// ReadRegular returns the whole of a regular file of at most so many bytes. Symbolic links are followed.
func ReadRegular(fsys FS, name string, most int64) ([]byte, error) {
	behind, err := fsys.Resolve(name)
	if err != nil {
		return nil, wrap("read", name, err)
	}
	info, err := fsys.Lstat(behind)
	switch {
	case err != nil:
		return nil, wrap("read", name, err)
	case !info.Mode().IsRegular():
		return nil, &NotRegularError{name}
	}
	f, err := fsys.OpenFile(behind, os.O_RDONLY, 0)
	if err != nil {
		return nil, wrap("read", name, err)
	}
	defer f.Close() // nothing was written: closing has nothing to report
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, &TooLargeError{name, most}
	}
	return data, wrap("read", name, err)
}
