package transport

import (
	"slices"
	"time"

	"parley/httpcore"
)

// route is the way that one request takes: the key of its connection, and what only this request says of it.
type route struct {
	key
	timeout  time.Duration // of making the connection; 0 for none
	proxyWhy string
}

// routeOf returns the way of p.
func routeOf(p *httpcore.Prepared) (route, error) {
	k, err := keyOf(p)
	if err != nil {
		return route{}, err
	}
	w := route{key: k, timeout: p.Options.Timeout.Connect}
	w.proxy, w.proxyWhy, err = proxyOf(p)
	return w, err
}

// shape makes r what goes out on this way: a proxy that passes it on is sent the whole URL and its own credentials, which
// nobody but the proxy gets to see.
func (w route) shape(r *request) {
	if w.proxy.isNone() || w.proxy.isSOCKS() {
		return
	}
	shaped := *r.Prepared
	r.Prepared = &shaped
	if _, written := shaped.Header(proxyAuthorization); written {
		shaped.Headers = slices.Clone(shaped.Headers)
		if !w.asksProxy() {
			shaped.DelHeader(proxyAuthorization) // it has gone with CONNECT
		}
	} else if w.asksProxy() && w.proxy.authorization != "" {
		credentials := httpcore.Field{Name: proxyAuthorization, Value: w.proxy.authorization}
		shaped.Headers = append(slices.Clip(shaped.Headers), httpcore.Header{Field: credentials, Source: httpcore.SourceURL})
		r.hidden = w.proxy.authorization
	}
	if w.asksProxy() {
		shaped.Target = absoluteForm(r.URL, shaped.Target)
	}
}

// absoluteForm is a request target with the whole URL (RFC 9112 section 3.2.2; 3.2.4 for OPTIONS of the server itself).
func absoluteForm(u *httpcore.URL, target string) string {
	if target == "*" {
		target = ""
	}
	return u.Origin() + target
}

// tell reports the connection that is about to carry a request, the next one of so many.
func (w route) tell(trace *httpcore.Trace, about connFacts, protocol string, uses int, idle time.Duration) {
	trace.Connected(httpcore.Conn{
		Local:       about.local,
		Remote:      about.remote,
		Reused:      uses > 0,
		Uses:        uses,
		Idle:        idle,
		Protocol:    protocol,
		ProtocolWhy: about.protocolWhy,
		Proxy:       w.proxy.String(),
		ProxyWhy:    w.proxyWhy,
	})
	if about.tls != nil {
		trace.Secured(about.tls)
	}
}
