package protocol

import (
	"bytes"
	"io"

	"parley/httpcore/content"
)

// Value is a line of NDJSON.
type Value struct {
	Line
	// Number counts the lines from 1, blank ones too.
	Number int64
	// Err says why the line is no JSON text, with the place in it; nil when it is one, or when it was cut at the bound.
	Err error
}

// ValueReader reads NDJSON: a JSON text a line, blank lines left out. A line that is none is returned with what is wrong
// with it, and does not end the stream.
type ValueReader struct {
	lines  *LineReader
	number int64
}

// NewValueReader returns a reader of the values in r, of which at most max bytes are kept; 0 means [DefaultMaxLine].
func NewValueReader(r io.Reader, max int) *ValueReader {
	lines := NewLineReader(r, max)
	lines.crEnds = false // a CR alone is white space within a text (RFC 8259 section 2)
	return &ValueReader{lines: lines}
}

// Next returns the next value. The error is that of the reader, io.EOF at its end.
func (v *ValueReader) Next() (Value, error) {
	for {
		line, err := v.lines.Next()
		if err != nil {
			return Value{}, err
		}
		v.number++
		line.Text = bytes.TrimSuffix(line.Text, []byte("\r"))
		if v.number == 1 {
			line.Text = bytes.TrimPrefix(line.Text, byteOrderMark)
		}
		if len(bytes.TrimSpace(line.Text)) == 0 && line.Omitted == 0 {
			continue
		}
		value := Value{Line: line, Number: v.number}
		if line.Omitted == 0 {
			value.Err = checkJSON(line.Text)
		}
		return value, nil
	}
}

var byteOrderMark = []byte("\ufeff")

// checkJSON says what is wrong with a JSON text.
func checkJSON(text []byte) error {
	var scanner content.Scanner
	for {
		token, used := scanner.Next(text)
		text = text[used:]
		switch token.Kind {
		case content.None:
			return scanner.Finish()
		case content.Invalid:
			return scanner.Err()
		}
	}
}
