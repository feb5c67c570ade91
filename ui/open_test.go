package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/home"
	"parley/collections/runner"
	"parley/themes"
)

// place is a home of its own, with such a config.toml and such a theme of the person's.
func place(t *testing.T, config, theme string) Place {
	t.Helper()
	dir := t.TempDir()
	folders, err := home.Locate(func(name string) string {
		if name == "PARLEY_HOME" {
			return dir
		}
		return ""
	}, "linux")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{folders.ConfigFile(): config, filepath.Join(folders.Config, "themes", "own.toml"): theme} {
		if text == "" {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return Place{Home: folders, FS: disk.OS(), Now: time.Now, Env: func(string) string { return "" }}
}

func TestMistakesInTheSettingsAreSaidWithTheirPlace(t *testing.T) {
	for name, c := range map[string]struct {
		config, theme string
		want          []string
	}{
		"an unknown key":     {config: "mouse = true\nkeymp = \"default\"\n", want: []string{"config.toml:2:1", "keymp"}},
		"an unknown command": {config: "[keys]\n\"request.sned\" = [\"f5\"]\n", want: []string{"config.toml:2", "request.sned", "request.send"}},
		"a clash":            {config: "[keys]\n\"help\" = [\"f5\"]\n", want: []string{"f5", "help", "config.toml:2", "request.send", "default"}},
		"no TOML":            {config: "mouse = \n", want: []string{"config.toml:1"}},
		"a broken theme":     {theme: "[base]\nbackground = \"#zz\"\n", want: []string{"own.toml:2"}},
	} {
		t.Run(name, func(t *testing.T) {
			settings, err := ReadSettings(place(t, c.config, c.theme))
			if err == nil && c.theme != "" { // which keeps nobody from working
				err = settings.broken
			}
			if err == nil {
				t.Fatal("nothing is said")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q is not in: %v", want, err)
				}
			}
		})
	}
}

func TestSettingsReachTheWorkbench(t *testing.T) {
	const own = "[base]\nbackground = \"#000000\"\ntext = \"#ffffff\"\naccent = \"#00ffff\"\n"
	settings, err := ReadSettings(place(t, "theme = { dark = \"own\" }\nmouse = false\n", own))
	if err != nil {
		t.Fatal(err)
	}
	collection, err := collections.Open(disk.OS(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	options, err := settings.options(&runner.Workspace{Collection: collection})
	if err != nil {
		t.Fatal(err)
	}
	defer options.Journal.Close()
	if _, err := options.Themes.ByName("own"); err != nil || options.Dark != "own" || options.Mouse {
		t.Errorf("dark theme %q (%v), mouse %v", options.Dark, err, options.Mouse)
	}
	if _, err := options.Themes.ByName(themes.DefaultDark); err != nil || options.Editor != "vi" || options.Pager != "less" {
		t.Errorf("%v; editor %q, pager %q", err, options.Editor, options.Pager)
	}
}
