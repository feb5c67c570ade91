package transport

import (
	"fmt"

	"parley/httpcore"
)

// key is everything that shapes a connection: two requests with equal keys may share one.
type key struct {
	scheme string
	endpoint
	protocol httpcore.Protocol
	tls      httpcore.TLSOptions
	unix     string
	family   string
	proxy    proxy
	affinity uint64 // Prepared.Affinity
	// logged keeps the connections apart whose frames are listened to from their first byte.
	logged bool
}

// keyOf returns the key of the connection that p needs.
func keyOf(p *httpcore.Prepared) (key, error) {
	k := key{
		scheme:   p.URL.Scheme,
		endpoint: endpointOf(p.URL, p.Options.Network.Resolve),
		protocol: p.Options.Protocol,
		unix:     p.Options.Network.Unix,
		family:   p.Options.Network.Family,
		affinity: p.Affinity,
	}
	if k.protocol == "" {
		k.protocol = httpcore.ProtocolAuto
	}
	if k.family == "auto" {
		k.family = ""
	}
	if k.affinity > 0 {
		if k.protocol != httpcore.ProtocolAuto && k.protocol != httpcore.ProtocolHTTP1 {
			return key{}, affinityError(k)
		}
		k.protocol = httpcore.ProtocolHTTP1
	}
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
	k.logged = k.shareable() && p.Options.WireLimit > 0
	if k.protocol == httpcore.ProtocolHTTP3 {
		return k, checkHTTP3(k)
	}
	return k, nil
}

// affinityError says that a protocol which shares its connections can't keep one apart.
func affinityError(k key) error {
	return &httpcore.Error{
		Kind:    httpcore.KindProtocol,
		Message: fmt.Sprintf("the auth for %s needs a connection of its own, and http = %q shares them", k.address(), k.protocol),
		Advice:  `set http = "1.1" or "auto"`,
	}
}

// protocolWhy says why a connection speaks what it does; alpn is what the server chose in the TLS handshake.
func (k key) protocolWhy(alpn string) string {
	switch {
	case k.affinity > 0:
		return "the auth belongs to one connection, and only HTTP/1.1 keeps one apart"
	case k.protocol != httpcore.ProtocolAuto:
		return fmt.Sprintf("asked for by http = %q", k.protocol)
	case k.scheme != "https":
		return "HTTP/1.1 is what is spoken without TLS"
	case alpn == "":
		return "the server chose nothing in the TLS handshake, which means HTTP/1.1"
	default:
		return "the server chose " + alpn + " in the TLS handshake"
	}
}

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
