package cli

import (
	"fmt"
	"net/netip"
	"strings"

	"parley/collections"
	"parley/collections/importer"
)

// target is what the words before the ITEMs name. One of URL, curl and saved is set.
type target struct {
	method string // that stands before a URL, else empty
	url    string // with a scheme
	curl   string // a curl command
	saved  string // the path of a saved request
}

// parseTarget takes the method, if there is one, and the target off the arguments of a verb and returns the rest. exists
// tells the paths of saved requests.
func parseTarget(args []string, exists func(path string) bool) (target, []string, error) {
	first, rest := args[0], args[1:]
	switch {
	case isCurl(first):
		return target{curl: first}, rest, nil
	case len(rest) > 0 && isMethod(first) && !(exists(first) && !looksLikeURL(rest[0])):
		if !looksLikeURL(rest[0]) && exists(rest[0]) {
			return target{}, nil, &UsageError{
				Message: fmt.Sprintf("%s stands before %s, which is a saved request with a method of its own", first, rest[0]),
				Advice:  fmt.Sprintf("--set method=%s sends it with another method", strings.ToUpper(first)),
			}
		}
		return target{method: first, url: withScheme(rest[0])}, rest[1:], nil
	case hasURLMark(first):
		return target{url: withScheme(first)}, rest, nil
	case exists(first):
		return target{saved: first}, rest, nil
	case looksLikeURL(first):
		return target{url: withScheme(first)}, rest, nil
	default:
		return target{saved: first}, rest, nil // whose error names the nearest
	}
}

// isCurl reports whether an argument is a whole curl command.
func isCurl(s string) bool { return strings.ContainsAny(s, " \t\n") && importer.IsCurl(s) }

// Regular expressions would be compiled at every start, which is a good part of what a small request costs.

// isMethod knows the registered methods in any case, and any other in capitals.
func isMethod(s string) bool {
	switch strings.ToUpper(s) {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY":
		return true
	}
	return s != "" && s[0] >= 'A' && s[0] <= 'Z' && only(s, capitals+digits+"_-")
}

const (
	capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	letters  = capitals + "abcdefghijklmnopqrstuvwxyz"
	digits   = "0123456789"
	hexes    = digits + "ABCDEFabcdef"
)

// only reports whether s is made of these characters; an empty one is.
func only(s, characters string) bool { return strings.Trim(s, characters) == "" }

// hasURLMark reports whether s can be nothing but a URL.
func hasURLMark(s string) bool {
	return strings.Contains(s, "://") || strings.HasPrefix(s, ":") || strings.HasPrefix(s, "/") || strings.HasPrefix(s, "{{")
}

// looksLikeURL reports whether s is a URL if it is no saved request: its first part has a dot or a port, or is localhost.
func looksLikeURL(s string) bool {
	if hasURLMark(s) {
		return true
	}
	host := s
	if end := strings.IndexAny(s, "/?#"); end >= 0 {
		host = s[:end]
	}
	return strings.Contains(host, ".") || hasPort(host) || strings.EqualFold(host, "localhost")
}

// hasPort reports whether s is a host with a port.
func hasPort(s string) bool {
	host, port, ok := cutHost(s)
	return ok && host != "" && port != "" && only(port, digits)
}

// cutHost cuts HOST:REST; an IPv6 address stands in brackets, which go.
func cutHost(s string) (host, rest string, ok bool) {
	if address, found := strings.CutPrefix(s, "["); found {
		host, rest, ok = strings.Cut(address, "]:")
		return host, rest, ok && only(host, hexes+":")
	}
	host, rest, ok = strings.Cut(s, ":")
	return host, rest, ok && !strings.ContainsAny(host, "[]")
}

// withScheme completes a URL that was typed in short.
func withScheme(typed string) string {
	switch {
	case strings.HasPrefix(typed, "{{"):
		return typed
	case strings.HasPrefix(typed, "://"):
		return "http" + typed
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
	return "http://" + typed
}

// hasScheme reports whether s begins with a scheme (RFC 3986 section 3.1) and //.
func hasScheme(s string) bool {
	scheme, _, ok := strings.Cut(s, "://")
	return ok && scheme != "" && only(scheme[:1], letters) && only(scheme, letters+digits+"+.-")
}

// savedPaths returns what tells the saved requests of a collection, which may be nil.
func savedPaths(c *collections.Collection) func(string) bool {
	return func(name string) bool { return c != nil && c.Has(name) }
}

// cutAddress cuts HOST:PORT:ADDR, in which IPv6 addresses stand in brackets.
func cutAddress(s string) (host, port, address string, ok bool) {
	host, rest, ok := cutHost(s)
	port, address, cut := strings.Cut(rest, ":")
	if bare, found := strings.CutPrefix(address, "["); found {
		address, found = strings.CutSuffix(bare, "]")
		cut = cut && found
	}
	ok = ok && cut && host != "" && port != "" && address != "" && only(port, digits) && only(address, hexes+":.")
	return host, port, address, ok
}
