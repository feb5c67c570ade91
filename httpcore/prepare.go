package httpcore

import (
	"context"
	"net/url"
	"slices"
	"strings"
)

// Prepare decides everything that r will send, without touching the network and without reading its body, unless its auth
// scheme signs that: previews, exports and an offline print use the result as it is. An error is an *Error, and nothing
// was sent then.
//
// The URL is r's with its path values filled in and its params appended; user information in it becomes Basic
// credentials, unless r has an Authorization header or auth of its own. The method is upper-cased as requests does it.
//
// The head is in this order: Host, User-Agent, Accept, Accept-Encoding; r's own headers as written; Cookie; Content-Type,
// Content-Encoding, and Content-Length or Transfer-Encoding; last what the auth scheme adds, since it may sign all the
// rest. What r's own headers name is not added again, and what r.Without names is not added at all.
//
// Some headers that a user may write could make server and client disagree about where a request ends. They are sent
// when they agree with the rest, and refused with the reason when they do not: a Content-Length other than the body's,
// a Transfer-Encoding other than "chunked" or without a body, both at once, and a Host that is no host or given twice.
func (s *Session) Prepare(ctx context.Context, r *Request) (*Prepared, error) {
	p, err := s.prepare(ctx, r)
	if err != nil {
		return nil, maskError(AsError(err, KindRequest), r.Secrets)
	}
	return p, nil
}

func (s *Session) prepare(ctx context.Context, r *Request) (*Prepared, error) {
	method, err := checkMethod(r.Method)
	if err != nil {
		return nil, err
	}
	u, err := requestURL(r)
	if err != nil {
		return nil, err
	}
	r, keptBack := s.keepBack(r)
	if err := checkSecretHosts(r.Secrets, u); err != nil {
		return nil, err
	}
	p := &Prepared{Request: r, Method: method, Body: r.Body, Options: r.Options, keptBack: keptBack}
	p.setURL(u.withoutUserinfo())
	for _, secret := range r.Options.Network.Proxies.Secrets() {
		p.AddSecret(secret.Name, secret.Reveal())
	}
	if err := s.addHeaders(p); err != nil {
		return nil, err
	}
	if err := s.addCookies(p, r.Cookies); err != nil {
		return nil, err
	}
	if err := addContentHeaders(p); err != nil {
		return nil, err
	}
	if err := s.authorize(ctx, p); err != nil {
		return nil, err
	}
	addUserinfo(p, u)
	return p, checkHeaders(p)
}

// requestURL puts path values and params into the URL of r.
func requestURL(r *Request) (*URL, error) {
	typed := r.URL
	if !r.Options.RawPath {
		typed = cleanURL(typed)
	}
	filled, err := fillPath(typed, r.Path)
	if err != nil {
		return nil, err
	}
	parse := ParseURL
	if r.Options.RawPath {
		parse = ParseRawURL
	}
	u, err := parse(filled)
	if err != nil || len(r.Params) == 0 {
		return u, err
	}
	return u.withParams(encodeParams(r.Params)), nil
}

// encodeParams is requests' urlencode: in order, a space as "+", UTF-8.
func encodeParams(params Fields) string {
	pairs := make([]string, len(params))
	for i, param := range params {
		pairs[i] = url.QueryEscape(param.Name) + "=" + url.QueryEscape(param.Value)
	}
	return strings.Join(pairs, "&")
}

// addHeaders puts Parley's defaults and the user's own headers into p.
func (s *Session) addHeaders(p *Prepared) error {
	if err := checkHostHeader(p.Request.Headers); err != nil {
		return err
	}
	p.Headers = make([]Header, 0, len(p.Request.Headers)+8)
	p.addAutomatic(SourceURL, "Host", p.URL.Authority())
	p.addAutomatic(SourceDefault, "User-Agent", s.userAgent)
	p.addAutomatic(SourceDefault, "Accept", "*/*")
	p.addAutomatic(SourceDefault, "Accept-Encoding", s.acceptEncoding)
	for _, field := range p.Request.Headers {
		p.Headers = append(p.Headers, Header{field, SourceRequest})
	}
	return nil
}

// addAutomatic adds a header that the user, or a hook, neither wrote nor switched off, and reports whether it did.
func (p *Prepared) addAutomatic(source Source, name, value string) bool {
	if p.hasWritten(name) || p.Request.Headers.Has(name) || p.Request.leavesOut(name) {
		return false
	}
	p.Headers = append(p.Headers, Header{Field{name, value}, source})
	return true
}

func (p *Prepared) hasWritten(name string) bool {
	return slices.ContainsFunc(p.Headers, func(h Header) bool { return h.Source == SourceRequest && strings.EqualFold(h.Name, name) })
}

// written are the headers that the user wrote, or a hook did.
func (p *Prepared) written() Fields {
	var fields Fields
	for _, h := range p.Headers {
		if h.Source == SourceRequest {
			fields = append(fields, h.Field)
		}
	}
	return fields
}

// leavesOut reports whether the automatic header of that name is switched off.
func (r *Request) leavesOut(name string) bool {
	return slices.ContainsFunc(r.Without, func(without string) bool { return strings.EqualFold(without, name) })
}

func isFramingHeader(name string) bool {
	switch strings.ToLower(name) {
	case "host", "content-length", "transfer-encoding", "connection":
		return true
	default:
		return false
	}
}

func checkHostHeader(headers Fields) error {
	hosts := headers.Values("Host")
	if len(hosts) > 1 {
		return headerError("Host", "it is there twice, and servers differ in which one they believe", "keep one")
	}
	for _, host := range hosts {
		if strings.ContainsAny(host, " \t/\\?#@,") {
			return headerError("Host", "'"+host+"' is no host", "write a host, with :port if need be")
		}
	}
	return nil
}

// checkHeaders looks at every header when all are there: also what cookies, content and auth put in may come from anywhere.
// An auth scheme comes last, so it may not touch what says where the request goes and ends.
func checkHeaders(p *Prepared) error {
	for _, h := range p.Headers {
		if h.Source == SourceAuth && isFramingHeader(h.Name) {
			return headerError(h.Name, "it is no place for credentials", "use a header of another name")
		}
		if err := checkHeader(h.Field); err != nil {
			return err
		}
	}
	return nil
}
