package transport

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"parley/httpcore"
	"parley/httpcore/body"
)

const uploadPiece = 32 << 10

// upload writes the content of one request. It runs beside the reading of the reply, because a server may answer before
// it has read everything.
type upload struct {
	body    io.ReadCloser
	conn    *timedConn
	framing requestFraming
	total   int64 // as the payload says; -1 when unknown
	w       *bufio.Writer
	trace   *httpcore.Trace
	sent    atomic.Int64 // bytes of content

	quit     chan struct{} // closed by stop
	quitOnce sync.Once
	done     chan struct{} // closed when run has ended; err is final then
	err      error         // an *httpcore.Error for the body's own fault, else the connection's
}

func newUpload(r *request, c *h1Conn, trace *httpcore.Trace) (*upload, error) {
	u := &upload{
		conn: c.stream.timed, framing: r.framing, total: r.Body.Size(), w: c.w, trace: trace,
		quit: make(chan struct{}), done: make(chan struct{}),
	}
	if u.total < 0 {
		u.body = &unopened{payload: r.Body}
		return u, nil
	}
	var err error
	if u.body, err = r.Body.Open(); err != nil {
		return nil, unreadableError(0, u.total, err)
	}
	return u, nil
}

// unopened is a stream that is opened at the first Read: opening a named pipe waits for whoever writes to it.
type unopened struct {
	payload body.Payload
	opened  io.ReadCloser
}

func (s *unopened) Read(p []byte) (int, error) {
	if s.opened == nil {
		var err error
		if s.opened, err = s.payload.Open(); err != nil {
			return 0, err
		}
	}
	return s.opened.Read(p)
}

func (s *unopened) Close() error {
	if s.opened == nil {
		return nil
	}
	return s.opened.Close()
}

// stop asks run to end early. It does not wait: a write may be blocked until the connection is closed.
func (u *upload) stop() { u.quitOnce.Do(func() { close(u.quit) }) }

// finished reports whether everything has been written and accepted, waiting up to grace for the last of it: a fast
// reply overtakes the goroutine that wrote the request.
func (u *upload) finished(grace time.Duration) bool {
	select {
	case <-u.done:
		return u.err == nil
	default:
	}
	timer := time.NewTimer(grace)
	defer timer.Stop()
	select {
	case <-u.done:
		return u.err == nil
	case <-timer.C:
		return false
	}
}

// fault returns what ended the upload early, as far as it is known by now.
func (u *upload) fault() error {
	select {
	case <-u.done:
		return u.err
	default:
		return nil
	}
}

// run writes the content and closes the body.
func (u *upload) run() error {
	defer close(u.done)
	u.err = u.copy()
	if err := u.body.Close(); err != nil && u.err == nil {
		u.err = unreadableError(u.sent.Load(), u.total, err)
	}
	return u.err
}

var errStopped = errors.New("the upload was stopped")

func (u *upload) copy() error {
	piece := make([]byte, u.pieceSize())
	for {
		select {
		case <-u.quit:
			return errStopped
		default:
		}
		var n int
		var err error
		u.conn.feed(func() { n, err = u.body.Read(piece) })
		if n > 0 {
			if err := u.write(piece[:n]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return u.end()
		}
		if err != nil {
			return unreadableError(u.sent.Load(), u.total, err)
		}
	}
}

// pieceSize avoids a large buffer for a small body.
func (u *upload) pieceSize() int64 {
	if u.total >= 0 {
		return min(u.total+1, uploadPiece)
	}
	return uploadPiece
}

func (u *upload) write(piece []byte) error {
	if sent := u.sent.Load() + int64(len(piece)); u.framing.promise >= 0 && sent > u.framing.promise {
		return wrongSizeError(sent, u.framing.promise)
	}
	if u.framing.chunked {
		var line [18]byte
		_, _ = u.w.Write(append(strconv.AppendUint(line[:0], uint64(len(piece)), 16), "\r\n"...)) // errors stay until Flush
	}
	_, _ = u.w.Write(piece)
	if u.framing.chunked {
		_, _ = u.w.WriteString("\r\n")
	}
	if err := u.w.Flush(); err != nil {
		return err
	}
	u.trace.WroteBody(u.sent.Add(int64(len(piece))), u.total)
	return nil
}

func (u *upload) end() error {
	if u.framing.chunked {
		_, _ = u.w.WriteString("0\r\n\r\n")
	} else if sent := u.sent.Load(); u.framing.promise >= 0 && sent < u.framing.promise {
		return wrongSizeError(sent, u.framing.promise)
	}
	return u.w.Flush()
}
