package openapi

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// The bounds of what is made up from a schema.
const (
	sampleDepth   = 8
	sampleMembers = 100
)

// exampleOf is what a parameter or a media type shows as its example; nil for nothing.
func (r *reader) exampleOf(of *yaml.Node) *yaml.Node {
	for _, key := range [...]string{"example", "x-example"} {
		if shown := r.get(of, key); shown != nil {
			return shown
		}
	}
	var first *yaml.Node
	r.fields(r.get(of, "examples"), func(_ string, example *yaml.Node) bool {
		first = r.get(r.follow(example), "value")
		return first == nil
	})
	return first
}

// said is what a schema says of its value by itself: an example, or what is meant when there is none.
func (r *reader) said(schema *yaml.Node) *yaml.Node {
	for _, key := range [...]string{"example", "x-example", "default", "const"} {
		if shown := r.get(schema, key); shown != nil {
			return shown
		}
	}
	if list := r.items(schema, "examples"); len(list) > 0 {
		return list[0]
	}
	return nil
}

// valuesOf are the values of a parameter, which has them beside it or in its schema.
func (r *reader) valuesOf(p *yaml.Node) []string {
	for _, of := range [...]*yaml.Node{p, r.get(p, "schema")} {
		shown := r.exampleOf(of)
		if shown == nil {
			shown = r.said(of)
		}
		if shown == nil && r.is(p, "required") {
			if choices := r.items(of, "enum"); len(choices) > 0 {
				shown = choices[0]
			}
		}
		if values := texts(shown); values != nil {
			return r.joined(p, values)
		}
	}
	return nil
}

// joined writes a list as its parameter does: most repeat their name, some stand in one value.
func (r *reader) joined(p *yaml.Node, values []string) []string {
	separator := ","
	switch style := r.text(p, "style") + r.text(p, "collectionFormat"); {
	case r.text(p, "in") != "query" && r.text(p, "in") != "formData":
	case style == "multi", !r.old && style == "form" && r.text(p, "explode") != "false", !r.old && style == "" && r.text(p, "explode") != "false":
		return values
	case style == "ssv", style == "spaceDelimited":
		separator = " "
	case style == "pipes", style == "pipeDelimited":
		separator = "|"
	case style == "tsv":
		separator = "\t"
	}
	return []string{strings.Join(values, separator)}
}

// texts are a scalar, or the scalars of a list, as texts; nil for all else.
func texts(n *yaml.Node) []string {
	switch {
	case n == nil:
		return nil
	case n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null" && len(n.Value) <= maxName:
		return []string{n.Value}
	case n.Kind != yaml.SequenceNode || len(n.Content) == 0 || len(n.Content) > maxParameters:
		return nil
	}
	list := make([]string, 0, len(n.Content))
	for _, item := range n.Content {
		if item = plain(item); item.Kind != yaml.ScalarNode || len(item.Value) > maxName {
			return nil
		}
		list = append(list, item.Value)
	}
	return list
}

// jsonExample is a body of JSON, laid out: the example, else what the schema says it consists of. A body that is
// too large is empty.
func (r *reader) jsonExample(example, schema *yaml.Node) string {
	var out []byte
	if example != nil {
		out = appendJSON(nil, example, 0)
		if text := []byte(strings.TrimSpace(example.Value)); example.Kind == yaml.ScalarNode && len(text) > 0 && (text[0] == '{' || text[0] == '[') && json.Valid(text) {
			out = text // JSON that was written as a text
		}
	} else {
		out, _ = r.sample(nil, schema, 0)
	}
	var laid bytes.Buffer
	if len(out) == 0 || len(out) > maxExample || json.Indent(&laid, out, "", "  ") != nil || laid.Len() > 4*maxExample {
		return ""
	}
	return laid.String()
}

// appendJSON writes a value as JSON; more than is kept of one is not written.
func appendJSON(out []byte, n *yaml.Node, depth int) []byte {
	n = plain(n)
	if len(out) > maxExample || depth > maxDepth {
		return append(out, "null"...)
	}
	switch n.Kind {
	case yaml.MappingNode:
		out = append(out, '{')
		for i := 0; i+1 < len(n.Content) && len(out) <= maxExample; i += 2 {
			out = appendText(comma(out), n.Content[i].Value)
			out = appendJSON(append(out, ':'), n.Content[i+1], depth+1)
		}
		return append(out, '}')
	case yaml.SequenceNode:
		out = append(out, '[')
		for _, item := range n.Content {
			if len(out) > maxExample {
				break
			}
			out = appendJSON(comma(out), item, depth+1)
		}
		return append(out, ']')
	}
	switch n.ShortTag() {
	case "!!null":
		return append(out, "null"...)
	case "!!bool":
		return strconv.AppendBool(out, strings.EqualFold(n.Value, "true"))
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return append(out, n.Value...)
		}
	}
	return appendText(out, n.Value)
}

func appendText(out []byte, s string) []byte {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(s) != nil {
		return append(out, `""`...) // there is no text that cannot be written
	}
	return append(out, bytes.TrimSuffix(text.Bytes(), []byte("\n"))...)
}

// comma parts a value from the one before it.
func comma(out []byte) []byte {
	if last := out[len(out)-1]; last != '{' && last != '[' {
		return append(out, ',')
	}
	return out
}

// sample writes a value as its schema asks for it: what the schema says, else an empty one of its type. It reports
// false where a schema goes on in itself.
func (r *reader) sample(out []byte, schema *yaml.Node, depth int) ([]byte, bool) {
	if schema == nil || depth > sampleDepth || len(out) > maxExample || r.worn() {
		return out, false
	}
	if shown := r.said(schema); shown != nil {
		return appendJSON(out, shown, depth), true
	}
	if choices := r.items(schema, "enum"); len(choices) > 0 {
		return appendJSON(out, choices[0], depth), true
	}
	for _, key := range [...]string{"oneOf", "anyOf"} {
		if list := r.items(schema, key); len(list) > 0 && r.get(schema, "properties") == nil {
			return r.sample(out, list[0], depth+1)
		}
	}
	switch r.typeOf(schema) {
	case "object":
		return r.sampleObject(out, schema, depth)
	case "array":
		before := len(out)
		out, ok := r.sample(append(out, '['), r.get(schema, "items"), depth+1)
		if !ok {
			out = append(out[:before], '[')
		}
		return append(out, ']'), true
	case "integer", "number":
		if least := r.text(schema, "minimum"); json.Valid([]byte(least)) {
			return append(out, least...), true
		}
		return append(out, '0'), true
	case "boolean":
		return append(out, "false"...), true
	case "string":
		return append(out, `""`...), true
	default:
		return append(out, "null"...), true
	}
}

func (r *reader) sampleObject(out []byte, schema *yaml.Node, depth int) ([]byte, bool) {
	var seen []string
	out = append(out, '{')
	r.properties(schema, depth, func(name string, property *yaml.Node) bool {
		if r.is(property, "readOnly") || r.is(property, "deprecated") || slices.Contains(seen, name) {
			return true
		}
		before := len(out)
		var ok bool
		if out, ok = r.sample(append(appendText(comma(out), name), ':'), property, depth+1); !ok {
			out = out[:before]
			return true
		}
		seen = append(seen, name)
		return len(seen) < sampleMembers
	})
	return append(out, '}'), true
}

// properties calls each with those of a schema, and of all that it consists of.
func (r *reader) properties(schema *yaml.Node, depth int, each func(name string, property *yaml.Node) bool) {
	if depth > sampleDepth {
		return
	}
	for _, part := range r.items(schema, "allOf") {
		r.properties(part, depth+1, each)
	}
	r.fields(r.get(schema, "properties"), func(name string, property *yaml.Node) bool {
		property = r.follow(property)
		return property == nil || each(name, property)
	})
}

// typeOf is the type of a schema's value, the first one that is not null.
func (r *reader) typeOf(schema *yaml.Node) string {
	if kind := r.text(schema, "type"); kind != "" {
		return kind
	}
	for _, kind := range r.items(schema, "type") {
		if kind.Value != "null" {
			return kind.Value
		}
	}
	switch {
	case r.get(schema, "properties") != nil, r.get(schema, "allOf") != nil:
		return "object"
	case r.get(schema, "items") != nil:
		return "array"
	default:
		return ""
	}
}
