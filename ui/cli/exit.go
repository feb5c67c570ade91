package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"syscall"

	"parley/collections/runner/batch"
	"parley/httpcore"
	"parley/ui/safe"
)

// The exit codes that scripts rely on.
const (
	exitDone        = 0
	exitFailed      = 1 // a check failed, --fail and a status of 400 or more, or what was compared differs
	exitUsage       = 2 // usage, a file that cannot be read as it should, refused by protection
	exitNoResponse  = 3 // no whole response
	exitInterrupted = 130
)

// UsageError is a command line that cannot be carried out.
type UsageError struct{ Message, Advice string }

// Error says what is wrong.
func (e *UsageError) Error() string { return e.Message }

// Hint says what to try.
func (e *UsageError) Hint() string { return e.Advice }

// ExitCode returns what the process exits with after [Program.Run] has returned err. Of several errors, the most telling
// decides: interrupted, no response, usage, failed.
func ExitCode(err error) int {
	code := exitDone
	for _, one := range each(err) {
		if c := exitCode(one); slices.Index(weights, c) > slices.Index(weights, code) {
			code = c
		}
	}
	return code
}

// weights are the exit codes, the most telling last.
var weights = []int{exitDone, exitFailed, exitUsage, exitNoResponse, exitInterrupted}

func exitCode(err error) int {
	engine, ok := errors.AsType[*httpcore.Error](err)
	_, partly := errors.AsType[*partlyError](err)
	_, differs := errors.AsType[*differsError](err)
	_, unmet := errors.AsType[*unmetError](err)
	_, unreadable := errors.AsType[*hardToReadError](err)
	_, waited := errors.AsType[*batch.UntilError](err)
	ran, hasRun := errors.AsType[*ranError](err)
	switch {
	case hasRun:
		return ran.code
	case err == nil, errors.Is(err, syscall.EPIPE): // whoever read the output has seen enough
		return exitDone
	case errors.Is(err, httpcore.KindCanceled), errors.Is(err, context.Canceled):
		return exitInterrupted
	case partly, differs, unmet, waited, unreadable:
		return exitFailed
	case !ok, errors.Is(engine, httpcore.KindRequest):
		return exitUsage
	case errors.Is(engine, httpcore.KindStatus), errors.Is(engine, httpcore.KindRetry): // there is a whole response
		return exitFailed
	default:
		return exitNoResponse
	}
}

// Report says on stderr what went wrong, if anything: a sentence, and what to try. It returns the exit code.
func (p *Program) Report(err error) int {
	code := ExitCode(err)
	switch code {
	case exitDone:
	case exitInterrupted:
		fmt.Fprintln(p.Stderr, "parley: interrupted")
	default:
		for _, e := range each(err) {
			p.say("", e)
		}
	}
	return code
}

// warn says something that stops nothing.
func (p *Program) warn(err error) {
	for _, e := range each(err) {
		p.say("warning: ", e)
	}
}

func (p *Program) say(prefix string, err error) {
	fmt.Fprintf(p.Stderr, "parley: %s%s\n", prefix, safe.Text(err.Error()))
	if hint := hintOf(err); hint != "" {
		fmt.Fprintf(p.Stderr, "  hint: %s\n", safe.Text(hint))
	}
}

// each takes joined errors apart.
func each(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var list []error
		for _, e := range joined.Unwrap() {
			list = append(list, each(e)...)
		}
		return list
	}
	return []error{err}
}

// hintOf finds what an error says to try.
func hintOf(err error) string {
	if hinted, ok := errors.AsType[interface {
		error
		Hint() string
	}](err); ok {
		return hinted.Hint()
	}
	return ""
}
