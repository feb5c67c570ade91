package transport

import (
	"fmt"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
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
		if !strings.EqualFold(h.Name, "Host") && !strings.EqualFold(h.Name, "Content-Length") {
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
	hooks := &httptrace.ClientTrace{
		WroteRequest: func(httptrace.WroteRequestInfo) { x.sent() },
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
	if x.conn.wire != nil || x.conn.log != nil {
		hooks.WroteHeaderField = func(string, []string) { x.conn.opens(x) }
	}
	return hooks
}

// muxForm returns p with its header fields as HTTP/2 and HTTP/3 have them: names in lower case, and none that are about an HTTP/1.1
// connection (RFC 9113 sections 8.2 and 8.2.2).
func muxForm(p *httpcore.Prepared) *httpcore.Prepared {
	form := *p
	form.Headers = nil
	hopByHop := fieldsOf(p).List("Connection")
	hopByHop = append(hopByHop, "Connection", "Proxy-Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "HTTP2-Settings")
	for _, h := range p.Headers {
		if isOneOf(hopByHop, h.Name) || strings.EqualFold(h.Name, "TE") && !strings.EqualFold(h.Value, "trailers") {
			continue
		}
		h.Name = strings.ToLower(h.Name)
		form.Headers = append(form.Headers, h)
	}
	return &form
}

func isOneOf(names []string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}
