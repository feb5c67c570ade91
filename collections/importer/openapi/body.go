package openapi

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

const (
	formType      = "application/x-www-form-urlencoded"
	multipartType = "multipart/form-data"
)

// bodies are the ways to write what OpenAPI 3 calls a request body. JSON comes first: it is what there is an editor for.
func (r *reader) bodies(of *yaml.Node) []Body {
	var list []Body
	r.fields(r.get(of, "content"), func(mediaType string, media *yaml.Node) bool {
		media = r.follow(media)
		if mediaType = line(mediaType); mediaType != "" {
			list = append(list, r.body(mediaType, r.exampleOf(media), r.get(media, "schema")))
		}
		return len(list) < maxTypes
	})
	return byUse(list)
}

// oldBodies are those of Swagger 2, where a body is a parameter, or several that are the fields of a form.
func (r *reader) oldBodies(op *yaml.Node, parameters []*yaml.Node) []Body {
	types := r.consumed(op)
	var form []Parameter
	files := false
	for _, p := range parameters {
		switch r.text(p, "in") {
		case "body":
			schema := r.get(p, "schema")
			var list []Body
			for _, mediaType := range types {
				list = append(list, r.body(mediaType, nil, schema))
			}
			return byUse(list)
		case "formData":
			in := "form"
			if r.text(p, "type") == "file" {
				in, files = "file", true
			}
			if len(form) < maxParameters {
				form = append(form, r.parameter(p, in))
			}
		}
	}
	switch {
	case form == nil:
		return nil
	case files || slices.Contains(types, multipartType) && !slices.Contains(types, formType):
		return []Body{{Type: multipartType, Fields: form}}
	default:
		return []Body{{Type: formType, Fields: form}}
	}
}

// consumed are the media types that an operation of Swagger 2 takes.
func (r *reader) consumed(op *yaml.Node) []string {
	list := r.items(op, "consumes")
	if len(list) == 0 {
		list = r.items(r.root, "consumes")
	}
	var types []string
	for _, item := range list[:min(len(list), maxTypes)] {
		if mediaType := line(item.Value); mediaType != "" {
			types = append(types, mediaType)
		}
	}
	if types == nil {
		return []string{"application/json"}
	}
	return types
}

// body is what a body of a type looks like, by its example if there is one, else by its schema.
func (r *reader) body(mediaType string, example, schema *yaml.Node) Body {
	b := Body{Type: mediaType}
	switch kind, _, _ := strings.Cut(strings.ToLower(mediaType), ";"); {
	case kind == formType || kind == multipartType:
		b.Fields = r.formFields(example, schema)
	case IsJSON(mediaType):
		b.Example = r.jsonExample(example, schema)
	case example != nil && example.Kind == yaml.ScalarNode && len(example.Value) <= maxExample:
		b.Example = example.Value
	}
	if r.left -= len(b.Example); r.left < 0 {
		b.Example = ""
	}
	return b
}

// formFields are the properties of a form's schema, with the values of an example.
func (r *reader) formFields(example, schema *yaml.Node) []Parameter {
	required := map[string]bool{}
	for _, name := range r.items(schema, "required") {
		required[name.Value] = true
	}
	var list []Parameter
	r.properties(schema, 0, func(name string, property *yaml.Node) bool {
		if name = line(name); name == "" || r.is(property, "readOnly") {
			return true
		}
		field := Parameter{
			Name: name, In: "form", Description: sentence(r.text(property, "description")),
			Required: required[name], Deprecated: r.is(property, "deprecated"), Values: r.valuesOf(property),
		}
		if shown := r.get(example, name); shown != nil {
			field.Values = texts(shown)
		}
		if format := r.text(property, "format"); format == "binary" || r.text(property, "contentMediaType") == "application/octet-stream" {
			field.In, field.Values = "file", nil
		}
		list = append(list, field)
		return len(list) < maxParameters
	})
	return list
}

// IsJSON reports whether a media type is one of JSON.
func IsJSON(mediaType string) bool {
	mediaType, _, _ = strings.Cut(strings.ToLower(mediaType), ";")
	mediaType = strings.TrimSpace(mediaType)
	return mediaType == "application/json" || mediaType == "text/json" || strings.HasSuffix(mediaType, "+json")
}

// byUse puts what is written most easily first, each kind in the order of the file.
func byUse(list []Body) []Body {
	rank := func(b Body) int {
		switch {
		case IsJSON(b.Type):
			return 0
		case b.Fields != nil:
			return 1
		case b.Type == "*/*":
			return 3
		default:
			return 2
		}
	}
	slices.SortStableFunc(list, func(a, b Body) int { return cmp.Compare(rank(a), rank(b)) })
	return list
}
