// Package schema describes every kind of file that a person writes for Parley as a JSON Schema (draft 2020-12), for editors
// that complete and check TOML.
//
// The tables in this package are the one place where keys have words: what each is for, what it may be, what it is when it
// is not there, an example. Tests hold them equal to what the decoders of package collections know, so that a key cannot
// come without its words. The fields of [auth] are those that the schemes tell of themselves.
//
// A schema lets keys pass that it does not know, as Parley keeps them; `parley config check` names them. Where a value may be
// a template, "{{", the schema lets any template pass.
package schema

import (
	"github.com/google/jsonschema-go/jsonschema"

	"parley/httpcore"
)

// Kind is a kind of file.
type Kind string

// The kinds of files.
const (
	Request     Kind = "request"
	Folder      Kind = "folder"
	Collection  Kind = "collection"
	Environment Kind = "environment"
	Config      Kind = "config"
	Theme       Kind = "theme"
)

// Kinds lists them all.
func Kinds() []Kind {
	return []Kind{Request, Folder, Collection, Environment, Config, Theme}
}

// Tables are what other packages tell of keys.
type Tables struct {
	// Schemes are the kinds of authentication.
	Schemes []httpcore.Scheme
	// Roles are the names of what a theme colours, by their tables; nil lets a theme have any.
	Roles []Role
}

// Role is what a theme gives a look to.
type Role struct{ Table, Name string }

const draft = "https://json-schema.org/draft/2020-12/schema"

// For returns the schema of a kind of file, nil for none of the kinds. The caller may change it.
func For(kind Kind, tables Tables) *jsonschema.Schema {
	var s *jsonschema.Schema
	switch kind {
	case Request:
		s = request()
	case Folder:
		s = folder()
	case Collection:
		s = collection()
	case Environment:
		s = environment()
	case Config:
		return finished(kind, config(), nil)
	case Theme:
		return finished(kind, theme(tables.Roles), nil)
	default:
		return nil
	}
	return finished(kind, s, definitions(tables.Schemes))
}

// All returns one schema that holds those of all kinds, under $defs.
func All(tables Tables) *jsonschema.Schema {
	all := &jsonschema.Schema{
		Schema: draft, Title: "The files of Parley", Defs: map[string]*jsonschema.Schema{},
		Description: "Each kind of file is described under $defs.",
	}
	for _, kind := range Kinds() {
		one := For(kind, tables)
		one.Schema = ""
		all.Defs[string(kind)] = one
	}
	return all
}

func finished(kind Kind, s *jsonschema.Schema, defs map[string]*jsonschema.Schema) *jsonschema.Schema {
	s.Schema, s.ID = draft, "urn:parley:"+string(kind)
	share(s, s, defs)
	return s
}
