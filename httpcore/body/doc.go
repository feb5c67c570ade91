// Package body holds what travels below the head of an HTTP message: request bodies on their way out, response bodies
// on their way in.
//
// Out: a [Payload] says how long it is and what it contains, and can be opened as often as redirects and retries need
// it. [Text], [JSON], [Form], [Multipart], [File] and [Bytes] make one; [Compress] wraps another. Payloads are immutable
// and may be shared; each Open gives a stream of its own, which the caller closes.
//
// In: [Decode] removes content codings as a stream, within [Limits]. A [Store] takes the result: in memory while it is
// small, in a file when it is not, readable at any place while it still grows. One goroutine writes and finishes a
// Store, any number read it, and whoever made it closes it. [DetectCharset] and [NewUTF8Reader] turn bytes into text.
//
// Whatever goes wrong is an [*Error] with a kind, a sentence and a hint, except what the caller's own reader reports,
// which passes through untouched.
package body
