package tomldoc

import (
	"fmt"
	"strings"
	"unicode"
)

// Error says why a file is not TOML, or why an edit cannot be made, and where.
type Error struct {
	Pos     Pos
	Message string
	hint    string
}

// Error is FILE:LINE:COLUMN: message.
func (e *Error) Error() string { return e.Pos.String() + ": " + e.Message }

// Hint says what to try.
func (e *Error) Hint() string { return e.hint }

// String is FILE:LINE:COLUMN, without what is not known.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	if p.File == "" {
		return fmt.Sprintf("%d:%d", p.Line, p.Column)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

func (d *Doc) errorAt(offset int, message string) *Error {
	rest := string(d.src[offset:])
	if bareWord(rest) && (strings.Contains(message, "start of value") || strings.Contains(message, "expected keyword")) {
		message = "a value that is text must be in quotes"
	}
	if conflictMarker(rest) {
		message = "an unresolved merge conflict of git"
	}
	return &Error{Pos: d.pos(offset), Message: message, hint: hintFor(rest, message)}
}

// conflictMarker reports whether text begins with what git leaves in a file that it could not merge.
func conflictMarker(text string) bool {
	for _, marker := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(text, marker) {
			return true
		}
	}
	return false
}

// bareWord reports whether text begins with a letter, as a value without quotes does.
func bareWord(text string) bool {
	return strings.IndexFunc(text, unicode.IsLetter) == 0
}

func trimMessage(s string) string { return strings.TrimPrefix(s, "toml: ") }

// hintFor guesses what was meant: people write TOML as if it were a .env file, JSON or YAML. The first that fits counts.
func hintFor(rest, message string) string {
	if conflictMarker(rest) {
		return "git left a merge conflict here: keep one side and remove the markers"
	}
	for _, h := range []struct{ contains, hint string }{
		{"start of value", `write a value after the =, text in quotes: key = "value"`},
		{"quote", `put text in quotes: key = "value"`},
		{"expected \"inf\"", `put text in quotes: key = "value"`},
		{"expected \"nan\"", `put text in quotes: key = "value"`},
		{"expected keyword", "true and false are written in small letters; put text in quotes"},
		{"expected newline", "write one key = value on a line, and put text in quotes"},
		{"expected '=' after key", "write key = value; a name with spaces or dots goes in quotes"},
		{"already", "remove one of the two; names that are to be repeated go in a list: name = [\"a\", \"b\"]"},
		{"twice", "remove one of the two; names that are to be repeated go in a list: name = [\"a\", \"b\"]"},
		{"unterminated", closeString},
		{"not terminated", closeString},
		{"cannot have new lines", closeString},
		{"escape", `write \\ for a backslash, or use single quotes, in which nothing is special`},
		{"UTF-8", "save the file as UTF-8"},
		{"control characters", `write it as an escape in double quotes, such as "\u001b"`},
		{"start of key", `put a name with other characters than A-Z a-z 0-9 _ - in quotes: "~X-Name" = "…"`},
		{"array", "put commas between the items and a ] at the end"},
		{"inline table", "put commas between the entries and a } at the end"},
		{"table name", "write [name] or [[name]] on a line of its own"},
		{"leading zero", "put a number that begins with 0 in quotes if it is text, such as a postal code"},
	} {
		if strings.Contains(message, h.contains) {
			return h.hint
		}
	}
	return "put it in quotes if it is meant as text; the syntax is at https://toml.io"
}

const closeString = "close the string with the quotes it began with; text of several lines goes between '''"
