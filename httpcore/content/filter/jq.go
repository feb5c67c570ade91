package filter

import (
	"context"
	"errors"
	"io"

	"github.com/itchyny/gojq"
)

// jq is an expression of jq as gojq (github.com/itchyny/gojq) understands it,
// without modules, environment or files.
//
// It runs in a process of its own ([Serve]), because nothing in this one could
// hold it: gojq compares and writes values by native recursion, so one that is
// nested a few million deep would overflow the stack, which ends a Go program
// at once; and a single step may take any time and memory.
type jq struct{ expression string }

func compileJQ(expression string) (Filter, error) {
	if _, err := parseJQ(expression); err != nil {
		return nil, err
	}
	return &jq{expression}, nil
}

func parseJQ(expression string) (*gojq.Code, error) {
	query, err := gojq.Parse(expression)
	if err != nil {
		return nil, jqSyntaxError(expression, err)
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, jqCompileError(expression, err)
	}
	return code, nil
}

// jqFactor is how many bytes of memory a byte of JSON takes while jq works on
// it, for records as APIs answer with them; empty objects without end take 35
// (BenchmarkMemory).
const jqFactor = 8

// ErrTooMuch is why a filter was stopped that builds values without end.
var ErrTooMuch = errors.New("the filter was stopped: what it builds takes far more memory than the body")

// ErrTooDeep is why a filter was stopped that nests values without end.
var ErrTooDeep = errors.New("the filter was stopped: what it builds is nested too deep")

// Memory is that of the largest text, which may be the whole body.
func (*jq) Memory(size int64) int64 { return jqFactor * size }

// Run runs the expression over every text of the body.
func (q *jq) Run(ctx context.Context, in Input, w io.Writer) (Result, error) {
	p, err := startProcess()
	if err != nil {
		return Result{}, err
	}
	defer p.End()
	return p.run(ctx, q.expression, in, w)
}

// Keep returns f for many small bodies, one after another: what it takes to
// start it is spent once. close ends that.
func Keep(f Filter) (kept Filter, close func()) {
	q, ok := f.(*jq)
	if !ok {
		return f, func() {}
	}
	k := &keptJQ{jq: q}
	return k, k.close
}

// keptJQ runs over one body after another in the same process.
type keptJQ struct {
	*jq
	process *process
}

func (k *keptJQ) Run(ctx context.Context, in Input, w io.Writer) (Result, error) {
	if k.process == nil {
		p, err := startProcess()
		if err != nil {
			return Result{}, err
		}
		k.process, p.kept = p, true
	}
	result, err := k.process.run(ctx, k.expression, in, w)
	if !k.process.idle {
		k.close()
	}
	return result, err
}

func (k *keptJQ) close() {
	if k.process != nil {
		k.process.End()
		k.process = nil
	}
}
