package httpcore

import (
	"context"
	"io"
)

// Transport carries one prepared request to a server and brings back the head of the reply. It is safe for concurrent
// use, and owns its pool of connections.
type Transport interface {
	// RoundTrip sends p and returns once the final (not 1xx) response head has been read. It tells trace of every phase,
	// of the connection and of what was written. The timeouts of p.Options for connecting and reading are its business,
	// the total one and cancellation come through ctx, which also governs the reading of the body. An error is an *Error.
	RoundTrip(ctx context.Context, p *Prepared, trace *Trace) (*Reply, error)
	// Close closes idle connections, and those in use once they are given back.
	Close() error
}

// Reply is a response head with the content still to be read.
type Reply struct {
	Proto   string
	Status  int
	Reason  string
	Headers Fields
	RawHead []byte
	// Length is the size of the content when the head tells it, else -1.
	Length int64
	// Body yields the content with transfer framing removed and content codings on; it is never nil. An error but io.EOF is an *Error.
	// Closing it before its end gives the connection up.
	Body io.ReadCloser
	// Trailers returns the trailer section; it is whole once Body has returned io.EOF.
	Trailers func() Fields
}
