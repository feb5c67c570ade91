package template

import (
	"fmt"
	"strings"
)

func (r *Resolver) unknown(what, name string, at Position, names []string) *Error {
	e := &Error{
		Kind:     KindUnknown,
		Position: at,
		Message:  fmt.Sprintf("unknown %s `%s`", what, name),
		Name:     name,
		Nearest:  Nearest(name, names),
	}
	if len(e.Nearest) > 0 {
		e.Advice = "did you mean `" + strings.Join(e.Nearest, "`, `") + "`?"
	} else {
		e.Advice = "define it under [vars] of the request, a folder, the collection or an environment, or pass --var " + name + "=VALUE"
	}
	return e
}

func tooLarge(at Position) *Error {
	return &Error{
		Kind:     KindLimit,
		Position: at,
		Message:  fmt.Sprintf("the resolved text is larger than %d MiB", sizeLimit>>20),
		Advice:   "send large content with [body] file = \"…\"",
	}
}

// explain gives an error of print its place and says which code it is about.
func explain(err error, text *Text, part Part) *Error {
	e := *err.(*Error)
	e.Position = text.PositionAt(part.CodeAt)
	e.Message = fmt.Sprintf("`%s` has no value that can be sent: %s", shorten(part.Code), e.Message)
	return &e
}

// shorten keeps messages on a line.
func shorten(code string) string {
	const most = 60
	code = strings.Join(strings.Fields(code), " ")
	if runes := []rune(code); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return code
}
