package transport

import (
	"net"
	"net/netip"

	"parley/httpcore"
)

// connFacts is what a trace is told of a connection that stays the same through its life.
type connFacts struct {
	local, remote netip.AddrPort // of the connection itself: with a proxy, the proxy's
	address       string         // host:port as asked for
	protocolWhy   string
	tls           *httpcore.TLSInfo
}

// factsOf tells of a connection that was just made for k. Who a sentence about it names is who answers on it.
func factsOf(conn net.Conn, k key) connFacts {
	facts := connFacts{local: addrPort(conn.LocalAddr()), remote: addrPort(conn.RemoteAddr()), address: k.address()}
	if k.asksProxy() {
		facts.address = "the proxy " + k.proxy.String()
	}
	return facts
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
