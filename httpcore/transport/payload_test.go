package transport_test

import (
	"errors"
	"io"
	"strings"

	"parley/httpcore/body"
)

// pieces is a payload of unknown size whose reader yields one piece a Read.
type pieces []string

func stream(s ...string) body.Payload { return pieces(s) }

func (p pieces) ContentType() string          { return "" }
func (p pieces) Size() int64                  { return -1 }
func (p pieces) Open() (io.ReadCloser, error) { return &pieceReader{p}, nil }

type pieceReader struct{ left pieces }

func (r *pieceReader) Read(b []byte) (int, error) {
	if len(r.left) == 0 {
		return 0, io.EOF
	}
	n := copy(b, r.left[0])
	r.left = r.left[1:]
	return n, nil
}

func (r *pieceReader) Close() error { return nil }

// endless is a payload of limit bytes that are made as they are read.
type endless struct{ limit int64 }

func (e *endless) ContentType() string { return "" }
func (e *endless) Size() int64         { return e.limit }
func (e *endless) Open() (io.ReadCloser, error) {
	return io.NopCloser(io.LimitReader(zeros{}, e.limit)), nil
}

// closable is an endless payload that tells when it has been closed.
type closable struct {
	endless
	closed chan struct{}
}

func (c *closable) Open() (io.ReadCloser, error) { return &closableReader{zeros{}, c.closed}, nil }

type closableReader struct {
	io.Reader
	closed chan struct{}
}

func (r *closableReader) Close() error {
	close(r.closed)
	return nil
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// promised is a payload that has another size than it says, or fails on the way.
type promised struct {
	text  string
	size  int64
	fault error
}

var errDisk = errors.New("the disk is gone")

func (p promised) ContentType() string { return "" }
func (p promised) Size() int64         { return p.size }
func (p promised) Open() (io.ReadCloser, error) {
	r := io.Reader(strings.NewReader(p.text))
	if p.fault != nil {
		r = io.MultiReader(r, failing{p.fault})
	}
	return io.NopCloser(r), nil
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
