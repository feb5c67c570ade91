package cli_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestChunkedInputLeavesAsItComes has the server answer the first line before the second is written.
func TestChunkedInputLeavesAsItComes(t *testing.T) {
	seen := make(chan string)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		for lines := bufio.NewScanner(r.Body); lines.Scan(); {
			seen <- lines.Text()
		}
		close(seen)
	}))
	defer server.Close()
	command := parley(t, "send", "POST", server.URL, "--chunked", "@-")
	command.Env = append(command.Env, "PARLEY_HOME="+t.TempDir())
	stdin, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer command.Process.Kill()
	ctx := watchdog(t)
	for _, line := range []string{"first", "second"} {
		if _, err := io.WriteString(stdin, line+"\n"); err != nil {
			t.Fatal(err)
		}
		select {
		case got := <-seen:
			if got != line {
				t.Fatalf("the server sees %q, want %q", got, line)
			}
		case <-ctx.Done():
			t.Fatalf("%q does not arrive while the input goes on", line)
		}
	}
	if err := stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if _, more := <-seen; more {
		t.Error("there is more than was written")
	}
	if err := command.Wait(); err != nil {
		t.Error(err)
	}
}

// TestEventsAreForPeopleAtATerminal looks at what a person sees of a stream.
func TestEventsAreForPeopleAtATerminal(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, ": hello\nid: 7\nevent: tick\ndata: {\"n\":1,\"of\":[2]}\n\ndata: plain\ndata: text\n\n")
	}))
	defer server.Close()
	got := ourStyle.ReplaceAllString(onTerminal(t, t.TempDir(), "send", server.URL, "--stream", "events", "--reconnect", "0"), "")
	want := ": hello\ntick  id 7\n{\n  \"n\": 1,\n  \"of\": [\n    2\n  ]\n}\n\nmessage  id 7\nplain\ntext\n\n"
	if got = strings.ReplaceAll(got, "\r\n", "\n"); got != want {
		t.Errorf("a person sees\n%s\nwant\n%s", got, want)
	}
}
