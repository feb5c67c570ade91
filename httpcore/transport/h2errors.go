package transport

//lint:file-ignore SA1019 net/http has no names for the errors of HTTP/2, these are theirs

import (
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

// noReply implements multiplexer.
func (m *h2Mux) noReply(x *muxExchange, err error) (failure error, again bool) {
	address := x.conn.about.address
	if stream, ok := errors.AsType[http2.StreamError](err); ok {
		return streamError(address, stream), stream.Code == http2.ErrCodeRefusedStream
	}
	x.conn.giveUp()
	if e := m.connectionError(address, err); e != nil {
		return e, false
	}
	if e := asUncertified(m.stream, x.wasReused(), err); e != nil {
		return e, false
	}
	return &httpcore.Error{
		Kind:    httpcore.KindClosed,
		Message: fmt.Sprintf("the HTTP/2 connection to %s was %s without an answer", address, h2Ending(m.stream.reason(err))),
		Advice:  "the server may have crashed, or refuse this request; try again",
		Err:     err,
	}, strings.Contains(err.Error(), graceful) || x.wasReused() && x.r.isIdempotent()
}

// cutShort implements multiplexer.
func (m *h2Mux) cutShort(x *muxExchange, err error, received string) error {
	address := x.conn.about.address
	if _, ok := errors.AsType[http2.StreamError](err); !ok {
		if e := m.connectionError(address, err); e != nil {
			return e
		}
	}
	return truncatedError(address, h2Ending(err), received, err)
}

// streamError says why the server gave up one stream, or why it had to be given up.
func streamError(address string, err http2.StreamError) *httpcore.Error {
	e := &httpcore.Error{
		Kind:    httpcore.KindClosed,
		Message: fmt.Sprintf("%s reset the request without an answer (%s)", address, err.Code),
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
		e.Message = fmt.Sprintf("%s sent a reply that breaks the rules of HTTP/2: %v", address, err.Cause)
	}
	return e
}

// connectionError is not nil when the whole connection ended because of a breach of the protocol.
func (m *h2Mux) connectionError(address string, err error) *httpcore.Error {
	e := &httpcore.Error{Kind: httpcore.KindProtocol, Advice: `try http = "1.1"`, Err: err}
	if alert := asAlert(address, m.stream.reason(err)); alert != nil {
		return alert
	}
	if m.stream.http1.Load() {
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
