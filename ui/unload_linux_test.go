package ui

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// fromFiles is how many kilobytes of the process's memory are pages of files.
func fromFiles(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "RssFile:" {
			n, err := strconv.Atoi(fields[1])
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Skip("this system does not tell how much memory comes from files")
	return 0
}

func TestWhatOnlyTheStartHasRunIsNotKept(t *testing.T) {
	b := open(t, 120, 36)
	before, screen := fromFiles(t), b.Grid()
	unload()
	if after := fromFiles(t); after > before/2 {
		t.Errorf("%d KB of the program's file are in memory, were %d KB", after, before)
	}
	b.Press("ctrl+p", "esc")
	if b.Grid() != screen {
		t.Errorf("the screen is another one:\n%s", b.Grid())
	}
}

// What the process has written into is its own, in memory and in the swap: it would be lost.
func TestOnlyWhatIsAsOnTheDiskIsGivenBack(t *testing.T) {
	const as = "Rss: 8 kB\nAnonymous: 0 kB\nSwap: 0 kB\nVmFlags: rd ex mr\n"
	own := strings.Replace(as, "Anonymous: 0", "Anonymous: 4", 1)
	swapped := strings.Replace(as, "Swap: 0", "Swap: 4", 1)
	list := "1000-2000 r-xp 00000000 fe:00 7 /bin/parley\n" + as +
		"2000-3000 r--p 00001000 fe:00 7 /bin/parley\n" + own +
		"3000-4000 r--p 00002000 fe:00 7 /bin/parley\n" + swapped +
		"4000-5000 rw-p 00003000 fe:00 7 /bin/parley\n" + as +
		"5000-6000 r-xp 00000000 fe:00 8 /bin/parley (deleted)\n" + as +
		"6000-7000 r-xp 00000000 fe:00 9 /lib/libc.so\n" + as +
		"7000-8000 rw-p 00000000 00:00 0\n" + as +
		"8000-9000 r--p 00004000 fe:00 7 /bin/parley\n" + as
	if got := fmt.Sprintf("%x", asOnDisk(strings.NewReader(list), "/bin/parley")); got != "[[1000 2000] [8000 9000]]" {
		t.Errorf("given back is %s", got)
	}
	if got := asOnDisk(strings.NewReader(list), "/bin/parley (deleted)"); got != nil {
		t.Errorf("of a file that was replaced, given back is %x", got)
	}
}

func TestSpansOfMemoryAreRead(t *testing.T) {
	for text, want := range map[string][2]uint64{
		"400000-17dc000": {0x400000, 0x17dc000}, "": {}, "400000": {}, "x-1": {}, "1-x": {},
	} {
		if start, end := rangeOf(text); start != want[0] || end != want[1] {
			t.Errorf("%q is %x to %x", text, start, end)
		}
	}
}
