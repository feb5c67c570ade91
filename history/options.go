package history

import (
	"maps"
	"strings"

	"parley/httpcore"
)

// options is how a request was sent, without the passwords in it: what is a secret becomes its mark, and what is none is
// left out, for it may have come from the environment or from a file that is not in history.
func (e *encoder) options(o httpcore.Options) httpcore.Options {
	o.TLS = e.tls(o.TLS)
	o.Network.Proxies.By = maps.Clone(o.Network.Proxies.By)
	for key, proxy := range o.Network.Proxies.By {
		o.Network.Proxies.By[key] = withoutPassword(e.mask.String(proxy))
	}
	return o
}

func (e *encoder) tls(o httpcore.TLSOptions) httpcore.TLSOptions {
	if o.Password = e.mask.String(o.Password); !strings.HasPrefix(o.Password, markOpen) {
		o.Password = ""
	}
	return o
}

func (e *encoder) elsewhere(w *httpcore.Elsewhere) *httpcore.Elsewhere {
	if w == nil {
		return nil
	}
	return &httpcore.Elsewhere{TLS: e.tls(w.TLS), Without: w.Without}
}

func (f *filler) elsewhere(w *httpcore.Elsewhere) *httpcore.Elsewhere {
	if w == nil {
		return nil
	}
	filled := *w
	filled.TLS.Password = f.fill(w.TLS.Password, unchanged)
	return &filled
}

// withoutPassword removes the password from the URL of a proxy, unless it is a mark.
func withoutPassword(proxy string) string {
	at := strings.LastIndexByte(proxy, '@')
	if at < 0 {
		return proxy
	}
	start := strings.Index(proxy[:at], "://")
	if start += len("://"); start < len("://") {
		start = 0
	}
	user, password, _ := strings.Cut(proxy[start:at], ":")
	if password == "" || strings.HasPrefix(password, markOpen) {
		return proxy
	}
	return proxy[:start] + user + proxy[at:]
}

// options fills the marks in again.
func (f *filler) options(o httpcore.Options) httpcore.Options {
	o.TLS.Password = f.fill(o.TLS.Password, unchanged)
	o.Network.Proxies.By = maps.Clone(o.Network.Proxies.By)
	for key, proxy := range o.Network.Proxies.By {
		o.Network.Proxies.By[key] = f.fill(proxy, escapeURL)
	}
	return o
}
