package resolve

import (
	"context"
	"strings"

	"parley/collections/template"
)

// When says whether a run sends the request. Only what its `when` names is resolved.
func When(ctx context.Context, in Input) (bool, error) {
	if !in.Request.When.IsSet() {
		return true, nil
	}
	scopes, err := Scopes(in)
	if err != nil {
		return false, err
	}
	return template.NewResolver(scopes, in.Host).Holds(ctx, condition(in))
}

func condition(in Input) template.Condition {
	when := in.Request.When
	c := template.Condition{Source: when.Text, Locate: func(offset int) template.Position {
		return placeIn(in.Request.Request.File, when.PosAt(offset))
	}}
	for _, e := range in.Environments {
		c.Environments = append(c.Environments, e.Name)
	}
	return c
}

// onlyInRuns is what is said of `when` wherever one request is sent.
const onlyInRuns = "only a run minds it"

// when checks the condition, and notes it: who sends one request means it, whatever the condition says.
func (r *resolver) when(scope template.Scope) {
	when := r.in.Request.When
	if !when.IsSet() {
		return
	}
	if err := template.CheckCondition(condition(r.in), scope); err != nil {
		r.errors = append(r.errors, asErrors(err)...)
	}
	r.note("when", when, strings.TrimSpace(when.Text), nil)
	r.out.Values[len(r.out.Values)-1].Scope += ", " + onlyInRuns
}

// asErrors takes apart what is wrong with an expression.
func asErrors(err error) template.Errors {
	switch e := err.(type) {
	case template.Errors:
		return e
	case *template.Error:
		return template.Errors{e}
	default:
		return template.Errors{{Kind: template.KindSyntax, Message: err.Error(), Err: err}}
	}
}
