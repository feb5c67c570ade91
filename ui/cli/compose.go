package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"parley/collections"
	"parley/collections/disk"
	"parley/httpcore/body"
)

// composer lays ITEMs over a request.
type composer struct {
	program *Program
	request *collections.Request
	flags   bodyFlags
	body    []item
}

// compose lays items over r: a header, parameter or body that they name takes the place of the request's own.
func (p *Program) compose(r *collections.Request, items []item, flags bodyFlags) error {
	c := &composer{program: p, request: r, flags: flags}
	var headers, params []collections.Entry
	for _, i := range items {
		if i.isBody() {
			c.body = append(c.body, i)
			continue
		}
		entry, err := c.entry(i)
		if err != nil {
			return err
		}
		if i.sep == sepParam || i.sep == sepParamFile {
			params = append(params, entry)
		} else {
			headers = append(headers, entry)
		}
	}
	r.Headers = over(r.Headers, headers, strings.EqualFold)
	r.Params = over(r.Params, params, func(a, b string) bool { return a == b })
	return c.setBody()
}

// over drops the entries whose names are given anew and appends those.
func over(old, given []collections.Entry, same func(a, b string) bool) []collections.Entry {
	kept := slices.DeleteFunc(slices.Clone(old), func(o collections.Entry) bool {
		return slices.ContainsFunc(given, func(g collections.Entry) bool { return same(o.Name, g.Name) })
	})
	return append(kept, given...)
}

// entry makes the header or parameter of an item.
func (c *composer) entry(i item) (collections.Entry, error) {
	value, err := i.value, error(nil)
	if i.sep == sepHeaderFile || i.sep == sepParamFile {
		value, err = c.embed(i)
		value = strings.TrimRight(value, "\r\n")
	}
	return collections.Entry{Name: i.key, Value: typed(value), Off: i.sep == sepHeader && value == ""}, err
}

// embed returns the content of the file that an item names, as text that is no template.
func (c *composer) embed(i item) (string, error) {
	data, err := disk.ReadFile(c.program.FS, c.program.abs(i.value))
	return literal(string(data)), err
}

// commandLine is the file of values that were typed as arguments.
const commandLine = "the command line"

// typed makes a value of what stands on the command line, so that errors name that as its place and files are looked for
// in the current folder.
func typed(s string) collections.Value {
	v := collections.Str(s)
	v.Pos.File = commandLine
	return v
}

// literal writes text so that nothing in it is taken for a template.
func literal(s string) string { return strings.ReplaceAll(s, "{{", `{{"{{"}}`) }

func (c *composer) setBody() error {
	switch f := c.flags; {
	case f.raw.given && len(c.body) > 0:
		return &UsageError{Message: fmt.Sprintf("--raw is the whole body, and %s would be a part of one", c.body[0].typed), Advice: "give one of them"}
	case f.raw.given:
		c.replaceBody(collections.Body{Kind: collections.BodyText, Content: typed(f.raw.text), Type: typed(f.rawType())})
	case len(c.body) == 0:
	case f.multipart, f.form && c.uploads():
		return c.setMultipart()
	case f.form:
		return c.setForm()
	case c.uploads():
		return c.setFile()
	default:
		return c.setJSON()
	}
	return nil
}

// rawType is the Content-Type of a body that is given whole, when nothing else says it: HTTPie's.
func (f bodyFlags) rawType() string {
	if f.form {
		return "application/x-www-form-urlencoded"
	}
	return "application/json"
}

func (c *composer) uploads() bool {
	return slices.ContainsFunc(c.body, func(i item) bool { return i.sep == sepUpload })
}

// replaceBody gives the request another body; how it is compressed stays.
func (c *composer) replaceBody(b collections.Body) {
	b.Compress = c.request.Body.Compress
	c.request.Body = b
}

func (c *composer) setForm() error {
	var form []collections.Entry
	for _, i := range c.body {
		value, err := c.field(i)
		if err != nil {
			return err
		}
		form = append(form, collections.Entry{Name: i.key, Value: typed(value)})
	}
	c.replaceBody(collections.Body{Kind: collections.BodyForm, Form: form})
	return nil
}

func (c *composer) setMultipart() error {
	var parts []collections.Part
	for _, i := range c.body {
		part := collections.Part{Name: typed(i.key)}
		if i.sep == sepUpload {
			name, mediaType, _ := strings.Cut(i.value, ";type=")
			part.File = typed(literal(c.program.abs(name)))
			part.Filename = typed(literal(filepath.Base(name)))
			if mediaType != "" {
				part.Type = typed(mediaType)
			}
		} else {
			value, err := c.field(i)
			if err != nil {
				return err
			}
			part.Value = typed(value)
		}
		parts = append(parts, part)
	}
	c.replaceBody(collections.Body{Kind: collections.BodyMultipart, Parts: parts})
	return nil
}

// field returns the value of a form's field: of raw JSON, the text of a string, and other scalars as they are spelled.
func (c *composer) field(i item) (string, error) {
	switch i.sep {
	case sepStringFile:
		return c.embed(i)
	case sepRaw, sepRawFile:
		raw, err := c.jsonOf(i)
		if err != nil {
			return "", err
		}
		return scalar(i, strings.TrimSpace(raw))
	default:
		return i.value, nil
	}
}

func scalar(i item, raw string) (string, error) {
	if strings.HasPrefix(raw, "[") || strings.HasPrefix(raw, "{") && !strings.HasPrefix(raw, "{{") {
		return "", &UsageError{Message: i.typed + " is a list or an object, which a form cannot hold", Advice: "send JSON, without --form and --multipart"}
	}
	var text string
	if err := json.Unmarshal([]byte(raw), &text); err != nil {
		return raw, nil // a number, true, false or null
	}
	return text, nil
}

// setFile makes a file the whole body.
func (c *composer) setFile() error {
	first := c.body[0]
	if len(c.body) > 1 || first.key != "" {
		named := first
		if at := slices.IndexFunc(c.body, func(i item) bool { return i.key != "" }); at >= 0 {
			named = c.body[at]
		}
		return &UsageError{
			Message: fmt.Sprintf("%s uploads a file beside other fields, which needs a form", named.typed),
			Advice:  "add --form or --multipart; @FILE alone sends the file as the body",
		}
	}
	name, mediaType, _ := strings.Cut(first.value, ";type=")
	if mediaType == "" {
		mediaType = body.TypeByExtension(name)
	}
	c.replaceBody(collections.Body{
		Kind: collections.BodyFile, Content: typed(literal(c.program.abs(name))), Type: typed(mediaType),
	})
	return nil
}
