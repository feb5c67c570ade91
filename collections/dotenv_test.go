package collections_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDotenvLiesBesideTheCollection(t *testing.T) {
	dir := write(t, map[string]string{".env": "HOST=localhost\nbad line\nPORT=80", "users/.env": "HOST=elsewhere", "a.toml": "url = 'x'"})
	c := tree(t, dir)
	for name, want := range map[string]string{"HOST": "localhost .env:1:1", "PORT": "80 .env:3:1", "NOPE": " "} {
		value, at, ok := c.Dotenv.Lookup(name)
		if got := strings.TrimSuffix(value+" "+at.String(), "0:0"); ok != (want != " ") || ok && got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	f := c.Dotenv.Findings()
	if len(f) != 1 || f[0].Error() != ".env:2:1: there is no = in it" {
		t.Errorf("findings %v", f)
	}
	if err := os.WriteFile(filepath.Join(dir, ".env"), []byte("HOST=other"), 0o600); err != nil {
		t.Fatal(err)
	}
	next, err := c.Reload(".env")
	if err != nil || strings.Join(next.Dotenv.Names(), " ") != "HOST" || len(next.Dotenv.Findings()) != 0 {
		t.Errorf("after a change %v, %v", next.Dotenv, err)
	}
	if value, _, _ := next.Dotenv.Lookup("HOST"); value != "other" {
		t.Errorf("after a change it is %q", value)
	}
}

func TestWhatIsNoDotenvFileIsNotRead(t *testing.T) {
	for name, put := range map[string]func(file string) error{
		"": func(file string) error { return os.Mkdir(file, 0o755) },
		"leads outside": func(file string) error {
			return os.Symlink(filepath.Join(filepath.Dir(filepath.Dir(file)), "secrets"), file)
		},
		"larger than 1 MiB": func(file string) error { return os.WriteFile(file, make([]byte, 1<<20+1), 0o600) },
	} {
		dir := filepath.Join(t.TempDir(), "c")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "..", "secrets"), []byte("A=1"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := put(filepath.Join(dir, ".env")); err != nil {
			t.Fatal(err)
		}
		d := tree(t, dir).Dotenv
		switch f := d.Findings(); {
		case len(d.Names()) > 0:
			t.Errorf("%q: it has %v", name, d.Names())
		case name == "" && len(f) > 0, name != "" && (len(f) != 1 || !strings.Contains(f[0].Message, name)):
			t.Errorf("%q: findings %v", name, f)
		}
	}
}

func TestDotenvThatGitWouldShareIsTold(t *testing.T) {
	for _, c := range []struct {
		name   string
		files  map[string]string
		shared bool
	}{
		{"no repository", nil, false},
		{"no .gitignore", map[string]string{".git/HEAD": ""}, true},
		{"another line", map[string]string{".git/HEAD": "", ".gitignore": "node_modules\n.envrc\n"}, true},
		{"a line", map[string]string{".git/HEAD": "", ".gitignore": "x\n.env\n"}, false},
		{"a line in the collection", map[string]string{".git/HEAD": "", "c/.gitignore": "/.env"}, false},
		{"a line about the top alone", map[string]string{".git/HEAD": "", ".gitignore": "/.env"}, true},
		{"a pattern", map[string]string{".git": "gitdir: elsewhere", ".gitignore": "**/.env*\r\n"}, false},
	} {
		files := map[string]string{"c/.env": "A=1"}
		for name, text := range c.files {
			files[name] = text
		}
		dir := write(t, files)
		d := tree(t, filepath.Join(dir, "c")).Dotenv
		if shared := len(d.Findings()) == 1 && strings.Contains(d.Findings()[0].Hint(), ".gitignore"); shared != c.shared || len(d.Unread()) != 0 {
			t.Errorf("%s: findings %v", c.name, d.Findings())
		}
	}
}
