package importer

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"parley/collections"
	"parley/httpcore/body"
)

const formType = "application/x-www-form-urlencoded"

func (b *builder) chooseBody() {
	switch {
	case len(b.parts) > 0:
		b.dropMultipartType()
		b.request.Body = collections.Body{Kind: collections.BodyMultipart, Parts: b.parts}
	case len(b.data) > 0 && !b.isGet:
		b.request.Body = b.dataBody()
	case b.upload != "":
		b.request.Body = b.uploadBody()
	}
}

// dropMultipartType leaves the type of a form with files to the body, which knows its boundary.
func (b *builder) dropMultipartType() {
	b.request.Headers = slices.DeleteFunc(b.request.Headers, func(h collections.Entry) bool {
		if !strings.EqualFold(h.Name, "Content-Type") || h.Off {
			return false
		}
		if mediaType, _, _ := strings.Cut(h.Value.Text, ";"); !strings.EqualFold(strings.TrimSpace(mediaType), "multipart/form-data") {
			b.note(Changed, "--header Content-Type: "+h.Value.Text, "a form with parts is sent as multipart/form-data")
		}
		return true
	})
}

// dataBody finds the clearest way to write what sends exactly the data.
func (b *builder) dataBody() collections.Body {
	mediaType := formType
	if b.hasHeader("Content-Type") {
		mediaType = ""
	}
	list := b.withInput()
	if len(list) == 1 && list[0].file != "" && !strings.Contains(list[0].template, "replace(") {
		return collections.Body{Kind: collections.BodyFile, Content: value(path(list[0].file)), Type: optional(mediaType)}
	}
	whole := b.content()
	if pairs, ok := formPairs(whole); ok && mediaType != "" {
		return collections.Body{Kind: collections.BodyForm, Form: pairs}
	}
	if mediaType == "" && b.saysJSON() && isJSON(whole) {
		return collections.Body{Kind: collections.BodyJSON, Content: collections.Str(whole.template)}
	}
	return collections.Body{Kind: collections.BodyText, Content: collections.Str(whole.template), Type: optional(mediaType)}
}

func optional(s string) collections.Value {
	if s == "" {
		return collections.Value{}
	}
	return collections.Str(s)
}

// formPairs splits data that is a form and would be encoded again to the same bytes.
func formPairs(d datum) ([]collections.Entry, bool) {
	if !d.isLiteral || d.literal == "" {
		return nil, false
	}
	var pairs []body.Pair
	var entries []collections.Entry
	for part := range strings.SplitSeq(d.literal, "&") {
		name, text, ok := strings.Cut(part, "=")
		plainName, err1 := url.QueryUnescape(name)
		plainText, err2 := url.QueryUnescape(text)
		// A name may stand once only in a table, and one that begins with ~ would be switched off.
		if !ok || name == "" || err1 != nil || err2 != nil || strings.HasPrefix(plainName, "~") || slices.ContainsFunc(pairs, func(p body.Pair) bool { return p.Name == plainName }) {
			return nil, false
		}
		pairs = append(pairs, body.Pair{Name: plainName, Value: plainText})
		entries = append(entries, collections.Entry{Name: templated(plainName), Value: value(plainText)})
	}
	return entries, encodesTo(body.Form(pairs), d.literal)
}

func encodesTo(p body.Payload, want string) bool {
	opened, err := p.Open()
	if err != nil {
		return false
	}
	defer opened.Close()
	got := make([]byte, len(want)+1)
	n, _ := opened.Read(got)
	return p.Size() == int64(len(want)) && string(got[:n]) == want
}

func (b *builder) saysJSON() bool {
	for _, h := range b.request.Headers {
		if strings.EqualFold(h.Name, "Content-Type") && !h.Off {
			mediaType, _, _ := strings.Cut(h.Value.Text, ";")
			return strings.HasSuffix(strings.TrimSpace(mediaType), "json")
		}
	}
	return false
}

// isJSON reports whether data can stand under body.json, which is sent with LF and without a final line end.
func isJSON(d datum) bool {
	return d.isLiteral && json.Valid([]byte(d.literal)) && !strings.Contains(d.literal, "\r") && !strings.HasSuffix(d.literal, "\n")
}

func (b *builder) uploadBody() collections.Body {
	name := b.upload
	if name == "." {
		name = "-"
	}
	if name == "-" && b.input != nil {
		if b.input.file == "" {
			return collections.Body{Kind: collections.BodyText, Content: value(b.input.text)}
		}
		name = b.input.file
	}
	// curl names no type for an upload; Parley would go by the file's name.
	if !b.hasHeader("Content-Type") {
		b.add(collections.Entry{Name: "Content-Type", Value: collections.Str(""), Off: true})
	}
	return collections.Body{Kind: collections.BodyFile, Content: value(path(name))}
}
