package importer

import (
	"fmt"
	"strings"
)

// datum is one piece of a request's content.
type datum struct {
	// template is the piece as a string of the collection.
	template string
	// literal is the piece itself, when it is no more than text.
	literal   string
	isLiteral bool
	// file is set for the content of a whole file as it is.
	file string
}

func literalDatum(text string) datum {
	return datum{template: templated(text), literal: text, isLiteral: !hasNames(text)}
}

func templateDatum(template string) datum {
	return datum{template: template, literal: template, isLiteral: !strings.Contains(template, "{{")}
}

// reading says how curl reads a file of data.
type reading int

const (
	binary   reading = iota // as it is
	stripped                // without line ends
)

const standardInput = "/dev/stdin"

// addData takes the value of --data: text, or @FILE.
func (o *operation) addData(v string, how reading) {
	name, isFile := strings.CutPrefix(v, "@")
	if !isFile {
		o.data = append(o.data, literalDatum(v))
		return
	}
	o.data = append(o.data, datum{file: name, template: fileTemplate(name, how)})
}

// fileTemplate reads a file as a template.
func fileTemplate(name string, how reading) string {
	read := "file(" + expression(path(name)) + ")"
	if how == stripped {
		read = fmt.Sprintf(`replace(replace(%s, "\r", ""), "\n", "")`, read)
	}
	return "{{" + read + "}}"
}

func path(name string) string {
	if name == "-" {
		return standardInput
	}
	return name
}

// urlEncoded takes the value of --data-urlencode: content, =content, name=content, @file, name@file.
func (o *operation) urlEncoded(v string) string {
	name, content := "", v
	at := strings.IndexAny(v, "=@")
	isFile := at >= 0 && v[at] == '@'
	if at >= 0 {
		name, content = v[:at], v[at+1:]
	}
	var encoded string
	switch {
	case isFile:
		encoded = "{{urlencode(file(" + expression(path(content)) + "))}}"
	case hasNames(content):
		encoded = "{{urlencode(" + expression(content) + ")}}"
	default:
		encoded = percentEncode(content)
	}
	if name != "" {
		return templated(name) + "=" + encoded
	}
	return encoded
}

// urlQuery takes the value of --url-query: as --data-urlencode, or +text as it is.
func (o *operation) urlQuery(v string) string {
	if raw, ok := strings.CutPrefix(v, "+"); ok {
		return templated(raw)
	}
	return o.urlEncoded(v)
}

// percentEncode escapes all but unreserved characters, as curl_easy_escape does.
func percentEncode(s string) string {
	const unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
	var out strings.Builder
	for i := range len(s) {
		if strings.IndexByte(unreserved, s[i]) >= 0 {
			out.WriteByte(s[i])
		} else {
			fmt.Fprintf(&out, "%%%02X", s[i])
		}
	}
	return out.String()
}

// content joins the pieces: JSON documents run on, everything else is joined as the fields of a form.
func (o *operation) content() datum {
	whole := datum{isLiteral: true}
	for i, d := range o.withInput() {
		separator := "&"
		if i == 0 || o.isJSON {
			separator = ""
		}
		whole.template += separator + d.template
		whole.literal += separator + d.literal
		whole.isLiteral = whole.isLiteral && d.isLiteral
	}
	return whole
}

// withInput puts what the shell feeds on standard input in the place of the pieces that read it.
func (o *operation) withInput() []datum {
	list := make([]datum, len(o.data))
	for i, d := range o.data {
		if d.file == "-" && o.input != nil {
			d = o.inputDatum(d)
		}
		list[i] = d
	}
	return list
}

func (o *operation) inputDatum(d datum) datum {
	isStripped := strings.Contains(d.template, "replace(")
	if o.input.file != "" {
		how := binary
		if isStripped {
			how = stripped
		}
		return datum{file: o.input.file, template: fileTemplate(o.input.file, how)}
	}
	text := o.input.text
	if isStripped {
		text = strings.NewReplacer("\r", "", "\n", "").Replace(text)
	}
	return literalDatum(text)
}
