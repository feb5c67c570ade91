//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// peak is the memory that an ended process had at most, in bytes.
func peak(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return usage.Maxrss
	}
	return usage.Maxrss << 10
}
