package credentials

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	// maxOutput bounds what a command may print, maxComplaint what of its standard error is looked at.
	maxOutput    = 1 << 20
	maxComplaint = 16 << 10
	// waitDelay is how long is waited for the output of a command that was ended.
	waitDelay = 2 * time.Second
)

// RunCommand returns a function that runs a line of the shell of an operating system (runtime.GOOS) and returns what it
// printed. Its error has the last line that the command wrote to standard error. Ending ctx ends the command.
func RunCommand(goos string) func(ctx context.Context, line string) (string, error) {
	shell, flag := "sh", "-c"
	if goos == "windows" {
		shell, flag = "cmd", "/c"
	}
	return func(ctx context.Context, line string) (string, error) {
		command := exec.CommandContext(ctx, shell, flag, line)
		output, complaint := &capped{room: maxOutput}, &capped{room: maxComplaint}
		command.Stdout, command.Stderr = output, complaint
		command.WaitDelay = waitDelay
		if err := command.Run(); err != nil {
			if said := lastLine(complaint.String()); said != "" {
				return "", fmt.Errorf("%w: %s", err, said)
			}
			return "", err
		}
		if output.overflown {
			return "", errors.New("it printed more than 1 MiB")
		}
		return output.String(), nil
	}
}

// capped keeps the beginning of what is written, and takes the rest.
type capped struct {
	bytes.Buffer
	room      int
	overflown bool
}

func (c *capped) Write(p []byte) (int, error) {
	kept := p[:min(len(p), c.room-c.Len())]
	c.overflown = c.overflown || len(kept) < len(p)
	c.Buffer.Write(kept)
	return len(p), nil
}

// ReadFrom keeps io.Copy from going around Write.
func (c *capped) ReadFrom(r io.Reader) (int64, error) { return io.Copy(struct{ io.Writer }{c}, r) }

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	last := strings.TrimSpace(lines[len(lines)-1])
	if !utf8.ValidString(last) {
		last = strings.ToValidUTF8(last, "\uFFFD")
	}
	return last
}
