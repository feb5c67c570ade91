package template

import (
	"context"
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
	uses   []Use
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
	// Uses are the variables that an expression read, in the order it read them.
	Uses []Use
	// Secret says that Value holds something that must not be shown.
	Secret bool
	// Err is why there is no value.
	Err error
}

// Use is a variable that went into a value, or one of the process environment: env("NAME").
type Use struct {
	Name   string
	Origin Origin
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
	piece.Origin, piece.Uses, piece.Secret, piece.Err = found.origin, found.uses, found.secret, found.err
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

func (r *Resolver) keep(secret httpcore.Secret) {
	for _, known := range r.secrets {
		if known.Name == secret.Name && known.Reveal() == secret.Reveal() {
			return
		}
	}
	r.secrets = append(r.secrets, secret)
}
