package filter

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	"parley/httpcore/content"
)

// command is a line for the shell of this machine: the body is its input, what
// it prints the result. Compiling it runs nothing; who calls Run has asked a
// person first.
type command struct{ line string }

func compileCommand(expression string) (Filter, error) {
	if strings.TrimSpace(expression) == "" {
		return nil, &SyntaxError{len(expression), "expected a command, the expression ends"}
	}
	return command{expression}, nil
}

func (command) Memory(int64) int64 { return 0 }

// CommandError is a command that ended with another code than 0.
type CommandError struct {
	Code   int    // -1 if a signal ended it
	Reason string // "exit status 2", "signal: killed"
	Stderr string // the end of what it printed there
}

func (e *CommandError) Error() string {
	if e.Stderr == "" {
		return "the command ended with " + e.Reason
	}
	return fmt.Sprintf("the command ended with %s: %s", e.Reason, e.Stderr)
}

// grace is how long the output of a command may stay open after its end: a
// program that it left in the background holds it.
const grace = 2 * time.Second

// Run runs the command. When ctx ends, the command is killed, and with it what
// it has started.
func (c command) Run(ctx context.Context, in Input, w io.Writer) (Result, error) {
	cmd := shell(ctx, c.line)
	stdout, stderr := &output{to: w}, &tail{}
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = stdout, stderr, grace
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return Result{}, err
	}
	if err := cmd.Start(); err != nil {
		return Result{}, fmt.Errorf("the command cannot be started: %w", err)
	}
	feeding, enough := context.WithCancel(ctx)
	defer enough()
	fed := make(chan error, 1)
	go func() { fed <- feed(stdin, &reader{ctx: feeding, src: in.Source}) }()
	err = cmd.Wait()
	enough() // a command may end before the body does
	broken := <-fed
	result := Result{stdout.lines(), stdout.kind()}
	exit, failed := errors.AsType[*exec.ExitError](err)
	switch {
	case ctx.Err() != nil:
		return result, context.Cause(ctx)
	case stdout.err != nil:
		return result, stdout.err
	case failed:
		return result, &CommandError{exit.ExitCode(), exit.String(), stderr.text()}
	case errors.Is(err, exec.ErrWaitDelay):
		return result, broken // the command itself has ended well
	}
	return result, cmp.Or(err, broken)
}

// feed gives a command its input, and returns why the body ended early.
func feed(stdin io.WriteCloser, from *reader) error {
	defer stdin.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if _, closed := stdin.Write(buf[:n]); closed != nil {
			return nil // the command has seen enough
		}
		if err == io.EOF || from.ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// output counts lines and looks at what passes.
type output struct {
	to    io.Writer
	head  []byte
	count int64
	open  bool // the last line has no end yet
	err   error
}

func (o *output) Write(p []byte) (int, error) {
	o.head = append(o.head, p[:min(len(p), content.SniffLen-len(o.head))]...)
	for _, c := range p {
		if c == '\n' {
			o.count++
		}
	}
	if len(p) > 0 {
		o.open = p[len(p)-1] != '\n'
	}
	n, err := o.to.Write(p)
	o.err = err
	return n, err
}

func (o *output) lines() int64 {
	if o.open {
		return o.count + 1
	}
	return o.count
}

func (o *output) kind() content.Kind { return content.Sniff("", o.head) }

// maxStderr is how much of what a command prints on stderr is kept.
const maxStderr = 4 << 10

// tail keeps the end of what is written.
type tail struct{ buf []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.buf = append(t.buf, p[max(len(p)-maxStderr, 0):]...)
	t.buf = append(t.buf[:0], t.buf[max(len(t.buf)-maxStderr, 0):]...)
	return len(p), nil
}

func (t *tail) text() string { return strings.TrimSpace(string(t.buf)) }
