package transport

import (
	"bytes"
	"errors"
	"net"
	"sync/atomic"
)

// stream is an established connection as the protocols see it: bytes in the clear, whatever lies below.
type stream struct {
	// Conn is the topmost *tls.Conn, or without TLS the *timedConn, or what was read ahead of it. All bytes of HTTP pass
	// through its Read and Write, and none of TLS.
	net.Conn
	timed *timedConn
	alpn  string
	about connFacts
	// uncertified says that the server asked for a client certificate, and there was none to give.
	uncertified bool
	begun       bool                  // something has been read; the reader's own
	http1       atomic.Bool           // the first thing read was a status line of HTTP/1
	ended       atomic.Pointer[error] // the first error of reading
	tap         atomic.Pointer[tap]   // nil when nobody wants to know what passes
}

// tap hears the bytes that pass a stream.
type tap func(sent bool, b []byte)

// listen makes heard, which may be nil, the one that hears what passes from now on.
func (s *stream) listen(heard tap) {
	if heard == nil {
		s.tap.Store(nil)
		return
	}
	s.tap.Store(&heard)
}

func (s *stream) passed(sent bool, b []byte) {
	if heard := s.tap.Load(); heard != nil && len(b) > 0 {
		(*heard)(sent, b)
	}
}

// Write implements io.Writer.
func (s *stream) Write(b []byte) (int, error) {
	n, err := s.Conn.Write(b)
	s.passed(true, b[:n])
	return n, err
}

// Read remembers how reading began and ended, which an HTTP/2 library does not always pass on.
func (s *stream) Read(b []byte) (int, error) {
	n, err := s.Conn.Read(b)
	if !s.begun && n > 0 {
		s.begun = true
		s.http1.Store(bytes.HasPrefix(b[:n], []byte("HTTP/1")))
	}
	if err != nil {
		s.ended.CompareAndSwap(nil, &err)
	}
	s.passed(false, b[:n])
	return n, err
}

// reason is how the peer ended the connection; otherwise, when it did not, or that is not known.
func (s *stream) reason(otherwise error) error {
	if ended := s.ended.Load(); ended != nil && !errors.Is(*ended, net.ErrClosed) {
		return *ended
	}
	return otherwise
}

// abort unblocks every read and write at once and gives the connection up. It closes what lies under TLS: closing TLS
// itself would first try to say goodbye, and could block doing so.
func (s *stream) abort() { _ = s.timed.Close() }

// close says goodbye where the protocol has one, without waiting for it.
func (s *stream) close() {
	if s.about.tls == nil {
		s.abort()
		return
	}
	go func() { _ = s.Conn.Close() }() // an error means that it is closed already
}
