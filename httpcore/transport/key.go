package transport

import (
	"net"
	"strconv"

	"parley/httpcore"
)

// key is everything that shapes a connection: two requests with equal keys may share one.
type key struct {
	scheme   string
	host     string // as in the URL, without brackets
	port     uint16
	protocol httpcore.Protocol
	tls      httpcore.TLSOptions
	unix     string
	family   string
	fixed    string // what Network.Resolve says for host:port; empty when it says nothing
}

// keyOf returns the key of the connection that p needs.
func keyOf(p *httpcore.Prepared) (key, error) {
	k := key{
		scheme:   p.URL.Scheme,
		host:     p.URL.Hostname(),
		port:     p.URL.EffectivePort(),
		protocol: p.Options.Protocol,
		unix:     p.Options.Network.Unix,
		family:   p.Options.Network.Family,
	}
	if k.protocol == "" {
		k.protocol = httpcore.ProtocolAuto
	}
	if k.family == "auto" {
		k.family = ""
	}
	k.fixed = p.Options.Network.Resolve[k.address()]
	switch {
	case k.scheme == "https":
		k.tls = p.Options.TLS
	case k.scheme != "http":
		return key{}, &httpcore.Error{
			Kind:    httpcore.KindURL,
			Message: "cannot send to a URL with the scheme " + k.scheme,
			Advice:  "use http or https",
		}
	case k.protocol == httpcore.ProtocolHTTP2:
		return key{}, &httpcore.Error{
			Kind:    httpcore.KindProtocol,
			Message: "HTTP/2 is chosen in the TLS handshake, and " + k.address() + " is to be reached in the clear",
			Advice:  `use https, or http = "2-prior-knowledge" when the server is known to speak HTTP/2 in the clear`,
		}
	}
	return k, nil
}

// address is "host:port" with an IPv6 host in brackets, for dialling and for sentences.
func (k key) address() string { return net.JoinHostPort(k.host, strconv.Itoa(int(k.port))) }

// shareable reports whether the connection may turn out to carry many requests at once.
func (k key) shareable() bool {
	switch k.protocol {
	case httpcore.ProtocolHTTP1:
		return false
	case httpcore.ProtocolPriorKnowledge:
		return true
	default:
		return k.scheme == "https"
	}
}
