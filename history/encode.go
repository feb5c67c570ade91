package history

import (
	"fmt"
	"io"
	"slices"

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
		Auth: httpcore.Auth{Type: r.Auth.Type, Values: e.fields(r.Auth.Values)}, Options: e.options(r.Options), Elsewhere: e.elsewhere(r.Elsewhere),
	}
	for _, secret := range r.Secrets {
		if !secret.Obtained { // a replay's auth scheme gets it anew
			a.Secrets = append(a.Secrets, secret.Name)
		}
	}
	return a
}

func (e *encoder) hop(h *httpcore.Hop) (hop, error) {
	p := h.Prepared
	kept := hop{
		Method: p.Method, URL: e.mask.String(p.URL.String()), Target: e.mask.String(p.Target), Cookies: e.decisions(p.Cookies),
	}
	kept.Headers = e.headers(p.Headers)
	for _, dropped := range h.Dropped {
		kept.Dropped = append(kept.Dropped, httpcore.Dropped{What: e.mask.String(dropped.What), Why: e.mask.String(dropped.Why)})
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
		if sent := h.Request(a); !slices.Equal(sent.Headers, p.Headers) {
			made.Headers = e.headers(sent.Headers)
		}
		kept.Attempts = append(kept.Attempts, made)
	}
	return kept, nil
}

func (e *encoder) headers(all []httpcore.Header) []httpcore.Header {
	var kept []httpcore.Header
	for _, header := range all {
		header.Field = e.field(header.Field)
		kept = append(kept, header)
	}
	return kept
}

func (e *encoder) attempt(a *httpcore.Attempt) (attempt, error) {
	kept := attempt{
		Started: a.Started, SentHead: e.mask.String(string(a.Sent.Head)), SentBody: a.Sent.BodySize,
		Timeline: a.Timeline, Conn: a.Conn, TLS: a.TLS, Error: e.problem(a.Err),
	}
	if a.Repeat != nil {
		repeat := *a.Repeat
		repeat.Why = e.mask.String(repeat.Why)
		kept.Repeat = &repeat
	}
	for _, interim := range a.Interim {
		interim.Reason, interim.Headers = e.mask.String(interim.Reason), e.fields(interim.Headers)
		kept.Interim = append(kept.Interim, interim)
	}
	kept.Wire = e.wire(a.Wire)
	if a.Response == nil {
		return kept, nil
	}
	r := a.Response
	kept.Response = &response{
		Proto: r.Proto, Status: r.Status, Reason: e.mask.String(r.Reason), Headers: e.fields(r.Headers),
		Trailers: e.fields(r.Trailers), RawHead: []byte(e.mask.String(string(r.RawHead))), WireSize: r.WireSize, Codings: r.Codings,
		Cookies: e.verdicts(r.Cookies),
	}
	var err error
	kept.Response.Body, err = e.store(r)
	return kept, err
}

// wire keeps the wire log, which has content in it. What was a secret when it was written is marked already.
func (e *encoder) wire(log *httpcore.WireLog) *httpcore.WireLog {
	if log == nil || e.meta.WithoutBodies {
		return nil
	}
	kept := *log
	kept.Entries = slices.Clone(log.Entries)
	for i := range kept.Entries {
		kept.Entries[i].Data = e.mask.Bytes(kept.Entries[i].Data)
	}
	return &kept
}

// payload keeps the content of a request, without its content coding: under one, neither a secret nor a word could be
// found in it. A file that cannot be read again is said in the record, and is no reason to lose the exchange.
func (e *encoder) payload(p body.Payload) (*content, error) {
	if p == nil {
		return nil, nil
	}
	left := &content{Type: e.mask.String(p.ContentType())}
	if encoded, ok := p.(body.Encoded); ok {
		p, left.Coding = encoded.Plain(), encoded.ContentEncoding()
	}
	left.Size = p.Size()
	switch {
	case e.meta.WithoutBodies:
		left.Left = notWanted
		return left, nil
	case p.Size() > keepMost:
		left.Left = tooBigToKeep
		return left, nil
	}
	reader, err := p.Open()
	if err != nil {
		left.Left = e.mask.String(fmt.Sprintf("it could not be read again: %v", err))
		return left, nil
	}
	defer reader.Close() //nolint:errcheck // it was only read
	kept, err := e.bodies.put(reader, p.Size(), e.mask)
	if err != nil {
		return nil, err
	}
	kept.Type, kept.Coding = left.Type, left.Coding
	return kept, nil
}

// store keeps the content of a response as far as it arrived.
func (e *encoder) store(r *httpcore.Response) (*content, error) {
	size := r.Body.Size()
	switch {
	case size == 0:
		return nil, nil
	case e.meta.WithoutBodies:
		return &content{Size: size, Left: notWanted}, nil
	case size > keepMost:
		return &content{Size: size, Left: tooBigToKeep}, nil
	}
	kept, err := e.bodies.put(io.NewSectionReader(r.Body, 0, size), size, e.mask)
	if err != nil {
		return nil, err
	}
	kept.Text, err = e.text(r)
	return kept, err
}

func (e *encoder) fields(fields httpcore.Fields) httpcore.Fields {
	masked := make(httpcore.Fields, len(fields))
	for i, field := range fields {
		masked[i] = e.field(field)
	}
	return masked
}

func (e *encoder) field(f httpcore.Field) httpcore.Field {
	return httpcore.Field{Name: e.mask.String(f.Name), Value: e.mask.String(f.Value)}
}

func (e *encoder) problem(err *httpcore.Error) *problem {
	p := problemOf(err)
	if p != nil {
		p.Message, p.Hint, p.URL = e.mask.String(p.Message), e.mask.String(p.Hint), e.mask.String(p.URL)
	}
	return p
}
