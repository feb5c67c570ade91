// Package worker starts this program once more, as a process for work that nothing in this one could hold: what a stranger
// wrote and what may nest, build or go on without end. Overflowing the stack ends a Go program at once, and so it shall be
// one that nobody misses.
//
// A worker knows what it is by a variable of its environment: the program asks [Asked] before it does anything else, and
// what is asked for reads the work from standard input and writes what comes of it to standard output, in frames that both
// sides agree on. [Start] begins a process, [Process.End] ends it and frees what it holds; whoever has started it, ends it.
// Stdin and Stdout are for one goroutine each. [Process.Kill] may be called at any time, by anyone.
package worker

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"runtime"
)

// Asked reports whether this process was started to do the work that variable names.
func Asked(variable string) bool { return os.Getenv(variable) != "" }

// Process is this program once more.
type Process struct {
	Stdin  io.WriteCloser
	Stdout *bufio.Reader

	cmd    *exec.Cmd
	stderr head
}

// Start begins the process that variable names, with environ ("NAME=value") as the rest of its environment.
func Start(variable string, environ []string) (*Process, error) {
	program, err := ownProgram()
	if err != nil {
		return nil, err
	}
	p := &Process{cmd: exec.Command(program)}
	p.cmd.Args[0] = os.Args[0]
	p.cmd.Env = append(environ[:len(environ):len(environ)], variable+"=1", "GOTRACEBACK=none")
	p.cmd.Stderr = &p.stderr
	SetApart(p.cmd)
	if p.Stdin, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.Stdout = bufio.NewReaderSize(stdout, 64<<10)
	return p, p.cmd.Start()
}

// ownProgram is the file of this program, on Linux also once another has taken its place.
func ownProgram() (string, error) {
	if runtime.GOOS == "linux" {
		if _, err := os.Stat("/proc/self/exe"); err == nil {
			return "/proc/self/exe", nil
		}
	}
	return os.Executable()
}

// ID is the number of the process.
func (p *Process) ID() int { return p.cmd.Process.Pid }

// Kill ends the process at once. It may have ended before.
func (p *Process) Kill() { _ = p.cmd.Process.Kill() }

// End kills the process, waits for its end and says why it had ended before.
func (p *Process) End() Fate {
	p.Kill()
	p.Stdin.Close()
	fate := Fate{Err: p.cmd.Wait()}
	complaint := p.stderr.buf
	fate.StackOverflow = bytes.Contains(complaint, []byte("stack overflow"))
	fate.OutOfMemory = bytes.Contains(complaint, []byte("out of memory"))
	first, _, _ := bytes.Cut(complaint, []byte("\n"))
	fate.Complaint = string(first)
	return fate
}

// Fate is what became of a process.
type Fate struct {
	StackOverflow, OutOfMemory bool
	Complaint                  string // the first line of what it wrote to standard error
	Err                        error  // as [exec.Cmd.Wait] has it
}

// head keeps the beginning of what is written.
type head struct{ buf []byte }

func (h *head) Write(p []byte) (int, error) {
	const most = 512
	h.buf = append(h.buf, p[:min(len(p), most-len(h.buf))]...)
	return len(p), nil
}
