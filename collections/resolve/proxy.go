package resolve

import (
	"net/url"
	"strings"

	"parley/collections"
	"parley/httpcore"
)

// proxies reads options.proxy, which is for every URL.
func (r *resolver) proxies(v collections.Value) httpcore.Proxies {
	if !v.IsSet() {
		return r.proxiesOfEnvironment()
	}
	result := r.expand(v)
	proxy := strings.TrimSpace(result.Text)
	r.note("options.proxy", v, WithoutPassword(proxy), result.Pieces)
	if proxy != "" {
		if err := collections.CheckProxy(proxy); err != nil {
			r.unless(proxy, v, err.Error(), collections.ProxyAdvice)
		}
	}
	return httpcore.Proxies{By: map[string]string{"all": proxy}, Origin: "options.proxy"}
}

// WithoutPassword hides the password of a proxy, which anybody may write into its URL.
func WithoutPassword(proxy string) string {
	at := strings.LastIndexByte(proxy, '@')
	if at < 0 {
		return proxy
	}
	scheme, userinfo, _ := strings.Cut(proxy[:at], "://")
	if !strings.Contains(proxy[:at], "://") {
		scheme, userinfo = "", proxy[:at]
	} else {
		scheme += "://"
	}
	user, password, hasPassword := strings.Cut(userinfo, ":")
	if !hasPassword || strings.HasPrefix(password, "{{") {
		return proxy
	}
	if name, err := url.PathUnescape(user); err == nil {
		user = name
	}
	return scheme + user + ":" + hiddenText + proxy[at:]
}
