package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"parley/collections"
	"parley/collections/expect"
	"parley/collections/har"
	"parley/collections/runner"
	"parley/history"
	"parley/httpcore"
)

// checks is what a request asks of its answer.
type checks struct {
	set     *expect.Set
	work    *runner.Workspace
	request *collections.Request

	captured []har.Captured
	outcomes []har.Expect
}

func (c *checks) hasSecrets() bool { return c != nil && c.set.HasSecrets() }

// unmetError is an expectation that the answer does not meet, or a capture that found nothing.
type unmetError struct {
	what        string
	explanation []string
}

// Error says which, and why, in lines.
func (e *unmetError) Error() string {
	return strings.Join(append([]string{e.what}, e.explanation...), "\n    ")
}

// check evaluates on an exchange that is over and has a whole answer, and keeps what was captured. Secrets among that are
// secrets of the exchange from here on.
func (c *checks) check(ctx context.Context, x *httpcore.Exchange, meta *history.Meta) error {
	if c == nil || !expect.Answered(x) || ctx.Err() != nil {
		return nil
	}
	report := c.set.Run(ctx, x)
	if secrets := report.Secrets(); len(secrets) > 0 {
		known := *x.Request
		known.Secrets = append(append([]httpcore.Secret(nil), known.Secrets...), secrets...)
		x.Request = &known
	}
	c.captured, c.outcomes = report.Record(httpcore.NewMasker(x.Request.Secrets, httpcore.Mark))
	c.tell(meta)
	errs := []error{c.work.KeepCaptured(ctx, c.request, report.Captured)}
	shown := httpcore.NewMasker(x.Request.Secrets, httpcore.Secret.String)
	for _, captured := range report.Captured {
		if captured.Err != nil {
			errs = append(errs, &unmetError{fmt.Sprintf("not captured: %s: %s", captured.Name, shown.String(captured.Err.Error())), nil})
		}
	}
	for _, o := range report.Expected {
		if o.Passed {
			continue
		}
		lines := make([]string, len(o.Explanation))
		for i, line := range o.Explanation {
			lines[i] = shown.String(line)
		}
		errs = append(errs, &unmetError{fmt.Sprintf("not as expected: %s: %s", o.Name, o.Expression), lines})
	}
	return errors.Join(errs...)
}

// tell puts what came of the answer into what is known of an exchange, which may be nothing.
func (c *checks) tell(meta *history.Meta) *history.Meta {
	if c == nil {
		return meta
	}
	if meta == nil {
		meta = &history.Meta{}
	}
	meta.Captured, meta.Expect = c.captured, c.outcomes
	return meta
}
