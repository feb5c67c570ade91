package transport

import (
	"fmt"
	"net/http"

	"golang.org/x/net/http2"

	"parley/httpcore"
)

//lint:file-ignore SA1019 net/http can speak HTTP/2 on a connection of ours only when it is the *tls.Conn itself, which can not be observed

// h2Mux is HTTP/2 on a connection.
type h2Mux struct {
	*http2.ClientConn
	stream *stream
}

// newH2Mux starts HTTP/2 on a connection, which need not be a *tls.Conn, so that it can be observed.
//
// The windows are Chrome's, which let one download run at the speed of the line: Go's defaults cost a third of it. Larger
// ones are not faster, and a server may fill them faster than a disk takes it.
func newH2Mux(k key, c *h2Conn, limits Limits) (*h2Mux, error) {
	base := &http.Transport{
		DisableCompression:    true, // what the user asked for is sent, and nothing is decoded here
		ExpectContinueTimeout: limits.ContinueWait,
		HTTP2: &http.HTTP2Config{
			MaxReadFrameSize:              1 << 20,
			MaxReceiveBufferPerStream:     6 << 20,
			MaxReceiveBufferPerConnection: 15 << 20,
		},
	}
	library, err := http2.ConfigureTransports(base)
	if err != nil {
		return nil, httpcore.NetworkError(httpcore.PhaseConnect, k.address(), fmt.Errorf("setting up HTTP/2: %w", err))
	}
	library.MaxHeaderListSize = uint32(limits.HeadSize)
	conn, err := library.NewClientConn(c)
	if err != nil {
		return nil, httpcore.NetworkError(httpcore.PhaseConnect, k.address(), err)
	}
	return &h2Mux{conn, c.stream}, nil
}

func (m *h2Mux) reserve(int) bool { return m.ReserveNewRequest() }

func (m *h2Mux) isOver() bool {
	state := m.State()
	return state.Closed || state.Closing
}
