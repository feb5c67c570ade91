package cli_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"parley/httpcore/playground"
)

func TestInterruptCancelsAtOnce(t *testing.T) {
	recorder, err := playground.StartRecorder("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
	if err != nil {
		t.Fatal(err)
	}
	defer recorder.Close()
	command := parley(t, "send", recorder.URL)
	command.Env = append(command.Env, "PARLEY_HOME="+t.TempDir())
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer command.Process.Kill()
	got := make([]byte, 3)
	if _, err := io.ReadFull(stdout, got); err != nil || string(got) != "abc" {
		t.Fatalf("what has arrived is not printed: %q, %v", got, err)
	}
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Skip("processes cannot be interrupted here:", err)
	}
	if err := command.Wait(); command.ProcessState.ExitCode() != 130 {
		t.Errorf("it ends with %v, want exit code 130", err)
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
			command := parley(t, append([]string{"send", server.URL + "/?type=" + tc.mediaType}, tc.args...)...)
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
