package template

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parley/httpcore"
)

// variable returns the value of a variable, resolved once.
func (r *Resolver) variable(ctx context.Context, variable Variable) resolved {
	if found, ok := r.values[variable.Name]; ok {
		return found
	}
	if slices.Contains(r.pending, variable.Name) {
		return resolved{err: r.cycle(variable)}
	}
	r.pending = append(r.pending, variable.Name)
	found := r.nested(ctx, variable, variable.Value)
	r.pending = r.pending[:len(r.pending)-1]
	found.origin, found.uses = &variable.Origin, nil
	if variable.Secret && found.err == nil {
		found.secret = true
		if text, err := print(found.value); err == nil {
			r.keep(httpcore.NewSecret(variable.Name, text))
		}
	}
	r.values[variable.Name] = found
	return found
}

// nested resolves the strings in a variable's value, at any depth.
func (r *Resolver) nested(ctx context.Context, variable Variable, value any) resolved {
	switch v := value.(type) {
	case string:
		if variable.Literal {
			return resolved{value: v}
		}
		return r.whole(ctx, variable.text(v, r.Known))
	case []any:
		list := make([]any, len(v))
		result := resolved{value: list}
		for i, item := range v {
			result.take(r.nested(ctx, variable, item), func(value any) { list[i] = value })
		}
		return result
	case map[string]any:
		object := make(map[string]any, len(v))
		result := resolved{value: object}
		for key, item := range v {
			result.take(r.nested(ctx, variable, item), func(value any) { object[key] = value })
		}
		return result
	default:
		return resolved{value: value}
	}
}

// take stores the value of a part of a value and its trouble.
func (v *resolved) take(part resolved, store func(any)) {
	store(part.value)
	v.secret = v.secret || part.secret
	if part.err != nil {
		v.err = Errors{}.join(v.err, part.err)
	}
}

// join returns the errors of both as one list.
func (e Errors) join(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			e = e.add(err)
		}
	}
	return e.Err()
}

// whole resolves a variable's text. Code that is all of the text keeps its type: a list stays one.
func (r *Resolver) whole(ctx context.Context, text *Text) resolved {
	if len(text.Parts) == 1 && text.Parts[0].IsCode {
		found := r.code(ctx, text, text.Parts[0])
		if found.err == nil && found.value == nil {
			_, err := print(nil)
			found.err = explain(err, text, text.Parts[0])
		}
		return found
	}
	result := r.Expand(ctx, text)
	found := resolved{value: result.Text, err: result.Errors.Err()}
	for _, piece := range result.Pieces {
		found.secret = found.secret || piece.Secret
	}
	return found
}

func (r *Resolver) cycle(variable Variable) *Error {
	from := slices.Index(r.pending, variable.Name)
	way := append(slices.Clone(r.pending[from:]), variable.Name)
	return &Error{
		Kind:     KindCycle,
		Position: variable.Origin.Position,
		Message:  fmt.Sprintf("variable `%s` needs itself: %s", variable.Name, strings.Join(way, " → ")),
		Advice:   "give one of them another name or a fixed value",
	}
}
