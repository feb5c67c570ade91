package protocol

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// EventReader reads a stream of server-sent events as the WHATWG HTML standard, section 9.2.6, interprets it. An event that the
// body ends within is dropped, as it says.
type EventReader struct {
	lines *LineReader
	begun bool // the first line, and so a byte order mark, has gone by
	max   int

	data    []byte // with a line feed between two lines
	some    bool   // there was a line of data, which may have been empty
	omitted int64
	kind    string
	id      string // of the event that is being read
	lastID  string // of the last one that was dispatched
}

// NewEventReader returns a reader of the events in r, of whose data at most max bytes are kept; 0 means [DefaultMaxLine]. lastID
// is the last event ID of the connection before, which counts until the server names another.
func NewEventReader(r io.Reader, max int, lastID string) *EventReader {
	if max <= 0 {
		max = DefaultMaxLine
	}
	return &EventReader{lines: NewLineReader(r, max+otherFields), max: max, id: lastID, lastID: lastID}
}

// otherFields is how much longer than its data a line may be: the name of a field, or an id or type beside small data.
const otherFields = 4 << 10

// LastID is the last event ID: what a client says when it connects again.
func (e *EventReader) LastID() string { return e.lastID }

// Next returns the next Event, Comment or RetrySet. The error is that of the reader, io.EOF at its end.
func (e *EventReader) Next() (Message, error) {
	for {
		line, err := e.lines.Next()
		if err != nil {
			return nil, err
		}
		if line.Unfinished {
			continue
		}
		if !e.begun {
			e.begun = true
			line.Text = bytes.TrimPrefix(line.Text, byteOrderMark)
		}
		if message := e.line(line); message != nil {
			return message, nil
		}
	}
}

// line interprets a line, and returns what comes of it at once.
func (e *EventReader) line(line Line) Message {
	switch {
	case len(line.Text) == 0:
		return e.dispatch()
	case line.Text[0] == ':':
		return Comment{decode(bytes.TrimPrefix(line.Text[1:], []byte(" ")))}
	}
	name, value, _ := bytes.Cut(line.Text, []byte(":"))
	value = bytes.TrimPrefix(value, []byte(" "))
	switch string(name) {
	case "data":
		e.add(value, line.Omitted)
	case "event":
		e.kind = decode(value)
	case "id":
		if bytes.IndexByte(value, 0) < 0 {
			e.id = decode(value)
		}
	case "retry":
		if wait, ok := milliseconds(string(value)); ok {
			return RetrySet{wait}
		}
	}
	return nil
}

// add appends a line to the data of the event.
func (e *EventReader) add(value []byte, omitted int64) {
	if e.some {
		e.keep([]byte{'\n'})
	}
	e.some = true
	e.keep(value)
	e.omitted += omitted
}

// keep adds to the data what the bound allows: also of empty lines there may be any number.
func (e *EventReader) keep(part []byte) {
	fits := min(len(part), e.max-len(e.data))
	e.data = append(e.data, part[:fits]...)
	e.omitted += int64(len(part) - fits)
}

// dispatch ends the event. One without data only tells its id.
func (e *EventReader) dispatch() Message {
	e.lastID = e.id
	data, some, kind, omitted := e.data, e.some, e.kind, e.omitted
	e.data, e.some, e.kind, e.omitted = e.data[:0], false, "", 0
	if cap(e.data) > readSize {
		e.data = nil // one large event is no reason to hold so much for good
	}
	if !some {
		return nil
	}
	if kind == "" {
		kind = "message"
	}
	return Event{Type: kind, ID: e.id, Data: decode(data), Omitted: omitted}
}

// longestRetry keeps what a server asks for within what a duration can hold; EventSource bounds it further.
const longestRetry = 1000 * time.Hour

// milliseconds reads a retry field, which counts only if it is made of ASCII digits.
func milliseconds(digits string) (time.Duration, bool) {
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n > longestRetry.Milliseconds() {
		return longestRetry, true
	}
	return time.Duration(n) * time.Millisecond, true
}

// decode makes text of bytes, with U+FFFD in the place of what is not UTF-8, as the Encoding standard has it.
func decode(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	text, err := unicode.UTF8.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\ufffd")
	}
	return string(text)
}
