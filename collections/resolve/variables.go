package resolve

import (
	"context"
	"errors"
	"fmt"

	"parley/collections/env"
	"parley/collections/template"
	"parley/httpcore"
)

// mostVariables is how many of a text are told at once.
const mostVariables = 20

// Variables says what the {{ }} of a text that the cursor, a byte offset, is in or behind stands for in a request; where it
// is at none, as with -1, what all of them do, the first twenty. Lines tell the value, secrets masked, and where it comes
// from, or why there is none; then, indented, what it is made of and the values of its name that it stands before.
//
// Looking is to change nothing: leave out of the input's Host what acts, such as commands. What is left out is told as the
// reason why there is no value.
func Variables(ctx context.Context, in Input, source string, cursor int) ([]Line, error) {
	scopes, err := Scopes(in)
	if err != nil {
		return nil, err
	}
	resolver := template.NewResolver(scopes, in.Host)
	text := resolver.Parse(source, nil)
	var lines []Line
	for _, part := range under(text.Parts, cursor) {
		result := resolver.Expand(ctx, resolver.Parse(source[part.Start:part.End], nil))
		e := Explanation{masker: httpcore.NewMasker(resolver.Secrets(), httpcore.Secret.String)}
		for _, piece := range result.Pieces {
			lines = append(lines, e.variable(piece, scopes)...)
		}
	}
	if text.Err != nil && len(lines) == 0 {
		lines = failed("{{", text.Err)
	}
	return lines, nil
}

// under are the parts that are code, the one alone that the cursor is in or behind.
func under(parts []template.Part, cursor int) []template.Part {
	var code []template.Part
	for _, part := range parts {
		if part.IsCode {
			code = append(code, part)
		}
	}
	for _, end := range []int{0, 1} { // in it before behind it
		for _, part := range code {
			if part.Start <= cursor && cursor < part.End+end {
				return []template.Part{part}
			}
		}
	}
	return code[:min(len(code), mostVariables)]
}

func (e Explanation) variable(piece template.Piece, scopes *env.Scopes) []Line {
	name := "{{" + piece.Code + "}}"
	lines := []Line{{Key: name, Text: e.shown(piece.Value, piece.Secret)}}
	switch {
	case piece.Err != nil && piece.Origin != nil:
		lines = append(failed(name, piece.Err), Line{Key: "  written in", Origin: piece.Origin.String()})
	case piece.Err != nil:
		lines = failed(name, piece.Err)
	case piece.Origin != nil:
		lines[0].Origin = piece.Origin.String()
	}
	for _, use := range piece.Uses {
		lines = append(lines, Line{Key: "  " + use.Name, Origin: use.Origin.String()})
	}
	if known := scopes.All(piece.Code); len(known) > 1 {
		for _, hidden := range known[1:] {
			lines = append(lines, Line{Key: "  before", Text: e.shown(fmt.Sprint(hidden.Value), hidden.Secret), Origin: hidden.Origin.String()})
		}
	}
	return lines
}

// shown is a value with its secrets masked; one that is a secret as a whole may be none that the masker knows.
func (e Explanation) shown(value string, secret bool) string {
	text := e.text(value)
	if secret && e.masker.String(value) == value {
		return hiddenText
	}
	return text
}

// failed is the line about what has no value.
func failed(name string, err error) []Line {
	if list, ok := errors.AsType[template.Errors](err); ok && len(list) > 0 {
		err = list[0]
	}
	why := err.Error()
	if problem, ok := errors.AsType[*template.Error](err); ok {
		why = problem.Message
		if problem.Hint() != "" {
			why += ": " + problem.Hint()
		}
	}
	return []Line{{Key: name, Origin: why}}
}
