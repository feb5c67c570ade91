package transport

import (
	"net"
	"net/netip"
	"time"

	"parley/httpcore"
)

// connFacts is what a trace is told of a connection that stays the same through its life.
type connFacts struct {
	local, remote netip.AddrPort
	address       string // host:port as asked for
	tls           *httpcore.TLSInfo
}

// tell reports a connection that is about to carry its next request.
func (f connFacts) tell(trace *httpcore.Trace, protocol string, uses int, idle time.Duration) {
	trace.Connected(httpcore.Conn{
		Local:    f.local,
		Remote:   f.remote,
		Reused:   uses > 0,
		Uses:     uses,
		Idle:     idle,
		Protocol: protocol,
	})
	if f.tls != nil {
		trace.Secured(f.tls)
	}
}

// addrPort returns the zero value for an address that is no IP address, such as a unix socket's.
func addrPort(addr net.Addr) netip.AddrPort {
	if tcp, ok := addr.(*net.TCPAddr); ok {
		ap := tcp.AddrPort()
		return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
	}
	return netip.AddrPort{}
}
