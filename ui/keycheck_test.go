package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/collections"
)

func TestMistakesInKeysAreFoundWithBothPlaces(t *testing.T) {
	for name, c := range map[string]struct {
		config string
		line   int
		says   []string
	}{
		"an unknown command":     {"[keys]\nsend = \"f7\"\n", 2, []string{"no command is called", "did you mean request.send?"}},
		"a clash of two of ours": {"[keys]\nrequest.send = \"f7\"\nrequest.save = \"f7\"\n", 3, []string{"f7 is the key of both request.send (", ":2:9", "request.save (", ":3:9"}},
		"a clash with another":   {"[keys]\nrequest.send = \"f1\"\n", 2, []string{"f1 is the key of both", "help (default)", "request.send (", ":2:9"}},
		"no key":                 {"[keys]\nrequest.send = \"f77\"\n", 2, []string{"request.send", "f77"}},
		"no preset":              {"keymap = \"emacsen\"\n", 1, []string{"no keymap is called"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := place(t, c.config, "")
			found := CheckKeys(p)
			if len(found) == 0 {
				t.Fatal("nothing is found")
			}
			if f := found[0]; f.Pos.Line != c.line || f.Pos.File != p.Home.ConfigFile() || f.Severity != collections.Fault || strings.HasPrefix(f.Message, f.Pos.File) {
				t.Errorf("%+v", f)
			}
			for _, want := range c.says {
				if !strings.Contains(found[0].Message, want) {
					t.Errorf("%q is not in %q", want, found[0].Message)
				}
			}
		})
	}
}

func TestKeysThatDoNotComeAreWarnedAbout(t *testing.T) {
	p := place(t, "[keys]\nrequest.send = [\"f5\", \"ctrl+shift+p\"]\nrequest.save = \"f7\"\nview.zoom = \"f8\"\n", "")
	if err := os.MkdirAll(filepath.Dir(p.terminalKeys().file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := p.terminalKeys().save(p.terminal(), []string{"f7"}); err != nil {
		t.Fatal(err)
	}
	found := CheckKeys(p)
	if len(found) != 2 {
		t.Fatalf("%+v", found)
	}
	for i, want := range []struct {
		line    int
		message string
		hint    string
	}{
		{2, "keyboard protocol of kitty sends ctrl+shift+p", "press f5"},
		{3, "does not send f7", "give it one more key"},
	} {
		if f := found[i]; f.Pos.Line != want.line || f.Severity != collections.Note || !strings.Contains(f.Message, want.message) || !strings.Contains(f.Advice, want.hint) {
			t.Errorf("%+v is not %+v", f, want)
		}
	}
	if where := placeOf(`C:\me\config.toml:12:3`); where.File != `C:\me\config.toml` || where.Line != 12 || where.Column != 3 {
		t.Errorf("%+v", where)
	}
}
