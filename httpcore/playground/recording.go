package playground

import (
	"bytes"
	"errors"
	"io"
	"net/textproto"
	"strconv"
	"strings"
)

// A recording reads requests off a connection without changing a byte. It frames them by hand: a parser of the standard
// library would normalise, and refuse, what a test wants to see.
type recording struct {
	conn    io.Reader
	keep    func([]byte) // hears of every byte as it comes
	pending []byte       // read, and not yet part of a finished request
	read    int          // how far pending was taken in
}

// A recordedHead is what matters for framing (RFC 9112, section 6.3).
type recordedHead struct {
	length          int64
	chunked         bool
	expectsContinue bool
}

var errBadFraming = errors.New("the request's framing is not valid")

// until takes in bytes up to and including delim and returns them.
func (r *recording) until(delim string) ([]byte, error) {
	for {
		if i := bytes.Index(r.pending[r.read:], []byte(delim)); i >= 0 {
			from := r.read
			r.read += i + len(delim)
			return r.pending[from:r.read], nil
		}
		if err := r.fill(); err != nil {
			return nil, err
		}
	}
}

func (r *recording) count(n int64) error {
	for int64(len(r.pending)-r.read) < n {
		if err := r.fill(); err != nil {
			return err
		}
	}
	r.read += int(n)
	return nil
}

func (r *recording) fill() error {
	buf := make([]byte, 16<<10)
	n, err := r.conn.Read(buf)
	if n > 0 {
		r.keep(buf[:n])
		r.pending = append(r.pending, buf[:n]...)
		return nil
	}
	return err
}

// take returns the request that was taken in, and leaves what came after it for the next.
func (r *recording) take() []byte {
	request := bytes.Clone(r.pending[:r.read])
	r.pending, r.read = r.pending[r.read:], 0
	return request
}

func (r *recording) readHead() (recordedHead, error) {
	raw, err := r.until("\r\n\r\n")
	if err != nil {
		return recordedHead{}, err
	}
	var head recordedHead
	for line := range strings.SplitSeq(string(raw), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		value = textproto.TrimString(value)
		switch strings.ToLower(name) {
		case "content-length":
			if head.length, err = strconv.ParseInt(value, 10, 64); err != nil || head.length < 0 || head.length > maxSize {
				return head, errBadFraming
			}
		case "transfer-encoding":
			head.chunked = strings.HasSuffix(strings.ToLower(value), "chunked")
		case "expect":
			head.expectsContinue = strings.EqualFold(value, "100-continue")
		}
	}
	return head, nil
}

func (r *recording) readBody(head recordedHead) error {
	if !head.chunked {
		return r.count(head.length)
	}
	for {
		line, err := r.until("\r\n")
		if err != nil {
			return err
		}
		digits, _, _ := strings.Cut(strings.TrimSuffix(string(line), "\r\n"), ";")
		size, err := strconv.ParseInt(strings.TrimSpace(digits), 16, 64)
		if err != nil || size < 0 || size > maxSize {
			return errBadFraming
		}
		if size == 0 {
			return r.readTrailers()
		}
		if err := r.count(size + int64(len("\r\n"))); err != nil {
			return err
		}
	}
}

func (r *recording) readTrailers() error {
	for {
		line, err := r.until("\r\n")
		if err != nil || string(line) == "\r\n" {
			return err
		}
	}
}

func isInterim(reply string) bool {
	_, status, _ := strings.Cut(reply, " ")
	return strings.HasPrefix(status, "1")
}

// endsConnection reports whether a reply is framed by the close of its connection, or announces it.
func endsConnection(reply string) bool {
	for isInterim(reply) {
		if _, reply, _ = strings.Cut(reply, "\r\n\r\n"); reply == "" {
			return false // the final response is a reply of its own
		}
	}
	head, _, _ := strings.Cut(strings.ToLower(reply), "\r\n\r\n")
	_, status, _ := strings.Cut(head, " ")
	bodiless := strings.HasPrefix(status, "204") || strings.HasPrefix(status, "304")
	framed := strings.Contains(head, "\r\ncontent-length:") || strings.Contains(head, "\r\ntransfer-encoding:")
	return strings.Contains(head, "\r\nconnection: close") || !framed && !bodiless
}
