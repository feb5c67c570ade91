package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"parley/collections/har"
)

// answer looks at the last entry of the HAR log on standard output: `answer STATUS 'NAME: PATTERN' 'PATH: PATTERN'` wants
// that status, a header and a value of the decoded body. PATH names a value of JSON as in "json.tags.0", "." is the whole
// text (with U+FFFD for what is not UTF-8), and "#" its size in bytes.
func answer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: answer STATUS 'HEADER: PATTERN' 'PATH: PATTERN'")
	}
	archive, err := har.Decode(strings.NewReader(ts.ReadFile("stdout")))
	ts.Check(err)
	response := archive.Entries[len(archive.Entries)-1].Response
	if got := strconv.Itoa(int(response.Status)); got != args[0] {
		ts.Fatalf("status %s, want %s", got, args[0])
	}
	name, pattern, _ := strings.Cut(args[1], ": ")
	found := false
	for _, field := range response.Headers {
		found = found || strings.EqualFold(field.Name, name) && regexp.MustCompile(pattern).MatchString(field.Value)
	}
	if !found {
		ts.Fatalf("no header %s is like %q: %v", name, pattern, response.Headers)
	}
	path, pattern, _ := strings.Cut(args[2], ": ")
	content, err := response.Content.Bytes()
	ts.Check(err)
	got, err := valueAt(content, path)
	ts.Check(err)
	if !regexp.MustCompile(pattern).MatchString(got) {
		ts.Fatalf("%s of the body is %.200q, want it like %q", path, got, pattern)
	}
}

// valueAt returns a value of a body as text.
func valueAt(content []byte, path string) (string, error) {
	switch path {
	case ".":
		return strings.ToValidUTF8(string(content), "\ufffd"), nil
	case "#":
		return strconv.Itoa(len(content)), nil
	}
	var value any
	if err := json.Unmarshal(content, &value); err != nil {
		return "", fmt.Errorf("the body is not JSON: %w", err)
	}
	for step := range strings.SplitSeq(path, ".") {
		switch at := value.(type) {
		case map[string]any:
			next, ok := at[step]
			if !ok {
				return "", fmt.Errorf("there is no %q of %q in %s", step, path, content)
			}
			value = next
		case []any:
			index, err := strconv.Atoi(step)
			if err != nil || index >= len(at) {
				return "", fmt.Errorf("there is no %q of %q in %s", step, path, content)
			}
			value = at[index]
		default:
			return "", fmt.Errorf("there is no %q of %q in %s", step, path, content)
		}
	}
	if text, ok := value.(string); ok {
		return text, nil
	}
	data, err := json.Marshal(value)
	return string(data), err
}

// TestEveryEndpointOfHttpbinIsExercised reads go-httpbin's routes from its source and holds the scripts to them: each has
// to be asked, with an `answer` behind it.
func TestEveryEndpointOfHttpbinIsExercised(t *testing.T) {
	mux, missing := http.NewServeMux(), map[string]bool{}
	for _, pattern := range httpbinRoutes(t) {
		mux.Handle(pattern, http.NotFoundHandler())
		missing[pattern] = true
	}
	if len(missing) < 60 {
		t.Fatalf("only %d routes are found in the source of go-httpbin", len(missing))
	}
	scripts, err := filepath.Glob("testdata/scripts/httpbin-*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, script := range scripts {
		text, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range asked.FindAllStringSubmatch(string(text), -1) {
			request, err := http.NewRequest(methodOf(step[1], step[0]), "http://playground"+step[2], nil)
			if err != nil {
				t.Fatalf("%s: %s: %v", script, step[0], err)
			}
			_, pattern := mux.Handler(request)
			delete(missing, pattern)
		}
	}
	for pattern := range missing {
		t.Errorf("no script asks for %s of go-httpbin", pattern)
	}
}

// asked finds requests that an `answer` follows: the words before the URL, and its path.
var asked = regexp.MustCompile(`(?m)^exec parley send --har (.*?)\$PORT'?(/[^\s'?]*).*\nanswer `)

// methodOf is the method that a command names, or that HTTPie's rules give it.
func methodOf(before, command string) string {
	if method := regexp.MustCompile(`\b(HEAD|PUT|PATCH|DELETE|PURGE)\b`).FindString(before); method != "" {
		return method
	}
	if regexp.MustCompile(` --raw| \w+:?=[^=]| @`).MatchString(command) {
		return "POST"
	}
	return "GET"
}

func httpbinRoutes(t *testing.T) []string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/mccutchen/go-httpbin/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "httpbin", "httpbin.go"))
	if err != nil {
		t.Fatal(err)
	}
	var patterns []string
	for _, route := range regexp.MustCompile(`mux\.HandleFunc\("([^"]+)"`).FindAllStringSubmatch(string(source), -1) {
		patterns = append(patterns, route[1])
	}
	return patterns
}
