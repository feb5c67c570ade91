// Package protocol reads bodies that arrive as a stream of small things, and keeps up sessions that outlive one exchange.
//
// [LineReader], [ValueReader] and [EventReader] take any io.Reader, such as body.Store.Reader, which follows a body while
// it grows: each returns a line, a JSON value or a server-sent event as soon as its end has arrived. They hold one of
// them at a time, bounded: of what is longer the beginning is kept and the rest counted. A reader belongs to one
// goroutine and owns nothing that has to be closed.
//
// [EventSource] is the client of a stream of server-sent events: it connects through a httpcore.Session, and again when
// the connection is lost. Run blocks until the stream is over or its context ends, and leaves no goroutine behind; what
// it hears it passes on in the goroutine that reads. An [EventLog] keeps the newest of it for a view, and may be read
// and written concurrently.
package protocol
