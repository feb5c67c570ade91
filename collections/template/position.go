package template

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Position is a place in a file. Line and Column count from 1; a column is a character. The zero value is no place.
type Position struct {
	File   string
	Line   int
	Column int
}

// String returns "file:line:column", without the parts that are not known.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.File == "":
		return fmt.Sprintf("%d:%d", p.Line, p.Column)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
}

// IsZero reports whether p is no place at all.
func (p Position) IsZero() bool { return p == Position{} }

// after returns the place that is reached when text has been read from p on.
func (p Position) after(text string) Position {
	if p.Line == 0 {
		return p
	}
	if newline := strings.LastIndexByte(text, '\n'); newline >= 0 {
		p.Line += strings.Count(text, "\n")
		p.Column = 1
		text = text[newline+1:]
	}
	p.Column += utf8.RuneCountInString(text)
	return p
}

// Locator tells the place of a byte offset of a text. What a file's syntax does to a text (escapes, line ends) is known
// to whoever read the file; without a Locator nothing has a place.
type Locator func(offset int) Position

// In returns the Locator of a text that begins at p and stands there character for character.
func (p Position) In(text string) Locator {
	return func(offset int) Position { return p.after(text[:offset]) }
}

// Origin says where a value comes from.
type Origin struct {
	// Scope is the layer that holds the value, for people: "--var", "captured", "request", "folder users", "environment dev", "collection".
	Scope string
	// Position is where the value is written; zero for one that is in no file.
	Position
}

// String returns the scope, with the place when there is one.
func (o Origin) String() string {
	if o.IsZero() {
		return o.Scope
	}
	return o.Scope + ", " + o.Position.String()
}
