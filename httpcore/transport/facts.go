package transport

import (
	"net"
	"net/netip"

	"parley/httpcore"
)

// connFacts is what a trace is told of a connection that stays the same through its life.
type connFacts struct {
	local, remote netip.AddrPort
	address       string // host:port as asked for
	protocolWhy   string
	tls           *httpcore.TLSInfo
}

// addrPort returns the zero value for an address that is no IP address, such as a unix socket's.
func addrPort(addr net.Addr) netip.AddrPort {
	internet, ok := addr.(interface{ AddrPort() netip.AddrPort })
	if !ok {
		return netip.AddrPort{}
	}
	ap := internet.AddrPort()
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
}
