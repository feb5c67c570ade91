package har

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"
)

var numberType = reflect.TypeFor[Number]()

// DecodeError says why an archive cannot be read.
type DecodeError struct {
	// Line and Column of the trouble, from 1; 0 when it has no place.
	Line, Column int
	Message      string
	Err          error
}

// Error returns the place and the sentence.
func (e *DecodeError) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Message)
}

// Unwrap returns the cause.
func (e *DecodeError) Unwrap() error { return e.Err }

// Hint says what to try.
func (e *DecodeError) Hint() string {
	return `an archive is a JSON object such as {"log": {"version": "1.2", "entries": […]}}; export it again as "HAR"`
}

// Decode reads an archive. A byte order mark is skipped, and unknown fields are. The error is a *DecodeError, or that of
// the reader.
func Decode(r io.Reader) (*Log, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	var file struct {
		Log *json.RawMessage `json:"log"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, decodeError(data, 0, err)
	}
	if file.Log == nil {
		return nil, &DecodeError{Message: "this is JSON, but no HTTP archive: it has no `log`"}
	}
	var log struct {
		Log
		Entries *[]Entry `json:"entries"`
	}
	if err := json.Unmarshal(*file.Log, &log); err != nil {
		return nil, decodeError(data, bytes.Index(data, *file.Log), err)
	}
	if log.Entries == nil {
		return nil, &DecodeError{Message: "the archive's `log` has no `entries`"}
	}
	log.Log.Entries = *log.Entries
	for i, entry := range log.Log.Entries {
		if entry.Request.Method == "" {
			return nil, &DecodeError{Message: fmt.Sprintf("entry %d of the archive has no request with a method", i+1)}
		}
	}
	return &log.Log, nil
}

// decodeError finds the place of an error of encoding/json, whose offsets count from base.
func decodeError(data []byte, base int, err error) *DecodeError {
	e := &DecodeError{Message: "no HTTP archive: " + strings.TrimPrefix(err.Error(), "json: "), Err: err}
	offset := int64(-1)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = max(syntax.Offset-1, 0)
	}
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset = kind.Offset - 1
		e.Message = fmt.Sprintf("no HTTP archive: `%s` is a %s", kind.Field, kind.Value)
	}
	if offset < 0 {
		return e
	}
	before := data[:min(int64(len(data)), int64(base)+offset)]
	e.Line = 1 + bytes.Count(before, []byte("\n"))
	e.Column = 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return e
}
