package body

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestGraphQL(t *testing.T) {
	for _, test := range []struct {
		in           GraphQL
		json, params string
	}{
		{GraphQL{Query: "{ a }"}, `{"query":"{ a }"}`, "[{query { a }}]"},
		{
			GraphQL{"query Q($n: Float) {\n  a(n: $n, s: \"<&>\")\n}", " {\"n\": 1.00, \"big\": 12345678901234567890}\n", "Q"},
			`{"query":"query Q($n: Float) {\n  a(n: $n, s: \"<&>\")\n}","variables":{"n": 1.00, "big": 12345678901234567890},"operationName":"Q"}`,
			"[{query query Q($n: Float) {\n  a(n: $n, s: \"<&>\")\n}} {variables {\"n\": 1.00, \"big\": 12345678901234567890}} {operationName Q}]",
		},
	} {
		payload, err := test.in.Payload()
		if err != nil {
			t.Fatal(err)
		}
		opened, err := payload.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(opened)
		if err != nil || string(data) != test.json || !json.Valid(data) || payload.ContentType() != "application/json" {
			t.Errorf("%s %q, %v; want %s", data, payload.ContentType(), err, test.json)
		}
		params, err := test.in.Params()
		if err != nil || fmt.Sprint(params) != test.params {
			t.Errorf("%v, %v; want %s", params, err, test.params)
		}
	}
}

func TestGraphQLVariablesAreAnObject(t *testing.T) {
	for _, variables := range []string{`[1]`, `{"a": }`, `{} {}`, `null`, `{"a": 01}`} {
		_, err := GraphQL{Query: "{ a }", Variables: variables}.Payload()
		e, ok := errors.AsType[*Error](err)
		if !ok || e.Kind != InvalidVariables || e.Advice == "" {
			t.Errorf("%s: %v", variables, err)
		}
	}
}
