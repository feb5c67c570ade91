package cookies

import (
	"net/netip"
	"strings"
)

// domainMatch is RFC 6265bis section 5.1.3: the same host, or one below the domain. An address has nothing below it.
func domainMatch(host, domain string) bool {
	if host == domain {
		return true
	}
	return strings.HasSuffix(host, "."+domain) && !isAddress(host)
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// pathMatch is section 5.1.4.
func pathMatch(path, cookiePath string) bool {
	if path == "" {
		path = "/"
	}
	rest, ok := strings.CutPrefix(path, cookiePath)
	return ok && (rest == "" || rest[0] == '/' || strings.HasSuffix(cookiePath, "/"))
}

// defaultPath is section 5.1.4: up to, but without, the last slash.
func defaultPath(path string) string {
	last := strings.LastIndexByte(path, '/')
	if !strings.HasPrefix(path, "/") || last <= 0 {
		return "/"
	}
	return path[:last]
}

// isLoopback reports whether a host is this machine itself, which is as safe to talk to as over TLS.
func isLoopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

// clean returns the target with its host in lower case, and Secure set for this machine itself.
func (t Target) clean() Target {
	t.Host = strings.ToLower(t.Host)
	t.Secure = t.Secure || isLoopback(t.Host)
	return t
}
