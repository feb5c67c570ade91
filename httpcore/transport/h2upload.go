package transport

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"parley/httpcore"
)

// h2Upload is the content of a request as the library reads it. The library may close it while a Read runs.
type h2Upload struct {
	x       *h2Exchange
	promise int64 // as the head says; -1 when it says nothing
	total   int64 // as the payload says; -1 when unknown

	mu     sync.Mutex
	body   io.ReadCloser // nil before the first Read
	read   int64
	closed bool
	fault  *httpcore.Error // the body's own fault
}

func newH2Upload(x *h2Exchange) *h2Upload {
	return &h2Upload{x: x, promise: x.r.framing.promise, total: x.r.Body.Size()}
}

// Read is asked for the next piece when the last one has left, so it is a sign of progress.
func (u *h2Upload) Read(p []byte) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.closed {
		return 0, io.ErrClosedPipe
	}
	u.x.progress(u.read, u.total)
	if err := u.open(); err != nil {
		return 0, err
	}
	n, err := u.body.Read(p)
	u.read += int64(n)
	switch {
	case u.promise >= 0 && u.read > u.promise,
		u.promise >= 0 && u.read < u.promise && errors.Is(err, io.EOF):
		u.fault = wrongSizeError(u.read, u.promise)
	case err != nil && !errors.Is(err, io.EOF):
		u.fault = unreadableError(u.read, u.total, err)
	default:
		if errors.Is(err, io.EOF) {
			u.x.progress(u.read, u.total)
		}
		return n, err
	}
	return 0, u.fault
}

func (u *h2Upload) open() error {
	if u.body != nil {
		return nil
	}
	var err error
	if u.body, err = u.x.r.Body.Open(); err != nil {
		u.fault = unreadableError(0, u.total, err)
		return u.fault
	}
	return nil
}

// Close implements io.Closer.
func (u *h2Upload) Close() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.closed || u.body == nil {
		u.closed = true
		return nil
	}
	u.closed = true
	return u.body.Close()
}

// state returns how much was read and what the body did wrong, if anything.
func (u *h2Upload) state() (read int64, fault *httpcore.Error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.read, u.fault
}

func unreadableError(read, total int64, err error) *httpcore.Error {
	return bodyError(fmt.Sprintf("cannot read the request body after %s: %v", amount(read, total), err), "", err)
}

// progress tells that n bytes of content have been handed over.
func (x *h2Exchange) progress(n, total int64) {
	x.mu.Lock()
	waiting := !x.replied
	x.mu.Unlock()
	if waiting {
		x.silence.renew()
	}
	x.trace.WroteBody(n, total)
}
