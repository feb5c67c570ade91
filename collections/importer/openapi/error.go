package openapi

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Error is FILE:LINE: message.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Message)
}

// Hint says what to try.
func (e *Error) Hint() string { return e.Advice }

// yamlError takes the place out of what the YAML library says: "yaml: line 3: mapping values are not allowed".
func yamlError(err error) *Error {
	said := strings.TrimPrefix(err.Error(), "yaml: ")
	out := &Error{Message: "the YAML cannot be read: " + said, Advice: "mend the line; indents are blanks, never tabs"}
	place := regexp.MustCompile(`^line (\d+): `).FindStringSubmatch(said)
	if place == nil {
		return out
	}
	if line, err := strconv.Atoi(place[1]); err == nil {
		out.Line, out.Message = line, "the YAML cannot be read: "+said[len(place[0]):]
	}
	return out
}
