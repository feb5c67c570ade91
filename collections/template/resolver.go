package template

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"parley/httpcore"
)

const (
	// expressionLimit is how long one expression may calculate; waiting for a Host does not count.
	expressionLimit = time.Second
	// sizeLimit bounds what one text grows to, since a few variables that repeat each other make gigabytes.
	sizeLimit = 64 << 20
	// valueLimit bounds the values within an expression.
	valueLimit = 16 << 20
)

// Resolver resolves the texts of one request. It belongs to one goroutine.
type Resolver struct {
	scope   Scope
	host    Host
	random  *rand.Rand
	limit   time.Duration
	values  map[string]resolved
	pending []string          // the variables being resolved, outermost first
	answers map[string]string // what prompts, selects and commands said
	secrets []httpcore.Secret
}

// resolved is the value of a variable or an expression, or why there is none.
type resolved struct {
	value  any
	origin *Origin
	secret bool
	err    error
}

// NewResolver returns a resolver with the variables of scope that reaches outside through host.
func NewResolver(scope Scope, host Host) *Resolver {
	r := &Resolver{
		scope:   scope,
		host:    host,
		limit:   expressionLimit,
		values:  map[string]resolved{},
		answers: map[string]string{},
	}
	if host.Random != nil {
		r.random = rand.New(host.Random)
	}
	return r
}

// Result is a resolved text.
type Result struct {
	// Text is what is sent; it may hold secrets. It means nothing when there are Errors.
	Text string
	// Pieces are the parts of the source with what became of them.
	Pieces []Piece
	// Errors are all that is wrong, each once.
	Errors Errors
}

// Piece is a part of a text with its value.
type Piece struct {
	Part
	// Value is what the piece becomes.
	Value string
	// Origin is where the variable comes from that the piece names; nil for literal text and expressions.
	Origin *Origin
	// Secret says that Value holds something that must not be shown.
	Secret bool
	// Err is why there is no value.
	Err error
}

// Known reports whether a variable of that name can be used.
func (r *Resolver) Known(name string) bool {
	_, ok := r.scope.Lookup(name)
	return ok
}

// Parse splits a text, as the package's Parse does, with the names that the resolver knows.
func (r *Resolver) Parse(source string, locate Locator) *Text { return Parse(source, locate, r.Known) }

// Secrets returns the secrets that were used so far, each once.
func (r *Resolver) Secrets() []httpcore.Secret { return slices.Clone(r.secrets) }

// Expand resolves every part of a text. It goes on after an error, so that a person sees all of them.
func (r *Resolver) Expand(ctx context.Context, text *Text) Result {
	var result Result
	var out strings.Builder
	for _, part := range text.Parts {
		piece := r.piece(ctx, text, part)
		if piece.Err == nil && out.Len()+len(piece.Value) > sizeLimit {
			piece.Err = tooLarge(text.PositionAt(part.Start))
		}
		if piece.Err != nil {
			result.Errors = result.Errors.add(piece.Err)
		} else {
			out.WriteString(piece.Value)
		}
		result.Pieces = append(result.Pieces, piece)
	}
	if text.Err != nil {
		result.Errors = result.Errors.add(text.Err)
	}
	result.Text = out.String()
	return result
}

// Value resolves a variable by name. The value is a string, a Number or what else a Variable may hold.
func (r *Resolver) Value(ctx context.Context, name string) (any, Origin, error) {
	variable, ok := r.scope.Lookup(name)
	if !ok {
		return nil, Origin{}, r.unknown("variable", name, Position{}, r.scope.Names())
	}
	found := r.variable(ctx, variable)
	return found.value, variable.Origin, found.err
}

// ExpandVariable resolves the value of a variable that need not be in the scope, such as a list in a section of a file,
// and prints it.
func (r *Resolver) ExpandVariable(ctx context.Context, variable Variable) Result {
	if source, ok := variable.Value.(string); ok {
		return r.Expand(ctx, variable.text(source, r.Known))
	}
	found := r.nested(ctx, variable, variable.Value)
	piece := Piece{Secret: found.secret, Err: found.err}
	if piece.Err == nil {
		piece.Value, piece.Err = print(found.value)
	}
	if piece.Err != nil {
		return Result{Pieces: []Piece{piece}, Errors: Errors{}.add(piece.Err)}
	}
	return Result{Text: piece.Value, Pieces: []Piece{piece}}
}

func (r *Resolver) piece(ctx context.Context, text *Text, part Part) Piece {
	piece := Piece{Part: part}
	if !part.IsCode {
		piece.Value = text.Source[part.Start:part.End]
		return piece
	}
	found := r.code(ctx, text, part)
	piece.Origin, piece.Secret, piece.Err = found.origin, found.secret, found.err
	if piece.Err != nil {
		return piece
	}
	value, err := print(found.value)
	if err != nil {
		piece.Err = explain(err, text, part)
		return piece
	}
	piece.Value = value
	return piece
}

// code resolves what stands between brackets: the variable of that name, else an expression.
func (r *Resolver) code(ctx context.Context, text *Text, part Part) resolved {
	if variable, ok := r.scope.Lookup(part.Code); ok {
		return r.variable(ctx, variable)
	}
	return r.expression(ctx, text, part)
}

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
	found.origin = &variable.Origin
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

func (r *Resolver) keep(secret httpcore.Secret) {
	for _, known := range r.secrets {
		if known.Name == secret.Name && known.Reveal() == secret.Reveal() {
			return
		}
	}
	r.secrets = append(r.secrets, secret)
}

func (r *Resolver) cycle(variable Variable) *Error {
	from := slices.Index(r.pending, variable.Name)
	way := append(slices.Clone(r.pending[from:]), variable.Name)
	return &Error{
		Kind:     KindCycle,
		Position: variable.Origin.Position,
		Message:  fmt.Sprintf("variable `%s` needs itself: %s", variable.Name, strings.Join(way, " → ")),
		Hint:     "give one of them another name or a fixed value",
	}
}

func (r *Resolver) unknown(what, name string, at Position, names []string) *Error {
	e := &Error{
		Kind:     KindUnknown,
		Position: at,
		Message:  fmt.Sprintf("unknown %s `%s`", what, name),
		Name:     name,
		Nearest:  Nearest(name, names),
	}
	if len(e.Nearest) > 0 {
		e.Hint = "did you mean `" + strings.Join(e.Nearest, "`, `") + "`?"
	} else {
		e.Hint = "define it under [vars] of the request, a folder, the collection or an environment, or pass --var " + name + "=VALUE"
	}
	return e
}

func tooLarge(at Position) *Error {
	return &Error{
		Kind:     KindLimit,
		Position: at,
		Message:  fmt.Sprintf("the resolved text is larger than %d MiB", sizeLimit>>20),
		Hint:     "send large content with [body] file = \"…\"",
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
