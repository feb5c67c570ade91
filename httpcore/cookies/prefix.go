package cookies

import "strings"

// prefixes are the promises that the beginning of a name makes (RFC 6265bis section 4.1.3, and draft-ietf-httpbis-
// layered-cookies for the two with Http), the longer before the shorter.
var prefixes = []struct {
	text           string
	http, hostOnly bool
	promise        string
}{
	{"__host-http-", true, true, "a __Host-Http- cookie must be Secure and HttpOnly, have Path=/ and no Domain"},
	{"__host-", false, true, "a __Host- cookie must be Secure, have Path=/ and no Domain"},
	{"__http-", true, false, "a __Http- cookie must be Secure and HttpOnly"},
	{"__secure-", false, false, "a __Secure- cookie must be Secure"},
}

// prefixProblem says why a cookie breaks the promise that its name makes, or returns "". path is the Path attribute as it
// was given. The prefixes count in any case, and also at the start of a value without a name, since a server would read
// that as a name.
func prefixProblem(c Cookie, path string) string {
	name := strings.ToLower(c.Name)
	if name == "" {
		name = strings.ToLower(c.Value)
	}
	for _, p := range prefixes {
		switch {
		case !strings.HasPrefix(name, p.text):
			continue
		case c.Name == "":
			return "it has no name, and its value would be taken for a prefixed one"
		case !c.Secure, p.http && !c.HTTPOnly, p.hostOnly && (!c.HostOnly || path != "/"):
			return p.promise
		default:
			return ""
		}
	}
	return ""
}
