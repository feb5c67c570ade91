package transport

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"

	"parley/httpcore"
)

// throughSOCKS has a SOCKS proxy connect to the server of k. Where the name is looked up here, its addresses race one
// another as they would without the proxy.
func (d dialer) throughSOCKS(ctx context.Context, k key, trace *httpcore.Trace) (net.Conn, error) {
	addresses, err := d.candidates(ctx, k.proxy.endpoint, k.family, trace)
	if err != nil {
		return nil, k.proxy.failed(httpcore.PhaseDNS, err)
	}
	through := socksDialer{net: d.net, proxy: k.proxy, addresses: addresses}
	if k.proxy.scheme == "socks5h" {
		host, port, err := k.target()
		if err != nil {
			return nil, err
		}
		trace.Begin(httpcore.PhaseConnect)
		return through.DialContext(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(int(port))))
	}
	candidates, err := d.candidates(ctx, k.endpoint, k.family, trace)
	if err != nil {
		return nil, err
	}
	trace.Begin(httpcore.PhaseConnect)
	conn, err := race(ctx, through, candidates)
	if err != nil {
		return nil, httpcore.NetworkError(httpcore.PhaseConnect, k.address(), err)
	}
	return conn, nil
}

// socksDialer connects by way of a SOCKS 5 proxy (RFC 1928), which authenticates by username and password (RFC 1929).
type socksDialer struct {
	net       Dialer
	proxy     proxy
	addresses []netip.AddrPort // of the proxy, best first
}

// DialContext implements [Dialer]; the host of the address may also be a name.
func (s socksDialer) DialContext(ctx context.Context, _, address string) (net.Conn, error) {
	conn, err := race(ctx, s.net, s.addresses)
	if err != nil {
		return nil, s.proxy.failed(httpcore.PhaseConnect, err)
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() }) // it may be closed already
	err = s.handshake(conn, address)
	if !stop() {
		err = context.Cause(ctx)
	}
	if err != nil {
		_ = conn.Close()
		return nil, s.proxy.failed(httpcore.PhaseConnect, err)
	}
	return conn, nil
}

const (
	socksVersion       = 5
	socksOpen          = 0 // the method without authentication
	socksPassword      = 2
	socksNoMethod      = 0xFF
	socksConnect       = 1
	socksIPv4          = 1
	socksName          = 3
	socksIPv6          = 4
	socksPasswordRound = 1 // the version of RFC 1929
)

func (s socksDialer) handshake(conn net.Conn, address string) error {
	if err := s.authenticate(conn); err != nil {
		return err
	}
	request, err := s.request(address)
	if err != nil {
		return err
	}
	if _, err := conn.Write(request); err != nil {
		return err
	}
	var reply [4]byte // version, code, reserved, type of the address that follows
	if _, err := io.ReadFull(conn, reply[:]); err != nil {
		return err
	}
	if reply[0] != socksVersion {
		return s.notSOCKS(reply[0])
	}
	if code := reply[1]; code != 0 {
		return s.proxy.refused("check the host and port, and what the proxy allows", "could not connect to %s: %s", address, socksProblem(code))
	}
	return skipBoundAddress(conn, reply[3])
}

func (s socksDialer) authenticate(conn net.Conn) error {
	hello := []byte{socksVersion, 1, socksOpen}
	if s.proxy.username != "" || s.proxy.password != "" {
		hello = []byte{socksVersion, 2, socksOpen, socksPassword}
	}
	if _, err := conn.Write(hello); err != nil {
		return err
	}
	var choice [2]byte
	if _, err := io.ReadFull(conn, choice[:]); err != nil {
		return err
	}
	switch {
	case choice[0] != socksVersion:
		return s.notSOCKS(choice[0])
	case choice[1] == socksOpen:
		return nil
	case choice[1] == socksPassword && len(hello) == 4:
		return s.sendPassword(conn)
	case choice[1] == socksNoMethod && len(hello) == 3:
		return s.proxy.refused("put the user name and password into its URL: "+s.proxy.scheme+"://user:password@"+s.proxy.address(), "wants to know who asks")
	default:
		return s.proxy.refused("it may want GSSAPI, which is not spoken here", "takes neither a user name and password nor none")
	}
}

func (s socksDialer) sendPassword(conn net.Conn) error {
	if len(s.proxy.username) > 255 || len(s.proxy.password) > 255 {
		return s.proxy.refused("SOCKS 5 has room for 255 bytes each", "can't be given a user name or password that long")
	}
	message := []byte{socksPasswordRound, byte(len(s.proxy.username))}
	message = append(message, s.proxy.username...)
	message = append(message, byte(len(s.proxy.password)))
	message = append(message, s.proxy.password...)
	if _, err := conn.Write(message); err != nil {
		return err
	}
	var verdict [2]byte
	if _, err := io.ReadFull(conn, verdict[:]); err != nil {
		return err
	}
	if verdict[1] != 0 {
		return s.proxy.refused("check the credentials in the proxy's URL", "refused the user name and password")
	}
	return nil
}

// request asks for a connection to an address.
func (s socksDialer) request(address string) ([]byte, error) {
	host, portText, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, err
	}
	message := []byte{socksVersion, socksConnect, 0}
	ip, err := netip.ParseAddr(host)
	switch {
	case err == nil && ip.Unmap().Is4():
		message = append(append(message, socksIPv4), ip.Unmap().AsSlice()...)
	case err == nil:
		message = append(append(message, socksIPv6), ip.AsSlice()...)
	case len(host) > 255:
		return nil, s.proxy.refused("SOCKS 5 has room for 255 bytes", "can't be given a host name that long")
	default:
		message = append(append(message, socksName, byte(len(host))), host...)
	}
	return append(message, byte(port>>8), byte(port)), nil
}

// skipBoundAddress reads the address that the proxy connects from, which ends its reply.
func skipBoundAddress(conn net.Conn, kind byte) error {
	size := 0
	switch kind {
	case socksIPv4:
		size = 4
	case socksIPv6:
		size = 16
	case socksName:
		var length [1]byte
		if _, err := io.ReadFull(conn, length[:]); err != nil {
			return err
		}
		size = int(length[0])
	}
	_, err := io.CopyN(io.Discard, conn, int64(size+2)) // and the port
	return err
}

func (s socksDialer) notSOCKS(first byte) error {
	hint := "check the port: another service seems to listen there"
	if first == 'H' {
		hint = "it answers like an HTTP proxy: begin its URL with http://"
	}
	return s.proxy.refused(hint, "does not speak SOCKS 5")
}

// socksProblem puts the reply codes of RFC 1928 section 6 into words.
func socksProblem(code byte) string {
	switch code {
	case 1:
		return "it failed"
	case 2:
		return "its rules do not allow that"
	case 3:
		return "the network is unreachable"
	case 4:
		return "the host is unreachable"
	case 5:
		return "the connection was refused"
	case 6:
		return "it took too long"
	case 7, 8:
		return "it can't do that"
	default:
		return fmt.Sprintf("code %d", code)
	}
}
