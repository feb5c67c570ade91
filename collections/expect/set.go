package expect

import (
	"context"
	"errors"
	"slices"

	"parley/collections/template"
	"parley/httpcore"
)

// Rule is a named expression of a file.
type Rule struct {
	Name, Expression string
	// Secret says that what is captured must not be shown.
	Secret bool
	// Locate tells places in Expression; nil when it stands in no file.
	Locate template.Locator
}

// Set is what is asked of a response.
type Set struct {
	captures, expectations []compiled
	host                   Host
}

// compiled is a rule that is ready, or what is wrong with it.
type compiled struct {
	Rule
	expression *expression
	err        error
}

// Compile reads the expressions. One that is wrong stops no other: Run reports it, and Err tells it beforehand.
func Compile(captures, expectations []Rule) *Set {
	return &Set{captures: compileAll(captures), expectations: compileAll(expectations)}
}

func compileAll(rules []Rule) []compiled {
	list := make([]compiled, len(rules))
	for i, rule := range rules {
		list[i].Rule = rule
		list[i].expression, list[i].err = compile(rule.Expression, rule.Locate)
	}
	return list
}

// Err returns what is wrong with the expressions, a template.Errors, or nil.
func (s *Set) Err() error {
	var errs template.Errors
	for _, list := range [][]compiled{s.captures, s.expectations} {
		for _, c := range list {
			if e, ok := c.err.(*template.Error); ok {
				errs = append(errs, e)
			}
		}
	}
	return errs.Err()
}

// IsEmpty reports whether nothing is asked. A nil Set asks nothing.
func (s *Set) IsEmpty() bool { return s == nil || len(s.captures)+len(s.expectations) == 0 }

// HasSecrets reports whether a value is captured that must not be shown.
func (s *Set) HasSecrets() bool {
	if s == nil {
		return false
	}
	for _, c := range s.captures {
		if c.Secret {
			return true
		}
	}
	return false
}

// Report is what came of a Set.
type Report struct {
	Captured []Captured
	Expected []Outcome
	// Snapshots are bodies to be kept, or that a person may be asked to keep.
	Snapshots []Snapshot
}

// Captured is a value that was taken, or why there is none.
type Captured struct {
	Name, Expression string
	Secret           bool
	// Value is a string, a bool, an int, a float64, a Number, or a []any or map[string]any of these.
	Value any
	Err   error
}

// Outcome is what came of an expectation.
type Outcome struct {
	Name, Expression string
	Passed           bool
	// Explanation says in lines why it failed. It may quote what was sent and received: mask it, and make it safe.
	Explanation []string
	// Err is why the expression has no answer; it is told in Explanation too.
	Err error
}

// Answered reports whether an exchange has a whole response to look at.
func Answered(x *httpcore.Exchange) bool {
	if x == nil || x.Response() == nil {
		return false
	}
	return x.Err == nil || x.Err.Kind == httpcore.KindStatus || x.Err.Kind == httpcore.KindRetry
}

// Run evaluates every rule on an exchange that has a whole response, before its bodies are closed. When ctx ends, what is
// left has its error.
func (s *Set) Run(ctx context.Context, x *httpcore.Exchange) Report {
	var r Report
	if s.IsEmpty() {
		return r
	}
	facts := newFacts(x, s.host)
	for _, c := range s.captures {
		captured := Captured{Name: c.Name, Expression: c.Rule.Expression, Secret: c.Secret, Err: c.err}
		if c.err == nil {
			captured.Value, captured.Err = c.capture(ctx, facts)
		}
		r.Captured = append(r.Captured, captured)
	}
	facts.secrets = slices.Concat(facts.secrets, r.Secrets())
	for _, c := range s.expectations {
		r.Expected = append(r.Expected, c.check(ctx, facts))
	}
	r.Snapshots = facts.snapshots
	return r
}

// maxCaptured bounds a value that is kept, written as text.
const maxCaptured = 1 << 20

func (c compiled) capture(ctx context.Context, f *facts) (any, error) {
	value, err := c.expression.run(ctx, f)
	if err != nil {
		return nil, err
	}
	if value == nil {
		return nil, &template.Error{
			Kind: template.KindValue, Position: c.expression.at(0),
			Message: "`" + shorten(c.Rule.Expression) + "` found nothing to capture", Advice: "use ?? to give another value in its place",
		}
	}
	value = plain(value)
	if len(Text(value)) > maxCaptured {
		return nil, &template.Error{
			Kind: template.KindLimit, Position: c.expression.at(0),
			Message: "`" + shorten(c.Rule.Expression) + "` captures more than 1 MiB",
		}
	}
	return value, nil
}

func (c compiled) check(ctx context.Context, f *facts) Outcome {
	o := Outcome{Name: c.Name, Expression: c.Rule.Expression}
	fail := func(err error) Outcome {
		o.Err = err
		o.Explanation = append(o.Explanation, errorLines(err)...)
		return o
	}
	if c.err != nil {
		return fail(c.err)
	}
	value, err := c.expression.run(ctx, f)
	if err == nil {
		o.Passed, err = c.expression.truth(value)
	}
	if !o.Passed && !errors.Is(err, template.KindLimit) { // its parts would run as long
		o.Explanation = c.expression.explain(ctx, f)
	}
	if err != nil {
		return fail(err)
	}
	return o
}

// errorLines is an error with its hint.
func errorLines(err error) []string {
	lines := []string{err.Error()}
	if hinted, ok := err.(interface{ Hint() string }); ok && hinted.Hint() != "" {
		lines = append(lines, "hint: "+hinted.Hint())
	}
	return lines
}

// Failed counts the expectations that were not met, and the captures that found nothing.
func (r Report) Failed() int {
	failed := 0
	for _, c := range r.Captured {
		if c.Err != nil {
			failed++
		}
	}
	return failed + len(r.Expected) - r.Passed()
}

// Passed counts the expectations that were met.
func (r Report) Passed() int {
	passed := 0
	for _, o := range r.Expected {
		if o.Passed {
			passed++
		}
	}
	return passed
}

// Secrets are the values that were captured and must not be shown.
func (r Report) Secrets() []httpcore.Secret {
	var list []httpcore.Secret
	for _, c := range r.Captured {
		if c.Secret && c.Err == nil {
			list = append(list, CapturedSecret(c.Name, c.Value)...)
		}
	}
	return list
}

// KeepSecret makes a secret of what was captured and holds one that the masker knows, so that it is none the less when it
// comes back under another name.
func (r Report) KeepSecret(m *httpcore.Masker) {
	for i, c := range r.Captured {
		if c.Err == nil && !c.Secret {
			r.Captured[i].Secret = m.Find(Text(c.Value)) != nil
		}
	}
}

// CapturedSecret is a captured value as a secret, the texts in a list or an object each by themselves as well. Nobody can
// look it up by its name.
func CapturedSecret(name string, value any) []httpcore.Secret {
	secret := httpcore.NewSecret(name, Text(value))
	secret.Obtained = true
	list := []httpcore.Secret{secret}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			list = append(list, CapturedSecret(name, item)...)
		}
	case map[string]any:
		for _, item := range v {
			list = append(list, CapturedSecret(name, item)...)
		}
	}
	return list
}
