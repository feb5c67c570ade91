package cli_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

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
	scripts, err := filepath.Glob("../../testdata/scripts/httpbin-*.txtar")
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
