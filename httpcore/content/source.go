package content

import (
	"context"
	"fmt"
	"io"
)

// Source is a body that is there or still arrives. It never changes but by
// growing. httpcore/body.Store is one.
type Source interface {
	io.ReaderAt
	// Size is how many bytes can be read now.
	Size() int64
	// Done reports whether the body has ended, and why it ended early if it did.
	Done() (bool, error)
	// Wait returns nil once there are more than size bytes or the body has
	// ended, else the error of ctx or of a closed source.
	Wait(ctx context.Context, size int64) error
}

// NewSource returns a finished source of size bytes of r.
func NewSource(r io.ReaderAt, size int64) Source { return &finished{r, size} }

type finished struct {
	io.ReaderAt
	size int64
}

func (f *finished) Size() int64                                { return f.size }
func (f *finished) Done() (bool, error)                        { return true, nil }
func (f *finished) Wait(ctx context.Context, size int64) error { return nil }

// ReadAt reads what there is of src at off, up to len(p) bytes. A short read is
// no error, unless src holds less than it said.
func ReadAt(src Source, p []byte, off int64) (int, error) {
	size := src.Size()
	if most := size - off; int64(len(p)) > most {
		p = p[:max(most, 0)]
	}
	if len(p) == 0 {
		return 0, nil
	}
	n, err := src.ReadAt(p, off)
	switch {
	case n == len(p):
		return n, nil
	case err == nil || err == io.EOF:
		return n, &shrunkError{size: size, end: off + int64(n)}
	}
	return n, err
}

// shrunkError says that a source holds less than it said.
type shrunkError struct{ size, end int64 }

func (e *shrunkError) Error() string {
	return fmt.Sprintf("the body had %d bytes and ends at byte %d now", e.size, e.end)
}

func (e *shrunkError) Unwrap() error { return io.ErrUnexpectedEOF }
