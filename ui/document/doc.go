// Package document opens windows onto text of any size.
//
// A [Document] shows one [Source], a body that may still be growing, through
// [View]s, one for each [Mode]: pretty (JSON, XML and HTML laid out by their own
// scanners, other languages highlighted), raw and hex, trees of nodes, tables of
// records, previews of forms and multipart bodies. Pictures are drawn by package
// picture. [Difference] makes views of how two bodies differ, and [Print] writes
// a body to a terminal in one pass.
//
// A view knows where its lines are through an index built in the background: a
// mark every few tens of KB, from which any line is found by reading a bounded
// piece of the source. No body is ever held, and the memory of an index is
// bounded at any size: marks are thinned out, and a look reads further.
//
// A view is a pure function of the source: [View.Window] returns rows made of
// spans, text that is safe for a terminal and a [Role] that a theme turns into
// a colour. Methods of views do a bounded amount of work, on the order of the
// window and what lies between two marks, and never wait for the index, so they
// may be called while a key is being answered. What needs the whole body
// ([Search]) works in the background, and waiting for it takes a context. What
// can't be read is shown as far as it goes; the window behind that returns the
// error.
//
// Lines that are nodes fold, where [View.Folds] says so. What is folded belongs
// to the view, and so does what a tree has expanded.
//
// Lines are what a view moves by. A line longer than 4 KiB of source counts as
// several, of which only the first bears a number, so that a body of one huge
// line behaves like any other.
//
// Everything may be called concurrently. Close a document when its source goes
// away: Close ends its goroutines and waits for them. The document does not
// close the source.
package document
