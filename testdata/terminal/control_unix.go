//go:build unix

package terminal

import (
	"os/exec"
	"syscall"
)

// control makes the terminal the controlling one of a session of cmd's own, as a terminal program expects.
func control(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
}
