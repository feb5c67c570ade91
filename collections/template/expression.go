package template

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"

	"parley/httpcore"
)

// Names of the functions that rewritten expressions call; no one can type them.
const (
	callName     = "call a function"
	variableName = "read a variable"
	stepName     = "take a step"
)

// evaluation is one run of one expression.
type evaluation struct {
	*Resolver
	ctx    context.Context
	text   *Text
	part   Part
	secret bool
	uses   []Use
	// started and waited measure how long the expression has calculated by itself.
	started time.Time
	waited  time.Duration
}

// expression compiles and runs code that is not the name of a variable.
func (r *Resolver) expression(ctx context.Context, text *Text, part Part) resolved {
	e := &evaluation{Resolver: r, ctx: ctx, text: text, part: part}
	value, err := e.run()
	if err != nil {
		return resolved{err: err, secret: e.secret, uses: e.uses}
	}
	return resolved{value: value, secret: e.secret, uses: e.uses}
}

func (e *evaluation) run() (any, error) {
	program, err := e.compile()
	if err != nil {
		return nil, err
	}
	e.started = time.Now()
	value, err := expr.Run(program, nil)
	if err != nil {
		return nil, e.failure(KindValue, err)
	}
	return value, nil
}

// compile finds all that can be wrong with an expression before it runs.
func (e *evaluation) compile() (*vm.Program, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	rewrite := newRewriter(e)
	// Expr's own now reads the real clock, and its repeat allocates before it counts.
	program, err := expr.Compile(e.part.Code,
		expr.DisableBuiltin("now"), expr.DisableBuiltin("repeat"),
		expr.Function(callName, e.call), expr.Function(variableName, e.read), expr.Function(stepName, e.step),
		expr.Patch(rewrite.callees()), expr.Patch(rewrite))
	if len(rewrite.errors) > 0 {
		return nil, e.misspelled(rewrite.errors)
	}
	if err != nil {
		return nil, e.failure(KindSyntax, err)
	}
	return program, nil
}

// misspelled returns the errors of unknown names; when the code as a whole looks like a variable's name (`user-id` is a
// subtraction to Expr), it is one error about that.
func (e *evaluation) misspelled(unknown Errors) error {
	names := e.scope.Names()
	if len(unknown) > 1 && len(Nearest(e.part.Code, names)) > 0 {
		return e.unknown("variable", e.part.Code, e.at(0), names)
	}
	return unknown
}

// check refuses what the parser should not be given.
func (e *evaluation) check() error {
	switch code := e.part.Code; {
	case code == "":
		return e.error(KindSyntax, 0, "there is nothing between `{{` and `}}`", `name a variable, or write {{"{{"}} for two brackets`)
	case e.alone() && strings.Contains(code, opening):
		return e.error(KindSyntax, 0, fmt.Sprintf("`%s` is an expression, which takes no {{ }}", shorten(code)), "name a variable as it is")
	case len(code) > maxCode:
		return e.error(KindLimit, 0, fmt.Sprintf("the expression is longer than %d KiB", maxCode>>10), "is a `}}` missing?")
	case nesting(code) > maxNesting:
		return e.error(KindLimit, 0, fmt.Sprintf("the expression nests deeper than %d brackets", maxNesting), "")
	}
	return nil
}

// error returns an error at a character of the code.
func (e *evaluation) error(kind Kind, character int, message, hint string) *Error {
	return &Error{Kind: kind, Position: e.at(character), Message: message, Advice: hint}
}

// at returns the place of a character of the code.
func (e *evaluation) at(character int) Position {
	offset := 0
	for i := range e.part.Code {
		if character == 0 {
			offset = i
			break
		}
		character--
		offset = len(e.part.Code)
	}
	return e.text.PositionAt(e.part.CodeAt + offset)
}

// failure is what went wrong, without secrets: Expr and functions quote the values that they cannot use.
func (e *evaluation) failure(kind Kind, err error) error {
	failed := e.failed(kind, err)
	if problem, ok := failed.(*Error); ok {
		problem.Message = httpcore.NewMasker(e.secrets, httpcore.Mark).Shortened(problem.Message)
	}
	return failed
}

// failed turns what Expr says into an error of ours, unless it is one that went through Expr.
func (e *evaluation) failed(kind Kind, err error) error {
	if list, ok := errors.AsType[Errors](err); ok {
		return list
	}
	problem, isOurs := errors.AsType[*Error](err)
	where, hasPlace := errors.AsType[*file.Error](err)
	character := 0
	if hasPlace {
		character = where.From
	}
	switch {
	case isOurs && !problem.Position.IsZero():
		return problem
	case isOurs:
		problem.Position = e.at(character)
		return problem
	case e.ctx.Err() != nil:
		return e.error(KindLimit, character, "the expression was stopped: "+e.ctx.Err().Error(), "")
	}
	message := err.Error()
	if hasPlace {
		message = where.Message
	}
	message, _, _ = strings.Cut(message, "\n")
	return &Error{
		Kind:     kind,
		Position: e.at(character),
		Message:  fmt.Sprintf("`%s`: %s", shorten(e.part.Code), message),
		Advice:   e.language(),
		Err:      err,
	}
}

// alone reports whether the expression stands without brackets.
func (e *evaluation) alone() bool { return e.part.Start == e.part.CodeAt }

// language says in what expressions are written.
func (e *evaluation) language() string {
	const reference = "https://expr-lang.org/docs/language-definition"
	if e.alone() {
		return "an expression in Expr, " + reference
	}
	return "what stands between `{{` and `}}` is a variable's name or an Expr expression, " + reference
}

// outside runs something that waits for a person, a process or a server, without counting the time.
func (e *evaluation) outside(wait func()) {
	before := time.Now()
	wait()
	e.waited += time.Since(before)
}

// read is what a variable's name in an expression becomes: only the variables that a run needs are resolved.
func (e *evaluation) read(args ...any) (any, error) {
	variable, _ := e.scope.Lookup(args[0].(string))
	var found resolved
	e.outside(func() { found = e.variable(e.ctx, variable) })
	if found.err != nil {
		return nil, found.err
	}
	e.secret = e.secret || found.secret
	e.use(Use{variable.Name, variable.Origin})
	return operand(found.value), nil
}

// use notes what went into the value, once.
func (e *evaluation) use(u Use) {
	if !slices.Contains(e.uses, u) {
		e.uses = append(e.uses, u)
	}
}

// step stands around every value that a loop or a `let` makes, which are all the ways for an expression to run or grow
// without end.
func (e *evaluation) step(args ...any) (any, error) {
	if err := e.ctx.Err(); err != nil {
		return nil, err
	}
	if time.Since(e.started)-e.waited > e.limit {
		return nil, &Error{Kind: KindLimit, Message: fmt.Sprintf("`%s` runs longer than %v", shorten(e.part.Code), e.limit), Advice: "loop over less"}
	}
	switch v := args[0].(type) {
	case string:
		return v, e.fits(len(v))
	case []any:
		return v, e.fits(len(v) * 16)
	}
	return args[0], nil
}

func (e *evaluation) fits(size int) error {
	if size <= valueLimit {
		return nil
	}
	return &Error{Kind: KindLimit, Message: fmt.Sprintf("`%s` makes a value larger than %d MiB", shorten(e.part.Code), valueLimit>>20)}
}

// call runs one of the functions of the table.
func (e *evaluation) call(args ...any) (any, error) {
	name := args[0].(string)
	f, ok := lookupFunction(name)
	if !ok {
		return nil, fmt.Errorf("unknown function `%s`", name)
	}
	args = args[1:]
	if len(args) < f.least || f.most >= 0 && len(args) > f.most {
		return nil, &Error{Kind: KindValue, Message: fmt.Sprintf("%s was given %s", name, plural(len(args), "value")), Advice: "write " + f.usage}
	}
	var value any
	var err error
	e.outside(func() { value, err = f.call(e, args) })
	if err != nil {
		return nil, named(name, err)
	}
	return value, nil
}

// named puts the function's name before what it complains about.
func named(name string, err error) error {
	problem, ok := errors.AsType[*Error](err)
	if !ok {
		problem = &Error{Kind: KindValue, Message: strings.TrimSuffix(err.Error(), "."), Err: err}
		if hinted, ok := errors.AsType[interface {
			error
			Hint() string
		}](err); ok {
			problem.Advice = hinted.Hint()
		}
	}
	renamed := *problem
	renamed.Message = name + ": " + problem.Message
	return &renamed
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
