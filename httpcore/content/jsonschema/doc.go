// Package jsonschema checks values of JSON against a JSON Schema, draft 2020-12 and draft-07.
//
//	Compile ──▶ Schema ──Validate(value)──▶ Violations
//	once per file          where in the value, which rule, what is wrong
//
// It is here, beside a library for the same, because what comes from a server must be checked within a bound of time and
// depth, must keep all digits of its numbers, and because a person wants to know where in the body a rule is broken.
//
// Schemas that a schema refers to are read by the Loader it is given, and nothing else is: a reference to anywhere but a
// file beside it, or to an $id within what was read, is an error. The keyword format says nothing, as the draft has it by
// default; regular expressions are those of package regexp.
//
// A Schema never changes once compiled, and may be used concurrently.
package jsonschema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	library "github.com/google/jsonschema-go/jsonschema"
)

// Loader reads the file of a schema by its path, with slashes, relative to where all schemas are.
type Loader func(name string) ([]byte, error)

const (
	// maxFile and maxFiles bound what is read, maxNodes what is made of it.
	maxFile  = 2 << 20
	maxFiles = 64
	maxNodes = 1 << 18
	// maxNesting bounds what stands within each other in a file. Whoever reads it reads the inner parts again for each
	// level.
	maxNesting = 200
)

// Schema is one that is ready to check values.
type Schema struct{ root *node }

// Compile reads a schema and all that it refers to.
func Compile(name string, load Loader) (*Schema, error) {
	r := &reader{load: load, documents: map[string]*resource{}, resources: map[string]*resource{}}
	document, err := r.document(name)
	if err != nil {
		return nil, err
	}
	for len(r.pending) > 0 { // what a reference leads to may have references
		n := r.pending[0]
		r.pending = r.pending[1:]
		if err := r.link(n); err != nil {
			return nil, fmt.Errorf("%s: %w", n.at, err)
		}
	}
	return &Schema{document.root}, nil
}

// parse reads a text of JSON with its numbers as they are written.
func parse(data []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("it is no JSON: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("it holds more than one text of JSON")
	}
	return value, nil
}

// nestsTooDeep reports whether more levels stand within each other than are allowed.
func nestsTooDeep(value any, allowed int) bool {
	if allowed == 0 {
		return true
	}
	switch v := value.(type) {
	case []any:
		return slices.ContainsFunc(v, func(item any) bool { return nestsTooDeep(item, allowed-1) })
	case map[string]any:
		for _, item := range v {
			if nestsTooDeep(item, allowed-1) {
				return true
			}
		}
	}
	return false
}

// checkKeywords finds keywords whose values are of the wrong type.
func checkKeywords(data []byte) error {
	var s library.Schema
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("it is no JSON Schema: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	return nil
}
