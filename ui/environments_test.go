package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// environmentsOpen is a workbench with the screen of environments open.
func environmentsOpen(b *bench) {
	layers(b)
	b.Press("ctrl+x", "8")
	b.WaitText("Environments")
}

func TestSeveralEnvironmentsAreUsedInOrder(t *testing.T) {
	b := openFixed(t, 120, 36)
	environmentsOpen(b)
	b.Press("a")
	b.WaitText("New environment")
	b.Type("base")
	b.Press("enter")
	b.WaitText("○ base")
	if got := b.read("environments/base.toml"); got != "[vars]\n" {
		t.Errorf("the new file is %q", got)
	}
	b.Press("g", "space") // base, after test
	b.WaitText("2 base")
	b.WaitText("1 test")
	if got := strings.Join(b.root.work.Names(), " "); got != "test base" {
		t.Errorf("in use are %q", got)
	}
	b.Press("j", "space", "space") // test goes, and comes last
	b.WaitText("1 base")
	if got := strings.Join(b.root.work.Names(), " "); got != "base test" {
		t.Errorf("in use are %q", got)
	}
}

// What was added is under the cursor: enter goes on with it.
func TestTheCursorGoesToWhatWasAdded(t *testing.T) {
	b := openFixed(t, 120, 36)
	environmentsOpen(b)
	b.Press("a")
	b.Type("staging")
	b.Press("enter")
	b.WaitText("▌○ staging")
	b.Press("enter")
	b.WaitText("Variables of the environment staging")
	for _, name := range []string{"one", "two"} {
		b.Press("a")
		b.WaitText("Add a variable")
		b.Type(name)
		b.Press("enter")
		b.WaitText("▌" + name)
	}
	b.Press("k")
	b.WaitText("▌one")
}

func TestVariablesOfAnEnvironmentAreEdited(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.setURL("{{host}}")
	environmentsOpen(b)
	b.Press("enter")
	b.WaitText("Variables of the environment test")
	b.WaitText("shared host")
	b.Press("a")
	b.WaitText("Add a variable to test")
	b.Type("token_url")
	b.Press("tab")
	b.Type("{{base_url}}/token")
	b.Press("enter")
	b.WaitText("token_url is saved in environments/test.toml")
	if got := b.read("environments/test.toml"); !strings.HasSuffix(got, "\ntoken_url = \"{{base_url}}/token\"\n") {
		t.Errorf("the shared file is %q", got)
	}
	// The local value, edited in its own file.
	b.Press("g", "enter")
	b.WaitText("Edit host")
	b.Press("ctrl+a", "ctrl+k")
	b.Type("mine.test")
	b.Press("enter")
	b.WaitText("host is saved in environments/test.local.toml")
	if got := b.read("environments/test.local.toml"); got != "[vars]\nhost = \"mine.test\"\n" {
		t.Errorf("the local file is %q", got)
	}
	b.WaitText("mine.test")
	b.Press("d")
	b.WaitText("host is deleted")
	b.WaitFor("the shared value to stand alone", func(grid string) bool {
		return !strings.Contains(grid, "shared host") && strings.Contains(grid, "shared.test")
	})
	b.Press("ctrl+z")
	b.WaitText("shared host")
	b.Press("space")
	b.WaitText("~host")
	if got := b.read("environments/test.local.toml"); got != "[vars]\n\"~host\" = \"mine.test\"\n" {
		t.Errorf("the local file is %q", got)
	}
}

func TestProtectionIsPutOnAndAskedAboutBeforeItGoes(t *testing.T) {
	b := openFixed(t, 120, 36)
	environmentsOpen(b)
	b.Press("p")
	b.WaitText("protected · ")
	if !strings.HasPrefix(b.read("environments/test.toml"), "protected = true\n") || b.root.work.Protected() != "test" {
		t.Errorf("the file is %q", b.read("environments/test.toml"))
	}
	b.Press("p")
	b.WaitText("Take the protection of test away?")
	b.Press("esc")
	if b.root.work.Protected() != "test" {
		t.Error("it is not protected any more")
	}
	b.Press("p")
	b.WaitText("take it away")
	b.Press("t")
	b.WaitText("test is not protected any more")
	b.WaitFor("the end of protection", func(string) bool { return b.root.work.Protected() == "" })
}

func TestTheScreenTellsOfLinesOfDotenv(t *testing.T) {
	b := openFixed(t, 120, 36)
	if err := os.WriteFile(filepath.Join(b.dir, ".env"), []byte("A=1\nno value\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.Send(b.root.reload(".env")())
	b.Press("ctrl+x", "8")
	b.WaitText(".env:2:1: there is no = in it")
}

func TestAnEnvironmentThatCannotBeReadSaysWhy(t *testing.T) {
	b := openFixed(t, 120, 36)
	if err := os.WriteFile(filepath.Join(b.dir, "environments/broken.toml"), []byte("[vars\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	environmentsOpen(b)
	b.WaitText("cannot be read")
	b.Press("g", "enter")
	b.WaitText("environments/broken.toml:1:")
	b.Press("p")
	if got := b.read("environments/broken.toml"); got != "[vars\n" {
		t.Errorf("the broken file became %q", got)
	}
}

// An environment goes with its own values, out of use, and comes back with both.
func TestAnEnvironmentIsDeletedAndBroughtBack(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.write("environments/extra.toml", "# ours\n[vars]\na = \"1\"\n")
	b.write("environments/extra.local.toml", "[vars]\na = \"2\"\n")
	b.WaitFor("it", func(string) bool { _, err := b.root.work.Collection.Environment("extra"); return err == nil })
	b.root.useEnvironments([]string{"test", "extra"})
	b.Press("ctrl+x", "8")
	b.WaitText("Environments")
	b.Press("/")
	b.Type("extra")
	b.Press("enter", "d")
	b.WaitText("extra is deleted; ^Z brings it back")
	if !b.missing("environments/extra.toml") || !b.missing("environments/extra.local.toml") || slices.Contains(b.root.work.Environments, "extra") {
		t.Errorf("it is still there, or in use: %q", b.root.work.Environments)
	}
	b.Press("ctrl+z")
	b.WaitText("extra is back")
	if b.read("environments/extra.toml") != "# ours\n[vars]\na = \"1\"\n" || b.read("environments/extra.local.toml") != "[vars]\na = \"2\"\n" {
		t.Error("it is not as it was")
	}
	b.Press("ctrl+z")
	b.WaitText("nothing was deleted here")
}
