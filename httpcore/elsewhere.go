package httpcore

import (
	"slices"
	"strings"
)

// Elsewhere says how a request goes on when a redirect or a hook leaves its origin, where some of it is for that origin
// alone. What is left behind does not come back when a later redirect does.
type Elsewhere struct {
	// TLS takes the place of the request's: a client certificate is shown to nobody else, and a certificate that is trusted
	// for one origin is not for another.
	TLS TLSOptions
	// Without names headers that stay behind.
	Without []string
}

// tlsAt are the TLS options of p on the way from one URL to another: what is for one origin alone stays there, and the name
// of a server at its host.
func (p *Prepared) tlsAt(from, to *URL, crossing bool) TLSOptions {
	tls := p.Options.TLS
	if crossing && p.Request.Elsewhere != nil {
		tls = p.Request.Elsewhere.TLS
	}
	if to.Host != from.Host {
		tls.ServerName = ""
	}
	return tls
}

// leaves reports whether a header that the user wrote stays behind.
func (e *Elsewhere) leaves(h Header) bool {
	return e != nil && h.Source == SourceRequest &&
		slices.ContainsFunc(e.Without, func(name string) bool { return strings.EqualFold(name, h.Name) })
}
