package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/template"
)

// setJSON makes the fields a JSON body.
func (c *composer) setJSON() error {
	var root jsonValue
	for _, i := range c.body {
		text, err := c.jsonOf(i)
		if err != nil {
			return err
		}
		if err := root.set(i.key, text); err != nil {
			return err
		}
	}
	c.replaceBody(collections.Body{Kind: collections.BodyJSON, Content: typed(root.String())})
	return nil
}

// jsonOf returns the JSON text of an item's value.
func (c *composer) jsonOf(i item) (string, error) {
	switch i.sep {
	case sepRaw:
		return i.value, checkJSON(i, i.value)
	case sepRawFile:
		data, err := disk.ReadFile(c.program.FS, c.program.abs(i.value))
		if err != nil {
			return "", err
		}
		if !json.Valid(data) {
			return "", notJSON(i)
		}
		return literal(strings.TrimSpace(string(data))), nil
	case sepStringFile:
		text, err := c.embed(i)
		return quoteJSON(text), err
	default:
		return quoteJSON(i.value), nil
	}
}

// checkJSON refuses raw values that are no JSON. What a template will become is not known yet.
func checkJSON(i item, value string) error {
	if strings.Contains(value, "{{") || json.Valid([]byte(value)) {
		return nil
	}
	return notJSON(i)
}

func notJSON(i item) error {
	return &UsageError{
		Message: fmt.Sprintf("%s is not JSON", i.typed),
		Advice:  "behind := stands a JSON value, such as 1, true, null or [1, 2]; = sends text",
	}
}

// quoteJSON writes a string as JSON, and leaves the code of templates in it as it is.
func quoteJSON(s string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, part := range template.Parse(s, nil, nil).Parts {
		text := s[part.Start:part.End]
		if !part.IsCode {
			text = escapeJSON(text)
		}
		out.WriteString(text)
	}
	out.WriteByte('"')
	return out.String()
}

func escapeJSON(s string) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		return s // a string always encodes
	}
	return strings.TrimSuffix(strings.TrimPrefix(out.String(), `"`), "\"\n")
}
