package filter

import (
	"context"
	"fmt"
	"io"

	"parley/httpcore/content"
)

// Filter is an expression that is ready to run.
type Filter interface {
	// Memory is how many bytes running over a body of size bytes is expected
	// to need, 0 if that is little at any size.
	Memory(size int64) int64
	// Run writes what the expression selects to w, as soon as it is found. It
	// returns ctx's error when that ends first, w's when that fails, the
	// source's when the body broke off; what was written before stands.
	Run(ctx context.Context, in Input, w io.Writer) (Result, error)
}

// Input is what a filter runs over.
type Input struct {
	Source content.Source
	Kind   content.Kind
	// Charset is the encoding of XML or HTML, empty for what the document says
	// itself. JSON is UTF-8 and a command gets the bytes as they are.
	Charset string
	// Raw writes results that are JSON strings as their text, without quotes
	// and escapes, which may then take several lines.
	Raw bool
}

// Result says what a filter has written.
type Result struct {
	Count int64 // results; lines of a command
	// Kind is what the results are together: JSON for a single text of JSON,
	// NDJSON for several, XML, HTML or Text.
	Kind content.Kind
}

// SyntaxError is an expression that its language does not allow.
type SyntaxError struct {
	Offset int    // of the first byte of the expression that cannot be, or its end
	Msg    string // a sentence without full stop
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s (byte %d)", e.Msg, e.Offset) }

// ExpressionError is an expression that cannot go on with a value that it meets.
type ExpressionError struct{ Msg string }

func (e *ExpressionError) Error() string { return e.Msg }

// maxExpression is how long an expression may be, which bounds how deep one
// can nest.
const maxExpression = 64 << 10

func checkLength(expression string) error {
	if len(expression) > maxExpression {
		return &SyntaxError{maxExpression, "the expression is longer than 64 KiB"}
	}
	return nil
}

// jsonKind is the kind of count texts of JSON, a line each.
func jsonKind(count int64, raw bool) content.Kind {
	switch {
	case raw:
		return content.Text
	case count == 1:
		return content.JSON
	}
	return content.NDJSON
}
