// Package vim edits a text.Buffer with the keys of vim: modes, counts, operators with motions and text objects, registers,
// and the dot that does the last change again. It knows nothing of screens but what a [Screen] tells it.
//
// A [Machine] takes one key after the other and says what it came to. In insert mode it takes none: typing is the
// business of whoever owns the buffer, which tells the machine what was typed by [Machine.Typed], for the dot.
package vim
