// Package importer reads requests that were written for other programs.
//
// [All] is the table of what can be read, one file a format. An importer sniffs whether a source is its own and turns it
// into requests of the collection's model, each with a report of what was changed or lost on the way, and why. What an
// importer does not mention was kept.
//
// Importers run nothing and read no files: a shell's variable becomes `{{env("NAME")}}`, a file `{{file("path")}}` or a
// body of its own, and text that happens to hold `{{` is written so that it stays text. The requests have no place in a
// collection; relative paths in them mean what they meant to the other program, the current folder.
//
// Everything here is safe for concurrent use.
package importer
