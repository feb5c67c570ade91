package ui

import (
	"bufio"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// unload takes the program's own file out of its memory, where nobody has written into it. What is used again comes back
// from the system's cache, a few pages in place of the many that the start has run through. Where the system does not let
// us, nothing is lost.
func unload() {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	list, err := os.Open("/proc/self/smaps")
	if err != nil {
		return
	}
	defer list.Close()
	var start, end uint64 // of the part of the file that the lines tell of, 0 for what is not one
	for lines := bufio.NewScanner(list); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) < 3:
		case !strings.HasSuffix(fields[0], ":"):
			start, end = 0, 0
			if len(fields) == 6 && fields[5] == program && (fields[1] == "r-xp" || fields[1] == "r--p") {
				start, end = rangeOf(fields[0])
			}
		case fields[0] == "Anonymous:" && fields[1] == "0" && start < end: // else the linker has written there
			_, _, _ = unix.Syscall(unix.SYS_MADVISE, uintptr(start), uintptr(end-start), unix.MADV_DONTNEED)
		}
	}
}

// rangeOf reads "400000-17dc000"; what is none is empty.
func rangeOf(text string) (start, end uint64) {
	from, to, _ := strings.Cut(text, "-")
	start, err := strconv.ParseUint(from, 16, 64)
	if err != nil {
		return 0, 0
	}
	if end, err = strconv.ParseUint(to, 16, 64); err != nil {
		return 0, 0
	}
	return start, end
}
