package openapi

import (
	"bytes"
	"fmt"
	"strings"
)

// Read reads a description; name is what errors call the file. An error is an *[Error].
func Read(name string, data []byte) (*Document, error) {
	doc, err := read(data)
	if err != nil {
		err.File = name
		return nil, err
	}
	return doc, nil
}

func read(data []byte) (*Document, *Error) {
	if len(data) > MaxSize || marks(data) > maxMarks {
		return nil, &Error{
			Message: "the description is too large to read",
			Advice:  fmt.Sprintf("up to %d MB are read; split it, or keep only what is used", MaxSize>>20),
		}
	}
	t, err := parse(data)
	if err != nil {
		return nil, err
	}
	old, err := t.version()
	if err != nil {
		return nil, err
	}
	doc := &Document{Title: line(t.text(t.get(t.root, "info"), "title"))}
	if old {
		doc.Servers = t.hosts()
	} else if doc.Servers = t.servers(t.root); doc.Servers == nil {
		doc.Servers = []string{""} // as the standard has it
	}
	r := &reader{tree: t, old: old, doc: doc, left: maxExamples}
	r.paths()
	if t.worn() {
		return nil, &Error{Message: "the description is too entangled to read", Advice: "use fewer aliases, or write them out"}
	}
	return doc, nil
}

// marks counts what makes values, so that a file that is nothing else takes no more memory than a usual one.
func marks(data []byte) (n int) {
	for _, mark := range [...]string{",", "\n", "[", "{"} {
		n += bytes.Count(data, []byte(mark))
	}
	return n
}

// version reports whether it is Swagger 2, which is built in another way.
func (t *tree) version() (old bool, err *Error) {
	swagger, version := t.text(t.root, "swagger"), t.text(t.root, "openapi")
	switch {
	case swagger == "2" || strings.HasPrefix(swagger, "2."):
		return true, nil
	case version == "3" || strings.HasPrefix(version, "3."):
		return false, nil
	case swagger+version == "":
		return false, &Error{Message: "it is no description of an API: it says neither `openapi` nor `swagger`", Advice: "begin it with openapi: 3.1.0"}
	}
	at := t.get(t.root, "openapi")
	if at == nil {
		at = t.get(t.root, "swagger")
	}
	return false, &Error{
		Line: at.Line, Message: fmt.Sprintf("version %.20q of OpenAPI is not known", swagger+version), Advice: "Parley reads OpenAPI 3 and Swagger 2",
	}
}
