package cli_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestFiltersLeaveTheTerminalAlone selects text that a terminal would act on, and that a filter gives as it is.
func TestFiltersLeaveTheTerminalAlone(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", r.URL.Query().Get("type"))
		if strings.HasSuffix(r.URL.Query().Get("type"), "json") {
			io.WriteString(w, `{"a":"\u001b]0;title\u0007\u009b2J\u202eesrever","\u009b2J":"esrever"}`+"\n")
		} else {
			io.WriteString(w, "<a b='\u202eesrever'>\u009b2J\u202eesrever</a>")
		}
	}))
	defer server.Close()
	home := t.TempDir()
	for _, args := range [][]string{
		{"application/json", "--jq", "."},
		{"application/json", "--jq", ".a", "-r"},
		{"application/json", "--jsonpath", "$.*"},
		{"application/json", "--jsonpath", "$.a", "-r", "--pretty", "none"},
		{"application/json", "--jq", ".\u202eesrever"},
		{"application/x-ndjson", "--stream", "lines", "--jq", ".a", "-r"},
		{"application/xml", "--xpath", "//a"},
		{"application/xml", "--xpath", "//@b"},
		{"text/html", "--xpath", "//a", "--pretty", "all"},
	} {
		leavesAlone(t, home, "esrever", append([]string{"send", server.URL + "/?type=" + args[0]}, args[1:]...)...)
	}
	leavesAlone(t, home, "expected an object but got: string", "send", server.URL+"/?type=application/json", "--jq", ".a.b")
}

func TestResultsAreInColoursOnATerminalALineEach(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `[{"n": 1}, "two"]`)
	}))
	defer server.Close()
	got := onTerminal(t, t.TempDir(), "send", server.URL, "--jsonpath", "$[*]")
	plain := ourStyle.ReplaceAllString(got, "")
	if !strings.Contains(plain, "{\"n\": 1}\r\n\"two\"\r\n") || !strings.Contains(got, "\x1b[32m\"two\"") {
		t.Errorf("the terminal shows %q", got)
	}
}

func TestASecretInAResultIsMaskedOnATerminal(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"sent": %q}`, r.URL.Query().Get("q"))
	}))
	defer server.Close()
	t.Setenv("PARLEY_SECRET_TOKEN", "s3same-token")
	got := onTerminal(t, t.TempDir(), "send", server.URL+"/?q=x{{secret('token')}}y", "--jq", ".sent", "-r")
	if strings.Contains(got, "s3same-token") || !strings.Contains(got, "x••••y") {
		t.Errorf("the terminal shows %q", got)
	}
}

// TestJSONPathPrintsWhileTheBodyArrives has the server wait until what it sent was selected from.
func TestJSONPathPrintsWhileTheBodyArrives(t *testing.T) {
	for _, args := range [][]string{{"--jsonpath", "$.n"}, {"--jq", ".n"}, {"--stream", "lines", "--jq", ".n"}} {
		seen := make(chan struct{})
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/x-ndjson")
			for n := range 3 {
				fmt.Fprintf(w, "{\"n\": %d}\n", n)
				w.(http.Flusher).Flush()
				select {
				case <-seen:
				case <-r.Context().Done():
					return
				}
			}
		}))
		command := parley(t, append([]string{"send", server.URL}, args...)...)
		command.Env = append(command.Env, "PARLEY_HOME="+t.TempDir())
		out, err := command.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		stop := watchdog(t)
		go func() {
			<-stop.Done()
			command.Process.Kill()
		}()
		lines := bufio.NewScanner(out)
		for n := range 3 {
			if !lines.Scan() || lines.Text() != fmt.Sprint(n) {
				t.Fatalf("%q: line %d is %q", args, n, lines.Text())
			}
			seen <- struct{}{}
		}
		if err := command.Wait(); err != nil {
			t.Errorf("%q: %v", args, err)
		}
		server.Close()
	}
}

func TestALargeBodyForJQIsSaid(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `["%s"]`, strings.Repeat("x", 17<<20))
	}))
	defer server.Close()
	home := t.TempDir()
	for _, c := range []struct {
		args []string
		warn bool
	}{{[]string{"--jq", "length"}, true}, {[]string{"--jsonpath", "$[1]"}, false}} {
		command := parley(t, append([]string{"send", server.URL}, c.args...)...)
		command.Env = append(command.Env, "PARLEY_HOME="+home)
		var stderr bytes.Buffer
		command.Stderr = &stderr
		if out, err := command.Output(); err != nil || c.warn && string(out) != "1\n" {
			t.Errorf("%q: %.80q, %v, %s", c.args, out, err, &stderr)
		}
		if warned := strings.Contains(stderr.String(), "warning: the body has more than 16 MB"); warned != c.warn {
			t.Errorf("%q says %q", c.args, &stderr)
		}
	}
}
