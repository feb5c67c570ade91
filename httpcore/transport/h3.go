package transport

import (
	"context"
	"net"
	"time"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3"
	"github.com/quic-go/quic-go/qlogwriter"
)

// maxH3Exchanges is how many exchanges share a connection. The library does not tell how many streams a server allows, and
// makes those wait that are too many; RFC 9114 section 6.1 asks servers for no fewer than this.
const maxH3Exchanges = 100

// h3Mux is HTTP/3 on a connection.
type h3Mux struct {
	*http3.ClientConn
	quic *quic.Conn
	log  *h3Log
}

func newH3Mux(conn *quic.Conn, limits Limits) *h3Mux {
	library := &http3.Transport{
		DisableCompression:     true, // what the user asked for is sent, and nothing is decoded here
		MaxResponseHeaderBytes: limits.HeadSize,
	}
	log := conn.QlogTrace().(*h3Log)
	log.listen()
	return &h3Mux{library.NewClientConn(conn), conn, log}
}

func (m *h3Mux) reserve(active int) bool { return active < maxH3Exchanges && !m.isOver() }

func (m *h3Mux) isOver() bool { return m.quic.Context().Err() != nil }

// Close says goodbye. The socket is closed when the library has done so.
func (m *h3Mux) Close() error {
	return m.quic.CloseWithError(quic.ApplicationErrorCode(http3.ErrCodeNoError), "")
}

// quicConfig are the settings of a connection. The windows are those of HTTP/2. A server that vanishes is noticed, by
// packets that ask whether it is there, within QUIC's own idle timeout of 30 s. A handshake of 0 may take for ever, which is
// as long as the caller's context lets it; that one is to end first.
func quicConfig(handshake time.Duration, streams *muxStreams, wire *muxWire) *quic.Config {
	if handshake == 0 {
		handshake = 365 * 24 * time.Hour
	}
	config := &quic.Config{
		HandshakeIdleTimeout:           handshake,
		KeepAlivePeriod:                10 * time.Second,
		InitialStreamReceiveWindow:     2 << 20,
		MaxStreamReceiveWindow:         16 << 20,
		InitialConnectionReceiveWindow: 4 << 20,
		MaxConnectionReceiveWindow:     32 << 20,
		MaxIncomingStreams:             -1, // RFC 9114 section 6.1: a server opens none
	}
	config.Tracer = func(context.Context, bool, quic.ConnectionID) qlogwriter.Trace {
		return &h3Log{streams: streams, wire: wire}
	}
	return config
}

// socket is a connected UDP socket in the form that the library wants. Only a connected one hears that nobody listens at
// the other end, and it takes packets for that end alone.
type socket struct{ *net.UDPConn }

func (s socket) WriteTo(b []byte, _ net.Addr) (int, error) { return s.Write(b) }

func (s socket) WriteMsgUDP(b, oob []byte, _ *net.UDPAddr) (n, oobn int, err error) {
	return s.UDPConn.WriteMsgUDP(b, oob, nil)
}
