package collections

import (
	"net/netip"
	"strings"
)

// URLs as people type them: `api.example.com/x`, `:8080`, `POST localhost/x`. Regular expressions would be compiled at every
// start, which is a good part of what a small request costs.

const (
	capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	letters  = capitals + "abcdefghijklmnopqrstuvwxyz"
	digits   = "0123456789"
	hexes    = digits + "ABCDEFabcdef"
)

// only reports whether s is made of these characters; an empty one is.
func only(s, characters string) bool { return strings.Trim(s, characters) == "" }

// IsMethod knows the registered methods in any case, and any other in capitals.
func IsMethod(s string) bool {
	switch strings.ToUpper(s) {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY":
		return true
	}
	return s != "" && s[0] >= 'A' && s[0] <= 'Z' && only(s, capitals+digits+"_-")
}

// HasURLMark reports whether s can be nothing but a URL.
func HasURLMark(s string) bool {
	return strings.Contains(s, "://") || strings.HasPrefix(s, ":") || strings.HasPrefix(s, "/") || strings.HasPrefix(s, "{{")
}

// LooksLikeURL reports whether s is a URL if it is no saved request: its first part has a dot or a port, or is localhost.
func LooksLikeURL(s string) bool {
	if HasURLMark(s) {
		return true
	}
	host := hostOf(s)
	return strings.Contains(host, ".") || hasPort(host) || strings.EqualFold(host, "localhost")
}

// hostOf is what stands before the path of a URL without a scheme.
func hostOf(s string) string {
	if end := strings.IndexAny(s, "/?#"); end >= 0 {
		return s[:end]
	}
	return s
}

// hasPort reports whether s is a host with a port.
func hasPort(s string) bool {
	host, port, ok := CutHost(s)
	return ok && host != "" && port != "" && only(port, digits)
}

// CutHost cuts HOST:REST; an IPv6 address stands in brackets, which go.
func CutHost(s string) (host, rest string, ok bool) {
	if address, found := strings.CutPrefix(s, "["); found {
		host, rest, ok = strings.Cut(address, "]:")
		return host, rest, ok && only(host, hexes+":")
	}
	host, rest, ok = strings.Cut(s, ":")
	return host, rest, ok && !strings.ContainsAny(host, "[]")
}

// WithScheme completes a URL that was typed in short. A host without a scheme gets the one that scheme names; where only a
// port or a path was typed, this machine is meant.
func WithScheme(typed string, scheme func(host string) string) string {
	switch {
	case strings.HasPrefix(typed, "{{"):
		return typed
	case strings.HasPrefix(typed, "://"):
		return scheme(hostOf(typed[len("://"):])) + typed
	case strings.HasPrefix(typed, "/"):
		return "http://localhost" + typed
	case strings.HasPrefix(typed, ":") && !strings.HasPrefix(typed, "::"):
		port, path, _ := strings.Cut(typed[1:], "/")
		if strings.Contains(typed, "/") {
			path = "/" + path
		}
		if port != "" && port[0] != '?' && port[0] != '#' {
			port = ":" + port
		}
		return "http://localhost" + port + path
	case hasScheme(typed):
		return typed
	}
	if address, err := netip.ParseAddr(typed); err == nil && address.Is6() {
		return "http://[" + typed + "]"
	}
	return scheme(hostOf(typed)) + "://" + typed
}

// PlainScheme is http for every host, as curl has it.
func PlainScheme(string) string { return "http" }

// LikelyScheme is https for what looks like a host of the internet, and http for this machine, for addresses, for names of
// a local network, and for ports that are no port of TLS.
func LikelyScheme(host string) string {
	if _, address, ok := strings.Cut(host, "@"); ok {
		host = address
	}
	name, port, ported := CutHost(host)
	if !ported {
		name = strings.Trim(host, "[]")
	}
	if ported && port != "443" && port != "8443" {
		return "http"
	}
	if _, err := netip.ParseAddr(name); err == nil || !strings.Contains(name, ".") {
		return "http"
	}
	for _, local := range [...]string{".localhost", ".local", ".internal", ".lan", ".test"} {
		if strings.HasSuffix(strings.ToLower(name), local) {
			return "http"
		}
	}
	return "https"
}

// hasScheme reports whether s begins with a scheme (RFC 3986 section 3.1) and //.
func hasScheme(s string) bool {
	scheme, _, ok := strings.Cut(s, "://")
	return ok && scheme != "" && only(scheme[:1], letters) && only(scheme, letters+digits+"+.-")
}
