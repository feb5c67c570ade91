package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"parley/collections/runner"
	"parley/history"
	"parley/httpcore"
)

// checks is what a request asks of its answer, and what came of it.
type checks struct {
	call *runner.Call
	// tell prints what hooks said.
	tell    func(runner.Verdict)
	verdict runner.Verdict
}

func (c *checks) hasSecrets() bool { return c != nil && c.call.Out.Checks.HasSecrets() }

// unmetError is an expectation that the answer does not meet, or a capture that found nothing.
type unmetError struct {
	what        string
	explanation []string
}

// Error says which, and why, in lines.
func (e *unmetError) Error() string {
	return strings.Join(append([]string{e.what}, e.explanation...), "\n    ")
}

// check judges an exchange that is over. Secrets among what was captured are secrets of the exchange from here on.
func (c *checks) check(ctx context.Context, x *httpcore.Exchange, meta *history.Meta) error {
	if c == nil {
		return nil
	}
	c.verdict = c.call.Judge(ctx, x)
	c.tell(c.verdict)
	c.note(meta)
	return errors.Join(c.verdict.Err, unmet(c.verdict, x))
}

// unmet is what an answer does not meet, secrets masked.
func unmet(v runner.Verdict, x *httpcore.Exchange) error {
	var errs []error
	shown := httpcore.NewMasker(x.Request.Secrets, httpcore.Secret.String)
	for _, captured := range v.Report.Captured {
		if captured.Err != nil {
			errs = append(errs, &unmetError{fmt.Sprintf("not captured: %s: %s", captured.Name, shown.Shortened(captured.Err.Error())), nil})
		}
	}
	for _, o := range v.Report.Expected {
		if o.Passed {
			continue
		}
		lines := make([]string, len(o.Explanation))
		for i, line := range o.Explanation {
			lines[i] = shown.Shortened(line)
		}
		errs = append(errs, &unmetError{fmt.Sprintf("not as expected: %s: %s", shown.Shortened(o.Name), shown.Shortened(o.Expression)), lines})
	}
	return errors.Join(errs...)
}

// note puts what came of the answer into what is known of an exchange, which may be nothing.
func (c *checks) note(meta *history.Meta) *history.Meta {
	if c == nil {
		return meta
	}
	if meta == nil {
		meta = &history.Meta{}
	}
	meta.Captured, meta.Expect = c.verdict.Captured, c.verdict.Expect
	return meta
}
