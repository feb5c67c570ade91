//go:build unix

package filter

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"

	"parley/httpcore/content/worker"
)

// shell returns a command of a group of its own, so that all of it can be killed.
func shell(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "sh", "-c", line)
	worker.SetApart(cmd)
	cmd.Cancel = func() error {
		err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		if errors.Is(err, syscall.ESRCH) {
			return os.ErrProcessDone
		}
		return err
	}
	return cmd
}
