package transport

import (
	"errors"
	"io"

	"parley/httpcore"
)

// h1Body is the content of a reply. At its end it gives the connection back.
type h1Body struct {
	x        *h1Exchange
	framing  framing
	chunks   *chunkedReader // nil unless chunked
	received int64
	err      error // what every later Read returns
}

// newH1Body returns the content that framing delimits; when there is none, the exchange is over at once.
func newH1Body(x *h1Exchange, f framing) *h1Body {
	b := &h1Body{x: x, framing: f}
	switch {
	case f.chunked:
		b.chunks = newChunkedReader(x.conn.r, x.conn.limits)
	case f.length == 0:
		b.end(io.EOF)
	}
	return b
}

func (b *h1Body) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	n, err := b.read(p)
	b.received += int64(n)
	if err == nil && !b.framing.chunked && b.received == b.framing.length {
		err = io.EOF // now, so that the connection is free before the reader comes back for it
	}
	if err != nil {
		b.end(err)
	}
	if n > 0 && !errors.Is(b.err, io.EOF) {
		return n, nil // what arrived goes before the error
	}
	return n, b.err
}

func (b *h1Body) read(p []byte) (int, error) {
	switch {
	case b.framing.chunked:
		return b.chunks.Read(p)
	case b.framing.length < 0:
		return b.x.conn.r.Read(p)
	}
	if left := b.framing.length - b.received; int64(len(p)) > left {
		p = p[:left]
	}
	n, err := b.x.conn.r.Read(p)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// end settles how the content ended.
func (b *h1Body) end(err error) {
	if errors.Is(err, io.EOF) {
		b.err = io.EOF
		b.x.finish(b.framing.keep && b.x.conn.r.Buffered() == 0)
		return
	}
	b.err = b.readError(err)
	b.x.finish(false)
}

// Close gives the connection up, unless the content was read to its end.
func (b *h1Body) Close() error {
	if b.err == nil {
		b.err = errBodyClosed
		b.x.finish(false)
	}
	return nil
}

var errBodyClosed = &httpcore.Error{
	Kind:    httpcore.KindCanceled,
	Message: "the response body was closed before its end",
}

// trailers returns the trailer section, once the content has been read.
func (b *h1Body) trailers() httpcore.Fields {
	if b.chunks == nil {
		return nil
	}
	return b.chunks.trailers
}

// size is what the head tells of the size of the content; -1 when nothing.
func (f framing) size() int64 {
	if f.chunked {
		return -1
	}
	return f.length
}
