package example

import (
	"fmt"

	"parley/httpcore"
)

const (
	// MaxBody bounds the content of a request, and of a response.
	MaxBody = 1 << 20
	// MaxFile bounds a file: two bodies, indented or as Base64, and their heads.
	MaxFile = 5 << 20
)

// Example is a request with its response.
type Example struct {
	Request  Request
	Response Response
}

// Request is what was sent.
type Request struct {
	Method, URL, Proto string
	Headers            httpcore.Fields
	Body               []byte // nil for none
}

// Response is what came back.
type Response struct {
	Proto   string
	Status  int
	Reason  string // empty where the protocol has none
	Headers httpcore.Fields
	Body    []byte // nil for none
}

// FileError says why a file is no example.
type FileError struct {
	Line    int // from 1
	Message string
}

// Error says where, and what.
func (e *FileError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Message) }

// Hint says what to try.
func (e *FileError) Hint() string {
	return "an example is a section ### request and a section ### response; bring the file back from git, or save it again"
}

// SizeError says that something is larger than an example may be.
type SizeError struct {
	What string // is larger
	Most int    // bytes
}

// Error says how large it may be.
func (e *SizeError) Error() string {
	return fmt.Sprintf("%s is larger than an example can be (%d MiB)", e.What, e.Most>>20)
}

// Hint says what can be done with it.
func (e *SizeError) Hint() string { return "the body can be saved to a file" }

// UnfitError says why no example can be made of an exchange.
type UnfitError struct{ Why, Advice string }

// Error says why.
func (e *UnfitError) Error() string { return e.Why }

// Hint says what to do.
func (e *UnfitError) Hint() string { return e.Advice }
