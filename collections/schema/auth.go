package schema

import (
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"parley/httpcore"
)

// auth is made of what the schemes tell of themselves: every field of any of them, so that an editor completes it, and for
// each type what it needs and allows.
func auth(schemes []httpcore.Scheme) *jsonschema.Schema {
	types := []any{"none"}
	words, order := map[string][]string{}, []string{}
	var rules []*jsonschema.Schema
	for _, scheme := range schemes {
		types = append(types, scheme.Type())
		for _, field := range scheme.Fields() {
			if words[field.Name] == nil {
				order = append(order, field.Name)
			}
			words[field.Name] = append(words[field.Name], scheme.Title()+": "+field.Help+".")
		}
		if rule := schemeRule(scheme); rule != nil {
			rules = append(rules, rule)
		}
	}
	keys := []pair{key("type", choice("The kind; none switches an inherited one off.", types...))}
	for _, name := range order {
		keys = append(keys, key(name, scalar(strings.Join(words[name], "\n"))))
	}
	s := needs(table("Who asks.", keys...), "type")
	s.AllOf = rules
	return s
}

// schemeRule holds where the type is that of a scheme: which fields must be there, and which words a field may say.
func schemeRule(scheme httpcore.Scheme) *jsonschema.Schema {
	then := &jsonschema.Schema{Properties: map[string]*jsonschema.Schema{}}
	for _, field := range scheme.Fields() {
		if field.Required {
			then.Required = append(then.Required, field.Name)
		}
		if len(field.Choices) == 0 {
			continue
		}
		words := []any{""} // the first of them
		for _, word := range field.Choices {
			words = append(words, word)
		}
		then.Properties[field.Name] = absent(choice(field.Help, words...), field.Choices[0])
	}
	if len(then.Required)+len(then.Properties) == 0 {
		return nil
	}
	isType := jsonschema.Ptr[any](scheme.Type())
	return &jsonschema.Schema{
		If: &jsonschema.Schema{
			Properties: map[string]*jsonschema.Schema{"type": {Const: isType}}, Required: []string{"type"},
		},
		Then: then,
	}
}
