package transport

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"

	"parley/httpcore"
)

// dialer makes connections as a key says.
type dialer struct {
	net      Dialer
	resolver Resolver
	limits   Limits
}

// dial connects to the server of k, or to the proxy on the way to it. Phases are told to trace; the caller ends the last.
func (d dialer) dial(ctx context.Context, k key, trace *httpcore.Trace) (net.Conn, error) {
	if k.unix != "" {
		trace.Begin(httpcore.PhaseConnect)
		conn, err := d.net.DialContext(ctx, "unix", k.unix)
		if err != nil {
			return nil, httpcore.NetworkError(httpcore.PhaseConnect, k.unix, err)
		}
		return conn, nil
	}
	if !k.proxy.isNone() {
		return d.throughProxy(ctx, k, trace)
	}
	return d.reach(ctx, k.endpoint, k.family, trace)
}

// reach looks an endpoint up and connects to it.
func (d dialer) reach(ctx context.Context, e endpoint, family string, trace *httpcore.Trace) (net.Conn, error) {
	candidates, err := d.candidates(ctx, e, family, trace)
	if err != nil {
		return nil, err
	}
	trace.Begin(httpcore.PhaseConnect)
	conn, err := race(ctx, d.net, candidates)
	if err != nil {
		return nil, httpcore.NetworkError(httpcore.PhaseConnect, e.address(), err)
	}
	return conn, nil
}

// candidates returns the addresses to try, best first.
func (d dialer) candidates(ctx context.Context, e endpoint, family string, trace *httpcore.Trace) ([]netip.AddrPort, error) {
	host, port, err := e.target()
	if err != nil {
		return nil, err
	}
	addrs, err := d.addresses(ctx, host, family, trace)
	if err != nil {
		return nil, err
	}
	candidates := make([]netip.AddrPort, len(addrs))
	for i, addr := range interleave(addrs) {
		candidates[i] = netip.AddrPortFrom(addr, port)
	}
	return candidates, nil
}

// addresses returns the addresses of a host in one family ("4", "6") or both ("").
func (d dialer) addresses(ctx context.Context, host, family string, trace *httpcore.Trace) ([]netip.Addr, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return ofFamily([]netip.Addr{addr}, host, family)
	}
	if isLocalhost(host) {
		return ofFamily([]netip.Addr{netip.IPv6Loopback(), netip.AddrFrom4([4]byte{127, 0, 0, 1})}, host, family)
	}
	trace.Begin(httpcore.PhaseDNS)
	addrs, err := d.resolver.LookupNetIP(ctx, "ip"+family, host)
	if err != nil {
		return nil, httpcore.NetworkError(httpcore.PhaseDNS, host, err)
	}
	for i := range addrs {
		addrs[i] = addrs[i].Unmap()
	}
	return ofFamily(addrs, host, family)
}

// isLocalhost reports whether a name means this machine wherever it is asked for (RFC 6761 section 6.3): such names are
// not sent to a name server.
func isLocalhost(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

func ofFamily(addrs []netip.Addr, host, family string) ([]netip.Addr, error) {
	var kept []netip.Addr
	for _, addr := range addrs {
		if family == "" || (family == "4") == addr.Is4() {
			kept = append(kept, addr)
		}
	}
	if len(kept) > 0 {
		return kept, nil
	}
	err := &httpcore.Error{Kind: httpcore.KindDNS, Message: host + " has no address", Advice: "check the spelling of the host name"}
	if len(addrs) > 0 {
		err.Message = fmt.Sprintf("%s has no IPv%s address, only %s", host, family, addrs[0])
		err.Advice = `set network.family to "auto" to use any address`
	}
	return nil, err
}

// interleave alternates between the two families, beginning with that of the first address (RFC 8305 section 4).
func interleave(addrs []netip.Addr) []netip.Addr {
	var first, second []netip.Addr
	for _, addr := range addrs {
		if addr.Is4() == addrs[0].Is4() {
			first = append(first, addr)
		} else {
			second = append(second, addr)
		}
	}
	mixed := make([]netip.Addr, 0, len(addrs))
	for i := range max(len(first), len(second)) {
		if i < len(first) {
			mixed = append(mixed, first[i])
		}
		if i < len(second) {
			mixed = append(mixed, second[i])
		}
	}
	return mixed
}
