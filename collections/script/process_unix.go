//go:build unix

package script

import (
	"os/exec"
	"syscall"
)

// setApart puts a command into a group of its own: a key that interrupts this program is not for it.
func setApart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
