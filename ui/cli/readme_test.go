package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"

	"parley/collections"
	"parley/collections/check"
	"parley/collections/disk"
	"parley/collections/example"
	"parley/collections/home"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/themes"
)

// block is a fenced piece of the README.
type block struct{ language, text string }

var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

func readmeBlocks(t *testing.T, language string) []block {
	t.Helper()
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var found []block
	for _, m := range fence.FindAllStringSubmatch(string(data), -1) {
		if m[1] == language {
			found = append(found, block{m[1], m[2]})
		}
	}
	if len(found) == 0 {
		t.Fatalf("the README shows no %s", language)
	}
	return found
}

var fileName = regexp.MustCompile(`^# (\S+\.toml)`)

// readmeCollection writes the files that the README shows; the first one without a name is the configuration.
func readmeCollection(t *testing.T) (dir string, config []byte) {
	t.Helper()
	dir = t.TempDir()
	for _, b := range readmeBlocks(t, "toml") {
		name := fileName.FindStringSubmatch(b.text)
		if name == nil && config == nil {
			config = []byte(b.text)
		}
		if name == nil {
			continue
		}
		if strings.HasPrefix(name[1], "themes/") {
			readableTheme(t, b.text)
			continue
		}
		path := filepath.Join(dir, strings.TrimSuffix(name[1], ";"))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"environments/dev.toml": "[vars]\nbase_url = 'http://dev.test'\n",
		"users.csv":             "email\nada@example.com\nbob@example.com\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir, config
}

// readableTheme fails the test unless a text is a theme in which everything can be read.
func readableTheme(t *testing.T, text string) {
	t.Helper()
	theme, err := themes.Parse("harbour", "README.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range theme.Pairs() {
		if !pair.Enough() {
			t.Errorf("%s on %s has a contrast of %.2f", pair.Role.Name(), pair.On.Name(), pair.Ratio)
		}
	}
}

func TestTheREADMEsFilesMeanWhatTheySay(t *testing.T) {
	dir, config := readmeCollection(t)
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for node := range c.Check().All() {
		if node.Err != nil {
			t.Errorf("%s: %v", node.Path, node.Err)
		}
		if node.Kind != collections.RequestNode {
			continue
		}
		request, err := node.Request()
		if err != nil {
			t.Fatal(err)
		}
		for _, finding := range request.Findings() {
			t.Errorf("%s: %v", node.Path, &finding)
		}
	}
	file := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	settings, err := home.Load(disk.OS(), file)
	if err != nil || settings.Dark != "nord" || len(settings.Keys) != 1 {
		t.Errorf("the configuration reads as %+v, %v", settings, err)
	}
}

// An example is written as the README shows it.
func TestTheREADMEsExampleIsOne(t *testing.T) {
	for _, b := range readmeBlocks(t, "http") {
		e, err := example.Decode([]byte(b.text))
		if err != nil {
			t.Fatal(err)
		}
		if text, err := e.Encode(); string(text) != b.text || string(e.Response.Body) != `{"id":42,"name":"Ada"}` {
			t.Errorf("it is written as\n%s\n%v", text, err)
		}
	}
}

// answering is a network on which every server is up, a path such as /status/503 answers with that status, and no
// stream of events has any.
type answering struct{}

func (answering) RoundTrip(_ context.Context, p *httpcore.Prepared, _ *httpcore.Trace) (*httpcore.Reply, error) {
	reply := &httpcore.Reply{
		Proto: "HTTP/1.1", Status: 200, Reason: "OK", Length: 2,
		Body: io.NopCloser(strings.NewReader("{}")), Trailers: func() httpcore.Fields { return nil },
		RawHead: []byte("HTTP/1.1 200 OK\r\n\r\n"),
	}
	switch {
	case strings.HasPrefix(p.Target, "/status/503"):
		reply.Status, reply.Reason = 503, "Service Unavailable"
	case strings.HasPrefix(p.Target, "/events"):
		reply.Status, reply.Reason = 204, "No Content" // there are no more
	}
	return reply, nil
}

func (answering) Close() error { return nil }

func TestTheREADMENamesEveryAuthScheme(t *testing.T) {
	types := []string{"none"}
	for _, scheme := range auth.Schemes(auth.Environment{}) {
		types = append(types, scheme.Type())
	}
	want := "# type: " + strings.Join(types, " ") + "\n"
	if !slices.ContainsFunc(readmeBlocks(t, "toml"), func(b block) bool { return strings.Contains(b.text, want) }) {
		t.Errorf("the README does not say %s", want)
	}
}

func TestTheREADMEsCommandsWork(t *testing.T) {
	dir, _ := readmeCollection(t)
	state := t.TempDir()
	environ := map[string]string{"PARLEY_HOME": state, "PARLEY_SECRET_TOKEN": "tok-12345"}
	for _, b := range readmeBlocks(t, "sh") {
		for line := range strings.Lines(b.text) {
			words := shellWords(t, line)
			if len(words) == 0 || words[0] != "parley" {
				continue
			}
			var stdout, stderr bytes.Buffer
			program := &Program{
				CheckKeys: func(home.Home) []check.Finding { return nil },
				Stdin:     strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
				IsTerminal: func(any) bool { return false }, Width: func(any) int { return 80 },
				LookupEnv: func(name string) (string, bool) { value, ok := environ[name]; return value, ok },
				Dir:       dir, OS: runtime.GOOS, FS: disk.OS(), Now: time.Now, Version: "test",
				Schemes: auth.Schemes(auth.Environment{}),
				NewSession: func(string) *httpcore.Session {
					return httpcore.NewSession(httpcore.SessionOptions{Transport: answering{}, Schemes: auth.Schemes(auth.Environment{})})
				},
				Workbench: func(context.Context, WorkbenchOptions) error { return nil },
			}
			err := program.Run(context.Background(), words[1:])
			want := wantedExit(line)
			if got := ExitCode(err); got != want {
				t.Errorf("%sexits with %d, not %d: %v\n%s%s", line, got, want, err, stdout.String(), stderr.String())
			}
		}
	}
}

// wantedExit is what the README says of a line.
func wantedExit(line string) int {
	switch {
	case strings.Contains(line, "--fail"):
		return 1
	case strings.Contains(line, "config check"):
		return 2 // the certificate that the README names is not there
	}
	return 0
}

// shellWords splits a line as a shell does; comments are none.
func shellWords(t *testing.T, line string) []string {
	t.Helper()
	file, err := syntax.NewParser().Parse(strings.NewReader(line), "README.md")
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	syntax.Walk(file, func(node syntax.Node) bool {
		if call, ok := node.(*syntax.CallExpr); ok {
			fields, err := expand.Fields(&expand.Config{}, call.Args...)
			if err != nil {
				t.Fatal(err)
			}
			words = fields
		}
		return true
	})
	return words
}
