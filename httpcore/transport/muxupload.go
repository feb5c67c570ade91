package transport

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"parley/httpcore"
)

// muxUpload is the content of a request as the library reads it. The library may close it while a Read runs, and waits for
// Close: that must not wait for the Read, which may take as long as a pipe is silent.
type muxUpload struct {
	x       *muxExchange
	promise int64 // as the head says; -1 when it says nothing
	total   int64 // as the payload says; -1 when unknown

	body io.ReadCloser // nil before the first Read; Read's own while reading is set

	mu      sync.Mutex
	read    int64
	reading bool
	closed  bool
	over    bool            // the exchange has ended: no more is wanted
	fault   *httpcore.Error // the body's own fault
}

func newMuxUpload(x *muxExchange) *muxUpload {
	return &muxUpload{x: x, promise: x.r.framing.promise, total: x.r.Body.Size()}
}

// Read is asked for the next piece when the last one has left, so it is a sign of progress.
func (u *muxUpload) Read(p []byte) (int, error) {
	if !u.begin() {
		return 0, io.ErrClosedPipe
	}
	n, err := u.next(p)
	u.mu.Lock()
	defer u.mu.Unlock()
	u.reading = false
	if u.closed {
		return 0, errors.Join(io.ErrClosedPipe, u.closeBody())
	}
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
		if n > 0 && u.x.tellsContent() {
			u.x.tellContent(true, p[:n])
		}
		return n, err
	}
	u.x.cancel(u.fault) // so that the server does not take a part for the whole, nor is waited for
	return 0, u.fault
}

// stop makes every later Read fail: a reply may be whole before its request is.
func (u *muxUpload) stop() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.over = true
}

// begin begins a Read, unless the upload is closed.
func (u *muxUpload) begin() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.closed || u.over {
		return false
	}
	u.reading = true
	u.x.progress(u.read, u.total)
	return true
}

// next gets the next piece from where it comes from. As long as that takes, the server has no reason to say anything.
func (u *muxUpload) next(p []byte) (n int, err error) {
	u.x.pause()
	defer u.x.resume()
	if u.body == nil {
		if u.body, err = u.x.r.Body.Open(); err != nil {
			return 0, err
		}
	}
	return u.body.Read(p)
}

// Close implements io.Closer. A Read that runs closes the body when it is over.
func (u *muxUpload) Close() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.closed {
		return nil
	}
	u.closed = true
	if u.reading {
		return nil
	}
	return u.closeBody()
}

func (u *muxUpload) closeBody() error {
	if u.body == nil {
		return nil
	}
	return u.body.Close()
}

// sentPart reports whether the request's own content went wrong: a server may take the part that it got for all, and reply
// before it hears that the request was given up.
func (x *muxExchange) sentPart() bool {
	if x.upload == nil {
		return false
	}
	_, fault := x.upload.state()
	return fault != nil
}

// state returns how much was read and what the body did wrong, if anything.
func (u *muxUpload) state() (read int64, fault *httpcore.Error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.read, u.fault
}

func unreadableError(read, total int64, err error) *httpcore.Error {
	return bodyError(fmt.Sprintf("cannot read the request body after %s: %v", amount(read, total), err), "", err)
}

// progress tells that n bytes of content have been handed over.
func (x *muxExchange) progress(n, total int64) {
	x.resume()
	x.trace.WroteBody(n, total)
}

// resume begins the wait for a sign of the server anew. Once it has answered, that is the business of its content.
func (x *muxExchange) resume() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.replied {
		x.silence.renew()
	}
}

// pause ends the wait for a sign of the server until it is resumed.
func (x *muxExchange) pause() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.replied {
		x.silence.stop()
	}
}
