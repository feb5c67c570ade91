package ui

import (
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

func TestSpansOfMemoryAreRead(t *testing.T) {
	for text, want := range map[string][2]uint64{
		"400000-17dc000": {0x400000, 0x17dc000}, "": {}, "400000": {}, "x-1": {}, "1-x": {},
	} {
		if start, end := rangeOf(text); start != want[0] || end != want[1] {
			t.Errorf("%q is %x to %x", text, start, end)
		}
	}
}
