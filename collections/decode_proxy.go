package collections

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// proxySchemes are the ways of talking to a proxy; without one it is http, as for `requests` and curl.
var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

// checkProxy refuses the URL of a proxy that cannot be used. The rest of it is checked where it is connected to.
func (d *decoder) checkProxy(v Value) {
	if v.Text == "" || strings.Contains(v.Text, "{{") {
		return
	}
	if err := CheckProxy(v.Text); err != nil {
		d.fault(v.Pos, ProxyAdvice, "%s", err)
	}
}

// ProxyAdvice says what to write instead of a proxy that CheckProxy refuses.
const ProxyAdvice = `write one such as "http://user:password@proxy.test:3128", or "" for none`

// CheckProxy says what is wrong with the URL of a proxy. It does not repeat the URL, for that may hold a password.
func CheckProxy(url string) error {
	scheme, rest, hasScheme := strings.Cut(url, "://")
	if !hasScheme {
		scheme, rest = "http", url
	}
	if !slices.Contains(proxySchemes, strings.ToLower(scheme)) {
		return fmt.Errorf("options.proxy cannot have the scheme %q: it is one of %s", scheme, strings.Join(proxySchemes, ", "))
	}
	host := rest[strings.LastIndexByte(rest, '@')+1:]
	if host, _, _ = strings.Cut(host, "/"); host == "" || strings.HasPrefix(host, ":") || strings.ContainsAny(host, " \t") {
		return errors.New("options.proxy has no host")
	}
	return nil
}
