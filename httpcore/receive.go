package httpcore

import (
	"errors"
	"io"
	"slices"
	"strings"

	"parley/httpcore/body"
)

// maxExpansion bounds decoded bytes per received byte when Decode.MaxExpansion is 0. Text compresses to a fiftieth or so;
// only bodies made to harm, or made of nothing but zeros, come near.
const maxExpansion = 256

// copyBuffer is as large as pays off when a body goes from a socket to a file.
type copyBuffer [64 << 10]byte

// smallBody is up to where a buffer of a body's own size costs less than a large one that waits for it: of many small
// answers side by side, each holds one.
const smallBody = 4 << 10

func decodeLimits(options Decode) body.Limits {
	limits := body.Limits{MaxSize: options.MaxSize, MaxExpansion: options.MaxExpansion}
	if limits.MaxExpansion == 0 {
		limits.MaxExpansion = maxExpansion
	}
	return limits
}

// receive reads the content of a reply into the response's store, decoding it on the way. It always closes the reply's
// body; what could be read and decoded before an error is in the store.
func (r *run) receive(p *Prepared, reply *Reply, response *Response, limits body.Limits) error {
	counter := &wireCounter{r: reply.Body, total: reply.Length, emit: r.emit}
	err := r.copyBody(counter, response, removableCodings(p.Options.Decode, reply.Headers), limits)
	response.WireSize = counter.received
	if closed := reply.Body.Close(); err == nil && closed != nil {
		err = closed
	}
	if err == nil {
		response.Trailers = reply.Trailers()
	}
	return err
}

func (r *run) copyBody(counter *wireCounter, response *Response, codings []string, limits body.Limits) error {
	decoded, err := body.Decode(counter, codings, limits)
	if err != nil {
		return err
	}
	if counter.total >= 0 && counter.total <= smallBody && len(codings) == 0 {
		_, err = io.CopyBuffer(response.Body, decoded, make([]byte, counter.total+1))
	} else {
		buffer := r.session.buffers.Get().(*copyBuffer)
		_, err = io.CopyBuffer(response.Body, decoded, buffer[:])
		r.session.buffers.Put(buffer)
	}
	slices.Reverse(codings)
	response.Codings = codings
	return errors.Join(err, decoded.Close())
}

// removableCodings returns the codings to remove, in the order they were applied. One that is not known stays on, as in
// requests, and with it all that lie beneath.
func removableCodings(options Decode, headers Fields) []string {
	if options.Off {
		return nil
	}
	var codings []string
	for _, coding := range headers.List("Content-Encoding") {
		switch name := strings.ToLower(coding); {
		case name == "identity":
		case name == "x-gzip":
			codings = append(codings, "gzip")
		case slices.Contains(body.Codings(), name):
			codings = append(codings, name)
		default:
			codings = nil
		}
	}
	return codings
}

// wireCounter counts and reports the bytes of content as they arrive.
type wireCounter struct {
	r        io.Reader
	received int64
	total    int64
	emit     func(Event)
}

func (c *wireCounter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if n > 0 {
		c.received += int64(n)
		c.emit(Downloaded{Bytes: c.received, Total: c.total})
	}
	return n, err
}
