package resolve

import (
	"errors"

	"parley/collections"
	"parley/collections/expect"
	"parley/collections/template"
)

// Checks compiles what a request asks of its response. What is wrong with an expression is in its Err.
func Checks(e *collections.Effective) *expect.Set {
	file := e.Request.File
	var captures, expectations []expect.Rule
	for _, entry := range e.Captures {
		expression, secret := entry.Capture()
		captures = append(captures, rule(file, entry.Name, expression, secret))
	}
	for _, entry := range e.Expect {
		expectations = append(expectations, rule(file, entry.Name, entry.Value, false))
	}
	return expect.Compile(captures, expectations)
}

func rule(file, name string, expression collections.Value, secret bool) expect.Rule {
	return expect.Rule{
		Name: name, Expression: expression.Text, Secret: secret,
		Locate: func(offset int) template.Position { return placeIn(file, expression.PosAt(offset)) },
	}
}

// checks compiles the expressions, and notes where they come from.
func (r *resolver) checks() {
	e := r.in.Request
	if r.out.Checks = r.in.Checks; r.out.Checks == nil {
		r.out.Checks = Checks(e)
	}
	host := r.in.Expect
	host.Variable = r.variables(r.out.Checks)
	r.out.Checks = r.out.Checks.With(host)
	if problems, ok := errors.AsType[template.Errors](r.out.Checks.Err()); ok {
		r.errors = append(r.errors, problems...)
	}
	for _, entry := range e.Captures {
		expression, _ := entry.Capture()
		r.note("capture."+entry.Name, expression, expression.Text, nil)
	}
	for _, entry := range e.Expect {
		r.note("expect."+entry.Name, entry.Value, entry.Value.Text, nil)
	}
}

// variables resolves those that expressions name, and returns what finds them later: an expression sees the values that the
// request was sent with, whatever is captured meanwhile.
func (r *resolver) variables(checks *expect.Set) func(name string) (any, error) {
	values := map[string]any{}
	for _, v := range checks.Variables() {
		value, _, err := r.templates.Value(r.ctx, v.Name)
		if problem, ok := errors.AsType[*template.Error](err); ok {
			placed := *problem
			if placed.Position.IsZero() {
				placed.Position = v.At
			}
			r.errors = append(r.errors, &placed)
		}
		values[v.Name] = value
	}
	return func(name string) (any, error) { return values[name], nil }
}
