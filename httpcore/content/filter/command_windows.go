package filter

import (
	"context"
	"os/exec"
	"strconv"
	"syscall"
)

// shell returns a command for cmd.exe, which reads the line as it is: Go's
// quoting of arguments is not cmd's. Its programs end with it.
func shell(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "cmd")
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: `cmd /D /S /C "` + line + `"`, CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
	cmd.Cancel = func() error {
		// A group is no tree on Windows: taskkill ends the children too.
		tree := exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid))
		if tree.Run() == nil {
			return nil
		}
		return cmd.Process.Kill()
	}
	return cmd
}
