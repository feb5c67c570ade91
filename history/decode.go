package history

import (
	"errors"
	"io"

	"parley/httpcore"
	"parley/httpcore/body"
)

// decoder turns a record back into an exchange, for the same views that show one that was just made.
type decoder struct {
	bodies bodies
	// store makes the place that a response body is unpacked into.
	store func() *body.Store
}

func (d decoder) exchange(r *record) (*httpcore.Exchange, error) {
	x := &httpcore.Exchange{Request: r.Asked.request(), Started: r.Started, Ended: r.Started.Add(r.Total), Err: r.Error.err()}
	for _, kept := range r.Hops {
		h, err := d.hop(x.Request, kept)
		if err != nil {
			return nil, errors.Join(err, x.Close())
		}
		x.Hops = append(x.Hops, h)
	}
	if len(x.Hops) > 0 {
		x.Request.Body = x.Hops[0].Prepared.Body
	}
	return x, nil
}

func (a asked) request() *httpcore.Request {
	return &httpcore.Request{
		Method: a.Method, URL: a.URL, Path: a.Path, Params: a.Params, Headers: a.Headers, Without: a.Without,
		Cookies: a.Cookies, Auth: a.Auth, Options: a.Options, Elsewhere: a.Elsewhere,
	}
}

func (d decoder) hop(request *httpcore.Request, kept hop) (*httpcore.Hop, error) {
	h := &httpcore.Hop{
		Prepared: &httpcore.Prepared{
			Request: request, Method: kept.Method, URL: httpcore.KeptURL(kept.URL), Target: kept.Target, Headers: kept.Headers, Options: request.Options,
			Cookies: decisionsOf(kept.Cookies),
		},
		Dropped: kept.Dropped,
	}
	if kept.Body != nil {
		h.Prepared.Body = payloadOf(d.bodies, kept.Body)
	}
	for _, a := range kept.Attempts {
		made, err := d.attempt(a)
		if err != nil {
			return nil, err
		}
		if a.Headers != nil {
			sent := *h.Prepared
			sent.Headers = a.Headers
			made.Prepared = &sent
		}
		h.Attempts = append(h.Attempts, made)
	}
	return h, nil
}

func (d decoder) attempt(kept attempt) (*httpcore.Attempt, error) {
	a := &httpcore.Attempt{
		Started: kept.Started, Repeat: kept.Repeat, Sent: httpcore.Sent{Head: []byte(kept.SentHead), BodySize: kept.SentBody},
		Interim: kept.Interim, Timeline: kept.Timeline, Conn: kept.Conn, TLS: kept.TLS, Wire: kept.Wire, Err: kept.Error.err(),
	}
	if kept.Response == nil {
		return a, nil
	}
	r := kept.Response
	a.Response = &httpcore.Response{
		Proto: r.Proto, Status: r.Status, Reason: r.Reason, Headers: r.Headers, Trailers: r.Trailers,
		RawHead: r.RawHead, WireSize: r.WireSize, Codings: r.Codings, Body: d.store(), Cookies: verdictsOf(r.Cookies, r.Headers),
	}
	a.Response.Body.Finish(d.unpack(a.Response.Body, r.Body, a.Err))
	return a, nil
}

// unpack fills store with what was kept, and returns what a reader of it should be told at its end.
func (d decoder) unpack(store *body.Store, kept *content, ended *httpcore.Error) error {
	switch {
	case kept == nil && ended == nil:
		return nil
	case kept == nil:
		return ended
	case kept.Left != "":
		return leftOut(kept)
	}
	reader, err := d.bodies.open(kept)
	if err != nil {
		return explain("read a body from history", err)
	}
	_, err = io.Copy(store, reader)
	if err := errors.Join(err, reader.Close()); err != nil {
		return explain("read a body from history", err)
	}
	if ended != nil {
		return ended
	}
	return nil
}

func leftOut(c *content) error {
	return &Error{Message: "the body was not kept: " + c.Left, Advice: "send the request again to see it"}
}

// payload is the content of a request from history. It implements body.Payload.
type payload struct {
	bodies  bodies
	content *content
}

// payloadOf returns the content of a request as it was sent.
func payloadOf(b bodies, c *content) body.Payload {
	p := payload{bodies: b, content: c}
	if c.Coding != "" {
		return packed{p}
	}
	return p
}

// ContentType is what the request said of it.
func (p payload) ContentType() string { return p.content.Type }

// Size counts its bytes.
func (p payload) Size() int64 { return p.content.Size }

// Open starts it from its beginning.
func (p payload) Open() (io.ReadCloser, error) {
	if p.content.Left != "" {
		return nil, leftOut(p.content)
	}
	return p.bodies.open(p.content)
}

// packed is content that was sent under a content coding. It implements body.Encoded.
type packed struct{ payload }

// Size is not known before the content is coded anew.
func (packed) Size() int64 { return -1 }

// ContentEncoding names the coding.
func (p packed) ContentEncoding() string { return p.content.Coding }

// Plain is the content without the coding.
func (p packed) Plain() body.Payload { return p.payload }

// Open codes the content anew: the same content always gives the same bytes.
func (p packed) Open() (io.ReadCloser, error) {
	coded, err := body.Compress(p.payload, p.content.Coding)
	if err != nil {
		return nil, err
	}
	return coded.Open()
}
