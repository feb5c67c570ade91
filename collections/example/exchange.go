package example

import (
	"errors"
	"fmt"

	"parley/httpcore"
	"parley/httpcore/body"
)

// Exchange makes of an example what views show. It has no time, and took none. The caller closes it.
func (e *Example) Exchange() (*httpcore.Exchange, error) {
	asked := &httpcore.Request{Method: e.Request.Method, URL: e.Request.URL, Headers: e.Request.Headers}
	u := httpcore.KeptURL(e.Request.URL)
	sent := &httpcore.Prepared{Request: asked, Method: e.Request.Method, URL: u, Target: u.RequestTarget()}
	for _, h := range e.Request.Headers {
		sent.Headers = append(sent.Headers, httpcore.Header{Field: h, Source: httpcore.SourceRequest})
	}
	if len(e.Request.Body) > 0 {
		contentType, _ := e.Request.Headers.Get("Content-Type")
		sent.Body = body.Bytes(e.Request.Body, contentType)
		asked.Body = sent.Body
	}
	content := body.NewStore(body.StoreOptions{})
	if _, err := content.Write(e.Response.Body); err != nil {
		return nil, errors.Join(err, content.Close())
	}
	content.Finish(nil)
	attempt := &httpcore.Attempt{
		Sent: httpcore.Sent{Head: sent.AppendHead(nil), BodySize: int64(len(e.Request.Body))},
		Response: &httpcore.Response{
			Proto: e.Response.Proto, Status: e.Response.Status, Reason: e.Response.Reason, Headers: e.Response.Headers,
			RawHead: e.Response.head(), Body: content, WireSize: content.Size(),
		},
		Conn: httpcore.Conn{Protocol: e.Response.Proto},
	}
	return &httpcore.Exchange{
		Request: asked,
		Hops:    []*httpcore.Hop{{Prepared: sent, Attempts: []*httpcore.Attempt{attempt}}},
	}, nil
}

// head is the status line and the headers as HTTP/1.1 has them.
func (a *Response) head() []byte {
	head := fmt.Appendf(nil, "%s %d %s\r\n", a.Proto, a.Status, a.Reason)
	for _, h := range a.Headers {
		head = fmt.Appendf(head, "%s: %s\r\n", h.Name, h.Value)
	}
	return append(head, "\r\n"...)
}
