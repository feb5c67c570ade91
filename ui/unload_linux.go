package ui

import (
	"bufio"
	"io"
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
	for _, part := range asOnDisk(list, program) {
		_, _, _ = unix.Syscall(unix.SYS_MADVISE, uintptr(part[0]), uintptr(part[1]-part[0]), unix.MADV_DONTNEED)
	}
}

// asOnDisk are the parts of memory, from and to, that are the program's file as it is on the disk: that can be read or run
// alone, and of which no page is the process's own, here or in the swap, because the linker has written into it.
func asOnDisk(smaps io.Reader, program string) (parts [][2]uint64) {
	var start, end uint64 // of the part that the lines tell of, 0 for one of something else
	for lines := bufio.NewScanner(smaps); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		switch {
		case len(fields) < 3:
		case !strings.HasSuffix(fields[0], ":"):
			start, end = 0, 0
			if len(fields) == 6 && fields[5] == program && (fields[1] == "r-xp" || fields[1] == "r--p") {
				start, end = rangeOf(fields[0])
			}
		case (fields[0] == "Anonymous:" || fields[0] == "Swap:") && fields[1] != "0":
			start, end = 0, 0
		case fields[0] == "VmFlags:" && start < end: // the last of its lines
			parts = append(parts, [2]uint64{start, end})
		}
	}
	return parts
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
