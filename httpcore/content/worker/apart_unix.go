//go:build unix

package worker

import (
	"os/exec"
	"syscall"
)

// SetApart puts a command into a group of its own: a key that interrupts this program is not for it.
func SetApart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
