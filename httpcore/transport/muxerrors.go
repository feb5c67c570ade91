package transport

import (
	"context"
	"errors"
	"fmt"

	"parley/httpcore"
)

// roundTripError says why there is no reply. again is as in connection.
func (x *muxExchange) roundTripError(err error) (failure error, again bool) {
	if e := x.localError(err); e != nil {
		return e, false
	}
	if !errors.Is(context.Cause(x.ctx), errSilence) {
		return x.conn.mux.noReply(x, err)
	}
	address, gap := x.conn.about.address, x.r.Options.Timeout.Read
	if x.upload != nil {
		if sent, _ := x.upload.state(); sent < x.upload.total || x.upload.total < 0 {
			return stalledUploadError(address, gap, sent, x.upload.total, err), false
		}
	}
	return silenceError(address, gap, "after the request", err), false
}

// readError says why the content ends early.
func (b *muxBody) readError(err error) error {
	x, received := b.x, amount(b.received, b.length)
	if e := x.localError(err); e != nil {
		return e
	}
	if errors.Is(context.Cause(x.ctx), errSilence) {
		return silenceError(x.conn.about.address, x.r.Options.Timeout.Read, "after "+received+" of the response body", err)
	}
	return x.conn.mux.cutShort(x, err, received)
}

// localError is the reason that lies on this side: the context, the request body, a limit; nil when it lies elsewhere.
func (x *muxExchange) localError(err error) error {
	address := x.conn.about.address
	if x.outer.Err() != nil {
		return contextError(x.outer, address)
	}
	if x.upload != nil {
		if _, fault := x.upload.state(); fault != nil {
			return fault
		}
	}
	for _, err := range []error{err, context.Cause(x.ctx)} {
		if e, ok := asEngineError(err); ok {
			return at(address, e)
		}
	}
	return nil
}

// wasReused reports whether the connection had carried an exchange before this one.
func (x *muxExchange) wasReused() bool {
	x.conn.mu.Lock()
	defer x.conn.mu.Unlock()
	return x.conn.uses > 1
}

// truncatedError says that a reply ended in the middle of its content.
func truncatedError(address, ending, received string, cause error) *httpcore.Error {
	return &httpcore.Error{
		Kind:    httpcore.KindTruncated,
		Message: fmt.Sprintf("the response of %s was %s after %s of its body", address, ending, received),
		Advice:  "what arrived is kept; try again, or resume the download",
		Err:     cause,
	}
}
