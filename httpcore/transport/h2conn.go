package transport

//lint:file-ignore SA1019 net/http has no names for frames, these are its own

import (
	"golang.org/x/net/http2"
)

// h2Conn is a stream as the library uses it. What is written is looked at before it leaves: the answer may come before
// Write is over.
type h2Conn struct {
	*stream
	streams        *muxStreams
	wire           *h2Wire // nil unless it is listened to
	sent, received h2Meter // each of one writer or reader at a time
}

func newH2Conn(s *stream, streams *muxStreams, wire *muxWire) *h2Conn {
	c := &h2Conn{stream: s, streams: streams, sent: h2Meter{left: len(http2.ClientPreface)}}
	if wire != nil {
		c.wire = newH2Wire(wire)
	}
	return c
}

// Write implements io.Writer.
func (c *h2Conn) Write(b []byte) (int, error) {
	c.sent.feed(b, func(kind http2.FrameType, stream uint32) {
		if kind == http2.FrameHeaders {
			c.streams.opened(uint64(stream))
		}
	})
	if c.wire != nil {
		c.wire.bytes(true, b)
	}
	return c.stream.Write(b)
}

// Read implements io.Reader. Of a frame that the library makes something of only when it is whole, each piece is a sign of
// the server to its exchange; what is about the connection, such as a PING, is none to any. Only of a frame that comes in
// pieces, whatever it is, each is one to the exchange that has the connection for itself.
func (c *h2Conn) Read(b []byte) (int, error) {
	n, err := c.stream.Read(b)
	inPieces := c.received.inFrame()
	c.received.feed(b[:n], func(kind http2.FrameType, stream uint32) {
		switch kind {
		case http2.FrameHeaders, http2.FrameContinuation, http2.FrameData:
			if x := c.streams.exchange(uint64(stream)); x != nil {
				x.silence.touch()
			}
		}
	})
	if inPieces = inPieces || c.received.inFrame(); inPieces && n > 0 {
		if x := c.streams.alone(); x != nil {
			x.silence.touch()
		}
	}
	if c.wire != nil {
		c.wire.bytes(false, b[:n])
	}
	return n, err
}

// h2Meter follows the frames of one direction, by what stands before each.
type h2Meter struct {
	head []byte // of the frame, as far as it has come
	left int    // of its payload
}

// feed takes bytes as they pass, and tells of each frame that some of them are of.
func (m *h2Meter) feed(b []byte, tell func(kind http2.FrameType, stream uint32)) {
	for len(b) > 0 {
		if m.left == 0 && len(m.head) == h2HeaderLength {
			m.head = m.head[:0]
		}
		if n := min(len(b), m.left); n > 0 {
			m.left -= n
			b = b[n:]
			m.tell(tell)
			continue
		}
		n := min(len(b), h2HeaderLength-len(m.head))
		m.head = append(m.head, b[:n]...)
		b = b[n:]
		if len(m.head) == h2HeaderLength {
			m.left = int(m.head[0])<<16 | int(m.head[1])<<8 | int(m.head[2])
			if m.left == 0 || len(b) == 0 {
				m.tell(tell)
			}
		}
	}
}

// inFrame reports whether a frame has begun that is not whole.
func (m *h2Meter) inFrame() bool {
	return m.left > 0 || len(m.head) > 0 && len(m.head) < h2HeaderLength
}

func (m *h2Meter) tell(tell func(kind http2.FrameType, stream uint32)) {
	if len(m.head) < h2HeaderLength {
		return // the client's preface
	}
	stream := uint32(m.head[5]&0x7F)<<24 | uint32(m.head[6])<<16 | uint32(m.head[7])<<8 | uint32(m.head[8])
	tell(http2.FrameType(m.head[3]), stream)
}
