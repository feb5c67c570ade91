package body

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// GraphQL is what the specification "GraphQL over HTTP" sends, section 5. Variables are the text of a JSON object, which
// is sent as it is spelled; it and Operation may be empty.
type GraphQL struct{ Query, Variables, Operation string }

// Payload is the JSON of a POST. The error is of kind InvalidVariables; a *json.SyntaxError in it has the place.
func (g GraphQL) Payload() (Payload, error) {
	if err := g.check(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString(`{"query":`)
	writeString(&out, g.Query)
	if variables := strings.TrimSpace(g.Variables); variables != "" {
		out.WriteString(`,"variables":`)
		out.WriteString(variables)
	}
	if g.Operation != "" {
		out.WriteString(`,"operationName":`)
		writeString(&out, g.Operation)
	}
	out.WriteByte('}')
	return Bytes(out.Bytes(), "application/json"), nil
}

// Params are the query parameters of a GET. The error is that of Payload.
func (g GraphQL) Params() ([]Pair, error) {
	if err := g.check(); err != nil {
		return nil, err
	}
	params := []Pair{{"query", g.Query}}
	if variables := strings.TrimSpace(g.Variables); variables != "" {
		params = append(params, Pair{"variables", variables})
	}
	if g.Operation != "" {
		params = append(params, Pair{"operationName", g.Operation})
	}
	return params, nil
}

// check makes sure that the variables are an object, for they go into another one as they are.
func (g GraphQL) check() error {
	text := strings.TrimSpace(g.Variables)
	if text == "" {
		return nil
	}
	var parsed json.RawMessage
	err := json.Unmarshal([]byte(g.Variables), &parsed)
	if err == nil && !strings.HasPrefix(text, "{") {
		err = errors.New("they are not an object")
	}
	if err != nil {
		return &Error{
			Kind: InvalidVariables, Message: "the variables of GraphQL cannot be read: " + err.Error(),
			Advice: `write a JSON object, such as {"id": 42}`, Err: err,
		}
	}
	return nil
}

// writeString writes a JSON string without escaping what only HTML minds.
func writeString(out *bytes.Buffer, s string) {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s) // neither a string nor a buffer can fail
	out.Truncate(out.Len() - 1)
}
