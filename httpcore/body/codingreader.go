package body

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// maxZstdWindow is what RFC 9659 lets the zstd coding ask a receiver to remember.
const maxZstdWindow = 8 << 20

// maxTrailing is how much is read and skipped behind the end of the encoded data, so that a connection can be used again
// and an error behind the data is still seen.
const maxTrailing = 256 << 10

// codingReader removes one coding. The decoder is made at the first Read, because making one may read and so block.
type codingReader struct {
	coding string
	input  *tracked
	inner  io.ReadCloser
	ended  error // how the decoder ended, when it said so together with data
	err    error // what every further Read returns
}

func (c *codingReader) Read(p []byte) (int, error) {
	if c.inner == nil && c.err == nil {
		c.err = c.start()
	}
	if c.err != nil {
		return 0, c.err
	}
	n, err := 0, c.ended
	if err == nil {
		n, err = c.inner.Read(p)
	}
	if n > 0 {
		// Looking for what follows the end may block: data goes first.
		c.ended = err
		return n, nil
	}
	c.err = c.explain(err)
	return 0, c.err
}

// start makes the decoder, unless the body is empty.
func (c *codingReader) start() error {
	if _, err := c.input.Peek(1); err != nil {
		return err // the input's own, or its end
	}
	inner, err := newReader(c.input.Reader, c.coding)
	if err != nil {
		return c.explain(err)
	}
	c.inner = inner
	return nil
}

func newReader(r *bufio.Reader, coding string) (io.ReadCloser, error) {
	switch coding {
	case "gzip":
		return newGzipReader(r)
	case "deflate":
		return newDeflateReader(r)
	case "br":
		return io.NopCloser(brotliReader{brotli.NewReader(r)}), nil
	default:
		return newZstdReader(r)
	}
}

// explain turns a decoder's error into one of ours. What the input itself reported comes first: a connection that broke
// is not a corrupt body, though decoders say so.
func (c *codingReader) explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF):
		return c.input.finish()
	case c.input.failed() != nil:
		return c.input.failed()
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{
			Kind:    Truncated,
			Message: fmt.Sprintf("the body ends before its %s data does", c.coding),
			Advice:  "what could be decoded is kept; the server or a proxy cut the body short",
			Err:     err,
		}
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return &Error{
			Kind:    TooLarge,
			Message: fmt.Sprintf("the zstd body needs a window of more than %s, which RFC 9659 does not allow", sizeText(maxZstdWindow)),
			Advice:  "turn decoding off and use the zstd program with --long, or have the server use a smaller window",
			Err:     err,
		}
	}
	return &Error{
		Kind:    Corrupt,
		Message: fmt.Sprintf("the body is not valid %s: %v", c.coding, err),
		Advice:  "what could be decoded is kept; turn decoding off to see the body as it came",
		Err:     err,
	}
}

// close frees the decoder. What its Close says, Read has said before.
func (c *codingReader) close() {
	if c.inner != nil {
		_ = c.inner.Close()
	}
}

// tracked is a decoder's input, which remembers how it ended.
type tracked struct {
	*bufio.Reader
	end *sticky
}

func newTracked(r io.Reader) *tracked {
	end := &sticky{r: r}
	return &tracked{Reader: bufio.NewReaderSize(end, 32<<10), end: end}
}

// failed is the error that the input ended with; nil for its regular end.
func (t *tracked) failed() error {
	if t.end.err == io.EOF {
		return nil
	}
	return t.end.err
}

// finish skips what follows the encoded data and returns how the input ended, io.EOF when all is well.
func (t *tracked) finish() error {
	if _, err := io.CopyN(io.Discard, t.Reader, maxTrailing); err != nil {
		return err
	}
	return io.EOF
}

// sticky repeats the first error, which some decoders drop when it comes together with data.
type sticky struct {
	r   io.Reader
	err error
}

func (s *sticky) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	s.err = err
	return n, err
}

// gzipReader reads the members of a gzip stream (RFC 1952 section 2.2) and ends at the first thing that is not one:
// compress/gzip by itself takes trailing bytes for a broken member, where browsers and urllib3 skip them.
type gzipReader struct {
	*gzip.Reader
	input *bufio.Reader
}

func newGzipReader(r *bufio.Reader) (io.ReadCloser, error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	return &gzipReader{Reader: z, input: r}, nil
}

func (g *gzipReader) Read(p []byte) (int, error) {
	for {
		n, err := g.Reader.Read(p)
		if err != io.EOF {
			return n, err
		}
		if n > 0 {
			return n, nil // its end is reported again
		}
		if magic, _ := g.input.Peek(2); string(magic) != "\x1f\x8b" {
			return 0, io.EOF
		}
		if err := g.Reset(g.input); err != nil {
			return 0, unexpected(err)
		}
		g.Multistream(false)
	}
}

// unexpected is for an end where more was promised.
func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// newDeflateReader takes both formats that "deflate" has come to mean: zlib (RFC 1950), which it should be, and raw
// deflate (RFC 1951), which some servers send. A raw stream can look like a zlib header only by filling bits that
// encoders leave zero.
func newDeflateReader(r *bufio.Reader) (io.ReadCloser, error) {
	head, err := r.Peek(2)
	if err != nil {
		return nil, unexpected(err)
	}
	if head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
		return zlib.NewReader(r)
	}
	return flate.NewReader(r), nil
}

// brotliReader ends where the brotli stream ends, though more input follows. The library has no other sign of that than
// the text of an error it does not export; a test watches it.
type brotliReader struct{ *brotli.Reader }

func (b brotliReader) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err != nil && err.Error() == "brotli: excessive input" {
		err = io.EOF
	}
	return n, err
}

// newZstdReader decodes in the caller's goroutine, with memory bounded by the window.
func newZstdReader(r io.Reader) (io.ReadCloser, error) {
	z, err := zstd.NewReader(r,
		zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(maxZstdWindow))
	if err != nil {
		return nil, err
	}
	return &zstdReader{ReadCloser: z.IOReadCloser()}, nil
}

// zstdReader ends at the first thing behind a frame that is not another, as the other codings do.
type zstdReader struct {
	io.ReadCloser
	started bool
}

func (z *zstdReader) Read(p []byte) (int, error) {
	n, err := z.ReadCloser.Read(p)
	z.started = z.started || n > 0
	if z.started && errors.Is(err, zstd.ErrMagicMismatch) {
		err = io.EOF
	}
	return n, err
}
