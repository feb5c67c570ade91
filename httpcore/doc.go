// Package httpcore sends one HTTP request and tells everything that happened.
//
// It knows no user interface, no file format and no globals, and reads no environment by itself: whoever calls it passes
// in what it needs. The workbench, the command line, the runner and the tests all use this one engine.
//
// # Life cycle
//
//	Request ──Session.Prepare──▶ Prepared ──Session.Do──▶ Exchange
//	what the user means,         the exact bytes:          Hops (one for each redirect)
//	variables resolved           target, ordered headers,    └ Attempts (one for each time it was sent)
//	                             a re-readable body              └ Sent, Response, Timeline, Conn, TLS, Err
//
// A type for each stage means that "built but not sent" and "sent and failed" cannot be confused. Prepare never touches
// the network, so previews, exports and an offline print use it as it is. Do reports to a Sink while it runs, and always
// returns an Exchange: when something failed, it holds all that arrived before.
//
// # What Do does, in order
//
// For each hop: an [Obtainer] gets what it needs; the Before hooks run; the auth scheme signs; the request is sent, and the
// response received whole. Then the auth scheme may answer a challenge, or [Retry] find that the request is to be sent
// again, after a wait: hooks and signature are made anew for that, from the request as it was prepared. What remains goes to
// the After hooks, and a redirect leads to the next hop. Every attempt stays in the Exchange with what it was made for.
//
// # Concurrency and ownership
//
// A Session may be used from many goroutines; it owns its Transport (closed by Session.Close) and shares its cookie jar.
// A Request and a Prepared are values of one goroutine until Do is called, and must not change after that; a Prepared may
// be sent any number of times. The calls to one Sink are made one after another, in the order of the events. An Exchange
// belongs to the caller of Do once Do has returned; its response bodies may hold memory or files until Exchange.Close.
// While Do runs, the body of a response may be read concurrently from the moment its HeadReceived event was heard.
package httpcore
