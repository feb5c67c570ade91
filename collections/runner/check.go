package runner

import (
	"context"
	"slices"

	"parley/collections"
	"parley/collections/expect"
	"parley/collections/resolve"
	"parley/collections/template"
	"parley/httpcore"
)

// Check evaluates what a request asks, as it is now, of an exchange that was sent at any time. It changes nothing: what was
// captured when the exchange was sent stays what requests after it see. The error is why the request cannot be read; an
// expression that is wrong is an outcome of the verdict.
func (w Workspace) Check(ctx context.Context, r *collections.Request, x *httpcore.Exchange) (Verdict, error) {
	saved, err := w.Saved(r)
	if err != nil {
		return Verdict{}, err
	}
	w.Snapshots = expect.AcceptNone
	if saved.checks.IsEmpty() || !expect.Answered(x) {
		return Verdict{}, nil
	}
	input, err := w.inputOf(saved.effective)
	if err != nil {
		return Verdict{}, err
	}
	scopes, err := resolve.Scopes(input)
	if err != nil {
		return Verdict{}, err
	}
	templates := template.NewResolver(scopes, input.Host)
	host := w.ExpectHost(r)
	host.Variable = func(name string) (any, error) {
		value, _, err := templates.Value(ctx, name)
		return value, err
	}
	v := Verdict{Report: saved.checks.With(host).Run(ctx, x)}
	v.secrets = templates.Secrets()
	if err := ctx.Err(); err != nil {
		return Verdict{}, err
	}
	v.Captured, v.Expect = v.Report.Record(v.masker(x, httpcore.Mark))
	return v, nil
}

// Shown is the report for a screen: secrets, those that were captured among them, are dots.
func (v Verdict) Shown(x *httpcore.Exchange) Verdict {
	v.Captured, v.Expect = v.Report.Record(v.masker(x, httpcore.Secret.String))
	return v
}

// masker knows the secrets of the exchange and those that were captured from it.
func (v Verdict) masker(x *httpcore.Exchange, replace func(httpcore.Secret) string) *httpcore.Masker {
	return httpcore.NewMasker(slices.Concat(v.Report.Secrets(), v.secrets, x.Request.Secrets), replace)
}
