package cli

import (
	"fmt"
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
	case len(rest) > 0 && collections.IsMethod(first) && !(exists(first) && !collections.LooksLikeURL(rest[0])):
		if !collections.LooksLikeURL(rest[0]) && exists(rest[0]) {
			return target{}, nil, &UsageError{
				Message: fmt.Sprintf("%s stands before %s, which is a saved request with a method of its own", first, rest[0]),
				Advice:  fmt.Sprintf("--set method=%s sends it with another method", strings.ToUpper(first)),
			}
		}
		return target{method: first, url: withScheme(rest[0])}, rest[1:], nil
	case collections.HasURLMark(first):
		return target{url: withScheme(first)}, rest, nil
	case exists(first):
		return target{saved: first}, rest, nil
	case collections.LooksLikeURL(first):
		return target{url: withScheme(first)}, rest, nil
	default:
		return target{saved: first}, rest, nil // whose error names the nearest
	}
}

// isCurl reports whether an argument is a whole curl command.
func isCurl(s string) bool { return strings.ContainsAny(s, " \t\n") && importer.IsCurl(s) }

// withScheme completes a URL that was typed in short; a host without a scheme is asked as curl would ask it.
func withScheme(typed string) string { return collections.WithScheme(typed, collections.PlainScheme) }

const (
	digits = "0123456789"
	hexes  = digits + "ABCDEFabcdef"
)

// only reports whether s is made of these characters; an empty one is.
func only(s, characters string) bool { return strings.Trim(s, characters) == "" }

// savedPaths returns what tells the saved requests of a collection, which may be nil.
func savedPaths(c *collections.Collection) func(string) bool {
	return func(name string) bool { return c != nil && c.Has(name) }
}

// cutAddress cuts HOST:PORT:ADDR, in which IPv6 addresses stand in brackets.
func cutAddress(s string) (host, port, address string, ok bool) {
	host, rest, ok := collections.CutHost(s)
	port, address, cut := strings.Cut(rest, ":")
	if bare, found := strings.CutPrefix(address, "["); found {
		address, found = strings.CutSuffix(bare, "]")
		cut = cut && found
	}
	ok = ok && cut && host != "" && port != "" && address != "" && only(port, digits) && only(address, hexes+":.")
	return host, port, address, ok
}
