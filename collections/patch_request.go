package collections

import (
	"slices"

	"parley/collections/tomldoc"
)

var (
	bodyKeys    = []string{"type", "boundary", "compress", "json", "text", "form", "multipart", "file", "graphql"}
	timeoutKeys = []string{"connect", "read", "total"}
)

// request edits a document that says before so that it says after.
func (p *patch) request(before, after *Request) {
	p.around(before.Around, after.Around)
	p.change(before.Method, after.Method, requestKeys, "method")
	p.change(before.URL, after.URL, requestKeys, "url")
	p.changeText(before.Notes, after.Notes, requestKeys, "notes")
	if !slices.EqualFunc(before.Tags, after.Tags, Value.Equal) {
		tags := tomldoc.List(after.Tags...)
		if len(after.Tags) == 0 {
			tags = Value{}
		}
		p.set(tags, requestKeys, "tags")
	}
	p.change(before.When, after.When, requestKeys, "when")
	p.change(before.Record, after.Record, requestKeys, "record")
	p.entries(before.Vars, after.Vars, requestKeys, "vars")
	p.entries(before.PathParams, after.PathParams, requestKeys, "path")
	p.entries(before.Params, after.Params, requestKeys, "params")
	p.entries(before.Headers, after.Headers, requestKeys, "headers")
	p.entries(before.Cookies, after.Cookies, requestKeys, "cookies")
	p.auth(before.Auth, after.Auth)
	p.body(before.Body, after.Body)
	p.options(before.Options, after.Options)
	p.entries(before.Captures, after.Captures, requestKeys, "capture")
	p.entries(before.Expect, after.Expect, requestKeys, "expect")
	p.hooks(before.Hooks, after.Hooks)
	if !slices.EqualFunc(before.Compare.Ignore, after.Compare.Ignore, Value.Equal) {
		p.table("compare")
		p.set(tomldoc.List(after.Compare.Ignore...), []string{"ignore"}, "compare", "ignore")
	}
}

func (p *patch) auth(before, after Auth) {
	if before.Type.Equal(after.Type) && slices.EqualFunc(before.Fields, after.Fields, sameEntry) {
		return
	}
	if !after.IsSet() {
		p.set(Value{}, requestKeys, "auth")
		return
	}
	v := tomldoc.TableOf(tomldoc.Pair{Key: "type", Value: after.Type})
	for _, f := range after.Fields {
		v.Pairs = append(v.Pairs, tomldoc.Pair{Key: f.Name, Value: f.Value})
	}
	p.set(v, requestKeys, "auth")
}

func (p *patch) body(before, after Body) {
	wasEmpty := len(p.doc.Get("body").Pairs) == 0
	if before.Kind != after.Kind && before.Kind != BodyNone {
		p.set(Value{}, bodyKeys, "body", string(before.Kind))
		before.Content, before.Form, before.Parts, before.GraphQL = Value{}, nil, nil, GraphQL{}
	}
	if after.Kind != BodyNone || after.Type.IsSet() || after.Boundary.IsSet() || after.Compress.IsSet() {
		p.table("body")
	}
	p.change(before.Type, after.Type, bodyKeys, "body", "type")
	p.change(before.Boundary, after.Boundary, bodyKeys, "body", "boundary")
	p.change(before.Compress, after.Compress, bodyKeys, "body", "compress")
	switch after.Kind {
	case BodyJSON, BodyText, BodyFile:
		if !after.Content.IsSet() {
			after.Content = Str("") // the key must be there: it says the kind
		}
		p.changeText(before.Content, after.Content, bodyKeys, "body", string(after.Kind))
	case BodyForm:
		p.form(before, after)
	case BodyMultipart:
		p.parts(before.Parts, after.Parts)
	case BodyGraphQL:
		p.graphQL(before.GraphQL, after.GraphQL)
	case BodyNone:
		if p.err == nil && !wasEmpty && len(p.doc.Get("body").Pairs) == 0 {
			p.set(Value{}, nil, "body")
		}
	}
}

// table makes an empty section for keys that are to follow, if there is none.
func (p *patch) table(key string) {
	if p.err == nil && !p.doc.Get(key).IsSet() {
		p.set(tomldoc.TableOf(), requestKeys, key)
	}
}

func (p *patch) form(before, after Body) {
	if before.Kind != BodyForm && len(after.Form) == 0 {
		p.set(tomldoc.TableOf(), bodyKeys, "body", "form")
		return
	}
	p.entries(before.Form, after.Form, bodyKeys, "body", "form")
}

func (p *patch) parts(before, after []Part) {
	same := func(a, b Part) bool {
		return a.Name.Equal(b.Name) && a.Value.Equal(b.Value) && a.File.Equal(b.File) && a.Type.Equal(b.Type) &&
			a.Filename.Equal(b.Filename) && a.Off == b.Off && a.Note == b.Note
	}
	if p.err == nil && slices.EqualFunc(before, after, same) && p.doc.Get("body", "multipart").IsSet() {
		return
	}
	var items []Value
	for _, part := range after {
		item := part.item
		put(&item, "name", part.Name, true)
		for _, f := range []tomldoc.Pair{
			{Key: "value", Value: part.Value},
			{Key: "file", Value: part.File},
			{Key: "type", Value: part.Type},
			{Key: "filename", Value: part.Filename},
		} {
			put(&item, f.Key, f.Value, f.Value.IsSet())
		}
		put(&item, "off", tomldoc.Boolean(part.Off), part.Off)
		put(&item, "note", Str(part.Note), part.Note != "")
		item.Pairs = slices.DeleteFunc(item.Pairs, func(f tomldoc.Pair) bool { return !f.Value.IsSet() })
		items = append(items, item)
	}
	p.set(tomldoc.Blocks(items...), bodyKeys, "body", "multipart")
}

func (p *patch) graphQL(before, after GraphQL) {
	if p.err == nil && !p.doc.Get("body", "graphql").IsSet() {
		p.set(tomldoc.TableOf(), bodyKeys, "body", "graphql")
	}
	known := []string{"query", "variables", "operation"}
	p.changeText(before.Query, after.Query, known, "body", "graphql", "query")
	p.changeText(before.Variables, after.Variables, known, "body", "graphql", "variables")
	p.change(before.Operation, after.Operation, known, "body", "graphql", "operation")
}
