package main

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
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
	command := parley("send", server.URL+"/download/slow.bin?size=200000&rate=200000", "--download")
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

// TestInterruptEndsStreamsAndDownloads interrupts what would go on for ever: at once, with exit code 130, and what came of
// a download is kept.
func TestInterruptEndsStreamsAndDownloads(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", r.URL.Query().Get("type"))
		w.Header().Set("ETag", `"v1"`)
		fmt.Fprint(w, "data: a\n\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	defer server.Close()
	for _, tc := range []struct {
		mediaType string
		args      []string
	}{
		{"text/event-stream", []string{"--stream", "events"}},
		{"text/plain", []string{"--stream", "lines"}},
		{"text/plain", []string{"--stream", "raw"}},
		{"text/plain", []string{"--download", "-o", "file"}},
	} {
		t.Run(strings.Join(tc.args, " "), func(t *testing.T) {
			command := parley(append([]string{"send", server.URL + "/?type=" + tc.mediaType}, tc.args...)...)
			command.Dir = t.TempDir()
			command.Env = append(command.Env, "PARLEY_HOME="+t.TempDir())
			stdout, err := command.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			defer command.Process.Kill()
			part := filepath.Join(command.Dir, "file.part")
			if tc.args[0] == "--download" {
				waitForContent(t, part)
			} else if line, err := bufio.NewReader(stdout).ReadString('\n'); err != nil || !strings.Contains(line, "a") {
				t.Fatalf("%q, %v: what has arrived is not printed", line, err)
			}
			interrupt(t, command)
			if _, err := os.Stat(part); tc.args[0] == "--download" && err != nil {
				t.Errorf("what was downloaded is gone: %v", err)
			}
		})
	}
}

func waitForContent(t *testing.T, name string) {
	t.Helper()
	for ctx := watchdog(t); ; {
		if data, err := os.ReadFile(name); err == nil && len(data) > 0 {
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("%s stays empty", name)
		}
	}
}

func interrupt(t *testing.T, command *exec.Cmd) {
	t.Helper()
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := command.Wait(); command.ProcessState.ExitCode() != 130 {
		t.Errorf("it ends with %v, want exit code 130", err)
	}
}
