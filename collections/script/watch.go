package script

import (
	"os"
	"strconv"
	"strings"
)

// spare is what the process of a script takes beside its script: the program itself, and garbage that waits to be
// collected.
const spare = 48 << 20

// resident returns how much memory a process has that no file backs, where the system tells it (Linux).
func resident(pid int) (bytes int64, known bool) {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0, false
	}
	fields := strings.Fields(string(data))
	if len(fields) < 3 {
		return 0, false
	}
	all, err := strconv.ParseInt(fields[1], 10, 64)
	shared, err2 := strconv.ParseInt(fields[2], 10, 64)
	return (all - shared) * int64(os.Getpagesize()), err == nil && err2 == nil
}
