package transport

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"net"

	"parley/httpcore"
)

// proxy is who stands on the way to a server; the zero value is nobody.
type proxy struct {
	scheme string // "http", "https", "socks5" (names are looked up here) or "socks5h" (by the proxy)
	endpoint
	authorization      string // the value of Proxy-Authorization for an HTTP proxy; empty for none
	username, password string // for a SOCKS proxy
	// tls is for an https proxy: it is verified under its own name, whatever is asked of the server's certificate.
	tls httpcore.TLSOptions
}

// proxyOf chooses the proxy for p; why says where that comes from.
func proxyOf(p *httpcore.Prepared) (chosen proxy, why string, err error) {
	network := &p.Options.Network
	if network.Unix != "" {
		if len(network.Proxies.By) > 0 {
			why = "none, for network.unix says where to connect"
		}
		return proxy{}, why, nil
	}
	u, why, err := network.Proxies.For(p.URL)
	if u == nil || err != nil {
		return proxy{}, why, err
	}
	chosen = proxy{scheme: u.Scheme, endpoint: endpointOf(u, network.Resolve)}
	switch chosen.scheme {
	case "socks5", "socks5h":
		chosen.username, chosen.password = u.Credentials()
	case "https":
		chosen.tls = httpcore.TLSOptions{CA: p.Options.TLS.CA, MinVersion: p.Options.TLS.MinVersion, KeyLog: p.Options.TLS.KeyLog}
		fallthrough
	default:
		chosen.authorization = basic(u)
		if written, ok := p.Header(proxyAuthorization); ok {
			chosen.authorization = written
		}
	}
	if p.Options.Protocol == httpcore.ProtocolHTTP3 {
		return proxy{}, "", &httpcore.Error{
			Kind:    httpcore.KindProtocol,
			Message: fmt.Sprintf("HTTP/3 goes over UDP, which the proxy %s does not carry", chosen),
			Advice:  `set http = "auto", or proxy = "" to go without`,
		}
	}
	return chosen, why, nil
}

const proxyAuthorization = "Proxy-Authorization"

// basic returns the Basic credentials of a URL; empty when it has none.
func basic(u *httpcore.URL) string {
	username, password := u.Credentials()
	if username == "" && password == "" {
		return ""
	}
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(username+":"+password))
}

func (p proxy) isNone() bool { return p.scheme == "" }

func (p proxy) isSOCKS() bool { return p.scheme == "socks5" || p.scheme == "socks5h" }

// String is the proxy's URL without credentials; empty for none.
func (p proxy) String() string {
	if p.isNone() {
		return ""
	}
	return p.scheme + "://" + p.address()
}

// failed says that the proxy could not be reached, or broke off. Timeouts and cancellations stay what they are.
func (p proxy) failed(phase httpcore.Phase, cause error) error {
	known := httpcore.NetworkError(phase, p.address(), cause)
	switch known.Kind {
	case httpcore.KindCanceled, httpcore.KindConnectTimeout:
		return known
	}
	e := *known
	e.Kind, e.Err = httpcore.KindProxy, known // which tells what kind of failure a retry has to count
	e.Message = "the proxy " + p.String() + " cannot be used: " + e.Message
	if _, ok := errors.AsType[*tls.CertificateVerificationError](cause); ok {
		e.Advice = `check the proxy's URL; if you trust it, name the file of its CA: verify = "ca.pem" (verify = false is for servers only)`
	}
	return &e
}

// refused says what the proxy did not do, and what to try.
func (p proxy) refused(hint, format string, args ...any) *httpcore.Error {
	return &httpcore.Error{
		Kind:    httpcore.KindProxy,
		Message: "the proxy " + p.String() + " " + fmt.Sprintf(format, args...),
		Advice:  hint,
	}
}

// tunnels reports whether an HTTP proxy is asked for a way through (CONNECT): for TLS, for a protocol that it need not
// know, and for a server whose address is fixed here, which it would look up by itself.
func (k key) tunnels() bool {
	return !k.proxy.isNone() && !k.proxy.isSOCKS() &&
		(k.scheme == "https" || k.protocol == httpcore.ProtocolPriorKnowledge || k.fixed != "")
}

// asksProxy reports whether an HTTP proxy is sent the request itself, with the whole URL (RFC 9112 section 3.2.2).
func (k key) asksProxy() bool { return !k.proxy.isNone() && !k.proxy.isSOCKS() && !k.tunnels() }

// destination names the server and the proxy on the way to it, for sentences.
func (k key) destination() string {
	if k.proxy.isNone() {
		return k.address()
	}
	return k.address() + " through the proxy " + k.proxy.String()
}

// throughProxy connects to the proxy of k, and has a SOCKS proxy connect to the server.
func (d dialer) throughProxy(ctx context.Context, k key, trace *httpcore.Trace) (net.Conn, error) {
	if k.proxy.isSOCKS() {
		return d.throughSOCKS(ctx, k, trace)
	}
	conn, err := d.reach(ctx, k.proxy.endpoint, k.family, trace)
	if err != nil {
		return nil, k.proxy.failed(httpcore.PhaseConnect, err)
	}
	return conn, nil
}
