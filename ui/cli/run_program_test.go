package cli_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"parley/httpcore/playground"
	"parley/testdata/terminal"
)

// saved writes a collection.
func saved(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// On a terminal the lines of what did not pass stay, and nothing else.
func TestRunOnATerminal(t *testing.T) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	dir := saved(t, map[string]string{
		"collection.toml": "",
		"bad.toml":        "url = '{{base_url}}/users/github'\nexpect = { \"is ada\" = 'json.login == \"ada\"' }\n",
		"good.toml":       "url = '{{base_url}}/users/github'\n",
		"slow.toml":       "url = '{{base_url}}/delay/0.6'\n",
	})
	for name, environ := range map[string]string{"live": "TERM=xterm", "dumb": "TERM=dumb", "without colours": "NO_COLOR=1"} {
		t.Run(name, func(t *testing.T) {
			built := parley(t, "run", "-C", dir, "--var", "base_url="+server.URL)
			command := exec.Command("env", append([]string{environ, "PARLEY_HOME=" + t.TempDir()}, built.Args...)...) // after the terminal's own
			tty, err := terminal.Start(command, terminal.Options{Width: 80, Height: 20})
			if err != nil {
				t.Skip("there are no terminals here:", err)
			}
			defer tty.Close()
			exit, ok := errors.AsType[*exec.ExitError](tty.Ended(watchdog(t)))
			if !ok || exit.ExitCode() != 1 {
				t.Errorf("it ends with %v", exit)
			}
			screen, output := tty.Screen(), string(tty.Output())
			for _, want := range []string{"FAILED   bad  200 OK", "    not as expected: is ada", "3 requests: 2 passed, 1 failed"} {
				if !strings.Contains(screen, want) {
					t.Errorf("there is no %q on\n%s", want, screen)
				}
			}
			if drawn := strings.Contains(output, "2/3  1 failed  1 passed"); drawn != (name != "dumb") || strings.Contains(screen, "2/3") {
				t.Errorf("the board was drawn: %v\n%s", drawn, screen)
			}
			if strings.Contains(screen, "ok       good") != (name == "dumb") || strings.Contains(output, "\x1b[31m") != (name == "live") {
				t.Errorf("the screen is\n%s\n%q", screen, output)
			}
		})
	}
}

// An interrupt ends a run at once; what ran until then is told, reported, recorded and in history.
func TestInterruptEndsARunWithItsReports(t *testing.T) {
	waits := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/wait" {
			waits <- struct{}{}
			<-r.Context().Done()
		}
	}))
	defer server.Close()
	dir := saved(t, map[string]string{
		"collection.toml": "", "1.toml": "url = '" + server.URL + "/'\n", "2.toml": "url = '" + server.URL + "/wait'\n", "3.toml": "url = '" + server.URL + "/'\n",
	})
	home, out := t.TempDir(), t.TempDir()
	command := parley(t, "run", "-C", dir, "--report", "junit="+filepath.Join(out, "r.xml"), "--report", "html="+filepath.Join(out, "r.html"), "--record", filepath.Join(out, "r.har"))
	command.Env = append(command.Env, "PARLEY_HOME="+home)
	var stdout, stderr strings.Builder
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer command.Process.Kill() //nolint:errcheck // it may have ended
	select {
	case <-waits:
	case <-watchdog(t).Done():
		t.Fatal("nothing is sent")
	}
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Skip("processes cannot be interrupted here:", err)
	}
	if err := command.Wait(); command.ProcessState.ExitCode() != 130 {
		t.Errorf("it ends with %v, want exit code 130", err)
	}
	for _, want := range []string{"ok       1  200 OK", "skipped  3  the run was interrupted", "3 requests: 1 passed"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("there is no %q in\n%s", want, stdout.String())
		}
	}
	if stderr.String() != "parley: interrupted\n" {
		t.Errorf("stderr has %q", stderr.String())
	}
	var suites struct {
		Tests int `xml:"tests,attr"`
	}
	if err := xml.Unmarshal(content(t, out, "r.xml"), &suites); err != nil || suites.Tests != 4 { // the end of the run is one
		t.Errorf("the report has %d tests, %v", suites.Tests, err)
	}
	if page := string(content(t, out, "r.html")); !strings.Contains(page, "ended before its time") || !strings.HasSuffix(page, "</html>\n") {
		t.Error("the page is not whole, or does not say how the run ended")
	}
	var archive struct {
		Log struct {
			Entries []struct {
				Error *struct{ Kind string } `json:"_error"`
			} `json:"entries"`
		} `json:"log"`
	}
	if err := json.Unmarshal(content(t, out, "r.har"), &archive); err != nil || len(archive.Log.Entries) != 2 || archive.Log.Entries[1].Error.Kind != "canceled" {
		t.Errorf("the recording has %+v, %v", archive.Log.Entries, err)
	}
	list := parley(t, "history", "list")
	list.Env = append(list.Env, "PARLEY_HOME="+home)
	if records, err := list.Output(); err != nil || strings.Count(string(records), server.URL) != 2 {
		t.Errorf("history has %s, %v", records, err)
	}
}

func content(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
