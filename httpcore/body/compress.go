package body

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// compressNow is the largest body that is compressed when it is made rather than while it is sent. It buys a
// Content-Length, which many servers insist on, for all but big uploads.
const compressNow = 8 << 20

// Compress puts a payload under a content coding: gzip, deflate (the zlib format, RFC 9110 section 8.4.1.2), br or zstd;
// identity and "" return it unchanged. Up to 8 MiB are compressed at once, so the size is known; a larger payload, or
// one of unknown size, is compressed while it is sent and its size is -1. The same payload always gives the same bytes.
func Compress(p Payload, coding string) (Payload, error) {
	name, err := canonicalCoding(coding)
	if err != nil {
		return nil, err
	}
	if name == "" {
		return p, nil
	}
	streamed := compressed{inner: p, coding: name}
	if p.Size() < 0 || p.Size() > compressNow {
		return streamed, nil
	}
	opened, err := streamed.Open()
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	data, err := io.ReadAll(opened)
	if err != nil {
		return nil, err
	}
	return encoded{Payload: Bytes(data, p.ContentType()), plain: p, coding: name}, nil
}

// encoded is a payload that was compressed when it was made.
type encoded struct {
	Payload
	plain  Payload
	coding string
}

func (e encoded) ContentEncoding() string { return e.coding }
func (e encoded) Plain() Payload          { return e.plain }

// compressed is a payload that is compressed each time it is opened.
type compressed struct {
	inner  Payload
	coding string
}

func (c compressed) ContentType() string     { return c.inner.ContentType() }
func (c compressed) ContentEncoding() string { return c.coding }
func (c compressed) Plain() Payload          { return c.inner }
func (c compressed) Size() int64             { return -1 }

func (c compressed) Open() (io.ReadCloser, error) {
	source, err := c.inner.Open()
	if err != nil {
		return nil, err
	}
	e := &compressor{source: source, chunk: make([]byte, 32<<10)}
	if e.writer, err = newWriter(&e.ready, c.coding); err != nil {
		source.Close()
		return nil, err
	}
	return e, nil
}

func newWriter(w io.Writer, coding string) (io.WriteCloser, error) {
	switch coding {
	case "gzip":
		return gzip.NewWriter(w), nil
	case "deflate":
		return zlib.NewWriter(w), nil
	case "br":
		return brotli.NewWriter(w), nil
	default:
		return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(maxZstdWindow))
	}
}

// compressor turns a writer's coding into a reader, by feeding it whenever there is nothing left to hand out. That needs
// no goroutine, so a body that is given up half-way leaves nothing behind.
type compressor struct {
	source io.ReadCloser
	writer io.WriteCloser
	chunk  []byte
	ready  bytes.Buffer
	ended  bool
}

func (c *compressor) Read(p []byte) (int, error) {
	for c.ready.Len() == 0 {
		if c.ended {
			return 0, io.EOF
		}
		if err := c.feed(); err != nil {
			return 0, err
		}
	}
	return c.ready.Read(p)
}

func (c *compressor) feed() error {
	n, err := c.source.Read(c.chunk)
	if _, err := c.writer.Write(c.chunk[:n]); err != nil {
		return err
	}
	if errors.Is(err, io.EOF) {
		c.ended = true
		return c.writer.Close()
	}
	return err
}

func (c *compressor) Close() error { return c.source.Close() }
