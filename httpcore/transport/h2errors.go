package transport

//lint:file-ignore SA1019 net/http has no names for the errors of HTTP/2, these are theirs

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/http2"

	"parley/httpcore"
)

// The library has no names for these, only texts; the tests notice when they change.
const (
	fromPeer       = "received from peer"                   // the cause of a reset that the server sent
	graceful       = "graceful shutdown GOAWAY"             // the server was going away and did not look at this request
	goneWithReason = "received GOAWAY from server ErrCode:" // the server went away for the reason that follows
)

// roundTripError says why there is no reply. again is as in connection.
func (x *h2Exchange) roundTripError(err error) (failure error, again bool) {
	address := x.conn.stream.about.address
	if e := x.localError(err); e != nil {
		return e, false
	}
	if errors.Is(context.Cause(x.ctx), errSilence) {
		if x.upload != nil {
			if sent, _ := x.upload.state(); sent < x.upload.total || x.upload.total < 0 {
				return stalledUploadError(address, x.r.Options.Timeout.Read, sent, x.upload.total, err), false
			}
		}
		return silenceError(address, x.r.Options.Timeout.Read, "after the request", err), false
	}
	if stream, ok := errors.AsType[http2.StreamError](err); ok {
		return x.streamError(stream), stream.Code == http2.ErrCodeRefusedStream
	}
	x.conn.giveUp()
	if e := x.connectionError(err); e != nil {
		return e, false
	}
	if e := asUncertified(x.conn.stream, x.wasReused(), err); e != nil {
		return e, false
	}
	return &httpcore.Error{
		Kind:    httpcore.KindClosed,
		Message: fmt.Sprintf("the HTTP/2 connection to %s was %s without an answer", address, h2Ending(x.conn.stream.reason(err))),
		Advice:  "the server may have crashed, or refuse this request; try again",
		Err:     err,
	}, strings.Contains(err.Error(), graceful) || x.wasReused() && x.r.isIdempotent()
}

// readError says why the content ends early.
func (b *h2Body) readError(err error) error {
	x := b.x
	address := x.conn.stream.about.address
	if e := x.localError(err); e != nil {
		return e
	}
	if errors.Is(context.Cause(x.ctx), errSilence) {
		return silenceError(address, x.r.Options.Timeout.Read, "after "+amount(b.received, b.length)+" of the response body", err)
	}
	if _, ok := errors.AsType[http2.StreamError](err); !ok {
		if e := x.connectionError(err); e != nil {
			return e
		}
	}
	return &httpcore.Error{
		Kind:    httpcore.KindTruncated,
		Message: fmt.Sprintf("the response of %s was %s after %s of its body", address, h2Ending(err), amount(b.received, b.length)),
		Advice:  "what arrived is kept; try again, or resume the download",
		Err:     err,
	}
}

// localError is the reason that lies on this side: the context, the request body, a limit; nil when it lies elsewhere.
func (x *h2Exchange) localError(err error) error {
	address := x.conn.stream.about.address
	if x.outer.Err() != nil {
		return contextError(x.outer, address)
	}
	if x.upload != nil {
		if _, fault := x.upload.state(); fault != nil {
			return fault
		}
	}
	if e, ok := asEngineError(err); ok {
		return at(address, e)
	}
	return nil
}

// streamError says why the server gave up one stream, or why it had to be given up.
func (x *h2Exchange) streamError(err http2.StreamError) *httpcore.Error {
	e := &httpcore.Error{
		Kind:    httpcore.KindClosed,
		Message: fmt.Sprintf("%s reset the request without an answer (%s)", x.conn.stream.about.address, err.Code),
		Advice:  "the server gave this one request up; try again",
		Err:     err,
	}
	switch err.Code {
	case http2.ErrCodeHTTP11Required:
		e.Kind, e.Advice = httpcore.KindProtocol, `the server wants HTTP/1.1 here: set http = "1.1"`
	case http2.ErrCodeProtocol, http2.ErrCodeFlowControl, http2.ErrCodeFrameSize, http2.ErrCodeCompression, http2.ErrCodeStreamClosed:
		e.Kind, e.Advice = httpcore.KindProtocol, `try http = "1.1"`
	}
	if err.Cause != nil && err.Cause.Error() != fromPeer {
		e.Message = fmt.Sprintf("%s sent a reply that breaks the rules of HTTP/2: %v", x.conn.stream.about.address, err.Cause)
	}
	return e
}

// connectionError is not nil when the whole connection ended because of a breach of the protocol.
func (x *h2Exchange) connectionError(err error) *httpcore.Error {
	e := &httpcore.Error{Kind: httpcore.KindProtocol, Advice: `try http = "1.1"`, Err: err}
	address := x.conn.stream.about.address
	if alert := asAlert(address, x.conn.stream.reason(err)); alert != nil {
		return alert
	}
	if x.conn.stream.http1.Load() {
		e.Message = address + " answered in HTTP/1.1, and HTTP/2 was to be spoken"
		return e
	}
	if code, ok := errors.AsType[http2.ConnectionError](err); ok {
		e.Message = fmt.Sprintf("%s broke the rules of HTTP/2 (%s)", address, http2.ErrCode(code))
		return e
	}
	if _, code, ok := strings.Cut(err.Error(), goneWithReason); ok {
		e.Message = fmt.Sprintf("%s ended the HTTP/2 connection (%s)", address, code)
		return e
	}
	if away, ok := errors.AsType[http2.GoAwayError](err); ok && away.ErrCode != http2.ErrCodeNo {
		e.Message = fmt.Sprintf("%s ended the HTTP/2 connection (%s)", address, away.ErrCode)
		if away.DebugData != "" {
			e.Message += fmt.Sprintf(": %q", clip(away.DebugData))
		}
		return e
	}
	return nil
}

// wasReused reports whether the connection had carried an exchange before this one.
func (x *h2Exchange) wasReused() bool {
	x.conn.mu.Lock()
	defer x.conn.mu.Unlock()
	return x.conn.uses > 1
}

// h2Ending says how a stream ended, for "… was …".
func h2Ending(err error) string {
	if stream, ok := errors.AsType[http2.StreamError](err); ok {
		return fmt.Sprintf("reset (%s)", stream.Code)
	}
	if away, ok := errors.AsType[http2.GoAwayError](err); ok {
		return fmt.Sprintf("ended by the server (GOAWAY %s)", away.ErrCode)
	}
	return ending(err)
}
