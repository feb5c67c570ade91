package schema

import (
	"github.com/google/jsonschema-go/jsonschema"

	"parley/httpcore"
)

// definitions are what the files of a collection share.
func definitions(schemes []httpcore.Scheme) map[string]*jsonschema.Schema {
	return map[string]*jsonschema.Schema{
		templateDef:  {Type: "string", Pattern: `\{\{`, Description: "A text with {{ }}, which becomes what is wanted here."},
		variablesDef: entries("Variables: a name, and any value. A leading ~ switches one off.", func() *jsonschema.Schema { return &jsonschema.Schema{} }),
		entriesDef:   entries("A name, and a value; a list repeats the name. A leading ~ switches an entry off, and keeps it.", value),
		expectDef:    entries("A name, and an expression that must be true.", expectation),
		authDef:      auth(schemes),
		optionsDef:   options(),
		hooksDef:     hooks(),
		durationDef: either("A time such as \"1.5s\" or \"300ms\", or seconds as a number; false waits for ever.",
			&jsonschema.Schema{Type: "string", Pattern: `\{\{|^([0-9_.]+(ns|us|µs|μs|ms|s|m|h)?)+$`},
			&jsonschema.Schema{Type: "number", Minimum: jsonschema.Ptr(0.0)}, &jsonschema.Schema{Enum: []any{false}}),
	}
}

// entries is a section in its short form, a table, or its long one, a list of tables.
func entries(about string, each func() *jsonschema.Schema) *jsonschema.Schema {
	long := needs(table("An entry with more to say.",
		key("name", text("Its name.")),
		key("value", each()),
		key("off", flag("Kept, and not in use.", false)),
		key("note", text("What people should know.")),
	), "name", "value")
	short := named("", each())
	short.PatternProperties = map[string]*jsonschema.Schema{"^~": {}} // what is off may say anything
	return either(about, short, &jsonschema.Schema{Type: "array", Items: long})
}

func expectation() *jsonschema.Schema {
	return text("An expression in Expr.", "status == 201", `elapsed < duration("300ms")`, `schema("user.json")`)
}

func scalar(about string) *jsonschema.Schema {
	return &jsonschema.Schema{Types: []string{"string", "number", "boolean"}, Description: about}
}

func value() *jsonschema.Schema {
	return either("", scalar(""), &jsonschema.Schema{Type: "array", Items: scalar("")})
}

func hooks() *jsonschema.Schema {
	script := func(about string) *jsonschema.Schema {
		return either(about, text("JavaScript."),
			needs(table("A file of JavaScript.", key("file", text("Relative to this file.", "sign.js"))), "file"))
	}
	return table("JavaScript: as text, or { file = \"sign.js\" }.",
		key("before", script("Before the request is sent.")),
		key("after", script("After the response has come.")),
		key("redirect", script("Before a redirect is followed.")),
		key("retry", script("Before the request is tried again.")))
}
