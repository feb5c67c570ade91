package resolve

import (
	"encoding/json"
	"errors"
	"strings"

	"parley/collections"
	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/body"
)

// content gives the request its body, if it has one.
func (r *resolver) content(request *httpcore.Request, b collections.Body) {
	if b.Kind == collections.BodyGraphQL && (request.Method == "" || strings.EqualFold(request.Method, "GET")) {
		r.graphQLParams(request, b)
		return
	}
	request.Body = r.body(b)
}

// body makes the content of the request; nil when there is none.
func (r *resolver) body(b collections.Body) body.Payload {
	payload, err := r.payload(b)
	if err == nil && payload != nil && b.Compress.IsSet() {
		payload, err = body.Compress(payload, r.text("body.compress", b.Compress))
	}
	if err != nil {
		r.bodyFault(b, err)
		return nil
	}
	return payload
}

func (r *resolver) payload(b collections.Body) (body.Payload, error) {
	contentType := r.text("body.type", b.Type)
	switch b.Kind {
	case collections.BodyJSON:
		return typed(body.JSON(r.lines("body.json", b.Content)), contentType), nil
	case collections.BodyText:
		return body.Text(r.text("body.text", b.Content), contentType), nil
	case collections.BodyForm:
		return typed(body.Form(r.form(b.Form)), contentType), nil
	case collections.BodyMultipart:
		payload, err := body.Multipart(r.parts(b.Parts), r.text("body.boundary", b.Boundary))
		return typed(payload, contentType), err
	case collections.BodyFile:
		return r.file(b, contentType)
	case collections.BodyGraphQL:
		payload, err := r.graphQL(b.GraphQL).Payload()
		return typed(payload, contentType), err
	}
	return nil, nil
}

func (r *resolver) form(entries []collections.Entry) []body.Pair {
	var pairs []body.Pair
	for _, entry := range entries {
		if entry.Off {
			continue
		}
		name := r.name(entry)
		for _, value := range entry.Values() {
			pairs = append(pairs, body.Pair{Name: name, Value: r.text("body.form."+entry.Name, value)})
		}
	}
	return pairs
}

func (r *resolver) parts(parts []collections.Part) []body.Part {
	var list []body.Part
	for _, part := range parts {
		if part.Off {
			continue
		}
		name := r.text("body.multipart", part.Name)
		list = append(list, body.Part{
			Name:        name,
			Value:       r.text("body.multipart."+name, part.Value),
			File:        r.beside(part.File, r.text("body.multipart."+name, part.File)),
			Filename:    r.text("body.multipart."+name+".filename", part.Filename),
			ContentType: r.text("body.multipart."+name+".type", part.Type),
		})
	}
	return list
}

func (r *resolver) file(b collections.Body, contentType string) (body.Payload, error) {
	name := r.text("body.file", b.Content)
	if len(r.errors) > 0 {
		return nil, nil // the name may be a part of what was meant
	}
	path := r.beside(b.Content, name)
	if contentType == "" {
		contentType = body.TypeByExtension(path)
	}
	return body.File(path, contentType)
}

// typed gives a payload another media type.
func typed(p body.Payload, contentType string) body.Payload {
	if contentType == "" || p == nil {
		return p
	}
	return retyped{p, contentType}
}

type retyped struct {
	body.Payload
	contentType string
}

func (p retyped) ContentType() string { return p.contentType }

func (r *resolver) bodyFault(b collections.Body, err error) {
	fault := &template.Error{Kind: template.KindValue, Position: place(b.Pos), Message: err.Error(), Err: err}
	switch e, isSyntax := errors.AsType[*json.SyntaxError](err); {
	case b.Content.IsSet():
		fault.Position = place(b.Content.Pos)
	case isSyntax:
		fault.Position = r.placeAt("body.graphql.variables", b.GraphQL.Variables, int(e.Offset)-1)
	case b.GraphQL.Variables.IsSet():
		fault.Position = place(b.GraphQL.Variables.Pos)
	}
	if e, ok := errors.AsType[*body.Error](err); ok {
		fault.Advice = e.Advice
	}
	if len(r.errors) == 0 {
		r.errors = append(r.errors, fault)
	}
}
