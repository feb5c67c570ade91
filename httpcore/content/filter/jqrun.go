package filter

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/itchyny/gojq"

	"parley/httpcore/content"
)

// input is a body that is read from its beginning.
type input interface {
	io.Reader
	// ready reports whether a read would not wait.
	ready() bool
}

// jqRun is one run of an expression over a body.
type jqRun struct {
	code  *gojq.Code
	from  input
	out   *encoder
	raw   bool
	write func(results []byte) error
	sent  time.Time // when the last results were written
	count int64     // results
	texts int64     // read
}

func newJQRun(code *gojq.Code, raw bool, from input, write func([]byte) error) *jqRun {
	r := &jqRun{code: code, raw: raw, from: from, write: write}
	r.out = &encoder{flush: r.flush}
	return r
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
	results := r.code.Run(value)
	for {
		result, ok := results.Next()
		if !ok {
			return nil
		}
		if err, failed := result.(error); failed {
			if halt, ok := errors.AsType[*gojq.HaltError](err); ok && halt.Value() == nil {
				return errHalted
			}
			return &ExpressionError{fmt.Sprintf("jq cannot go on at text %d: %s", r.texts, excerpt(err.Error()))}
		}
		if err := r.result(result); err != nil {
			return err
		}
	}
}

// patience is how long a result may wait for others to be written with.
const patience = 50 * time.Millisecond

func (r *jqRun) result(value any) error {
	before := len(r.out.buf)
	if text, ok := value.(string); ok && r.raw {
		r.out.buf = append(r.out.buf, text...)
	} else if err := r.out.encode(value, 0); err != nil {
		r.out.buf = r.out.buf[:min(before, len(r.out.buf))] // half of a result is none
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
		return nil
	}
	err := r.write(r.out.buf)
	r.out.buf, r.sent = r.out.buf[:0], time.Now()
	return err
}
