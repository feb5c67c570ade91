// Package text is the text that an editor edits: lines, a cursor, a selection, motions, edits, undo and redo. It knows
// nothing of screens, keys or styles, so that it can be checked against an obvious model.
//
// Positions are a line and a byte in it, always between two grapheme clusters as far as motions go. Lines end with LF;
// a CR stays in its line as any other character, so that what was loaded is what is saved. Texts of a few megabytes
// are edited without delay, in many lines or in one.
//
// A [Buffer] belongs to one goroutine.
package text
