package transport

import (
	"fmt"
	"net"
	"strconv"
	"strings"

	"parley/httpcore"
)

// endpoint is a host to connect to: a server or a proxy.
type endpoint struct {
	host  string // without brackets
	port  uint16
	fixed string // what Network.Resolve says for host:port; empty when it says nothing
}

func endpointOf(u *httpcore.URL, resolve map[string]string) endpoint {
	e := endpoint{host: u.Hostname(), port: u.EffectivePort()}
	for from, to := range resolve {
		if strings.EqualFold(from, e.address()) { // as host names are compared
			e.fixed = to
		}
	}
	return e
}

// address is "host:port" with an IPv6 host in brackets, for dialling and for sentences.
func (e endpoint) address() string { return net.JoinHostPort(e.host, strconv.Itoa(int(e.port))) }

// target is where to connect: the host, or what Network.Resolve says instead. The port may be missing there, as in curl's
// --resolve, and is the URL's then.
func (e endpoint) target() (host string, port uint16, err error) {
	if e.fixed == "" {
		return e.host, e.port, nil
	}
	host, portText, err := net.SplitHostPort(e.fixed)
	if err != nil {
		return strings.Trim(e.fixed, "[]"), e.port, nil
	}
	n, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return "", 0, &httpcore.Error{
			Kind:    httpcore.KindURL,
			Message: fmt.Sprintf("%s is to be reached at %q, which has no valid port", e.address(), e.fixed),
			Advice:  "write network.resolve as host:port = address:port",
		}
	}
	return host, uint16(n), nil
}
