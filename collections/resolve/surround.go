package resolve

import (
	"slices"
	"strings"

	"parley/collections"
	"parley/httpcore"
)

// surround takes in what depends on where the request goes and in which session: the longest [for."PREFIX"] that its URL
// begins with, and the session's defaults.
func (r *resolver) surround(request *httpcore.Request) {
	prefix := r.prefix(request)
	base := r.in.Request
	r.in.Request = r.in.Request.Under(prefix, "")
	if r.out.Session = r.text("options.session", r.in.Request.Options.Session); r.out.Session == "" {
		r.out.Session = r.in.Session
		r.noteSession()
	}
	r.in.Request = base.Under(prefix, r.out.Session)
	if prefix != nil {
		request.Elsewhere = r.elsewhere(prefix, base.Under(nil, r.out.Session))
	}
}

// noteSession notes the session that is used because the request names none.
func (r *resolver) noteSession() {
	if r.in.Session == "" {
		return
	}
	scope := "chosen for requests that name none"
	if r.in.Session == DefaultSession {
		scope = byDefault
	}
	r.out.Values = append(r.out.Values, Value{Key: "options.session", Text: r.in.Session, Scope: scope})
}

// elsewhere keeps what a prefix says to the origin that it is about: its headers, and what TLS is to trust and to show.
func (r *resolver) elsewhere(prefix *collections.Prefixed, without *collections.Effective) *httpcore.Elsewhere {
	quiet := *r
	quiet.out, quiet.in.Request = &Output{}, without
	elsewhere := &httpcore.Elsewhere{}
	quiet.verify(without.Options.Verify, &elsewhere.TLS)
	quiet.tls(without.Options, &elsewhere.TLS)
	r.errors = quiet.errors
	for _, header := range r.in.Request.Headers {
		isFromPrefix := func(h collections.Entry) bool { return h.Pos == header.Pos }
		if slices.ContainsFunc(prefix.Headers, isFromPrefix) {
			elsewhere.Without = append(elsewhere.Without, r.name(header))
		}
	}
	return elsewhere
}

// prefix finds the section that applies: as with the adapters of `requests`, the longest alone; of two alike the nearer.
func (r *resolver) prefix(request *httpcore.Request) *collections.Prefixed {
	list := r.in.Request.Prefixes
	if len(list) == 0 || len(r.errors) > 0 {
		return nil // where it goes is not known, and it will not go there
	}
	u, err := request.ParsedURL()
	if err != nil {
		return nil // Prepare says why
	}
	var found *collections.Prefixed
	longest := 0
	for i := range list {
		text := r.name(collections.Entry{Name: list[i].Prefix, Pos: list[i].Pos})
		if beginsWith(u, text) && len(text) > longest {
			found, longest = &list[i], len(text)
		}
	}
	return found
}

// beginsWith reports whether a URL begins with a prefix, without regard to case as in `requests`. Scheme, host and port
// are compared as wholes, so that "https://api.test" is not the beginning of "https://api.test.example.org", and the
// host of "https://" is any.
func beginsWith(u *httpcore.URL, prefix string) bool {
	if scheme, ok := strings.CutSuffix(prefix, "://"); ok {
		return strings.EqualFold(scheme, u.Scheme)
	}
	p, err := httpcore.ParseURL(prefix)
	if err != nil || p.Origin() != u.Origin() {
		return false
	}
	target, start := u.RequestTarget(), p.RequestTarget()
	return len(target) >= len(start) && strings.EqualFold(target[:len(start)], start)
}
