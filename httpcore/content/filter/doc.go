// Package filter selects parts of a body: JSONPath (RFC 9535), jq, XPath 1.0,
// and any shell command, one file each and one table ([Languages]).
//
// What a filter selects is written as a stream of bytes, one result a line, so
// that a result is a body like any other: JSON texts for JSONPath and jq,
// serialized nodes or text for XPath, whatever it prints for a command.
// JSONPath writes the bytes of the source; jq and XPath build values of their
// own, so jq's objects have their keys sorted and XPath's markup is written
// anew.
//
// JSONPath and commands need little memory at any size. jq needs the tree of
// one JSON text, XPath that of the whole document: [Filter.Memory] says how
// much, before anything is read. Running a filter ends at once with its
// context.
//
// jq is a programming language whose values, steps and depth nothing bounds
// but the process it runs in. So it runs in one of its own, which is this
// program once more ([Serve]): that is killed when it is not wanted any more,
// and a filter that builds too much or nests too deep ends with [ErrTooMuch]
// or [ErrTooDeep], and nothing else ends with it.
//
// A [Filter] may be used by several goroutines at the same time.
package filter
