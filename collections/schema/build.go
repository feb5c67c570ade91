package schema

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Names of what several keys share, under $defs.
const (
	templateDef  = "template"
	variablesDef = "variables"
	entriesDef   = "entries"
	authDef      = "auth"
	optionsDef   = "options"
	durationDef  = "duration"
	expectDef    = "expect"
	hooksDef     = "hooks"
)

// pair is a key of a table.
type pair struct {
	name   string
	schema *jsonschema.Schema
}

func key(name string, s *jsonschema.Schema) pair { return pair{name, s} }

// table describes a table by its keys, in their order.
func table(about string, keys ...pair) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Description: about, Properties: map[string]*jsonschema.Schema{}}
	for _, k := range keys {
		s.Properties[k.name] = k.schema
		s.PropertyOrder = append(s.PropertyOrder, k.name)
	}
	return s
}

// needs names the keys that a table must have.
func needs(s *jsonschema.Schema, names ...string) *jsonschema.Schema {
	s.Required = names
	return s
}

// named is a table of anything under names that a person chooses.
func named(about string, each *jsonschema.Schema) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "object", Description: about, AdditionalProperties: each}
}

func text(about string, examples ...any) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Description: about, Examples: examples}
}

func texts(about string, examples ...any) *jsonschema.Schema {
	return &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string"}, Description: about, Examples: examples}
}

// flag is true or false, or a template.
func flag(about string, otherwise bool) *jsonschema.Schema {
	return absent(templated(about, &jsonschema.Schema{Type: "boolean"}), otherwise)
}

// count is a number of times; false is 0.
func count(about string) *jsonschema.Schema {
	return templated(about, &jsonschema.Schema{Type: "integer", Minimum: jsonschema.Ptr(0.0)}, &jsonschema.Schema{Enum: []any{false}})
}

// choice is one of a few words.
func choice(about string, words ...any) *jsonschema.Schema {
	return templated(about, &jsonschema.Schema{Enum: words})
}

// duration is a time to wait.
func duration(about string, examples ...any) *jsonschema.Schema {
	return &jsonschema.Schema{Ref: "#/$defs/" + durationDef, Description: about, Examples: examples}
}

// shared is what stands under $defs, with words of its own.
func shared(def, about string) *jsonschema.Schema {
	return &jsonschema.Schema{Ref: "#/$defs/" + def, Description: about}
}

// templated is one of several, or a template.
func templated(about string, any ...*jsonschema.Schema) *jsonschema.Schema {
	return either(about, append(any, &jsonschema.Schema{Ref: "#/$defs/" + templateDef})...)
}

func either(about string, any ...*jsonschema.Schema) *jsonschema.Schema {
	return &jsonschema.Schema{Description: about, AnyOf: any}
}

// absent says what holds where the key is not there.
func absent(s *jsonschema.Schema, value any) *jsonschema.Schema {
	data, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("%v is no JSON", value)) // the tables of this package hold it
	}
	s.Default = data
	return s
}

// such gives examples.
func such(s *jsonschema.Schema, examples ...any) *jsonschema.Schema {
	s.Examples = examples
	return s
}

// share puts those definitions into a file's schema that are used below s.
func share(file, s *jsonschema.Schema, defs map[string]*jsonschema.Schema) {
	if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok && file.Defs[name] == nil {
		if file.Defs == nil {
			file.Defs = map[string]*jsonschema.Schema{}
		}
		file.Defs[name] = defs[name]
		share(file, defs[name], defs)
	}
	for _, tables := range []map[string]*jsonschema.Schema{s.Properties, s.PatternProperties} {
		for _, below := range tables {
			share(file, below, defs)
		}
	}
	for _, below := range slices.Concat(s.AnyOf, s.AllOf, []*jsonschema.Schema{s.AdditionalProperties, s.Items, s.If, s.Then}) {
		if below != nil {
			share(file, below, defs)
		}
	}
}
