package httpcore

import "strings"

// KeptURL parses what [URL.String] wrote before secrets were masked in it. A mark may stand where a URL can have no such
// thing, in the host for one: it is shown there all the same, and as it is.
func KeptURL(kept string) *URL {
	if !strings.Contains(kept, markPrefix) {
		if u, err := ParseURL(kept); err == nil {
			return u
		}
	}
	scheme, rest, _ := strings.Cut(kept, "://")
	rest, fragment, hasFragment := strings.Cut(rest, "#")
	rest, query, hasQuery := strings.Cut(rest, "?")
	host, path, _ := strings.Cut(rest, "/")
	u := URL{Scheme: scheme, Host: host}
	if origin, err := ParseURL(scheme + "://" + host + "/"); err == nil {
		u = *origin
	}
	u.Path, u.Query, u.HasQuery, u.Fragment, u.HasFragment = "/"+path, query, hasQuery, fragment, hasFragment
	return &u
}
