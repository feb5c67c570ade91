package httpcore

import (
	"net/url"
	"slices"
	"strings"

	"parley/httpcore/body"
	"parley/httpcore/cookies"
)

// Prepared is a request ready to leave: what a server will read is decided here, to the byte.
type Prepared struct {
	// Request is what it was made from; for the hop after a redirect, what the first hop was made from. When its auth
	// scheme has added secrets, it is a copy with those.
	Request *Request
	Method  string
	// URL is without user information, which has become an Authorization header.
	URL *URL
	// Target is the request target (RFC 9112 section 3.2) in origin form, such as "/users?q=a".
	Target string
	// Headers are all header fields in the order they leave on HTTP/1.1: Host, Content-Length and the like are among them.
	Headers []Header
	// Body is nil when the request has no content.
	Body    body.Payload
	Options Options
	// Cookies says of every cookie that could have gone to the host whether it did, and why.
	Cookies []cookies.Decision
	// Incomplete says, a sentence each, what only the network can complete: the answer to a challenge, a token.
	Incomplete []string
	// Affinity ties requests to one connection of their own, for schemes that authorise a connection (NTLM): those with
	// the same number above 0 share it, and it goes to no other request.
	Affinity uint64

	auth *authorization // nil when no scheme has authorised it
	// plain is the body before the scheme added to it; without auth, Body is.
	plain body.Payload
	// keptBack are secrets that its auth scheme alone needs, see Session.keepBack.
	keptBack []Secret
}

// Header is a header field with the part of Parley that put it there.
type Header struct {
	Field
	Source Source
}

// Source says who put something into a request.
type Source string

// The sources.
const (
	SourceRequest Source = "request" // the user wrote it
	SourceDefault Source = "default" // Parley adds it to every request
	SourceURL     Source = "url"     // Host, and Basic credentials in the URL
	SourceBody    Source = "body"    // follows from the content
	SourceCookies Source = "cookies" // the jar's and the request's cookies
	SourceAuth    Source = "auth"    // the auth scheme
)

// Header returns the value of the first header of that name, and whether there is one.
func (p *Prepared) Header(name string) (string, bool) {
	for _, h := range p.Headers {
		if strings.EqualFold(h.Name, name) {
			return h.Value, true
		}
	}
	return "", false
}

// SetHeader gives the first header of that name the value, in its place, and removes the others; a new one is put last.
func (p *Prepared) SetHeader(source Source, name, value string) {
	kept := p.Headers[:0]
	found := false
	for _, h := range p.Headers {
		if strings.EqualFold(h.Name, name) {
			if found {
				continue
			}
			found, h.Value, h.Source = true, value, source
		}
		kept = append(kept, h)
	}
	if !found {
		kept = append(kept, Header{Field{name, value}, source})
	}
	p.Headers = kept
}

// DelHeader removes every header of that name, and reports whether there was one.
func (p *Prepared) DelHeader(name string) bool {
	kept := p.Headers[:0]
	for _, h := range p.Headers {
		if !strings.EqualFold(h.Name, name) {
			kept = append(kept, h)
		}
	}
	found := len(kept) < len(p.Headers)
	p.Headers = kept
	return found
}

// AddSecret makes a value that an auth scheme has obtained, such as an access token, a secret of the request.
func (p *Prepared) AddSecret(name, value string) {
	if slices.ContainsFunc(p.Request.Secrets, func(s Secret) bool { return s.value == value }) {
		return
	}
	r := *p.Request
	r.Secrets = append(slices.Clip(r.Secrets), Secret{Name: name, Obtained: true, value: value})
	p.Request = &r
}

// AppendHead appends the request line and the header section as they leave on HTTP/1.1, the empty line included.
func (p *Prepared) AppendHead(dst []byte) []byte {
	size := len(p.Method) + len(p.Target) + len("  HTTP/1.1\r\n\r\n")
	for _, h := range p.Headers {
		size += len(h.Name) + len(": ") + len(h.Value) + len("\r\n")
	}
	dst = slices.Grow(dst, size)
	dst = append(dst, p.Method...)
	dst = append(dst, ' ')
	dst = append(dst, p.Target...)
	dst = append(dst, " HTTP/1.1\r\n"...)
	for _, h := range p.Headers {
		dst = append(dst, h.Name...)
		dst = append(dst, ": "...)
		dst = append(dst, h.Value...)
		dst = append(dst, "\r\n"...)
	}
	return append(dst, "\r\n"...)
}

// SetParam gives the query parameter of that name the value, as the only one of its name, at the end of the query.
func (p *Prepared) SetParam(name, value string) {
	u := *p.URL
	u.Query = strings.Join(slices.DeleteFunc(pairs(u.Query), func(pair string) bool { return paramName(pair) == name }), "&")
	p.setURL(u.withParams(encodeParams(Fields{{name, value}})))
}

// AddCookie adds a cookie to the Cookie header, which is made when there is none.
func (p *Prepared) AddCookie(source Source, name, value string) {
	cookie := name + "=" + value
	for i, h := range p.Headers {
		if strings.EqualFold(h.Name, "Cookie") {
			p.Headers[i].Value += "; " + cookie
			return
		}
	}
	p.insertHeader(Header{Field{"Cookie", cookie}, source})
}

// insertHeader adds a header where Prepare would: before those that follow from the content.
func (p *Prepared) insertHeader(h Header) {
	at := slices.IndexFunc(p.Headers, func(h Header) bool { return h.Source == SourceBody })
	if at < 0 {
		at = len(p.Headers)
	}
	p.Headers = slices.Insert(p.Headers, at, h)
}

// setURL sets the URL and the target that follows from it.
func (p *Prepared) setURL(u *URL) { p.URL, p.Target = u, u.RequestTarget() }

// pairs splits a query at its ampersands; an empty query has none.
func pairs(query string) []string {
	if query == "" {
		return nil
	}
	return strings.Split(query, "&")
}

// paramName decodes the name of a pair in a query.
func paramName(pair string) string {
	name, _, _ := strings.Cut(pair, "=")
	if decoded, err := url.QueryUnescape(name); err == nil {
		return decoded
	}
	return name
}
