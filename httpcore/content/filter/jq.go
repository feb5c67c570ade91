package filter

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/itchyny/gojq"

	"parley/httpcore/content"
)

// jq is an expression of jq as gojq (github.com/itchyny/gojq) understands it,
// without modules, environment or files.
type jq struct{ code *gojq.Code }

func compileJQ(expression string) (Filter, error) {
	query, err := gojq.Parse(expression)
	if err != nil {
		return nil, jqSyntaxError(expression, err)
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, jqCompileError(expression, err)
	}
	return &jq{code}, nil
}

// jqFactor is how many bytes of memory a byte of JSON takes while jq works on
// it, for records as APIs answer with them; empty objects without end take 35
// (BenchmarkMemory).
const jqFactor = 8

// Memory is that of the largest text, which may be the whole body.
func (q *jq) Memory(size int64) int64 { return jqFactor * size }

// Run runs the expression over every text of the body. The work is done by a
// goroutine of its own, because a single step of jq cannot be interrupted: when
// ctx ends, Run returns, and the goroutine ends after its step.
func (q *jq) Run(ctx context.Context, in Input, w io.Writer) (Result, error) {
	working, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := &jqRun{code: q.code, ctx: working, raw: in.Raw, pieces: make(chan []byte)}
	r.from = &reader{ctx: working, src: in.Source}
	r.out = &encoder{ctx: working, flush: r.flush}
	done := make(chan error, 1)
	go func() { done <- r.all() }()
	go watchMemory(working, func() int64 { return q.Memory(in.Source.Size()) }, stop)
	for {
		select {
		case piece := <-r.pieces:
			if _, err := w.Write(piece); err != nil {
				return Result{}, err
			}
		case err := <-done:
			return Result{r.count, jsonKind(r.count, in.Raw)}, cmp.Or(context.Cause(working), err)
		case <-working.Done():
			return Result{}, context.Cause(working)
		}
	}
}

// jqRun is one run of an expression over a body.
type jqRun struct {
	code   *gojq.Code
	ctx    context.Context
	from   *reader
	out    *encoder
	raw    bool
	pieces chan []byte
	sent   time.Time // when the last piece was
	count  int64     // results
	texts  int64     // read
}

// errHalted says that the expression has ended everything with halt.
var errHalted = errors.New("halt")

// all runs the expression over every text.
func (r *jqRun) all() (err error) {
	defer func() {
		if failure := recover(); failure != nil {
			err = fmt.Errorf("jq failed: %v", failure)
		}
		if flushed := r.flush(); err == nil {
			err = flushed
		}
	}()
	inputs := newValues(r.from)
	for {
		value, err := inputs.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if syntax, ok := errors.AsType[*content.SyntaxError](err); ok {
			return &BodyError{content.JSON, syntax.Offset, syntax.Msg}
		}
		if err != nil {
			return err
		}
		r.texts++
		if err := r.one(value); err == errHalted {
			return nil
		} else if err != nil {
			return err
		}
		if !r.from.ready() { // the next text may be long in coming
			if err := r.flush(); err != nil {
				return err
			}
		}
	}
}

// one runs the expression over one text.
func (r *jqRun) one(value any) error {
	results := r.code.RunWithContext(r.ctx, value)
	for {
		result, ok := results.Next()
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if !ok {
			return nil
		}
		if err, failed := result.(error); failed {
			if halt, ok := errors.AsType[*gojq.HaltError](err); ok && halt.Value() == nil {
				return errHalted
			}
			return fmt.Errorf("jq cannot go on at text %d: %w", r.texts, err)
		}
		if err := r.write(result); err != nil {
			return err
		}
	}
}

// patience is how long a result may wait for others to be written with.
const patience = 50 * time.Millisecond

func (r *jqRun) write(result any) error {
	if text, ok := result.(string); ok && r.raw {
		r.out.buf = append(r.out.buf, text...)
	} else if err := r.out.encode(result, 0); err != nil {
		return err
	}
	r.out.buf = append(r.out.buf, '\n')
	r.count++
	if len(r.out.buf) < pieceSize && time.Since(r.sent) < patience {
		return nil
	}
	return r.flush()
}

// flush hands over what is written.
func (r *jqRun) flush() error {
	if len(r.out.buf) == 0 {
		return r.ctx.Err()
	}
	select {
	case r.pieces <- r.out.buf:
		r.out.buf, r.sent = nil, time.Now()
		return nil
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
}
