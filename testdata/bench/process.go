package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// memory returns a line of /proc/PID/status in bytes: VmHWM is the peak, VmRSS what it is now.
func memory(pid int, key string) (int64, error) {
	if err := needsProc(); err != nil {
		return 0, err
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == key+":" {
			kilobytes, err := strconv.ParseInt(fields[1], 10, 64)
			return kilobytes << 10, err
		}
	}
	return 0, fmt.Errorf("no %s in /proc/%d/status", key, pid)
}

// cpu returns how long a process's threads have run, to the nanosecond.
func cpu(pid int) (time.Duration, error) {
	if err := needsProc(); err != nil {
		return 0, err
	}
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	if err != nil {
		return 0, err
	}
	var sum time.Duration
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		ran, _, _ := strings.Cut(string(text), " ")
		nanoseconds, err := strconv.ParseInt(ran, 10, 64)
		if err != nil {
			return 0, err
		}
		sum += time.Duration(nanoseconds)
	}
	return sum, nil
}

// timed runs a command to its end, and returns how long that took and the memory it had at its peak.
func (b *bench) timed(cmd *exec.Cmd) (took time.Duration, peak int64, err error) {
	var failure strings.Builder
	cmd.Path, cmd.Args = b.launch, append([]string{b.launch}, cmd.Args...)
	cmd.Stderr = &failure
	out, err := cmd.Output()
	if err == nil {
		_, err = fmt.Sscan(string(out), (*int64)(&took), &peak)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w\n%s", cmd, err, failure.String())
	}
	return took, peak, nil
}
