// Package safe makes foreign text safe for a terminal.
//
// Whatever a server, a file or another program wrote may hold bytes that act
// on a terminal instead of being shown by it: control characters and escape
// sequences, C1 controls, direction overrides, invisible characters, invalid
// UTF-8. This package replaces each with a visible mark of known width and
// leaves everything else as it came, so a reader sees what is there and
// nothing happens. Every foreign string passes through it on its way to a
// screen: panes, titles, logs and pipes that end at a terminal.
//
// The marks, all made of characters one cell wide:
//
//	␀ … ␟ ␡      C0 control characters and DEL (U+2400 block)
//	‹U+202E›     a character that must not reach the terminal as itself
//	‹FF›         a byte that is not UTF-8
//
// A body may hold the very same characters, so marks can be told apart only by
// style: [Spans] says which part of its output is a mark, and [Writer] wraps
// marks in a style it is given.
//
// Functions are pure and may be called concurrently; a Writer belongs to one
// goroutine at a time.
package safe
