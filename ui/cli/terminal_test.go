package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parley/httpcore/playground"
)

func TestSendLeavesTheTerminalAlone(t *testing.T) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	head, err := playground.StartFault("hostile-head", playground.FaultOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer head.Close()
	home, hostile := t.TempDir(), server.URL+"/hostile"
	for _, args := range [][]string{
		{"send", hostile, "--pretty", "all"},
		{"send", hostile, "--pretty", "format"},
		{"send", hostile, "--pretty", "colors"},
		{"send", hostile, "--pretty", "none"},
		{"send", hostile, "-v"},
		{"send", hostile, "--har"},
		{"history", "show", "--pretty", "all"},
		{"send", head.URL, "-v"},
		{"send", head.URL, "-v", "--fail"},
		{"send", head.URL, "--har"},
		{"history", "show"},
		{"history", "list"},
		{"send", "--offline", server.URL + "/x", "a=\x1b]0;title\a"},
		{"send", "\x1b[2Jnothing"},
		{"\x1b[2J"},
	} {
		leavesAlone(t, home, "", args...)
	}
	foreign := "\x1b]0;title\a\u009b2J\u202eesrever"
	setting, err := playground.StartRecorder("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" +
		"Set-Cookie: \u009b2J\u202eesrever=\u202eesrever; Path=/\u202eesrever\r\n\r\n{}")
	if err != nil {
		t.Fatal(err)
	}
	defer setting.Close()
	for _, args := range [][]string{
		{"cookies", "list", "--session", "hostile"},
		{"cookies", "list", "--session", "hostile", "--url", setting.URL},
		{"cookies", "list", "--session", "hostile", "--json"},
		{"cookies", "export", "--session", "hostile"},
		{"session", "show", "hostile"},
		{"send", setting.URL, "--session", "hostile", "--explain"},
	} {
		onTerminal(t, home, "send", setting.URL, "--session", "hostile")
		leavesAlone(t, home, "esrever", args...)
	}
	for mediaType, body := range map[string]string{
		"application/json":       `{"` + foreign + `": "` + foreign + `", ` + foreign + "}",
		"application/x-ndjson":   `"` + foreign + "\"\n",
		"text/html":              "<p title='" + foreign + "'>" + foreign + "</p><!-- " + foreign + " -->",
		"application/xml":        "<a " + foreign + "='1'>" + foreign + "</a>",
		"application/javascript": "f('" + foreign + "') // " + foreign,
		"text/csv":               foreign,
	} {
		recorder, err := playground.StartRecorder(fmt.Sprintf(
			"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", mediaType, len(body), body))
		if err != nil {
			t.Fatal(err)
		}
		defer recorder.Close()
		leavesAlone(t, home, "esrever", "send", recorder.URL)
	}
}

// TestStreamsLeaveTheTerminalAlone prints streams of text that a terminal would act on.
func TestStreamsLeaveTheTerminalAlone(t *testing.T) {
	const foreign = "\x1b]0;title\a\u009b2J\u202eesrever"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", r.URL.Query().Get("type"))
		fmt.Fprintf(w, ": %[1]s\nid: %[1]s\nevent: %[1]s\ndata: %[1]s\n\ndata: {\"%[1]s\": 1}\n\n{\"a\": \"%[1]s\"}\r\n%[1]s\n", foreign)
	}))
	defer server.Close()
	home := t.TempDir()
	for _, args := range []string{
		"text/event-stream --stream events --reconnect 0",
		"text/event-stream --stream events --reconnect 0 --pretty none",
		"application/x-ndjson --stream lines",
		"text/plain --stream lines",
		"text/plain --stream raw",
		"text/plain --stream raw -vv",
	} {
		words := strings.Fields(args)
		leavesAlone(t, home, "esrever", append([]string{"send", server.URL + "/?type=" + words[0]}, words[1:]...)...)
	}
}

func TestWhatIsPrintedOfARequestEndsItsLine(t *testing.T) {
	shown := onTerminal(t, t.TempDir(), "send", ":1/x", "name=Ada", "--offline")
	if !strings.HasSuffix(shown, "{\"name\": \"Ada\"}\r\n") {
		t.Errorf("the terminal shows %q", shown)
	}
}
