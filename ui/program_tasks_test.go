package ui_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/httpcore/playground"
	"parley/testdata/terminal"
)

// task is something a newcomer wants to do, by keyboard alone from a cold start, and how many keys it may take. Typed text
// is not counted.
type task struct {
	name string
	most int
	do   func(*newcomer)
}

var uuid = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)

var tasks = []task{
	{"send a first request", 1, func(n *newcomer) {
		n.types(n.server + "/users/github")
		n.press("enter", "Send")
		n.Sees("200 OK", `"name": "GitHub"`)
	}},
	{"add a header", 4, func(n *newcomer) {
		n.press("ctrl+p", "^P Palette")
		n.types("add a header")
		n.SeesLine("▌", "Add a header")
		n.press("enter", "enter pick")
		n.types("X-Asked-By")
		n.press("tab", "tab next cell")
		n.types("me")
		n.press("enter", "enter keeps it")
		n.SeesLine("X-Asked-By", "me")
	}},
	{"send JSON by POST", 6, func(n *newcomer) {
		n.types("POST " + n.server + "/post")
		n.press("ctrl+p", "^P Palette")
		n.types("body as json")
		n.SeesLine("▌", "Body as JSON")
		n.press("enter", "enter pick")
		n.Sees("Body json")
		n.types(`{"name": "Ada"}`)
		n.press("f5", "F5 Send")
		n.Sees("200 OK", "Ada")
	}},
	{"authenticate with basic", 6, func(n *newcomer) {
		n.types(n.server + "/basic-auth/ada/lace")
		n.press("ctrl+p", "^P Palette")
		n.types("basic auth")
		n.SeesLine("▌", "asic")
		n.press("enter", "enter pick")
		n.Sees("Username")
		n.types("ada")
		n.press("tab", "tab Next")
		n.types("lace")
		n.press("f5", "F5 Send")
		n.Sees("200 OK", "authenticated")
	}},
	{"save a new request", 2, func(n *newcomer) {
		n.types(n.server + "/users/github")
		n.press("ctrl+s", "^S Save")
		n.Sees("Path in the collection")
		n.types("mine")
		n.press("enter", "enter")
		n.Sees("GET mine")
	}},
	{"switch the environment", 3, func(n *newcomer) {
		n.press("alt+e", "alt+e Env")
		n.types("production")
		n.SeesLine("▌", "production")
		n.press("enter", "enter pick")
		n.SeesLine("Acme", "production")
	}},
	{"open a request by its name", 2, func(n *newcomer) {
		n.press("ctrl+p", "^P Palette")
		n.types("users/list")
		n.SeesLine("▌", "users/list")
		n.press("enter", "enter pick")
		n.Sees("/users?page=1")
	}},
	{"find an old exchange and replay it", 3, func(n *newcomer) {
		n.types(n.server + "/users/github")
		n.before("enter")
		n.Sees("200 OK")
		n.press("ctrl+r", "^R History")
		n.types("github")
		n.SeesLine("▌200 GET", "/users/github")
		n.press("f5", "F5 send as then")
		n.Sees("sending it as it was sent then")
	}},
	{"copy as curl", 2, func(n *newcomer) {
		n.types(n.server + "/users/github")
		n.press("ctrl+p", "^P Palette")
		n.types("copy as curl")
		n.SeesLine("▌", "curl")
		n.press("enter", "enter pick")
		n.Sees("copied the request as curl")
	}},
	{"find a value in a large body", 3, func(n *newcomer) {
		n.types(n.server + "/search/repositories?q=go&per_page=100")
		n.before("enter")
		n.Sees("200 OK")
		n.press("alt+4", "alt+4 Response")
		n.press("/", "/ Find")
		n.types("full_name")
		n.press("enter", "enter")
		n.Sees("1 of 3")
	}},
	{"compare two answers", 5, func(n *newcomer) {
		n.types(n.server + "/uuid")
		n.before("enter")
		n.Sees("200 OK", "uuid")
		first := uuid.FindString(n.Screen())
		n.before("f5")
		n.Becomes("another answer", func(screen string) bool {
			now := uuid.FindString(screen)
			return now != "" && now != first
		})
		n.press("ctrl+p", "^P Palette")
		n.types("compare")
		n.SeesLine("▌", "Compare response with")
		n.press("enter", "enter pick")
		n.SeesLine("▌200 GET", "/uuid")
		n.press("enter", "enter pick")
		n.Sees("to what is shown", "uuid")
	}},
	{"try another theme", 3, func(n *newcomer) {
		n.press("ctrl+p", "^P Palette")
		n.types("nord")
		n.SeesLine("▌", "Nord")
		n.press("enter", "enter pick")
		n.Sees("Nord")
	}},
}

// newcomer does a task and counts keys.
type newcomer struct {
	*terminal.Driver
	t      *testing.T
	server string
	keys   []string
}

// press presses a key that the screen suggests by that text.
func (n *newcomer) press(key, suggestion string) {
	n.t.Helper()
	n.Sees(suggestion)
	n.keys = append(n.keys, key)
	n.Keys(key)
}

// before presses a key that is not part of the task: it makes what the task begins with.
func (n *newcomer) before(key string) {
	n.t.Helper()
	n.Keys(key)
}

func (n *newcomer) types(text string) {
	n.t.Helper()
	n.Type(text)
	n.Sees(text[max(0, len(text)-6):])
}

// takesFewKeys has a newcomer do every task, each in a workspace of its own.
func takesFewKeys(t *testing.T, p program) {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	report := make([]string, len(tasks))
	t.Run("tasks", func(t *testing.T) {
		for i, task := range tasks {
			t.Run(task.name, func(t *testing.T) {
				t.Parallel()
				p := p.at(t)
				cmd := p.command("-C", workspace(t, server.URL))
				n := &newcomer{terminal.Drive(t, cmd, terminal.Options{Width: 120, Height: 36}), t, server.URL, nil}
				n.Sees("Type a URL and press enter.", "F5 Send")
				task.do(n)
				report[i] = fmt.Sprintf("%-36s %d of at most %d: %s", task.name, len(n.keys), task.most, strings.Join(n.keys, " "))
				if len(n.keys) > task.most {
					t.Error(report[i])
				}
			})
		}
	})
	t.Log("keys, typed text apart\n" + strings.Join(slices.DeleteFunc(report, func(s string) bool { return s == "" }), "\n"))
}

// workspace is a collection that somebody has just made.
func workspace(t *testing.T, server string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"collection.toml":              "name = \"Acme\"\n",
		"environments/production.toml": "[vars]\nbase_url = \"" + server + "\"\n",
		"environments/staging.toml":    "[vars]\nbase_url = \"" + server + "\"\n",
		"users/list.toml":              "url = \"{{base_url}}/users?page=1\"\n",
		"users/one.toml":               "url = \"{{base_url}}/users/github\"\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
