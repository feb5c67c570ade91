package filter

import (
	"errors"
	"fmt"
	"strings"

	"github.com/itchyny/gojq"
)

// jqSyntaxError says where gojq could not go on, and what could stand there.
func jqSyntaxError(expression string, err error) error {
	parse, ok := errors.AsType[*gojq.ParseError](err)
	if !ok {
		return &SyntaxError{0, err.Error()}
	}
	at := min(parse.Offset, len(expression))
	if strings.HasSuffix(expression[:at], parse.Token) {
		at -= len(parse.Token)
	}
	found := "found " + quoted(parse.Token)
	if parse.Token == "" {
		at, found = len(expression), "the expression ends"
	}
	text := parse.Error()
	if strings.HasPrefix(text, "unterminated") {
		return &SyntaxError{max(strings.LastIndexByte(expression, '"'), 0), "the string that begins here has no end"}
	}
	if strings.HasPrefix(text, "invalid") {
		return &SyntaxError{at, text}
	}
	return &SyntaxError{at, fmt.Sprintf("expected %s, %s", jqExpected(expression[:at]), found)}
}

// jqExpected tells what may follow the beginning of an expression: a term after
// an operator or an opening bracket, else something that joins or closes.
func jqExpected(before string) string {
	text := strings.TrimRight(before, " \t\r\n")
	open := openBracket(text)
	if wantsTerm(text) {
		return "a filter such as .name"
	}
	if open < 0 {
		return "an operator such as | or the end"
	}
	closing := map[byte]string{'(': ")", '[': "]", '{': "}"}[text[open]]
	return fmt.Sprintf("an operator or %s for the %c at byte %d", closing, text[open], open)
}

// wantsTerm reports whether text ends in what needs something after it.
func wantsTerm(text string) bool {
	if text == "" || strings.HasSuffix(text, "..") {
		return text == ""
	}
	if strings.IndexByte("|,([{:;+-*/%=<>", text[len(text)-1]) >= 0 {
		return true
	}
	word := text[strings.LastIndexFunc(text, func(r rune) bool { return r < 'a' || r > 'z' })+1:]
	switch word {
	case "and", "or", "if", "then", "elif", "else", "reduce", "foreach", "try", "catch", "as", "def", "label":
		return len(word) == len(text) || !strings.ContainsRune("._$@", rune(text[len(text)-len(word)-1]))
	}
	return false
}

// openBracket returns the offset of the innermost bracket that is open at the
// end of text, -1 if there is none.
func openBracket(text string) int {
	var open []int
	inString := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '(' || c == '[' || c == '{':
			open = append(open, i)
		case (c == ')' || c == ']' || c == '}') && len(open) > 0:
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return -1
	}
	return open[len(open)-1]
}

// jqCompileError finds the name that an error is about. gojq says "function not
// defined: name/1" and the like, and not where.
func jqCompileError(expression string, err error) error {
	msg := err.Error()
	if strings.HasPrefix(msg, "missing query") {
		return &SyntaxError{len(expression), "expected " + jqExpected("") + ", the expression ends"}
	}
	_, name, _ := strings.Cut(msg, ": ")
	name, _, _ = strings.Cut(name, "/")
	return &SyntaxError{wordAt(expression, strings.Trim(name, `"`)), msg}
}

// wordAt returns where a name stands in an expression on its own, 0 if nowhere.
func wordAt(expression, name string) int {
	if name == "" {
		return 0
	}
	for from := 0; ; {
		i := strings.Index(expression[from:], name)
		if i < 0 {
			return max(strings.Index(expression, name), 0)
		}
		at, end := from+i, from+i+len(name)
		if (at == 0 || !isNamePart(expression[at-1])) && (end == len(expression) || !isNamePart(expression[end])) {
			return at
		}
		from = end
	}
}

func isNamePart(c byte) bool {
	return c == '_' || c == '-' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func quoted(token string) string { return "'" + token + "'" }
