package document

import (
	"regexp"
	"strings"
)

// tokenExpr returns an expression for text that reads as two or more JSON
// tokens, with any white space between them. The first may be the end of a
// string, the last the beginning of a token.
func tokenExpr(text string) (expr string, ok bool) {
	tokens, ok := queryTokens(text)
	if !ok || len(tokens) < 2 {
		tokens, ok = queryTokens(`"` + text)
		if !ok || len(tokens) < 2 {
			return "", false
		}
		tokens[0] = tokens[0][1:]
	}
	for i := range tokens {
		tokens[i] = regexp.QuoteMeta(tokens[i])
	}
	return strings.Join(tokens, `[ \t\r\n]*`), true
}

// queryTokens splits text into JSON tokens, if it is made of them and white
// space, no two values side by side.
func queryTokens(text string) (tokens []string, ok bool) {
	value := false // the token before is one
	for {
		text = strings.TrimLeft(text, " \t\r\n")
		if text == "" {
			return tokens, true
		}
		n := 1
		if strings.IndexByte("{}[],:", text[0]) >= 0 {
			value = false
		} else {
			if n = queryValue(text); n == 0 || value {
				return nil, false
			}
			value = true
		}
		tokens = append(tokens, text[:n])
		text = text[n:]
	}
}

// queryValue is how long the string, number or word is that text begins with.
func queryValue(text string) int {
	if text[0] == '"' {
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
		return len(text)
	}
	n := strings.IndexAny(text, "{}[],:\" \t\r\n")
	if n < 0 {
		n = len(text)
	}
	if word := text[:n]; strings.HasPrefix("true", word) || strings.HasPrefix("false", word) ||
		strings.HasPrefix("null", word) || strings.Trim(word, "0123456789+-.eE") == "" && word[0] <= '9' {
		return n
	}
	return 0
}
