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
// context. Values that jq builds are watched, and a filter that builds too
// much ends with [ErrTooMuch]; what no one can interrupt is a single function
// of jq at work on one value, whose result is then thrown away when it is done.
//
// A [Filter] may be used by several goroutines at the same time.
package filter
