package expect

import (
	"maps"
	"net/http"
	"slices"

	"parley/httpcore"
)

// Seen is what expressions can name of a response, for completing them: its headers and cookies by name, and what its JSON
// is made of. The zero Seen is of no response. It does not change, and needs the exchange no more.
type Seen struct {
	headers, cookies []string
	tree             any
}

// maxSeen is the largest body that is read to complete expressions with: it is kept as long as its response is shown.
const maxSeen = 256 << 10

// Look reads what there is to name of a response. It reads the body: call it where that may take time.
func Look(x *httpcore.Exchange) Seen {
	if !Answered(x) {
		return Seen{}
	}
	f := newFacts(x, Host{})
	s := Seen{headers: slices.Sorted(maps.Keys(f.headers())), cookies: cookieNames(x)}
	if f.response.Body.Size() <= maxSeen {
		s.tree, _ = f.tree() // what is no JSON has no members
	}
	return s
}

func cookieNames(x *httpcore.Exchange) []string {
	var names []string
	for _, attempt := range x.Attempts() {
		if attempt.Response == nil {
			continue
		}
		for _, line := range attempt.Response.Headers.Values("Set-Cookie") {
			if c, err := http.ParseSetCookie(line); err == nil && !slices.Contains(names, c.Name) {
				names = append(names, c.Name)
			}
		}
	}
	return names
}
