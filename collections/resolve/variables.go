package resolve

import (
	"context"
	"errors"
	"fmt"

	"parley/collections/env"
	"parley/collections/template"
	"parley/httpcore"
)

// Variable is one {{ }} of a text with what there is to say about it.
type Variable struct {
	Start, End int // in the text
	// Lines tell the value and where it comes from, or why there is none; then, indented, what it is made of and the values
	// of the same name that it stands before.
	Lines []Line
}

// Variables says of every {{ }} of a text what it stands for in a request, secrets masked. Looking is to change nothing:
// leave out of the input's Host what acts, such as commands. What is left out is told as the reason why there is no value.
func Variables(ctx context.Context, in Input, source string) ([]Variable, error) {
	scopes, err := Scopes(in)
	if err != nil {
		return nil, err
	}
	resolver := template.NewResolver(scopes, in.Host)
	text := resolver.Parse(source, nil)
	result := resolver.Expand(ctx, text)
	e := Explanation{masker: httpcore.NewMasker(resolver.Secrets(), httpcore.Secret.String)}
	var list []Variable
	for _, piece := range result.Pieces {
		if piece.IsCode {
			list = append(list, Variable{Start: piece.Start, End: piece.End, Lines: e.variable(piece, scopes)})
		}
	}
	if text.Err != nil {
		list = append(list, Variable{Start: len(source), End: len(source), Lines: failed("{{", text.Err)})
	}
	return list, nil
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
