package httpcore

import (
	"errors"
	"strings"

	"parley/httpcore/body"
)

// Kind is what sort of thing went wrong. A Kind is also an error, so that errors.Is(err, KindTimeout) asks whether err is
// of that kind or of one below it.
//
//	KindRequest     ├ KindURL ├ KindHeader ├ KindBody ├ KindAuth      nothing was sent
//	                └ KindUnrewindable, below KindBody                not again, that is
//	KindConnection  ├ KindDNS ├ KindConnect ├ KindConnectTimeout ├ KindTLS ├ KindProxy ├ KindClosed
//	KindTimeout     ├ KindConnectTimeout ├ KindReadTimeout ├ KindTotalTimeout
//	KindProtocol    ├ KindChunked ├ KindTruncated                     the reply breaks the rules
//	KindDecoding    ├ KindTooLarge                                    the reply's coding is broken or bounded
//	KindRedirect    ├ KindTooManyRedirects ─ KindRedirectLoop
//	KindRetry                                                        a whole reply, which Retry.OnStatus has, too often
//	KindStatus                                                       a whole reply, of 400 or more
//	KindHook                                                         a hook of the user's stopped it
//	KindStorage                                                      a file or disk here
//	KindUnrecorded                                                   the log that is played back has no answer
//	KindCanceled                                                     the user said stop
type Kind string

// The kinds; see the tree at Kind.
const (
	KindRequest Kind = "request"
	KindURL     Kind = "url"
	KindHeader  Kind = "header"
	KindBody    Kind = "body"
	KindAuth    Kind = "auth"
	// KindUnrewindable is a body that was sent once and would have to be sent again.
	KindUnrewindable Kind = "unrewindable"

	KindConnection     Kind = "connection"
	KindDNS            Kind = "dns"
	KindConnect        Kind = "connect"
	KindConnectTimeout Kind = "connect-timeout"
	KindTLS            Kind = "tls"
	KindProxy          Kind = "proxy"
	KindClosed         Kind = "closed"

	KindTimeout      Kind = "timeout"
	KindReadTimeout  Kind = "read-timeout"
	KindTotalTimeout Kind = "total-timeout"

	KindProtocol  Kind = "protocol"
	KindChunked   Kind = "chunked"
	KindTruncated Kind = "truncated"

	KindDecoding Kind = "decoding"
	KindTooLarge Kind = "too-large"

	KindRedirect         Kind = "redirect"
	KindTooManyRedirects Kind = "too-many-redirects"
	KindRedirectLoop     Kind = "redirect-loop"

	KindRetry   Kind = "retry"
	KindStatus  Kind = "status"
	KindHook    Kind = "hook"
	KindStorage Kind = "storage"
	// KindUnrecorded is a request that a log which is played back holds no answer to.
	KindUnrecorded Kind = "unrecorded"
	KindCanceled   Kind = "canceled"
)

// Error returns the kind's name.
func (k Kind) Error() string { return string(k) }

// parents returns the kinds right above k.
func (k Kind) parents() []Kind {
	switch k {
	case KindURL, KindHeader, KindBody, KindAuth:
		return []Kind{KindRequest}
	case KindUnrewindable:
		return []Kind{KindBody}
	case KindDNS, KindConnect, KindTLS, KindProxy, KindClosed:
		return []Kind{KindConnection}
	case KindConnectTimeout:
		return []Kind{KindConnection, KindTimeout}
	case KindReadTimeout, KindTotalTimeout:
		return []Kind{KindTimeout}
	case KindChunked, KindTruncated:
		return []Kind{KindProtocol}
	case KindTooLarge:
		return []Kind{KindDecoding}
	case KindTooManyRedirects:
		return []Kind{KindRedirect}
	case KindRedirectLoop:
		return []Kind{KindTooManyRedirects}
	default:
		return nil
	}
}

// Is reports whether k is the target kind or one below it.
func (k Kind) Is(target error) bool {
	wanted, ok := target.(Kind)
	if !ok {
		return false
	}
	if k == wanted {
		return true
	}
	for _, parent := range k.parents() {
		if parent.Is(wanted) {
			return true
		}
	}
	return false
}

// Error is what the engine says when something went wrong: a kind for programs, a sentence for people, and a hint at
// what to try.
type Error struct {
	Kind Kind
	// Message is one sentence without a final full stop: what happened, and where.
	Message string
	// Advice says what to try next; it may be empty.
	Advice string
	// URL is the URL that was being fetched, without user information; empty before one is known.
	URL string
	// Attempt says in which attempt of its hop it happened, from 1; 0 when nothing was sent.
	Attempt int
	// Err is the cause, when there is one underneath.
	Err error
}

// Error returns the sentence.
func (e *Error) Error() string { return e.Message }

// Hint says what to try; it may be empty.
func (e *Error) Hint() string { return e.Advice }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is(err, KindX) work for every kind above e's own.
func (e *Error) Is(target error) bool { return e.Kind.Is(target) }

// AsError returns err as an *Error. One of package body keeps its sentence and hint; an error of another type becomes one
// of the given kind, with its own text.
func AsError(err error, kind Kind) *Error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if e, ok := errors.AsType[*body.Error](err); ok {
		return &Error{Kind: bodyKind(e.Kind), Message: e.Message, Advice: e.Advice, Err: err}
	}
	return &Error{Kind: kind, Message: strings.TrimSuffix(err.Error(), "."), Err: err}
}

func bodyKind(kind body.Kind) Kind {
	switch kind {
	case body.Corrupt, body.Truncated, body.UnknownCoding, body.UnknownCharset:
		return KindDecoding
	case body.TooLarge:
		return KindTooLarge
	case body.DiskFull, body.StoreFailed:
		return KindStorage
	case body.NotRepeatable:
		return KindUnrewindable
	default:
		return KindBody
	}
}
