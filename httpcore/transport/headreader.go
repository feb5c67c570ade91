package transport

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"parley/httpcore"
)

// noReplyError means that reading ended before the first byte of a head.
type noReplyError struct{ cause error }

func (e noReplyError) Error() string { return "no reply: " + e.cause.Error() }

func (e noReplyError) Unwrap() error { return e.cause }

// headReader reads response heads from a connection, within the limits.
type headReader struct {
	r      *bufio.Reader
	limits Limits
}

// next reads one head. began is told the status as soon as the status line is there.
func (h headReader) next(began func(status int)) (*head, error) {
	if err := h.looksLikeHTTP(); err != nil {
		return nil, err
	}
	raw, err := h.line(nil, h.limits.HeadSize)
	if err != nil {
		return nil, err
	}
	var first head
	line, _, _ := cutLine(string(raw))
	if err := first.parseStatusLine(line); err != nil {
		return nil, err
	}
	began(first.status)
	if raw, err = h.section(raw, h.limits.HeadSize); err != nil {
		return nil, err
	}
	return parseHead(raw, h.limits.Fields)
}

// section appends lines to raw up to and with the empty one.
func (h headReader) section(raw []byte, limit int) ([]byte, error) {
	for {
		start := len(raw)
		var err error
		if raw, err = h.line(raw, limit); err != nil {
			return raw, err
		}
		if line := raw[start:]; len(line) <= 2 && (line[0] == '\n' || line[0] == '\r') {
			return raw, nil
		}
	}
}

// line appends one line to raw, its LF included.
func (h headReader) line(raw []byte, limit int) ([]byte, error) {
	start := len(raw)
	for {
		piece, err := h.r.ReadSlice('\n')
		if len(raw)-start+len(piece) > h.limits.LineLength {
			return raw, protocolError(httpcore.KindProtocol, "sent a header line of more than %s", plural(int64(h.limits.LineLength)))
		}
		if len(raw)+len(piece) > limit {
			return raw, protocolError(httpcore.KindProtocol, "sent a header section of more than %s", plural(int64(limit)))
		}
		raw = append(raw, piece...)
		switch {
		case err == nil:
			return raw, nil
		case errors.Is(err, io.EOF):
			return raw, io.ErrUnexpectedEOF
		case !errors.Is(err, bufio.ErrBufferFull):
			return raw, err
		}
	}
}

// looksLikeHTTP waits for the first byte and refuses what can't become a status line at once, instead of waiting for
// the end of a line that a binary protocol may never send.
func (h headReader) looksLikeHTTP() error {
	if _, err := h.r.Peek(1); err != nil {
		return noReplyError{err}
	}
	const magic = "HTTP/"
	start, _ := h.r.Peek(min(h.r.Buffered(), 64))
	if n := min(len(start), len(magic)); string(start[:n]) == magic[:n] {
		return nil
	}
	err := protocolError(httpcore.KindProtocol, "answered with %q instead of HTTP/1.1", clip(firstLine(start)))
	switch {
	case start[0] == 0x15 || start[0] == 0x16: // TLS alert, handshake
		err.Advice = "this port speaks TLS: use https:// instead of http://"
	case len(start) > 3 && start[0] == 0 && start[3] == 4: // a SETTINGS frame
		err.Advice = `this port speaks HTTP/2 only: set http = "2-prior-knowledge"`
	default:
		err.Advice = "check the port: another service seems to listen there"
	}
	return err
}

func firstLine(b []byte) string {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return string(bytes.TrimSuffix(line, []byte("\r")))
}

// isEnd reports whether err means that the peer closed the connection in an orderly way.
func isEnd(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
