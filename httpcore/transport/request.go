package transport

import (
	"bytes"
	"fmt"
	"strings"

	"parley/httpcore"
)

// request is a prepared request that can be sent.
type request struct {
	*httpcore.Prepared
	framing requestFraming
	hidden  string // a header value that is sent and not told: a proxy's credentials; empty for none
}

// newRequest refuses what would reach the server as something else than was meant.
func newRequest(p *httpcore.Prepared) (*request, error) {
	if err := checkHead(p); err != nil {
		return nil, err
	}
	framing, err := framingOf(p)
	return &request{Prepared: p, framing: framing}, err
}

// shown is the head that was sent, as it may be told.
func (r *request) shown(sent []byte) []byte {
	if r.hidden == "" {
		return sent
	}
	mark := httpcore.Mark(httpcore.Secret{Name: "proxy"})
	return bytes.Replace(sent, []byte(r.hidden+"\r\n"), []byte(mark+"\r\n"), 1)
}

// isIdempotent reports whether sending the request twice does no more than sending it once (RFC 9110 section 9.2.2).
func (r *request) isIdempotent() bool {
	switch r.Method {
	case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE":
		return true
	default:
		return false
	}
}

// checkHead refuses a head in which a line break, a blank or a NUL would make one thing another (RFC 9112 section 11.1).
// Prepare does not make such a head; this is the last place that can stop one.
func checkHead(p *httpcore.Prepared) error {
	if !httpcore.IsToken(p.Method) {
		return &httpcore.Error{Kind: httpcore.KindRequest, Message: fmt.Sprintf("%q is no method", p.Method), Advice: "a method is one word, such as GET"}
	}
	if p.Target == "" || strings.ContainsAny(p.Target, "\r\n\x00 ") {
		return &httpcore.Error{Kind: httpcore.KindURL, Message: fmt.Sprintf("the request target %q can't be sent", p.Target), Advice: "write blanks and line breaks percent-encoded"}
	}
	for _, h := range p.Headers {
		if h.Name == "" || strings.ContainsAny(h.Name, "\r\n\x00: \t") || strings.ContainsAny(h.Value, "\r\n\x00") {
			return &httpcore.Error{Kind: httpcore.KindHeader, Message: fmt.Sprintf("the header %q can't be sent: a line break or NUL in it would change the request", h.Name), Advice: "remove it from the header"}
		}
	}
	return nil
}

// requestFraming says how the content of a request is delimited: what its own header fields say.
type requestFraming struct {
	chunked bool
	promise int64 // of the size in bytes; -1 when the head makes none
}

// framingOf reads the framing of p's content from its head, and refuses a promise that can't be kept.
func framingOf(p *httpcore.Prepared) (requestFraming, error) {
	fields := fieldsOf(p)
	codings := transferCodings(fields)
	if n := len(codings); n > 0 {
		if !strings.EqualFold(codings[n-1], "chunked") {
			return requestFraming{}, bodyError("the request's Transfer-Encoding does not end in chunked, so a server can't find its end",
				"remove the Transfer-Encoding header: Parley chooses one when it is needed", nil)
		}
		if fields.Has("Content-Length") {
			return requestFraming{}, bodyError("the request has a Transfer-Encoding and a Content-Length, and servers differ in which one they believe",
				"remove one of them", nil)
		}
		return requestFraming{chunked: true, promise: -1}, nil
	}
	length, err := contentLength(fields)
	if err != nil {
		return requestFraming{}, bodyError("the request "+strings.TrimPrefix(err.Error(), "sent "), "remove the Content-Length header: Parley adds the right one", err)
	}
	size := int64(0)
	if p.Body != nil {
		size = p.Body.Size()
	}
	if length >= 0 && size >= 0 && length != size {
		return requestFraming{}, wrongSizeError(size, length)
	}
	return requestFraming{promise: length}, nil
}

func fieldsOf(p *httpcore.Prepared) httpcore.Fields {
	fields := make(httpcore.Fields, len(p.Headers))
	for i, h := range p.Headers {
		fields[i] = h.Field
	}
	return fields
}

func bodyError(message, hint string, cause error) *httpcore.Error {
	return &httpcore.Error{Kind: httpcore.KindBody, Message: message, Advice: hint, Err: cause}
}

func wrongSizeError(size, promised int64) *httpcore.Error {
	return bodyError(fmt.Sprintf("the request body has %s, but its head promises %d", plural(size), promised),
		"remove the Content-Length header: Parley adds the right one; if the body is a file, it may have changed meanwhile", nil)
}
