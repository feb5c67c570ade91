package filter

import (
	"fmt"
	"slices"
	"strings"

	"parley/httpcore/content"
)

// Language is a way to say what is selected.
type Language struct {
	Name    string // what flags and files call it
	Title   string // what people call it
	Example string
	// Kinds are the bodies it reads; nil for all.
	Kinds []content.Kind
	// Runs says that it runs a program of this machine, which a person must
	// have agreed to for this very expression.
	Runs bool

	compile func(expression string) (Filter, error)
}

// Reads reports whether the language is for bodies of a kind. A body of which
// nothing is known may be anything.
func (l Language) Reads(kind content.Kind) bool {
	return l.Kinds == nil || kind == content.Unknown || slices.Contains(l.Kinds, kind)
}

// The names of the languages.
const (
	JSONPath = "jsonpath"
	JQ       = "jq"
	XPath    = "xpath"
	Command  = "command"
)

// Languages are all there are, in the order in which they are offered.
func Languages() []Language {
	texts := []content.Kind{content.JSON, content.NDJSON}
	return []Language{
		{Name: JSONPath, Title: "JSONPath", Example: "$.items[*].name", Kinds: texts, compile: compileJSONPath},
		{Name: JQ, Title: "jq", Example: ".items[] | .name", Kinds: texts, compile: compileJQ},
		{Name: XPath, Title: "XPath", Example: "//item/@id", Kinds: []content.Kind{content.XML, content.HTML}, compile: compileXPath},
		{Name: Command, Title: "command", Example: "!grep -i error", Runs: true, compile: compileCommand},
	}
}

// Compile makes an expression of a language ready to run. What the language
// does not allow is a [*SyntaxError].
func Compile(language, expression string) (Filter, error) {
	for _, l := range Languages() {
		if l.Name != language {
			continue
		}
		if err := checkLength(expression); err != nil {
			return nil, err
		}
		return l.compile(expression)
	}
	return nil, fmt.Errorf("there is no filter language %q", language)
}

// Guess tells in which language somebody types a filter of a body of a kind,
// and where in what is typed the expression begins: `!` begins a command, `$`
// JSONPath, and a body of markup is asked by XPath; all else is jq.
func Guess(typed string, kind content.Kind) (language string, start int) {
	text := strings.TrimLeft(typed, " \t")
	start = len(typed) - len(text)
	switch {
	case strings.HasPrefix(text, "!"):
		return Command, start + 1
	case kind == content.XML, kind == content.HTML:
		return XPath, start
	case isJSONPath(text):
		return JSONPath, start
	case strings.HasPrefix(text, "/"): // no expression of jq begins so
		return XPath, start
	}
	return JQ, start
}

// isJSONPath tells a path from a variable of jq, which has a name.
func isJSONPath(text string) bool {
	rest, ok := strings.CutPrefix(text, "$")
	return ok && (rest == "" || strings.ContainsRune(".[ \t", rune(rest[0])))
}
