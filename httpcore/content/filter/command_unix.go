//go:build unix

package filter

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// shell returns a command of a group of its own, so that all of it can be killed.
func shell(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "sh", "-c", line)
	setApart(cmd)
	cmd.Cancel = func() error {
		err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		if errors.Is(err, syscall.ESRCH) {
			return os.ErrProcessDone
		}
		return err
	}
	return cmd
}

// setApart puts a command into a group of its own: a key that interrupts this
// program is not for it.
func setApart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
