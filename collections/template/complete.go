package template

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/expr-lang/expr/builtin"
)

// Completion is what may stand at a cursor: each candidate replaces the bytes from Start to End.
type Completion struct {
	Start, End int
	Candidates []Candidate
}

// Candidate is one way to go on.
type Candidate struct {
	// Insert is the text to put in, Label the one to show.
	Insert, Label string
	// Detail says where a variable comes from, or what a function does.
	Detail string
}

// Complete returns the variables and functions that fit what stands before the cursor, a byte offset in source. There is
// nothing to complete outside of brackets and inside of an expression's strings.
func Complete(source string, cursor int, scope Scope) Completion {
	code, ok := openCode(source[:cursor])
	if !ok {
		return Completion{Start: cursor, End: cursor}
	}
	typed := strings.TrimLeftFunc(source[code:cursor], unicode.IsSpace)
	whole := cursor - len(typed)
	word := cursor - trailingWord(typed)
	end := cursor + leadingWord(source[cursor:])

	tail := closing
	if rest, _, _ := strings.Cut(source[end:], "\n"); closes(rest) {
		tail = ""
	}
	c := Completion{Start: word, End: end}
	if whole == word || len(variables(scope, typed, "")) > 0 {
		// A name may hold any characters, so that the whole of the code may be the beginning of one.
		c.Start = whole
		c.Candidates = variables(scope, source[whole:cursor], tail)
	} else {
		c.Candidates = variables(scope, source[word:cursor], "")
	}
	if c.Start == word {
		if whole != word {
			tail = ""
		}
		c.Candidates = append(c.Candidates, matchingFunctions(source[word:cursor], tail)...)
	}
	return c
}

// openCode returns where the code begins that the end of text is in.
func openCode(text string) (int, bool) {
	parsed := Parse(text, nil, nil)
	if parsed.Err == nil {
		return 0, false
	}
	start := 0
	if n := len(parsed.Parts); n > 1 {
		start = parsed.Parts[n-1].Start
	}
	code := start + strings.Index(text[start:], opening) + len(opening)
	if inString(text[code:]) {
		return 0, false
	}
	return code, true
}

func inString(code string) bool {
	for i := 0; i < len(code); i++ {
		if strings.IndexByte("\"'`", code[i]) < 0 {
			continue
		}
		n := stringLength(code[i:])
		if n < 0 {
			return true
		}
		i += n - 1
	}
	return false
}

// closes reports whether brackets that are open are closed in rest, before others open.
func closes(rest string) bool {
	end := strings.Index(rest, closing)
	next := strings.Index(rest, opening)
	return end >= 0 && (next < 0 || end < next)
}

func isWord(r rune) bool { return r == '_' || r == '.' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func trailingWord(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeLastRuneInString(s[:len(s)-n])
		if !isWord(r) {
			break
		}
		n += size
	}
	return n
}

func leadingWord(s string) int {
	if end := strings.IndexFunc(s, func(r rune) bool { return !isWord(r) }); end >= 0 {
		return end
	}
	return len(s)
}

func variables(scope Scope, typed, tail string) []Candidate {
	var list []Candidate
	for _, name := range matching(scope.Names(), typed) {
		variable, _ := scope.Lookup(name)
		list = append(list, Candidate{Insert: name + tail, Label: name, Detail: variable.Origin.String()})
	}
	return list
}

// matchingFunctions are called at once when they take nothing.
func matchingFunctions(typed, tail string) []Candidate {
	var list []Candidate
	for _, name := range matching(functionNames(), typed) {
		f, _ := lookupFunction(name)
		insert := name + "("
		if f.usage == name+"()" {
			insert = f.usage + tail
		}
		list = append(list, Candidate{Insert: insert, Label: f.usage, Detail: f.help})
	}
	if typed == "" {
		return list
	}
	for _, name := range matching(builtin.Names, typed) {
		if _, ours := lookupFunction(name); !ours {
			list = append(list, Candidate{Insert: name + "(", Label: name + "(…)", Detail: "Expr"})
		}
	}
	return list
}

// matching returns the names that begin with what was typed, then those that hold it, case aside.
func matching(names []string, typed string) []string {
	typed = strings.ToLower(typed)
	var first, then []string
	for _, name := range names {
		switch folded := strings.ToLower(name); {
		case strings.HasPrefix(folded, typed):
			first = append(first, name)
		case strings.Contains(folded, typed):
			then = append(then, name)
		}
	}
	return slices.Concat(first, then)
}
