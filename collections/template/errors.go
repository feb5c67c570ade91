package template

import (
	"errors"
	"strings"
)

// Kind is what sort of thing is wrong with a template. It is also an error, for errors.Is.
type Kind string

// The kinds.
const (
	// KindSyntax is an expression, or its brackets, that cannot be read.
	KindSyntax Kind = "syntax"
	// KindUnknown is the name of no variable and no function.
	KindUnknown Kind = "unknown"
	// KindCycle is a variable that needs itself.
	KindCycle Kind = "cycle"
	// KindValue is an expression that fails, or whose value cannot be sent.
	KindValue Kind = "value"
	// KindUnavailable is a function whose Host cannot do what it needs, such as asking a person in a headless run.
	KindUnavailable Kind = "unavailable"
	// KindLimit is an expression that runs too long or makes too much.
	KindLimit Kind = "limit"
)

// Error returns the kind's name.
func (k Kind) Error() string { return string(k) }

// Error is one thing that is wrong with a template.
type Error struct {
	Kind Kind
	// Position is the place of what is wrong: in a variable's own value when the trouble is there.
	Position Position
	// Message is one sentence without a final full stop.
	Message string
	// Advice says what to try; it may be empty.
	Advice string
	// Name is the unknown name, for KindUnknown.
	Name string
	// Nearest are known names that look like Name, the nearest first.
	Nearest []string
	// Err is the cause, when there is one underneath.
	Err error
}

// Error returns the place and the sentence.
func (e *Error) Error() string {
	if e.Position.IsZero() {
		return e.Message
	}
	return e.Position.String() + ": " + e.Message
}

// Hint says what to try; it may be empty.
func (e *Error) Hint() string { return e.Advice }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is makes errors.Is(err, KindUnknown) and the like work.
func (e *Error) Is(target error) bool {
	kind, ok := target.(Kind)
	return ok && kind == e.Kind
}

// Errors are all errors of a text, in the order of their places. A list without errors is nil.
type Errors []*Error

// Error returns all messages, one a line.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, one := range e {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the single errors.
func (e Errors) Unwrap() []error {
	list := make([]error, len(e))
	for i, one := range e {
		list[i] = one
	}
	return list
}

// Err returns e as an error, nil when there is none.
func (e Errors) Err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// add appends the errors of err, each once: a variable with a mistake is often used in several places.
func (e Errors) add(err error) Errors {
	list, ok := errors.AsType[Errors](err)
	if !ok {
		one, ok := errors.AsType[*Error](err)
		if !ok {
			one = &Error{Kind: KindValue, Message: err.Error(), Err: err}
		}
		list = Errors{one}
	}
	for _, one := range list {
		if !e.has(one) {
			e = append(e, one)
		}
	}
	return e
}

func (e Errors) has(one *Error) bool {
	for _, other := range e {
		if other == one {
			return true
		}
	}
	return false
}
