package collections

import (
	"strings"

	"parley/collections/tomldoc"
	"parley/httpcore/body"
)

// requestKeys are the keys of a request's file.
var requestKeys = []string{
	"method", "url", "notes", "tags", "when", "record", "vars", "path", "params", "headers", "cookies", "auth", "body",
	"options", "capture", "expect", "hooks", "compare",
}

// decodeRequest reads a request's file that is valid TOML and has a url, or settings that are to be edited.
func decodeRequest(path string, src *source) *Request {
	if _, ok := SettingsOf(path); ok {
		return settingsRequest(path, src)
	}
	r := &Request{Path: path, File: src.doc.File(), source: src}
	d := &decoder{}
	plain := map[string]field{
		"method": {&r.Method, aString},
		"url":    {&r.URL, aString},
		"notes":  {&r.Notes, aString},
	}
	for _, p := range src.doc.Root().Pairs {
		if f, ok := plain[p.Key]; ok {
			d.set(p.Key, p.Value, f)
			continue
		}
		d.requestSection(r, p)
	}
	d.checkMethod(r.Method)
	d.mergeConflict(src)
	r.findings = d.findings
	return r
}

func (d *decoder) requestSection(r *Request, p tomldoc.Pair) {
	v := p.Value
	switch p.Key {
	case "tags":
		r.Tags = d.texts("tags", v)
	case "when":
		d.when(r, v)
	case "record":
		d.set("record", v, field{&r.Record, aFlagOrStr})
		if v.Kind == tomldoc.String && v.Text != "no-body" {
			d.fault(v.Pos, `write true, false or "no-body"`, "record cannot be %q", v.Text)
		}
	case "vars":
		r.Vars = d.entries("[vars]", v, true)
	case "path":
		r.PathParams = d.entries("[path]", v, false)
	case "params":
		r.Params = d.entries("[params]", v, false)
	case "headers":
		r.Headers = d.entries("[headers]", v, false)
	case "cookies":
		r.Cookies = d.entries("[cookies]", v, false)
	case "auth":
		r.Auth = d.auth(v)
	case "body":
		r.Body = d.body(v)
	case "options":
		r.Options = d.options(v)
	case "compare":
		r.Compare = d.compare(v)
	case "capture":
		r.Captures = d.captures(v)
	case "expect":
		r.Expect = d.expectations(v)
	case "hooks":
		r.Hooks = d.hooks(v)
	default:
		d.unknown(p, "a request", requestKeys)
	}
}

// checkMethod refuses what RFC 9110, section 9.1, does not let be a method: anything but a token.
func (d *decoder) checkMethod(v Value) {
	if !v.IsSet() || strings.Contains(v.Text, "{{") {
		return
	}
	const token = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	if v.Text == "" || strings.Trim(v.Text, token) != "" {
		d.fault(v.Pos, `write one word, such as "POST"`, "%q is not a method", v.Text)
	}
}

func (d *decoder) auth(v Value) Auth {
	var a Auth
	if v.Kind != tomldoc.Table {
		d.fault(v.Pos, `write [auth] with a type, such as type = "basic"`, "auth must be a table, not %s", v.Kind)
		return a
	}
	for _, p := range v.Pairs {
		if p.Key == "type" {
			d.set("auth.type", p.Value, field{&a.Type, aString})
			continue
		}
		a.Fields = append(a.Fields, Entry{Name: p.Key, Value: p.Value, Pos: p.KeyPos})
	}
	if !a.Type.IsSet() {
		d.fault(v.Pos, `add type = "none", "basic", "bearer", "apikey" …`, "[auth] has no type")
	}
	return a
}

func (d *decoder) body(v Value) Body {
	var b Body
	if v.Kind != tomldoc.Table {
		d.fault(v.Pos, `write [body] with one of json, text, form, multipart, file, graphql`,
			"body must be a table, not %s", v.Kind)
		return b
	}
	plain := map[string]field{
		"type": {&b.Type, aString}, "boundary": {&b.Boundary, aString}, "compress": {&b.Compress, aString},
	}
	for _, p := range v.Pairs {
		f, isPlain := plain[p.Key]
		kind := BodyKind(p.Key)
		switch {
		case isPlain:
			d.set("body."+p.Key, p.Value, f)
		case !isBodyKind(kind):
			d.unknown(p, "[body]", []string{
				"json", "text", "form", "multipart", "file", "graphql", "type", "boundary", "compress",
			})
		case b.Kind != BodyNone:
			d.fault(p.KeyPos, "keep one of them", "[body] has both %s and %s", b.Kind, kind)
		default:
			b.Kind, b.Pos = kind, p.KeyPos
			d.bodyContent(&b, p.Value)
		}
	}
	if coding := b.Compress; coding.Text != "" {
		coding.Text = strings.ToLower(coding.Text)
		d.oneOf("body.compress", coding, append(body.Codings(), "x-gzip", "identity")...)
	}
	return b
}

func (d *decoder) compare(v Value) Compare {
	var c Compare
	if v.Kind != tomldoc.Table {
		d.fault(v.Pos, `write [compare] with ignore = ["header:Date"]`, "compare must be a table, not %s", v.Kind)
		return c
	}
	for _, p := range v.Pairs {
		if p.Key == "ignore" {
			c.Ignore = d.texts("compare.ignore", p.Value)
			continue
		}
		d.unknown(p, "[compare]", []string{"ignore"})
	}
	return c
}

func isBodyKind(k BodyKind) bool {
	switch k {
	case BodyJSON, BodyText, BodyForm, BodyMultipart, BodyFile, BodyGraphQL:
		return true
	}
	return false
}

func (d *decoder) bodyContent(b *Body, v Value) {
	switch b.Kind {
	case BodyJSON, BodyText, BodyFile:
		d.set("body."+string(b.Kind), v, field{&b.Content, aString})
	case BodyForm:
		b.Form = d.entries("[body.form]", v, false)
	case BodyMultipart:
		b.Parts = d.parts(v)
	case BodyGraphQL:
		d.fields("body.graphql", v, map[string]field{
			"query": {&b.GraphQL.Query, aString}, "variables": {&b.GraphQL.Variables, aString},
			"operation": {&b.GraphQL.Operation, aString},
		})
	}
}

func (d *decoder) parts(v Value) []Part {
	if v.Kind != tomldoc.Array {
		d.fault(v.Pos, "write one [[body.multipart]] for each part", "body.multipart must be a list, not %s", v.Kind)
		return nil
	}
	var parts []Part
	for _, item := range v.Items {
		p := Part{Pos: item.Pos, item: item}
		var off, note Value
		d.fields("[[body.multipart]]", item, map[string]field{
			"name": {&p.Name, aString}, "file": {&p.File, aString}, "type": {&p.Type, aString},
			"filename": {&p.Filename, aString}, "off": {&off, aBoolean}, "note": {&note, aString},
			"value": {&p.Value, []tomldoc.Kind{tomldoc.String, tomldoc.Integer, tomldoc.Float, tomldoc.Bool}},
		})
		p.Off, p.Note = off.IsTrue(), note.Text
		if p.Value.IsSet() == p.File.IsSet() {
			d.fault(item.Pos, `give it a value = "…" or a file = "…"`, "a part needs a value or a file, and not both")
		}
		if !p.Name.IsSet() {
			d.fault(item.Pos, `add name = "…"`, "a part needs a name")
		}
		parts = append(parts, p)
	}
	return parts
}
