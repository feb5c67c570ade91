package transport

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"parley/httpcore"
)

// contextError says why ctx ended: its cause, when that is an *httpcore.Error, else a total timeout or a cancellation.
func contextError(ctx context.Context, address string) *httpcore.Error {
	cause := context.Cause(ctx)
	if e, ok := errors.AsType[*httpcore.Error](cause); ok {
		return e
	}
	if errors.Is(cause, context.DeadlineExceeded) {
		return &httpcore.Error{
			Kind:    httpcore.KindTotalTimeout,
			Message: "the exchange with " + address + " took longer than it may in all",
			Advice:  "raise timeout.total",
			Err:     cause,
		}
	}
	return &httpcore.Error{Kind: httpcore.KindCanceled, Message: "the exchange with " + address + " was canceled", Err: cause}
}

// isTimeout reports whether a read or write ended by its deadline.
func isTimeout(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }

// asEngineError returns err as an error of the engine's own, which needs no more explaining.
func asEngineError(err error) (*httpcore.Error, bool) { return errors.AsType[*httpcore.Error](err) }

// protocolError says how a reply breaks the rules.
func protocolError(kind httpcore.Kind, format string, args ...any) *httpcore.Error {
	return &httpcore.Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// at puts the address before the message of an error that was made where it was not known.
func at(address string, err *httpcore.Error) *httpcore.Error {
	located := *err
	located.Message = address + " " + err.Message
	return &located
}

const readTimeoutHint = "raise timeout.read if the server is known to be slow"

func silenceError(address string, gap time.Duration, so string, cause error) *httpcore.Error {
	return &httpcore.Error{
		Kind:    httpcore.KindReadTimeout,
		Message: fmt.Sprintf("%s sent nothing for %v %s", address, gap, so),
		Advice:  readTimeoutHint,
		Err:     cause,
	}
}

func stalledUploadError(address string, gap time.Duration, sent, total int64, cause error) *httpcore.Error {
	return &httpcore.Error{
		Kind:    httpcore.KindReadTimeout,
		Message: fmt.Sprintf("%s took nothing of the request body for %v, after %s", address, gap, amount(sent, total)),
		Advice:  readTimeoutHint,
		Err:     cause,
	}
}

// amount is "3 of 10 bytes", or "3 bytes" when the total is not known.
func amount(n, total int64) string {
	if total < 0 {
		return plural(n)
	}
	return fmt.Sprintf("%d of %s", n, plural(total))
}

func plural(n int64) string {
	if n == 1 {
		return "1 byte"
	}
	return fmt.Sprintf("%d bytes", n)
}

// ending says how a connection ended, for "the connection …".
func ending(err error) string {
	if isEnd(err) || errors.Is(err, net.ErrClosed) {
		return "closed"
	}
	text := err.Error()
	if i := strings.LastIndex(text, ": "); i >= 0 {
		text = text[i+2:]
	}
	return "broken off (" + text + ")"
}

// asAlert returns what a TLS alert says that came instead of a reply: in TLS 1.3, a server refuses a client's
// certificate only after the handshake is over for the client.
func asAlert(address string, err error) *httpcore.Error {
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" {
		return httpcore.NetworkError(httpcore.PhaseTLS, address, err)
	}
	return nil
}

// asUncertified is the reason why a server that has just asked in vain for a client certificate ends the connection. Its
// alert says so as well, but is lost when the server resets the connection after it.
func asUncertified(s *stream, reused bool, err error) *httpcore.Error {
	if !s.uncertified || reused {
		return nil
	}
	return &httpcore.Error{
		Kind:    httpcore.KindTLS,
		Message: fmt.Sprintf("%s asked for a client certificate, got none, and ended the connection", s.about.address),
		Advice:  "it wants a client certificate: give one with cert",
		Err:     err,
	}
}

func kindOf(err error) httpcore.Kind {
	if e, ok := asEngineError(err); ok {
		return e.Kind
	}
	return ""
}
