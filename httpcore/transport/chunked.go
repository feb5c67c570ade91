package transport

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"parley/httpcore"
)

// chunkedReader removes the chunked transfer coding (RFC 9112 section 7.1). Extensions are skipped. What arrived is
// returned before the error that follows it.
type chunkedReader struct {
	lines    headReader
	trailers httpcore.Fields
	scratch  []byte // the last size line
	left     uint64 // of the chunk that is being read
	begun    bool   // a chunk has been read, so its CRLF is due before the next size
	err      error
}

func newChunkedReader(r *bufio.Reader, limits Limits) *chunkedReader {
	return &chunkedReader{lines: headReader{r, limits}}
}

func (c *chunkedReader) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	n := 0
	for c.err == nil && n < len(b) {
		if c.left == 0 {
			if n > 0 && !c.lineBuffered() {
				break // what there is goes out before the next chunk is waited for
			}
			c.err = c.nextChunk()
			continue
		}
		want := b[n:]
		if uint64(len(want)) > c.left {
			want = want[:c.left]
		}
		if n > 0 && c.lines.r.Buffered() == 0 {
			break
		}
		got, err := c.lines.r.Read(want)
		n += got
		c.left -= uint64(got)
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		c.err = err
	}
	if n > 0 {
		return n, nil
	}
	return 0, c.err
}

// lineBuffered reports whether what leads to the next chunk has arrived.
func (c *chunkedReader) lineBuffered() bool {
	buffered, _ := c.lines.r.Peek(c.lines.r.Buffered())
	skip := 0
	if c.begun {
		skip = 2
	}
	return len(buffered) > skip && bytes.IndexByte(buffered[skip:], '\n') >= 0
}

// nextChunk reads up to the data of the next chunk; after the last one, the trailer section, and then it returns io.EOF.
func (c *chunkedReader) nextChunk() error {
	if c.begun {
		if err := c.chunkEnd(); err != nil {
			return err
		}
	}
	size, err := c.size()
	if err != nil {
		return err
	}
	c.begun, c.left = true, size
	if size > 0 {
		return nil
	}
	raw, err := c.lines.section(nil, c.lines.limits.TrailerSize)
	if err != nil {
		return err
	}
	if c.trailers, err = parseFields(string(raw), c.lines.limits.Fields); err != nil {
		return err
	}
	return io.EOF
}

// chunkEnd reads the CRLF after the data of a chunk.
func (c *chunkedReader) chunkEnd() error {
	for _, want := range []byte("\r\n") {
		got, err := c.lines.r.ReadByte()
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		if got != want {
			return protocolError(httpcore.KindChunked, "sent a chunk that is longer than its size said")
		}
	}
	return nil
}

// size reads the line before a chunk: a size in hexadecimal, blanks, and extensions after a semicolon.
func (c *chunkedReader) size() (uint64, error) {
	raw, err := c.sizeLine()
	if err != nil {
		return 0, err
	}
	line := string(raw)
	if !strings.HasSuffix(line, "\r\n") {
		return 0, protocolError(httpcore.KindChunked, "ended a chunk size with a bare LF: %q", clip(line))
	}
	digits, extension, _ := strings.Cut(line[:len(line)-2], ";")
	if strings.IndexByte(extension, '\r') >= 0 {
		return 0, protocolError(httpcore.KindChunked, "sent a chunk extension with a bare CR in it: %q", clip(line))
	}
	size, ok := parseHex(strings.TrimRight(digits, " \t"))
	if !ok {
		return 0, protocolError(httpcore.KindChunked, "sent a chunk size that is no hexadecimal number: %q", clip(digits))
	}
	return size, nil
}

func (c *chunkedReader) sizeLine() ([]byte, error) {
	limited := c.lines
	limited.limits.LineLength = limited.limits.ChunkLine
	raw, err := limited.line(c.scratch[:0], limited.limits.ChunkLine)
	c.scratch = raw
	if e, ok := asEngineError(err); ok {
		e.Kind = httpcore.KindChunked
		e.Message = "sent a chunk size with extensions of more than " + plural(int64(limited.limits.ChunkLine))
	}
	return raw, err
}

// parseHex parses up to 63 bits of hexadecimal digits.
func parseHex(s string) (uint64, bool) {
	var n uint64
	for i := range len(s) {
		var digit byte
		switch c := s[i]; {
		case isDigit(c):
			digit = c - '0'
		case 'a' <= c && c <= 'f':
			digit = c - 'a' + 10
		case 'A' <= c && c <= 'F':
			digit = c - 'A' + 10
		default:
			return 0, false
		}
		if n >= 1<<59 {
			return 0, false
		}
		n = n<<4 | uint64(digit)
	}
	return n, s != ""
}
