package expect

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"

	"parley/collections/template"
)

const (
	// limit is how long one expression may calculate.
	limit = time.Second
	// selecting is how long one of its functions may take with a small body: it may have to start jq's process first.
	selecting = 3 * time.Second
	// maxCode and maxNesting are what the parser is given.
	maxCode    = 64 << 10
	maxNesting = 200
	// maxValue bounds the values within an expression.
	maxValue = 16 << 20
)

// expression is one that is ready to run. It never changes.
type expression struct {
	source   string
	code     string // with long numbers written as calls
	numbers  []replaced
	locate   template.Locator
	program  *program
	original ast.Node // as it was parsed, for explaining
	// variables are those that it names, each with a character of the code.
	variables []mention
}

// program is what Expr runs. Its functions find the run they belong to through the environment.
type program struct{ vm *vm.Program }

// compile finds all that can be wrong with an expression before it runs.
func compile(source string, locate template.Locator) (*expression, error) {
	e := &expression{source: source, locate: locate}
	if err := e.check(); err != nil {
		return nil, err
	}
	e.code, e.numbers = exactNumbers(source)
	tree, err := parser.Parse(e.code)
	if err != nil {
		return nil, e.failure(template.KindSyntax, err)
	}
	e.original = tree.Node
	rewrite := newRewriter(e)
	e.program, err = e.build(e.code, rewrite)
	e.variables = rewrite.variables
	return e, err
}

// build compiles the expression or a part of it.
func (e *expression) build(code string, rewrite *rewriter) (*program, error) {
	// Expr's repeat allocates before it counts, and what now says would not be so later.
	made, err := expr.Compile(code,
		expr.DisableBuiltin("now"), expr.DisableBuiltin("repeat"),
		expr.Function(callName, call), expr.Patch(rewrite.notes()), expr.Patch(rewrite))
	if len(rewrite.errors) > 0 {
		return nil, rewrite.errors[0]
	}
	if err != nil {
		return nil, e.failure(template.KindSyntax, err)
	}
	return &program{made}, nil
}

// check refuses what the parser should not be given.
func (e *expression) check() error {
	switch {
	case strings.TrimSpace(e.source) == "":
		return e.error(template.KindSyntax, 0, "the expression is empty", "write one, such as status == 200")
	case len(e.source) > maxCode:
		return e.error(template.KindLimit, 0, fmt.Sprintf("the expression is longer than %d KiB", maxCode>>10), "")
	case strings.Count(e.source, "(")+strings.Count(e.source, "[")+strings.Count(e.source, "{") > maxNesting:
		return e.error(template.KindLimit, 0, fmt.Sprintf("the expression has more than %d brackets", maxNesting), "")
	}
	return nil
}

// at returns the place of a byte of the source.
func (e *expression) at(offset int) template.Position {
	if e.locate == nil {
		return template.Position{}
	}
	return e.locate(offset)
}

// file is the one that the expression stands in, "" for none.
func (e *expression) file() string {
	name := e.at(0).File
	if strings.HasPrefix(name, "--") { // it was typed on the command line
		return ""
	}
	return name
}

// error returns an error at a character of the code.
func (e *expression) error(kind template.Kind, character int, message, hint string) *template.Error {
	offset := e.offset(character)
	if e.source != "" {
		message += fmt.Sprintf(" (character %d of `%s`)", utf8.RuneCountInString(e.source[:offset])+1, shorten(e.source))
	}
	return &template.Error{Kind: kind, Position: e.at(offset), Message: message, Advice: hint}
}

// offset is the byte of the source at a character of the code.
func (e *expression) offset(character int) int {
	byteAt := len(e.code)
	for i := range e.code {
		if character == 0 {
			byteAt = i
			break
		}
		character--
	}
	for _, r := range e.numbers {
		switch {
		case byteAt < r.at:
			return min(byteAt, len(e.source))
		case byteAt < r.at+r.now:
			return r.before
		}
	}
	if n := len(e.numbers); n > 0 {
		last := e.numbers[n-1]
		byteAt = last.before + last.was + byteAt - last.at - last.now
	}
	return max(0, min(byteAt, len(e.source)))
}

const reference = "https://expr-lang.org/docs/language-definition"

// failure turns what Expr says into an error of ours, unless it is one that went through Expr.
func (e *expression) failure(kind template.Kind, err error) error {
	problem, isOurs := errors.AsType[*template.Error](err)
	where, hasPlace := errors.AsType[*file.Error](err)
	character := 0
	if hasPlace {
		character = where.From
	}
	if isOurs {
		if !problem.Position.IsZero() {
			return problem
		}
		placed := e.error(problem.Kind, character, problem.Message, problem.Advice)
		placed.Err = problem.Err
		return placed
	}
	message := err.Error()
	if hasPlace {
		message = where.Message
	}
	message, _, _ = strings.Cut(message, "\n")
	hint := ""
	switch {
	case kind == template.KindSyntax && strings.Contains(e.source, "{{"):
		hint = "an expression takes no {{ }}"
	case kind == template.KindSyntax:
		hint = "an expression in Expr, " + reference
	case strings.Contains(message, "from <nil>"):
		message = strings.Replace(message, "cannot fetch", "there is nothing to take", 1)
		message, _, _ = strings.Cut(message, " from <nil>")
		message += " from: what stands before it is nil"
		hint = "?. takes a member where there may be none"
	}
	made := e.error(kind, character, message, hint)
	made.Err = err
	return made
}

// run evaluates the expression.
func (e *expression) run(ctx context.Context, f *facts) (any, error) {
	return e.runProgram(ctx, e.program, f)
}

func (e *expression) runProgram(ctx context.Context, p *program, f *facts) (any, error) {
	r := &run{ctx: ctx, facts: f, started: time.Now(), code: e.source, file: e.file()}
	value, err := expr.Run(p.vm, map[string]any{runName: r})
	if err != nil {
		return nil, e.failure(template.KindValue, err)
	}
	return value, nil
}

// truth is the answer of an expectation.
func (e *expression) truth(value any) (bool, error) {
	answer, ok := value.(bool)
	if ok {
		return answer, nil
	}
	return false, e.error(template.KindValue, 0, "an expectation must be true or false, and this is "+Show(value), "compare it with what it should be")
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
