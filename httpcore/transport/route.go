package transport

import (
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
	return route{key: k, timeout: p.Options.Timeout.Connect}, err
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
		ProxyWhy:    w.proxyWhy,
	})
	if about.tls != nil {
		trace.Secured(about.tls)
	}
}
