package protocol

import (
	"bytes"
	"io"
)

// DefaultMaxLine is how many bytes of a line are kept.
const DefaultMaxLine = 16 << 20

// readSize is how much is read at once.
const readSize = 64 << 10

// Line is a line of a body without its end.
type Line struct {
	// Text is valid until the next call of Next.
	Text []byte
	// Omitted counts the bytes beyond the bound, which are not in Text.
	Omitted int64
	// Unfinished says that the body ended where the end of the line should be.
	Unfinished bool
}

// LineReader splits a body into lines that end with CR, LF or CRLF, as bytes.splitlines does in requests' iter_lines. A CRLF that
// arrives in two pieces is one end.
type LineReader struct {
	source  io.Reader
	max     int
	crEnds  bool
	buffer  []byte
	pending []byte // what was read and not yet looked at; a part of buffer
	line    []byte // the line so far, when it did not lie in pending as a whole
	omitted int64
	begun   bool // there is something of a line that has not been returned
	afterCR bool // an LF that comes next belongs to the end before
	err     error
}

// NewLineReader returns a reader of the lines of r, of which at most max bytes are kept; 0 means [DefaultMaxLine].
func NewLineReader(r io.Reader, max int) *LineReader {
	if max <= 0 {
		max = DefaultMaxLine
	}
	return &LineReader{source: r, max: max, crEnds: true}
}

// Next returns the next line as soon as its end is there. What the body ends with is a line too, unless it is empty. The
// error is that of the reader, io.EOF at its end.
func (l *LineReader) Next() (Line, error) {
	l.line, l.omitted, l.begun = l.line[:0], 0, false
	if cap(l.line) > readSize {
		l.line = nil // one long line is no reason to hold so much for good
	}
	for {
		if l.skipLF(); len(l.pending) > 0 {
			end := l.lineEnd()
			if end >= 0 {
				return l.finish(end), nil
			}
			l.keep(l.pending)
			l.pending = nil
		}
		if l.err != nil {
			if l.begun {
				l.begun = false
				return Line{Text: l.line, Omitted: l.omitted, Unfinished: true}, nil
			}
			return Line{}, l.err
		}
		l.read()
	}
}

func (l *LineReader) read() {
	if l.buffer == nil {
		l.buffer = make([]byte, readSize)
	}
	n, err := l.source.Read(l.buffer)
	l.pending, l.err = l.buffer[:n], err
}

// skipLF drops the second half of a CRLF.
func (l *LineReader) skipLF() {
	if l.afterCR && len(l.pending) > 0 {
		l.afterCR = false
		if l.pending[0] == '\n' {
			l.pending = l.pending[1:]
		}
	}
}

// lineEnd returns where in pending the line ends, or -1.
func (l *LineReader) lineEnd() int {
	end := bytes.IndexByte(l.pending, '\n')
	if !l.crEnds {
		return end
	}
	until := l.pending
	if end >= 0 {
		until = until[:end]
	}
	if cr := bytes.IndexByte(until, '\r'); cr >= 0 {
		return cr
	}
	return end
}

// finish returns the line that ends at end.
func (l *LineReader) finish(end int) Line {
	rest := l.pending[:end]
	l.afterCR = l.pending[end] == '\r'
	l.pending = l.pending[end+1:]
	if len(l.line) == 0 && len(rest) <= l.max {
		return Line{Text: rest, Omitted: l.omitted}
	}
	l.keep(rest)
	return Line{Text: l.line, Omitted: l.omitted}
}

// keep adds to the line what the bound allows.
func (l *LineReader) keep(part []byte) {
	l.begun = true
	fits := min(len(part), l.max-len(l.line))
	l.line = append(l.line, part[:fits]...)
	l.omitted += int64(len(part) - fits)
}
