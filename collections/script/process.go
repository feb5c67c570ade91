package script

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
)

// process is this program once more, to run scripts in.
type process struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout *bufio.Reader
	stderr *head
	usable bool // it has ended its script in good order and waits for another
}

// workerVariable tells a process of this program that it is there to run scripts.
const workerVariable = "PARLEY_SCRIPT_WORKER"

func startProcess() (*process, error) {
	if os.Getenv(workerVariable) != "" {
		return nil, errors.New("hooks cannot be run: this program does not call script.Serve when it begins")
	}
	program, err := ownProgram()
	if err != nil {
		return nil, fmt.Errorf("hooks cannot be run: %w", err)
	}
	cmd := exec.Command(program)
	cmd.Args[0] = os.Args[0]
	// The environment is not for scripts, whatever may become of the process that they are in; the time zone is.
	cmd.Env = []string{workerVariable + "=1", "GOTRACEBACK=none", "TZ=" + os.Getenv("TZ"), "SYSTEMROOT=" + os.Getenv("SYSTEMROOT")}
	if _, set := os.LookupEnv("TZ"); !set {
		cmd.Env = append(cmd.Env[:2:2], cmd.Env[3])
	}
	setApart(cmd)
	p := &process{cmd: cmd, stderr: &head{}}
	cmd.Stderr = p.stderr
	if p.stdin, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.stdout = bufio.NewReaderSize(stdout, 64<<10)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("hooks cannot be run: %w", err)
	}
	return p, nil
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

// end kills the process and waits for its end.
func (p *process) end() {
	p.kill()
	p.stdin.Close()
	_ = p.cmd.Wait() // it was killed
}

func (p *process) kill() { _ = p.cmd.Process.Kill() } // it may have ended

// whyItEnded tells a process that ran out of memory or stack from one that broke.
func (p *process) whyItEnded() (Why, string) {
	p.end()
	switch text := p.stderr.buf; {
	case bytes.Contains(text, []byte("stack overflow")), bytes.Contains(text, []byte("out of memory")):
		return WhyMemory, tooMuch()
	case len(text) > 0:
		first, _, _ := bytes.Cut(text, []byte("\n"))
		return WhyBroken, fmt.Sprintf("its process ended unexpectedly: %s", first)
	}
	return WhyBroken, "its process ended unexpectedly"
}

// head keeps the beginning of what is written.
type head struct{ buf []byte }

func (h *head) Write(p []byte) (int, error) {
	const most = 512
	h.buf = append(h.buf, p[:min(len(p), most-len(h.buf))]...)
	return len(p), nil
}
