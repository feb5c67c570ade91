package expect

import (
	"context"
	"fmt"
	"time"

	"parley/collections/template"
)

// run is one run of one expression.
type run struct {
	ctx     context.Context
	facts   *facts
	code    string
	file    string // that the expression stands in, "" for none
	started time.Time
	waited  time.Duration // for the body
}

// call is what rewritten expressions call: the run, a name, and values.
func call(args ...any) (any, error) {
	r, name, args := args[0].(*run), args[1].(string), args[2:]
	switch name {
	case readValue:
		return r.read(args[0].(string))
	case readHeader:
		return withText("headers", args[0], func(name string) any { return r.facts.header(name) })
	case readVar:
		return r.facts.variable(args[0].(string))
	case hasHeader:
		return withText("headers", args[0], func(name string) any { return r.facts.response.Headers.Has(name) })
	case compareOp:
		return compareValues(args[0].(string), args[1], args[2])
	case matchOp:
		return r.matches(args[0], args[1])
	case truthOf:
		if _, ok := args[0].(bool); !ok {
			return nil, fmt.Errorf("%s is neither true nor false", Show(args[0]))
		}
		return args[0], nil
	case step:
		return args[0], r.step(args[0])
	}
	value, err := functions[name].call(r, args)
	if err != nil {
		return nil, named(name, err)
	}
	return value, nil
}

func withText(what string, value any, use func(string) any) (any, error) {
	text, ok := value.(string)
	if !ok {
		return nil, fmt.Errorf("%s take a name, not %s", what, Show(value))
	}
	return use(text), nil
}

// read returns what a name stands for. Loading the body does not count as calculating: its size bounds it.
func (r *run) read(name string) (any, error) {
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	before := time.Now()
	value, err := r.facts.value(name)
	r.waited += time.Since(before)
	return value, err
}

// step stands around every value that a loop or a `let` makes, which are all the ways for an expression to run or grow
// without end.
func (r *run) step(value any) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if time.Since(r.started)-r.waited > limit {
		return &template.Error{Kind: template.KindLimit, Message: fmt.Sprintf("the expression runs longer than %v", limit), Advice: "loop over less, or let jq() or jsonpath() select"}
	}
	size := 0
	switch v := value.(type) {
	case string:
		size = len(v)
	case []any:
		size = 16 * len(v)
	}
	if size > 4*maxValue {
		return &template.Error{Kind: template.KindLimit, Message: fmt.Sprintf("the expression makes a value larger than %d MiB", 4*maxValue>>20)}
	}
	return nil
}

// named puts the function's name before what it complains about.
func named(name string, err error) error {
	if problem, ok := err.(*template.Error); ok {
		renamed := *problem
		renamed.Message = name + ": " + problem.Message
		return &renamed
	}
	return fmt.Errorf("%s: %w", name, err)
}
