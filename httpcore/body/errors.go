package body

// Kind classes an [Error], so that a caller can map it without reading its text.
type Kind string

// The kinds of error this package reports.
const (
	InvalidBoundary  Kind = "invalid boundary"  // a multipart boundary RFC 2046 does not allow, or that a value contains
	InvalidVariables Kind = "invalid variables" // variables of [GraphQL] that are no JSON object
	UnknownCoding    Kind = "unknown coding"    // a content coding that is not one of [Codings]
	UnknownCharset   Kind = "unknown charset"   // a charset label nobody registered
	FileUnavailable  Kind = "file unavailable"  // missing, unreadable or a folder
	FileChanged      Kind = "file changed"      // not the file whose size was promised
	NotRepeatable    Kind = "not repeatable"    // a pipe or device, which can be sent only once
	Corrupt          Kind = "corrupt"           // an encoded body that breaks its coding's rules
	Truncated        Kind = "truncated"         // an encoded body that ends before its coding does
	TooLarge         Kind = "too large"         // a body beyond [Limits]
	DiskFull         Kind = "disk full"         // no room for a [Store]'s file
	StoreFailed      Kind = "store failed"      // a [Store]'s file cannot be made, written or read
)

// Error is what this package reports: a kind for programs, a sentence and a hint for people.
type Error struct {
	Kind    Kind
	Message string // what happened, where, with its figures
	Advice  string // what to try; may be empty
	Err     error  // the cause; may be nil
}

// Error returns the sentence; the hint is for whoever has room to show it.
func (e *Error) Error() string { return e.Message }

// Hint says what to try; it may be empty.
func (e *Error) Hint() string { return e.Advice }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
