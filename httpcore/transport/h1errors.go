package transport

import (
	"fmt"

	"parley/httpcore"
)

// headError says why there is no reply.
func (x *h1Exchange) headError(err error) error {
	address := x.conn.stream.about.address
	if x.ctx.Err() != nil {
		return contextError(x.ctx, address)
	}
	uploadFault := x.uploadFault()
	if e, ours := asEngineError(uploadFault); ours {
		return e
	}
	if e, ok := asEngineError(err); ok {
		return at(address, e)
	}
	if e := asAlert(address, err); e != nil {
		return e
	}
	gap := x.r.Options.Timeout.Read
	switch {
	case isTimeout(err) && x.uploading():
		return stalledUploadError(address, gap, x.upload.sent.Load(), x.upload.total, err)
	case isTimeout(err) && x.silent:
		return silenceError(address, gap, "after the request", err)
	case isTimeout(err):
		return silenceError(address, gap, "in the middle of the response head", err)
	case !x.silent:
		return &httpcore.Error{
			Kind:    httpcore.KindTruncated,
			Message: fmt.Sprintf("the connection to %s was %s before the response head was whole", address, ending(err)),
			Advice:  "the server or something on the way broke off; try again",
			Err:     err,
		}
	}
	if e := asUncertified(x.conn.stream, x.conn.uses > 0, err); e != nil {
		return e
	}
	return x.closedError(err, uploadFault)
}

// closedError says that the connection ended without a reply.
func (x *h1Exchange) closedError(err, uploadFault error) error {
	e := &httpcore.Error{
		Kind:    httpcore.KindClosed,
		Message: fmt.Sprintf("the connection to %s was %s without an answer", x.conn.stream.about.address, ending(err)),
		Advice:  "the server may have crashed, or refuse this request; try again",
		Err:     err,
	}
	if x.upload != nil && (uploadFault != nil || x.uploading()) {
		e.Message += ", after " + amount(x.upload.sent.Load(), x.upload.total) + " of the request body were sent"
		e.Advice = "the server may not take a body that large; try a smaller one"
	}
	return e
}

// uploadFault is what ended the upload early, as far as that is known by now.
func (x *h1Exchange) uploadFault() error {
	if x.upload == nil {
		return nil
	}
	return x.upload.fault()
}

// uploading reports whether content is still being written.
func (x *h1Exchange) uploading() bool {
	if x.upload == nil {
		return false
	}
	select {
	case <-x.upload.done:
		// A write that timed out is the same stall, seen from the other side.
		return isTimeout(x.upload.err)
	default:
		return true
	}
}

// readError says why the content ends early, after received bytes of it.
func (b *h1Body) readError(err error) error {
	x, address := b.x, b.x.conn.stream.about.address
	if x.ctx.Err() != nil {
		return contextError(x.ctx, address)
	}
	if e, ours := asEngineError(x.uploadFault()); ours {
		return e
	}
	if e, ok := asEngineError(err); ok {
		return at(address, e)
	}
	if isTimeout(err) {
		return silenceError(address, x.r.Options.Timeout.Read, "after "+amount(b.received, b.framing.size())+" of the response body", err)
	}
	return &httpcore.Error{
		Kind:    httpcore.KindTruncated,
		Message: fmt.Sprintf("the connection to %s was %s after %s of the response body", address, ending(err), amount(b.received, b.framing.size())),
		Advice:  "what arrived is kept; try again, or resume the download",
		Err:     err,
	}
}
