package filter

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"parley/httpcore/content/worker"
)

// process runs jq, over one body after another.
type process struct {
	*worker.Process
	kept bool // for more than one task
	idle bool // it has ended its task in good order and waits for another
}

// task is what a process is asked to do with the body that follows.
type task struct {
	Expression string
	Raw        bool
	ReadAll    bool // the body to its end, also if nothing more is wanted of it
}

// report is how a task has ended.
type report struct {
	Count  int64
	Whole  bool   // the body was read to its end
	Failed string // why it ended early, as it is told
	// Of these at most one says what kind of failure it is.
	TooMuch       bool
	BadBody       *BodyError
	BadExpression *ExpressionError
}

func (r report) err() error {
	switch {
	case r.TooMuch:
		return ErrTooMuch
	case r.BadBody != nil:
		return r.BadBody
	case r.BadExpression != nil:
		return r.BadExpression
	case r.Failed != "":
		return errors.New(r.Failed)
	}
	return nil
}

// workerVariable tells a process of this program that it is there to run jq.
const workerVariable = "PARLEY_JQ_WORKER"

func startProcess() (*process, error) {
	if worker.Asked(workerVariable) {
		return nil, errors.New("jq cannot be started: this program does not call filter.Serve when it begins")
	}
	started, err := worker.Start(workerVariable, os.Environ()) // the time zone counts in jq
	if err != nil {
		return nil, fmt.Errorf("jq cannot be started: %w", err)
	}
	return &process{Process: started, idle: true}, nil
}

// run has the process run an expression over a body. Afterwards the process is
// idle, or of no use any more.
func (p *process) run(ctx context.Context, expression string, in Input, w io.Writer) (Result, error) {
	p.idle = false
	unwatch := context.AfterFunc(ctx, p.Kill)
	feeding, enough := context.WithCancel(ctx)
	defer enough()
	fed := make(chan error, 1)
	go func() { fed <- p.feed(&reader{ctx: feeding, src: in.Source}, task{expression, in.Raw, p.kept}) }()
	r, err := p.results(w)
	if !r.Whole {
		enough()
		p.Kill() // nobody reads what it is still fed
	}
	broken := <-fed
	result := Result{r.Count, jsonKind(r.Count, in.Raw)}
	if !unwatch() || ctx.Err() != nil {
		return result, context.Cause(ctx)
	}
	p.idle = r.Whole && err == nil
	if err == nil {
		err = cmp.Or(broken, r.err())
	}
	return result, err
}

// feed sends a task and its body, and returns why the body ended early.
func (p *process) feed(from *reader, t task) error {
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	if writeFrame(p.Stdin, taskFrame, text) != nil {
		return nil // it has ended, and results knows why
	}
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 && writeFrame(p.Stdin, textFrame, buf[:n]) != nil {
			return nil
		}
		if err == nil {
			continue
		}
		kind := brokenFrame
		if errors.Is(err, io.EOF) {
			kind, err = endFrame, nil
		}
		_ = writeFrame(p.Stdin, kind, nil)
		if from.ctx.Err() != nil {
			return nil
		}
		return err
	}
}

// results writes to w what the process finds, until it reports.
func (p *process) results(w io.Writer) (report, error) {
	buf := make([]byte, 64<<10)
	for {
		kind, size, err := readFrame(p.Stdout)
		if err == nil && kind == reportFrame {
			var r report
			text, err := readText(p.Stdout, size)
			return r, cmp.Or(err, json.Unmarshal(text, &r))
		}
		for ; err == nil && size > 0; size -= min(size, len(buf)) {
			piece := buf[:min(size, len(buf))]
			if _, err = io.ReadFull(p.Stdout, piece); err != nil {
				break
			}
			if _, err := w.Write(piece); err != nil {
				return report{}, err
			}
		}
		if err != nil {
			return report{}, p.whyItEnded()
		}
	}
}

// whyItEnded says why there was no report.
func (p *process) whyItEnded() error {
	fate := p.End()
	switch {
	case fate.StackOverflow:
		return ErrTooDeep
	case fate.OutOfMemory:
		return ErrTooMuch
	case fate.Complaint != "":
		return fmt.Errorf("jq ended unexpectedly: %s", fate.Complaint)
	}
	return fmt.Errorf("jq ended unexpectedly: %w", cmp.Or(fate.Err, io.ErrUnexpectedEOF))
}
