package cookies

import "strings"

// prefixProblem says why a cookie whose name begins with __Secure- or __Host- breaks the promise that this makes
// (RFC 6265bis section 4.1.3), or returns "". The prefixes count in any case, and also at the start of a value without a
// name, since a server would read that as a name.
func prefixProblem(c Cookie, pathAttribute string) string {
	name := strings.ToLower(c.Name)
	if name == "" {
		if value := strings.ToLower(c.Value); strings.HasPrefix(value, "__secure-") || strings.HasPrefix(value, "__host-") {
			return "it has no name, and its value would be taken for a prefixed one"
		}
		return ""
	}
	switch {
	case strings.HasPrefix(name, "__secure-") && !c.Secure:
		return "a __Secure- cookie must be Secure"
	case strings.HasPrefix(name, "__host-") && (!c.Secure || !c.HostOnly || pathAttribute != "/"):
		return "a __Host- cookie must be Secure, have Path=/ and no Domain"
	}
	return ""
}
