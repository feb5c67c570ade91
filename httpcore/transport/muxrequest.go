package transport

import (
	"fmt"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/http/httpguts"

	"parley/httpcore"
)

// checkMuxHead refuses a head that HTTP/1.1 could carry, and HTTP/2 and HTTP/3 can't. The libraries refuse it too, one of
// them without saying so.
func checkMuxHead(p *httpcore.Prepared) error {
	if p.Target != "*" && !strings.HasPrefix(p.Target, "/") {
		return &httpcore.Error{
			Kind:    httpcore.KindURL,
			Message: fmt.Sprintf("the request target %q begins with no slash, and only HTTP/1.1 can carry that", p.Target),
			Advice:  `set http = "1.1"`,
		}
	}
	if host, _ := p.Header("Host"); !httpguts.ValidHostHeader(host) || !isASCII(host) {
		return &httpcore.Error{
			Kind:    httpcore.KindHeader,
			Message: fmt.Sprintf("the Host header %q has a character that only HTTP/1.1 can carry", host),
			Advice:  `write the host in ASCII (xn--…), or set http = "1.1"`,
		}
	}
	return nil
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// message makes what the library sends. It writes pseudo-header fields first and the others in an order of its own.
func (x *muxExchange) message() *http.Request {
	sent := muxForm(x.r.Prepared)
	authority, ok := sent.Header("Host")
	if !ok {
		authority = x.r.URL.Authority()
	}
	message := &http.Request{
		Method: x.r.Method,
		Host:   authority,
		// Opaque keeps the target from being parsed and escaped again.
		URL:    &url.URL{Scheme: x.r.URL.Scheme, Host: authority, Opaque: opaque(authority, x.r.Target)},
		Header: http.Header{"User-Agent": nil}, // none unless there is one: the library would add its own
	}
	for _, h := range sent.Headers {
		if h.Name != "host" && h.Name != "content-length" {
			message.Header.Add(h.Name, h.Value)
		}
	}
	if x.r.Body != nil {
		x.upload = newMuxUpload(x)
		message.Body, message.ContentLength = x.upload, x.r.framing.promise
		if message.ContentLength == 0 {
			message.Body = http.NoBody // to the library, a length of 0 with a body means unknown
		}
	}
	x.trace.WroteHead(sent.AppendHead(nil))
	return message.WithContext(httptrace.WithClientTrace(x.ctx, x.hooks()))
}

func opaque(authority, target string) string {
	if target == "*" {
		return target
	}
	return "//" + authority + target
}

// hooks hear what the library does while RoundTrip runs, from goroutines of its own.
func (x *muxExchange) hooks() *httptrace.ClientTrace {
	interim, size := 0, 0
	return &httptrace.ClientTrace{
		WroteHeaderField: func(string, []string) { x.conn.streams.opens(x) },
		WroteRequest:     func(httptrace.WroteRequestInfo) { x.sent() },
		Got1xxResponse: func(status int, fields textproto.MIMEHeader) error {
			kept := fieldsFrom(http.Header(fields))
			for _, field := range kept {
				size += len(field.Name) + len(field.Value)
			}
			interim++
			if err := x.conn.limits.checkInterim(interim, size); err != nil {
				x.cancel(err) // not every library stops for an error alone
				return err
			}
			x.silence.renew()
			x.trace.GotInterim(httpcore.Interim{Status: status, Headers: kept})
			return nil
		},
	}
}

// muxForm returns the head of p as HTTP/2 and HTTP/3 have it: names in lower case, and no header fields that are about an
// HTTP/1.1 connection (RFC 9113 sections 8.2 and 8.2.2).
func muxForm(p *httpcore.Prepared) *httpcore.Prepared {
	form := &httpcore.Prepared{Method: p.Method, Target: p.Target, Headers: make([]httpcore.Header, 0, len(p.Headers))}
	var named []string
	if _, ok := p.Header("Connection"); ok {
		named = fieldsOf(p).List("Connection")
	}
	for _, h := range p.Headers {
		h.Name = strings.ToLower(h.Name)
		switch h.Name {
		case "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade", "http2-settings":
			continue
		case "te":
			if !strings.EqualFold(h.Value, "trailers") {
				continue
			}
		}
		if !isOneOf(named, h.Name) {
			form.Headers = append(form.Headers, h)
		}
	}
	return form
}

func isOneOf(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}
