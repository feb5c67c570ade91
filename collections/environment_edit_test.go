package collections_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/disk/disktest"
	"parley/collections/tomldoc"
)

func variable(name, value string) collections.Entry {
	return collections.Entry{Name: name, Value: collections.Str(value)}
}

func TestAnEditOfAnEnvironmentChangesItsOwnBytes(t *testing.T) {
	const shared = "# who may see this\r\nowner = 'ops' # unknown to Parley\r\n\r\n[vars] # all of them\r\nhost = 'h.test' # ours\r\n\"~off\" = \"1\"\r\nport = 80\r\n"
	for _, c := range []struct {
		name string
		edit func(*collections.Collection) error
		from string
		want string
	}{
		{"another value", func(c *collections.Collection) error { return c.PutVariable("dev", false, variable("host", "x.test")) }, "'h.test'", "'x.test'"},
		{"a new variable", func(c *collections.Collection) error { return c.PutVariable("dev", false, variable("new", "v")) }, "port = 80\r\n", "port = 80\r\nnew = \"v\"\r\n"},
		{"one that is gone", func(c *collections.Collection) error { return c.DropVariable("dev", false, "port") }, "port = 80\r\n", ""},
		{"one that is not there", func(c *collections.Collection) error { return c.DropVariable("dev", false, "nope") }, "", ""},
		{"switched off", func(c *collections.Collection) error {
			return c.PutVariable("dev", false, collections.Entry{Name: "host", Value: collections.Str("h.test"), Off: true})
		}, "host = 'h", "\"~host\" = 'h"},
		{"switched on", func(c *collections.Collection) error { return c.PutVariable("dev", false, variable("off", "1")) }, "\"~off\"", "off"},
		{"protected", func(c *collections.Collection) error { return c.Protect("dev", true) }, "# who", "protected = true\r\n# who"},
		{"not protected", func(c *collections.Collection) error { return c.Protect("dev", false) }, "", ""},
	} {
		dir := write(t, map[string]string{"environments/dev.toml": shared})
		if err := c.edit(tree(t, dir)); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		got, err := os.ReadFile(filepath.Join(dir, "environments", "dev.toml"))
		if want := strings.Replace(shared, c.from, c.want, 1); err != nil || string(got) != want {
			t.Errorf("%s: %q\nwant %q", c.name, got, want)
		}
	}
}

// Another program writes the file just when an edit is about to.
func TestAnEditOfAnEnvironmentTakesNothingBack(t *testing.T) {
	dir := write(t, map[string]string{"environments/dev.toml": "[vars]\nhost = \"h.test\"\nport = 80\n"})
	file := filepath.Join(dir, "environments", "dev.toml")
	faults := disktest.Wrap(disk.OS())
	c, err := collections.Open(faults, dir)
	if err != nil {
		t.Fatal(err)
	}
	written := false
	faults.Fail(func(s disktest.Step) error {
		if s.Op != "sync" || written {
			return nil
		}
		written = true
		return os.WriteFile(file, []byte("[vars]\nhost = \"h.test\"\nport = 8080\ntheirs = 1\n"), 0o644)
	})
	if err := c.PutVariable("dev", false, variable("host", "x.test")); err != nil || !written {
		t.Fatal(written, err)
	}
	got, err := os.ReadFile(file)
	if want := "[vars]\nhost = \"x.test\"\nport = 8080\ntheirs = 1\n"; err != nil || string(got) != want {
		t.Errorf("the file is %q, %v, not %q", got, err, want)
	}
}

func TestLocalValuesStayWithThePerson(t *testing.T) {
	for before, after := range map[string]string{
		"": "*.local.toml\n", "/bin": "/bin\n*.local.toml\n", "a\r\n": "a\r\n*.local.toml\r\n", "x\n*.local.toml\n": "x\n*.local.toml\n",
		"/environments/*.local.toml": "/environments/*.local.toml",
	} {
		files := map[string]string{"environments/dev.toml": "[vars]\na = 1\n", "environments/dev2.toml": "protected = true"}
		if before != "" {
			files[".gitignore"] = before
		}
		dir := write(t, files)
		c := tree(t, dir)
		if err := errors.Join(c.PutVariable("dev", true, variable("a", "mine")), c.PutVariable("dev", true, variable("b", "2"))); err != nil {
			t.Fatal(err)
		}
		ignored, err := os.ReadFile(filepath.Join(dir, ".gitignore"))
		if err != nil || string(ignored) != after {
			t.Errorf("%q became %q, %v", before, ignored, err)
		}
		next, err := c.Reload("environments")
		if err != nil {
			t.Fatal(err)
		}
		e, err := next.Environment("dev")
		if err != nil || len(e.Vars) != 2 || e.Vars[0].Value.Text != "mine" || len(e.Hidden) != 1 || e.Hidden[0].Value.Text != "1" {
			t.Errorf("%+v, %v", e, err)
		}
		info, err := os.Stat(filepath.Join(dir, "environments", "dev.local.toml"))
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may read the local file: %v, %v", info.Mode(), err)
		}
	}
}

func TestProtectionIsLiftedInBothFiles(t *testing.T) {
	dir := write(t, map[string]string{
		"environments/prod.toml": "protected = true\n[vars]\n", "environments/prod.local.toml": "protected = \"{{x}}\" # careful\n",
	})
	c := tree(t, dir)
	if err := c.Protect("prod", false); err != nil {
		t.Fatal(err)
	}
	next, err := c.Reload()
	if err != nil || next.Environments[0].Protected {
		t.Errorf("%+v, %v", next.Environments[0], err)
	}
	if err := errors.Join(next.Protect("prod", true), next.Protect("prod", true)); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "environments", "prod.local.toml")); string(text) != "protected = false # careful\n" {
		t.Errorf("the local file is %q", text)
	}
	if next, err = next.Reload("environments/prod.toml"); err != nil || !next.Environments[0].Protected {
		t.Errorf("it is not protected again: %v", err)
	}
}

func TestEnvironmentsThatCannotBeEdited(t *testing.T) {
	dir := write(t, map[string]string{"environments/dev.toml": "[vars]\na = 1\n", "environments/broken.toml": "[vars\n"})
	c := tree(t, dir)
	if err := c.CreateEnvironment("new"); err != nil {
		t.Error(err)
	}
	if err := c.PutVariable("new", false, variable("a", "1")); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "environments", "new.toml")); err != nil || string(text) != "[vars]\na = \"1\"\n" {
		t.Errorf("the new one is %q, %v", text, err)
	}
	for name, err := range map[string]error{
		"there":  c.CreateEnvironment("dev"),
		"local":  c.CreateEnvironment("dev.local"),
		"slash":  c.CreateEnvironment("a/b"),
		"hidden": c.CreateEnvironment(".x"),
		"broken": c.PutVariable("broken", false, variable("a", "1")),
		"gone":   c.PutVariable("nope", false, variable("a", "1")),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := c.DropVariable("nope", true, "a"); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "environments", "nope.local.toml")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a file was made for nothing")
	}
	var syntax *tomldoc.Error
	if err := c.PutVariable("broken", false, variable("a", "1")); !errors.As(err, &syntax) {
		t.Errorf("%v", err)
	}
}
