package tomldoc

import (
	"fmt"
	"strings"
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
	return &Error{Pos: d.pos(offset), Message: message, hint: d.hintFor(offset, message)}
}

func trimMessage(s string) string { return strings.TrimPrefix(s, "toml: ") }

// hintFor guesses what was meant. People write TOML as if it were a .env, JSON or YAML file.
func (d *Doc) hintFor(offset int, message string) string {
	rest := string(d.src[offset:])
	switch {
	case strings.HasPrefix(rest, "<<<<<<<") || strings.HasPrefix(rest, "=======") || strings.HasPrefix(rest, ">>>>>>>"):
		return "git left a merge conflict here: keep one side and remove the markers"
	case strings.Contains(message, "at start of value"), strings.Contains(message, "incorrect"):
		return `put text in quotes: key = "value"`
	case strings.Contains(message, "expected '=' after key"):
		return "write key = value; a name with spaces or dots goes in quotes"
	case strings.Contains(message, "already"), strings.Contains(message, "twice"), strings.Contains(message, "duplicate"),
		strings.Contains(message, "redefine"):
		return "remove one of the two, or use the long form: [{ name = \"…\", value = \"…\" }, …]"
	case strings.Contains(message, "unterminated"), strings.Contains(message, "not terminated"),
		strings.Contains(message, "cannot have new lines"):
		return "close the string with the quotes it began with; text of several lines goes between '''"
	case strings.Contains(message, "invalid escape"):
		return `write \\ for a backslash, or use single quotes, in which nothing is special`
	case strings.Contains(message, "UTF-8"):
		return "save the file as UTF-8"
	case strings.Contains(message, "start of key"):
		return `put the name in quotes: "~X-Name" = "…"`
	default:
		return "see https://toml.io for the syntax"
	}
}
