package collections_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/tomldoc"
)

// texts are the scripts of an event in the order in which they run.
func texts(t *testing.T, c *collections.Collection, e *collections.Effective, event collections.HookEvent) string {
	t.Helper()
	var list []string
	for _, h := range e.Hooks {
		if h.Event != event {
			continue
		}
		text, err := c.Hook(e.Request, h)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, strings.TrimSpace(text)+" "+e.ScopeOf(h.Value.Pos))
	}
	return strings.Join(list, "; ")
}

func TestHooksAreInheritedInOrder(t *testing.T) {
	c := open(t, map[string]string{
		"collection.toml": "[hooks]\nbefore = 'all'\nretry = 'again'",
		"a/folder.toml":   "hooks.before = { file = 'in/a.js' }",
		"a/in/a.js":       "of a\n",
		"a/b/folder.toml": "[hooks]\nafter = 'b'",
		"a/b/r.toml":      "url = 'http://h'\n[hooks]\nbefore = '''\nown\n'''\nafter = { file = \"../in/a.js\" }",
	})
	e, err := c.Effective(request(t, c, "a/b/r"))
	if err != nil {
		t.Fatal(err)
	}
	for event, want := range map[collections.HookEvent]string{
		collections.HookBefore: "all collection; of a folder a; own request", collections.HookAfter: "b folder a/b; of a request",
		collections.HookRedirect: "", collections.HookRetry: "again collection",
	} {
		if got := texts(t, c, e, event); got != want {
			t.Errorf("%s: %q, want %q", event, got, want)
		}
	}
	if err := e.Override("hooks.before=set()", "hooks.retry = more"); err != nil {
		t.Fatal(err)
	}
	for event, want := range map[collections.HookEvent]string{
		collections.HookBefore: "all collection; of a folder a; set() --set", collections.HookAfter: "b folder a/b; of a request",
		collections.HookRetry: "again collection; more --set",
	} {
		if got := texts(t, c, e, event); got != want {
			t.Errorf("after --set, %s: %q, want %q", event, got, want)
		}
	}
}

func TestAHookStaysInTheCollection(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "out.js")
	if err := os.WriteFile(outside, []byte("1"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"up.toml": "url='http://h'\nhooks.before.file='../x.js'", "abs.toml": "url='http://h'\nhooks.before.file='" + filepath.ToSlash(outside) + "'",
		"link.toml": "url='http://h'\nhooks.before.file='l.js'", "none.toml": "url='http://h'\nhooks.before.file='none.js'",
		"big.toml": "url='http://h'\nhooks.before.file='big.js'", "big.js": strings.Repeat(" ", collections.MaxHook+1),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(dir, "l.js")); err != nil {
		t.Fatal(err)
	}
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, isOutside := range map[string]bool{"up": true, "abs": true, "link": true, "none": false, "big": false} {
		r := request(t, c, name)
		_, err := c.Hook(r, collections.Hook{Event: collections.HookBefore, Value: r.Hooks.Before})
		if _, got := errors.AsType[*collections.OutsideError](err); err == nil || got != isOutside {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHooksThatCannotBe(t *testing.T) {
	for hooks, want := range map[string]string{
		"hooks = 1":               "r.toml:2:9: hooks must be a table, not an integer",
		"hooks.before = 1":        "r.toml:2:16: hooks.before must be a string or a table, not an integer",
		"hooks.before = ['a']":    "r.toml:2:16: hooks.before must be a string or a table, not an array",
		"hooks.after = {}":        "r.toml:2:15: hooks.after has no file",
		"hooks.after.file = 1":    "r.toml:2:20: hooks.after.file must be a string, not an integer",
		"hooks.befor = 'x'":       "",
		"hooks.retry = '{{a}} x'": "",
	} {
		r, err := collections.ParseRequest("r", []byte("url = 'http://h'\n"+hooks))
		switch {
		case want == "" && err != nil, want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)):
			t.Errorf("%s: %v, want %q", hooks, err, want)
		case want == "" && strings.Contains(hooks, "befor ") && (len(r.Findings()) != 1 || !strings.Contains(r.Findings()[0].Advice, `"before"`)):
			t.Errorf("%s: %v", hooks, r.Findings())
		}
	}
}

func TestSaveKeepsTheHooksThatDidNotChange(t *testing.T) {
	file := func(name string) collections.Value {
		return tomldoc.TableOf(tomldoc.Pair{Key: "file", Value: collections.Str(name)})
	}
	for _, c := range []struct {
		before string
		event  collections.HookEvent
		value  collections.Value
		after  string
	}{
		{"# a\n[hooks] # b\nafter = 'x' # c\nmine = 1\n", collections.HookAfter, collections.Str("y"), "# a\n[hooks] # b\nafter = 'y' # c\nmine = 1\n"},
		{"[hooks]\nafter = 'x' # c\n", collections.HookBefore, collections.Str("y"), "[hooks]\nbefore = \"y\"\nafter = 'x' # c\n"},
		{"[hooks]\nbefore = { file = 'a.js', by = 'me' } # c\n", collections.HookBefore, file("b.js"), "[hooks]\nbefore = { file = 'b.js', by = 'me' } # c\n"},
		{"[hooks]\nbefore = '''\r\na\r\n'''\r\n", collections.HookBefore, collections.Str("a\n"), "[hooks]\nbefore = '''\r\na\r\n'''\r\n"},
		{"[hooks]\nbefore = 'x'\nretry = 'r'  # r\n", collections.HookBefore, collections.Value{}, "[hooks]\nretry = 'r'  # r\n"},
		{"[hooks]\nbefore = 'x'\n", collections.HookBefore, collections.Value{}, ""},
		{"", collections.HookRedirect, collections.Str("a\nb\n"), "[hooks]\nredirect = '''\na\nb\n'''\n"},
		{"[hooks]\nbefore = 'x' # c\n", collections.HookBefore, file("s.js"), "[hooks]\nbefore = { file = \"s.js\" } # c\n"},
	} {
		loaded, err := collections.ParseRequest("r", []byte("url = 'http://h'\n"+c.before))
		if err != nil {
			t.Fatal(err)
		}
		edited := loaded.Clone()
		edited.Hooks = edited.Hooks.With(c.event, c.value)
		got, err := collections.Render(loaded, edited)
		if rest := strings.TrimPrefix(string(got), "url = 'http://h'\n"); err != nil || strings.TrimLeft(rest, "\n") != c.after {
			t.Errorf("%q becomes %v %q, want %q", c.before, err, rest, c.after)
		}
	}
}
