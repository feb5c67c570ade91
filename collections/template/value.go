package template

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// print writes a value as it is sent: a string as it is, a number as it was spelled, everything else as JSON.
func print(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", &Error{Kind: KindValue, Message: "the value is nil", Advice: "use ?? to give another value in its place"}
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	case time.Time:
		return v.Format(time.RFC3339Nano), nil
	case time.Duration:
		return v.String(), nil
	}
	var out bytes.Buffer
	if err := printJSON(&out, value); err != nil {
		return "", err
	}
	return out.String(), nil
}

// printJSON writes compact JSON. Keys of maps are sorted, since a map has no order of its own.
func printJSON(out *bytes.Buffer, value any) error {
	switch v := value.(type) {
	case nil:
		out.WriteString("null")
	case bool:
		out.WriteString(strconv.FormatBool(v))
	case Number:
		out.WriteString(string(v))
	case json.Number:
		out.WriteString(string(v))
	case int:
		out.WriteString(strconv.Itoa(v))
	case int64:
		out.WriteString(strconv.FormatInt(v, 10))
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return &Error{Kind: KindValue, Message: fmt.Sprintf("the value is %v, which no JSON can say", v)}
		}
		return encode(out, v)
	case []any:
		return printList(out, v)
	case map[string]any:
		return printMap(out, v)
	case time.Time:
		return encode(out, v.Format(time.RFC3339Nano))
	case time.Duration:
		return encode(out, v.String())
	default:
		return encode(out, v)
	}
	return nil
}

func printList(out *bytes.Buffer, list []any) error {
	out.WriteByte('[')
	for i, item := range list {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := printJSON(out, item); err != nil {
			return err
		}
	}
	out.WriteByte(']')
	return nil
}

func printMap(out *bytes.Buffer, object map[string]any) error {
	out.WriteByte('{')
	for i, key := range slices.Sorted(maps.Keys(object)) {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := encode(out, key); err != nil {
			return err
		}
		out.WriteByte(':')
		if err := printJSON(out, object[key]); err != nil {
			return err
		}
	}
	out.WriteByte('}')
	return nil
}

func encode(out *bytes.Buffer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return &Error{Kind: KindValue, Message: fmt.Sprintf("a value of type %T cannot be sent", value), Advice: "a function needs brackets to be called", Err: err}
	}
	out.Truncate(out.Len() - 1)
	return nil
}

// operand turns a value into what expressions calculate with: spelled numbers become numbers.
func operand(value any) any {
	switch v := value.(type) {
	case Number:
		return number(string(v))
	case json.Number:
		return number(string(v))
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = operand(item)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for key, item := range v {
			object[key] = operand(item)
		}
		return object
	default:
		return value
	}
}

// number reads what JSON and TOML allow as a number (TOML: 1_000, 0xff, 0o17, 0b1, +1). An integer that fits none of
// Go's stays text, so that none of its digits is lost.
func number(spelled string) any {
	n, err := strconv.ParseInt(spelled, 0, 64)
	if err == nil {
		return int(n)
	}
	if errors.Is(err, strconv.ErrRange) {
		return spelled
	}
	if f, err := strconv.ParseFloat(strings.ReplaceAll(spelled, "_", ""), 64); err == nil {
		return f
	}
	return spelled
}
