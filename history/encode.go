package history

import (
	"fmt"
	"io"

	"github.com/google/uuid"

	"parley/httpcore"
	"parley/httpcore/body"
)

// encoder turns one exchange into a record. Bodies are written on the way.
type encoder struct {
	bodies bodies
	mask   *httpcore.Masker
	meta   Meta
}

// newEncoder returns an encoder that masks every secret of the exchange.
func newEncoder(b bodies, meta Meta, x *httpcore.Exchange) *encoder {
	return &encoder{bodies: b, mask: httpcore.NewMasker(x.Request.Secrets, httpcore.Mark), meta: meta}
}

func (e *encoder) record(x *httpcore.Exchange) (*record, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return nil, err
	}
	r := &record{
		UID: id.String(), Meta: e.meta, Started: x.Started, Total: x.Total(),
		Asked: e.asked(x.Request), Error: e.problem(x.Err),
	}
	r.Meta.Written = e.mask.String(r.Meta.Written)
	for _, h := range x.Hops {
		kept, err := e.hop(h)
		if err != nil {
			return nil, err
		}
		r.Hops = append(r.Hops, kept)
	}
	return r, nil
}

func (e *encoder) asked(r *httpcore.Request) asked {
	a := asked{
		Method: r.Method, URL: e.mask.String(r.URL), Path: e.fields(r.Path), Params: e.fields(r.Params),
		Headers: e.fields(r.Headers), Without: r.Without, Cookies: e.fields(r.Cookies),
		Auth: httpcore.Auth{Type: r.Auth.Type, Values: e.fields(r.Auth.Values)}, Options: r.Options,
	}
	for _, secret := range r.Secrets {
		a.Secrets = append(a.Secrets, secret.Name)
	}
	return a
}

func (e *encoder) hop(h *httpcore.Hop) (hop, error) {
	p := h.Prepared
	kept := hop{Method: p.Method, URL: e.mask.String(p.URL.String()), Target: e.mask.String(p.Target), Dropped: h.Dropped}
	for _, header := range p.Headers {
		header.Value = e.mask.String(header.Value)
		kept.Headers = append(kept.Headers, header)
	}
	var err error
	if kept.Body, err = e.payload(p.Body); err != nil {
		return hop{}, err
	}
	for _, a := range h.Attempts {
		made, err := e.attempt(a)
		if err != nil {
			return hop{}, err
		}
		kept.Attempts = append(kept.Attempts, made)
	}
	return kept, nil
}

func (e *encoder) attempt(a *httpcore.Attempt) (attempt, error) {
	kept := attempt{
		Started: a.Started, SentHead: e.mask.String(string(a.Sent.Head)), SentBody: a.Sent.BodySize,
		Interim: a.Interim, Timeline: a.Timeline, Conn: a.Conn, TLS: a.TLS, Error: e.problem(a.Err),
	}
	if a.Response == nil {
		return kept, nil
	}
	r := a.Response
	kept.Response = &response{
		Proto: r.Proto, Status: r.Status, Reason: e.mask.String(r.Reason), Headers: e.fields(r.Headers),
		Trailers: e.fields(r.Trailers), RawHead: []byte(e.mask.String(string(r.RawHead))), WireSize: r.WireSize, Codings: r.Codings,
	}
	var err error
	kept.Response.Body, err = e.store(r.Body)
	return kept, err
}

// payload keeps the content of a request. A file that cannot be read again is said in the record, and is no reason to
// lose the exchange.
func (e *encoder) payload(p body.Payload) (*content, error) {
	if p == nil {
		return nil, nil
	}
	if e.meta.WithoutBodies || p.Size() > keepMost {
		why := notWanted
		if !e.meta.WithoutBodies {
			why = tooBigToKeep
		}
		return &content{Type: p.ContentType(), Size: p.Size(), Left: why}, nil
	}
	reader, err := p.Open()
	if err != nil {
		return &content{Type: p.ContentType(), Size: p.Size(), Left: fmt.Sprintf("it could not be read again: %v", err)}, nil
	}
	defer reader.Close() //nolint:errcheck // it was only read
	kept, err := e.bodies.put(reader, e.mask)
	if err != nil {
		return nil, err
	}
	kept.Type = p.ContentType()
	return kept, nil
}

// store keeps the content of a response as far as it arrived.
func (e *encoder) store(s *body.Store) (*content, error) {
	size := s.Size()
	switch {
	case size == 0:
		return nil, nil
	case e.meta.WithoutBodies:
		return &content{Size: size, Left: notWanted}, nil
	case size > keepMost:
		return &content{Size: size, Left: tooBigToKeep}, nil
	}
	return e.bodies.put(io.NewSectionReader(s, 0, size), e.mask)
}

func (e *encoder) fields(fields httpcore.Fields) httpcore.Fields {
	masked := make(httpcore.Fields, len(fields))
	for i, field := range fields {
		masked[i] = httpcore.Field{Name: field.Name, Value: e.mask.String(field.Value)}
	}
	return masked
}

func (e *encoder) problem(err *httpcore.Error) *problem {
	p := problemOf(err)
	if p != nil {
		p.Message, p.URL = e.mask.String(p.Message), e.mask.String(p.URL)
	}
	return p
}
