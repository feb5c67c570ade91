package example

import (
	"bytes"
	"context"
	"io"
	"slices"

	"parley/httpcore"
	"parley/httpcore/body"
)

// Fits says why no example can be made of an exchange, nil if one can. It reads no body.
func Fits(x *httpcore.Exchange) error {
	if x == nil || x.Response() == nil {
		return &UnfitError{"there is no response that could be an example", "send the request first"}
	}
	response := x.Response()
	if done, err := response.Body.Done(); !done || err != nil {
		return &UnfitError{"the response has not come whole", "send the request again; an example is a whole exchange"}
	}
	if response.Body.Size() > MaxBody {
		return &SizeError{"the body of the response", MaxBody}
	}
	if sent := payloadOf(x); sent != nil && sent.Size() > MaxBody {
		return &SizeError{"the body of the request", MaxBody}
	}
	return nil
}

// Of makes an example of the last attempt of an exchange that is over. The secrets of its request are masked, and those that
// came to be known since.
func Of(x *httpcore.Exchange, known ...httpcore.Secret) (*Example, error) {
	if err := Fits(x); err != nil {
		return nil, err
	}
	m := httpcore.NewMasker(slices.Concat(x.Request.Secrets, known), httpcore.Mark)
	sent, response := sentBy(x), x.Response()
	target := *sent.URL
	target.Fragment, target.HasFragment = "", false
	e := &Example{
		Request:  Request{Method: sent.Method, URL: m.String(target.Redacted()), Proto: response.Proto},
		Response: Response{Proto: response.Proto, Status: response.Status, Reason: m.String(response.Reason)},
	}
	for _, h := range sent.Headers {
		e.Request.Headers = append(e.Request.Headers, shareSent(m, h))
	}
	for _, h := range response.Headers {
		e.Response.Headers = append(e.Response.Headers, share(m, h))
	}
	var err error
	if p := payloadOf(x); p != nil {
		if e.Request.Body, err = read(p.Open, m, "the body of the request"); err != nil {
			return nil, err
		}
	}
	e.Response.Body, err = read(func() (io.ReadCloser, error) {
		return io.NopCloser(response.Body.Reader(context.Background())), nil // it has ended, so nobody waits
	}, m, "the body of the response")
	if err != nil {
		return nil, err
	}
	return e, nil
}

// sentBy is the request as the last attempt sent it.
func sentBy(x *httpcore.Exchange) *httpcore.Prepared {
	return x.Hops[len(x.Hops)-1].Request(x.Last())
}

// payloadOf is what was sent, without its content coding; nil for nothing.
func payloadOf(x *httpcore.Exchange) body.Payload {
	p := sentBy(x).Body
	if coded, ok := p.(body.Encoded); ok {
		return coded.Plain()
	}
	return p
}

// read reads a body, masked, of which there may be more than was said.
func read(open func() (io.ReadCloser, error), m *httpcore.Masker, what string) ([]byte, error) {
	source, err := open()
	if err != nil {
		return nil, &UnfitError{what + " cannot be read again: " + m.String(err.Error()), "send the request again"}
	}
	defer source.Close() // it was only read
	var kept bytes.Buffer
	masked := m.Writer(&kept)
	n, err := io.Copy(masked, io.LimitReader(source, MaxBody+1))
	if err == nil {
		err = masked.Close()
	}
	switch {
	case err != nil:
		return nil, &UnfitError{what + " cannot be read again: " + m.String(err.Error()), "send the request again"}
	case n > MaxBody || kept.Len() > MaxBody:
		return nil, &SizeError{what, MaxBody}
	case kept.Len() == 0:
		return nil, nil
	}
	return kept.Bytes(), nil
}
