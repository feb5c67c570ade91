package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3"

	"parley/httpcore"
)

// The library has no name for these, only texts; the tests notice when they change.
const (
	unusable = "http3: conn unusable: " // nothing of the request was sent; the cause follows
	goneAway = "graceful shutdown"      // the server takes no new requests on this connection
	invalid  = "invalid response"       // the cause follows, which may be that a field ends too early
	floods   = "too many 1xx"
)

const alertNoProtocol = 120 // no_application_protocol, RFC 7301 section 3.2

// noHTTP3Error adds what is most likely wrong when nothing answers.
func noHTTP3Error(e *httpcore.Error) *httpcore.Error {
	e.Advice = `the server may not speak HTTP/3, or a firewall stops UDP: set http = "auto"`
	return e
}

// quicDialError says why there is no connection.
func quicDialError(k key, err error) error {
	address := k.address()
	if failed, ok := errors.AsType[*quic.TransportError](err); ok {
		if isAlert(failed, alertNoProtocol) {
			return noProtocolError(k, err)
		}
		if e := quicAlert(address, failed); e != nil {
			return e
		}
	}
	if _, ok := errors.AsType[*quic.VersionNegotiationError](err); ok {
		return noProtocolError(k, err)
	}
	if _, ok := errors.AsType[*quic.HandshakeTimeoutError](err); ok {
		return noHTTP3Error(&httpcore.Error{
			Kind:    httpcore.KindConnectTimeout,
			Message: address + " did not finish the QUIC handshake in time",
			Err:     err,
		})
	}
	e := *httpcore.NetworkError(httpcore.PhaseConnect, address, err)
	if e.Kind == httpcore.KindConnect || e.Kind == httpcore.KindConnectTimeout {
		return noHTTP3Error(&e)
	}
	return &e
}

// isAlert reports whether err is that TLS alert, of either side.
func isAlert(err *quic.TransportError, alert uint8) bool {
	return err.ErrorCode.IsCryptoError() && uint8(err.ErrorCode) == alert
}

// quicAlert explains what went wrong with TLS; nil when it was something else.
func quicAlert(address string, err *quic.TransportError) *httpcore.Error {
	if !err.ErrorCode.IsCryptoError() {
		return nil
	}
	if err.Remote {
		alert := tls.AlertError(uint8(err.ErrorCode))
		return httpcore.NetworkError(httpcore.PhaseTLS, address, &net.OpError{Op: "remote error", Err: errors.New(alert.Error())})
	}
	return httpcore.NetworkError(httpcore.PhaseTLS, address, err)
}

// noReply implements multiplexer.
func (m *h3Mux) noReply(x *muxExchange, err error) (failure error, again bool) {
	address := x.conn.about.address
	again = x.wasReused() && x.r.isIdempotent()
	if stream := resetOf(err); stream != nil {
		return resetError(address, stream), stream.ErrorCode == http3.ErrCodeRequestRejected
	}
	if strings.HasPrefix(err.Error(), unusable) {
		again = x.wasReused() || strings.Contains(err.Error(), goneAway)
	} else if !m.endedBy(err) {
		return m.brokenReply(address, err), false
	}
	x.conn.giveUp()
	if e := m.connectionError(address, err); e != nil {
		return e, false
	}
	return &httpcore.Error{
		Kind:    httpcore.KindClosed,
		Message: fmt.Sprintf("the HTTP/3 connection to %s was %s without an answer", address, h3Ending(err)),
		Advice:  "the server may have crashed, or refuse this request; try again",
		Err:     err,
	}, again
}

// endedBy reports whether err is how the connection ended, which may be known before the connection is over.
func (m *h3Mux) endedBy(err error) bool { return m.isOver() || errors.Is(err, net.ErrClosed) }

// brokenReply says what is wrong with a reply on a connection that lives on.
func (m *h3Mux) brokenReply(address string, err error) *httpcore.Error {
	text := strings.TrimPrefix(err.Error(), "http3: ")
	switch {
	case strings.HasPrefix(text, invalid):
	case strings.HasPrefix(text, floods):
		return at(address, &httpcore.Error{Kind: httpcore.KindProtocol, Message: "sent interim (1xx) responses without end: " + text, Advice: "the server does not come to its answer; its log may say why", Err: err})
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &httpcore.Error{
			Kind:    httpcore.KindTruncated,
			Message: fmt.Sprintf("%s ended the response before its head was whole", address),
			Advice:  "the server or something on the way broke off; try again",
			Err:     err,
		}
	case errors.Is(err, io.EOF):
		return &httpcore.Error{
			Kind:    httpcore.KindClosed,
			Message: fmt.Sprintf("%s ended the request's stream without an answer", address),
			Advice:  "the server may have crashed, or refuse this request; try again",
			Err:     err,
		}
	}
	return &httpcore.Error{
		Kind:    httpcore.KindProtocol,
		Message: fmt.Sprintf("%s sent a reply that breaks the rules of HTTP/3: %s", address, text),
		Advice:  `try http = "2"`,
		Err:     err,
	}
}

// cutShort implements multiplexer.
func (m *h3Mux) cutShort(x *muxExchange, err error, received string) error {
	address := x.conn.about.address
	if resetOf(err) == nil && !isEnd(err) {
		if !m.endedBy(err) {
			return m.brokenReply(address, err)
		}
		if e := m.connectionError(address, err); e != nil {
			return e
		}
	}
	return truncatedError(address, h3Ending(err), received, err)
}

// resetOf returns err as the end of one stream; nil when it is something else.
func resetOf(err error) *http3.Error {
	e, ok := errors.AsType[*http3.Error](err)
	if !ok {
		return nil
	}
	if _, ok := errors.AsType[*quic.StreamError](e); !ok {
		return nil
	}
	return e
}

// resetError says why the server gave up one request, or why it had to be given up.
func resetError(address string, err *http3.Error) *httpcore.Error {
	e := &httpcore.Error{
		Kind:    httpcore.KindClosed,
		Message: fmt.Sprintf("%s reset the request without an answer (%s)", address, err.ErrorCode),
		Advice:  "the server gave this one request up; try again",
		Err:     err,
	}
	switch err.ErrorCode {
	case http3.ErrCodeVersionFallback:
		e.Kind, e.Advice = httpcore.KindProtocol, `the server wants HTTP/1.1 here: set http = "1.1"`
	case http3.ErrCodeNoError, http3.ErrCodeInternalError, http3.ErrCodeExcessiveLoad, http3.ErrCodeRequestRejected,
		http3.ErrCodeRequestCanceled, http3.ErrCodeRequestIncomplete, http3.ErrCodeConnectError:
	default:
		e.Kind, e.Advice = httpcore.KindProtocol, `try http = "2"`
	}
	return e
}

// connectionError is not nil when the whole connection ended because of TLS or a breach of the protocol. The library does
// not always pass on how it ended.
func (m *h3Mux) connectionError(address string, err error) *httpcore.Error {
	if e := h3ConnectionError(address, err); e != nil {
		return e
	}
	return h3ConnectionError(address, context.Cause(m.quic.Context()))
}

func h3ConnectionError(address string, err error) *httpcore.Error {
	e := &httpcore.Error{Kind: httpcore.KindProtocol, Advice: `try http = "2"`, Err: err}
	if closed, ok := errors.AsType[*quic.ApplicationError](err); ok {
		code := http3.ErrCode(closed.ErrorCode)
		switch {
		case !closed.Remote && code != http3.ErrCodeNoError:
			e.Message = fmt.Sprintf("%s broke the rules of HTTP/3 (%s)", address, code)
		case code == http3.ErrCodeNoError || closed.ErrorCode == 0:
			return nil
		default:
			e.Message = fmt.Sprintf("%s ended the HTTP/3 connection (%s)", address, code)
		}
		if closed.ErrorMessage != "" {
			e.Message += fmt.Sprintf(": %q", clip(closed.ErrorMessage))
		}
		return e
	}
	failed, ok := errors.AsType[*quic.TransportError](err)
	if !ok {
		return nil
	}
	if alert := quicAlert(address, failed); alert != nil {
		return alert
	}
	if failed.Remote {
		e.Message = fmt.Sprintf("%s ended the QUIC connection (%s)", address, failed.ErrorCode)
	} else {
		e.Message = fmt.Sprintf("%s broke the rules of QUIC (%s)", address, failed.ErrorCode)
	}
	return e
}

// h3Ending says how a stream or its connection ended, for "… was …".
func h3Ending(err error) string {
	if stream := resetOf(err); stream != nil {
		return fmt.Sprintf("reset (%s)", stream.ErrorCode)
	}
	if _, ok := errors.AsType[*quic.IdleTimeoutError](err); ok {
		return "given up (the server did not answer any more)"
	}
	if _, ok := errors.AsType[*quic.StatelessResetError](err); ok {
		return "reset (the server does not know it any more)"
	}
	return ending(err)
}
