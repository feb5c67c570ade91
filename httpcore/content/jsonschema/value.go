package jsonschema

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// typeOf names the type of a value.
func typeOf(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	case json.Number:
		if decimalOf(v).isInteger() {
			return "integer"
		}
	}
	return "number"
}

// equal compares what two values mean.
func equal(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, ok := b.(json.Number)
		return ok && (a == b || decimalOf(a).compare(decimalOf(b)) == 0)
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, equal)
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && maps.EqualFunc(a, b, equal)
	default:
		return a == b
	}
}

// appendKey appends a text that is the same for values that are equal.
func appendKey(out []byte, value any) []byte {
	switch v := value.(type) {
	case json.Number:
		return append(out, decimalOf(v).text()...)
	case string:
		return strconv.AppendQuote(out, v)
	case []any:
		out = append(out, '[')
		for _, item := range v {
			out = append(appendKey(out, item), ',')
		}
		return append(out, ']')
	case map[string]any:
		out = append(out, '{')
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out = append(appendKey(append(strconv.AppendQuote(out, name), ':'), v[name]), ',')
		}
		return append(out, '}')
	default:
		text, _ := json.Marshal(v) // null, true, false
		return append(out, text...)
	}
}

// shown is how many characters of a value a message holds.
const shown = 100

// show writes a value for people. It reads no more of it than is shown.
func show(value any) string {
	text := []rune(string(appendShown(nil, value)))
	if len(text) > shown {
		return string(text[:shown-1]) + "…"
	}
	return string(text)
}

func appendShown(out []byte, value any) []byte {
	if len(out) > 4*shown {
		return out
	}
	switch v := value.(type) {
	case string:
		text, _ := json.Marshal(strings.ToValidUTF8(v[:min(len(v), 4*shown)], "")) // a text has no error
		return append(out, text...)
	case []any:
		out = append(out, '[')
		for i, item := range v[:min(len(v), shown)] {
			if i > 0 {
				out = append(out, ',')
			}
			out = appendShown(out, item)
		}
		return append(out, ']')
	case map[string]any:
		if len(v) > shown {
			return append(out, "an object with "+strconv.Itoa(len(v))+" members"...)
		}
		out = append(out, '{')
		for i, name := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				out = append(out, ',')
			}
			out = appendShown(append(appendShown(out, name), ':'), v[name])
		}
		return append(out, '}')
	default:
		text, _ := json.Marshal(v) // a number, null, true, false
		return append(out, text...)
	}
}
