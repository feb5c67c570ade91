package template

import "strings"

const (
	opening = "{{"
	closing = "}}"
	// No expression that a person wrote nests deeper, and Expr's parser recurses.
	maxNesting = 200
	maxCode    = 16 << 10
)

// closeOf returns where the code that begins at s[0] ends, as the offset of its `}}`, or -1 when it does not end.
// A `}}` inside a string, a map or a comment of the expression does not end it. Code that is no expression
// (an apostrophe in a variable's name) ends at the first `}}`.
func closeOf(s string, known func(string) bool) int {
	first := strings.Index(s, closing)
	if first < 0 {
		return -1
	}
	if known != nil && known(strings.TrimSpace(s[:first])) {
		return first
	}
	// No further than an expression may be long: a large body with many openings is scanned at every key press.
	if end := closeOfExpression(s[:min(len(s), maxCode)]); end >= 0 {
		return end
	}
	return first
}

// closeOfExpression finds the `}}` by Expr's lexical rules, and returns -1 where they are broken.
func closeOfExpression(s string) int {
	depth := 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '"' || c == '\'' || c == '`':
			n := stringLength(s[i:])
			if n < 0 {
				return -1
			}
			i += n
		case strings.HasPrefix(s[i:], "//"):
			n := strings.IndexByte(s[i:], '\n')
			if n < 0 {
				return -1
			}
			i += n
		case strings.HasPrefix(s[i:], "/*"):
			n := strings.Index(s[i+2:], "*/")
			if n < 0 {
				return -1
			}
			i += n + 4
		case c == '{':
			depth++
			i++
		case c == '}' && depth > 0:
			depth--
			i++
		case c == '}':
			if strings.HasPrefix(s[i:], closing) {
				return i
			}
			return -1
		default:
			i++
		}
	}
	return -1
}

// stringLength returns the length of the string literal that s begins with, quotes included, or -1 when it does not end.
// Only a raw string spans lines.
func stringLength(s string) int {
	quote := s[0]
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == quote:
			return i + 1
		case quote == '`':
		case s[i] == '\n':
			return -1
		case s[i] == '\\':
			i++
		}
	}
	return -1
}

// nesting returns how deep the brackets of an expression nest at most.
func nesting(code string) int {
	depth, deepest := 0, 0
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"', '\'', '`':
			if n := stringLength(code[i:]); n > 0 {
				i += n - 1
			}
		case '(', '[', '{':
			depth++
			deepest = max(deepest, depth)
		case ')', ']', '}':
			depth--
		}
	}
	return deepest
}
