package cli_test

import (
	"regexp"
	"strings"
	"testing"

	"parley/httpcore/playground"
	"parley/testdata/terminal"
)

// TestDownloadShowsItsProgress downloads slowly at a terminal.
func TestDownloadShowsItsProgress(t *testing.T) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	command := parley(t, "send", server.URL+"/download/slow.bin?size=200000&rate=200000", "--download")
	command.Dir = t.TempDir()
	command.Env = append(command.Env, "PARLEY_HOME="+t.TempDir())
	tty, err := terminal.Start(command, terminal.Options{Width: 80, Height: 10})
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	if err := tty.Ended(watchdog(t)); err != nil {
		t.Fatalf("%v: %q", err, tty.Output())
	}
	output := string(tty.Output())
	if !regexp.MustCompile(`\[=+ +\]  +\d+%  \d+ kB of 200 kB  \d+ kB/s  \d+s left`).MatchString(output) {
		t.Errorf("no bar in %q", output)
	}
	for line := range strings.SplitSeq(output, "\r\x1b[K") {
		if first, _, _ := strings.Cut(line, "\r\n"); len(first) >= 80 {
			t.Errorf("%d columns of 80: %q", len(first), first)
		}
	}
	end := output[strings.LastIndex(output, "\x1b[K")+len("\x1b[K"):]
	if strings.Contains(end, "%") || !strings.Contains(end, "saved in slow.bin") {
		t.Errorf("in the end the terminal shows %q", end)
	}
}
