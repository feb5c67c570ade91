package jsonschema

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// scalars checks the keywords that look at a value as a whole.
func scalars(o *outcome, n *node, value any, at *step) {
	if allowed := types(n.words["type"]); len(allowed) > 0 && !isType(value, allowed) {
		o.fail(n, at, "type", fmt.Sprintf("it must be %s, and is %s", strings.Join(allowed, " or "), show(value)))
	}
	if list, ok := n.words["enum"].([]any); ok && !slices.ContainsFunc(list, func(one any) bool { return equal(one, value) }) {
		o.fail(n, at, "enum", fmt.Sprintf("it must be one of %s, and is %s", show(list), show(value)))
	}
	if one, ok := n.words["const"]; ok && !equal(one, value) {
		o.fail(n, at, "const", fmt.Sprintf("it must be %s, and is %s", show(one), show(value)))
	}
	switch v := value.(type) {
	case json.Number:
		numbers(o, n, v, at)
	case string:
		texts(o, n, v, at)
	}
}

func types(word any) []string {
	switch v := word.(type) {
	case string:
		return []string{v}
	case []any:
		var list []string
		for _, one := range v {
			if name, ok := one.(string); ok {
				list = append(list, name)
			}
		}
		return list
	}
	return nil
}

func isType(value any, allowed []string) bool {
	is := typeOf(value)
	return slices.Contains(allowed, is) || is == "integer" && slices.Contains(allowed, "number")
}

func numbers(o *outcome, n *node, value json.Number, at *step) {
	if of, ok := n.words["multipleOf"].(json.Number); ok && !isMultiple(value, of) {
		o.fail(n, at, "multipleOf", fmt.Sprintf("%s is no multiple of %s", value, of))
	}
	it := decimalOf(value)
	for _, bound := range []struct {
		word, says string
		holds      func(order int) bool
	}{
		{"minimum", "less than", func(order int) bool { return order >= 0 }},
		{"maximum", "more than", func(order int) bool { return order <= 0 }},
		{"exclusiveMinimum", "not more than", func(order int) bool { return order > 0 }},
		{"exclusiveMaximum", "not less than", func(order int) bool { return order < 0 }},
	} {
		limit, ok := n.words[bound.word].(json.Number)
		if ok && !bound.holds(it.compare(decimalOf(limit))) {
			o.fail(n, at, bound.word, fmt.Sprintf("%s is %s %s", show(value), bound.says, limit))
		}
	}
}

func texts(o *outcome, n *node, value string, at *step) {
	length := utf8.RuneCountInString(value)
	if least, ok := n.number("minLength"); ok && length < least {
		o.fail(n, at, "minLength", fmt.Sprintf("%s has %d characters, and needs %d", show(value), length, least))
	}
	if most, ok := n.number("maxLength"); ok && length > most {
		o.fail(n, at, "maxLength", fmt.Sprintf("%s has %d characters, and may have %d", show(value), length, most))
	}
	if pattern, ok := n.words["pattern"].(string); ok && !n.patterns[pattern].MatchString(value) {
		o.fail(n, at, "pattern", fmt.Sprintf("%s does not match %s", show(value), pattern))
	}
}
