//go:build unix

package ui

import (
	"os"
	"syscall"
)

// hangups are the signals that end the workbench.
var hangups = []os.Signal{syscall.SIGHUP, syscall.SIGTERM, os.Interrupt}
