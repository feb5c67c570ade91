// Package document opens windows onto text of any size.
//
// A [Document] shows one [Source], a body that may still be growing, through
// [View]s: pretty (JSON, XML and HTML laid out by their own scanners, other
// languages highlighted), raw and hex, tables of records, previews of forms and
// multipart bodies. A view knows where its lines are through an index built in
// the background: a checkpoint every few tens of KB, from which any line is found by reading a bounded piece of the source. No body is ever held,
// and the memory of an index is bounded at any size.
//
// A view is a pure function of the source: [View.Window] returns rows made of
// spans, text that is safe for a terminal and a [Role] that a theme turns into
// a colour. Methods of views do a bounded amount of work, on the order of the
// window and one checkpoint interval, and never wait for the index, so they may
// be called while a key is being answered. What needs the whole body
// ([Search]) takes a context and is for other goroutines.
//
// Lines are what a view moves by. A line longer than 4 KiB of source counts as
// several, of which only the first bears a number, so that a body of one huge
// line behaves like any other.
//
// Everything may be called concurrently. Close a document when its source goes
// away: Close ends its goroutines and waits for them. The document does not
// close the source.
package document
