package ui

import (
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/colorprofile"

	"parley/themes"
)

// themeNow is the name of the theme that is drawn.
func (b *bench) themeNow() string {
	theme := b.root.styles.Theme()
	return theme.Name
}

func (b *bench) config() string {
	text, err := os.ReadFile(b.root.options.ConfigFile)
	if err != nil && !os.IsNotExist(err) {
		b.t.Fatal(err)
	}
	return string(text)
}

func TestThemesArePreviewedAndComeBack(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.Press("ctrl+x", "t")
	b.WaitText("Follow the terminal")
	if b.themeNow() != "parley-dark" {
		t.Errorf("%s is shown before anything is moved", b.themeNow())
	}
	b.Press("down", "down")
	if b.themeNow() != "catppuccin-frappe" {
		t.Errorf("the cursor is on the third theme, %s is shown", b.themeNow())
	}
	b.Press("esc")
	if b.themeNow() != "parley-dark" || b.config() != "" {
		t.Errorf("after esc %s is shown, and the settings say %q", b.themeNow(), b.config())
	}
}

func TestAPreviewGoesWhenNothingIsFound(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.Press("ctrl+x", "t")
	b.Type("drac")
	if b.themeNow() != "dracula" {
		t.Errorf("%s is shown while the cursor is on Dracula", b.themeNow())
	}
	b.Type("zz")
	if b.themeNow() != "parley-dark" {
		t.Errorf("%s is left of the preview", b.themeNow())
	}
}

// What is chosen is there at the next start, on this terminal.
func TestAThemeIsRemembered(t *testing.T) {
	b := openFixed(t, 120, 36)
	choose := func(query, said string) {
		t.Helper()
		b.Press("ctrl+x", "t")
		b.Type(query)
		b.Press("enter")
		b.WaitText(said)
	}
	choose("dracula", "theme Dracula")
	if got := b.config(); !strings.Contains(got, `dark = "dracula"`) || strings.Contains(got, "light") {
		t.Errorf("a dark theme on a dark terminal is written as %q", got)
	}
	choose("catppuccin latte", "theme Catppuccin Latte")
	if got := b.config(); got != "theme = \"catppuccin-latte\"\n" {
		t.Errorf("a light theme on a dark terminal is written as %q", got)
	}
	b.Send(tea.BackgroundColorMsg{Color: color.White})
	if b.themeNow() != "catppuccin-latte" {
		t.Errorf("%s is shown after one theme was chosen for both", b.themeNow())
	}
	choose("follow", "follows the terminal")
	if got := b.config(); got != "" || b.themeNow() != "parley-light" {
		t.Errorf("%s is shown, and the settings say %q", b.themeNow(), got)
	}
	b.Send(tea.BackgroundColorMsg{Color: color.Black})
	if b.themeNow() != "parley-dark" {
		t.Errorf("%s is shown on a terminal that has turned dark", b.themeNow())
	}
}

func TestATerminalsColoursAreTaken(t *testing.T) {
	b := openFixed(t, 120, 36)
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI, colorprofile.ASCII} {
		b.Send(tea.ColorProfileMsg{Profile: profile})
		content := b.View().Content
		for sequence, wanted := range map[string]bool{
			";38;2;": profile == colorprofile.TrueColor, ";38;5;": profile == colorprofile.ANSI256, ";32m": profile == colorprofile.ANSI,
		} {
			if strings.Contains(content, sequence) != wanted {
				t.Errorf("%v: %q is drawn: %v", profile, sequence, !wanted)
			}
		}
	}
}

func TestABrokenThemeIsToldOfAtTheStart(t *testing.T) {
	b := openFixed(t, 120, 36)
	b.root.options.ThemeProblem = &themes.FileError{File: "mine.toml", Line: 2, Column: 14, Message: "no colour"}
	b.Send(drawn{})
	b.WaitText("theme mine.toml:2:14: no colour")
}

func TestOwnThemesAreReadAgain(t *testing.T) {
	folder := t.TempDir()
	b := openFixed(t, 120, 36)
	b.root.options.ThemeFolder = folder
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, "mine.toml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const base = "name = 'Mine'\n[base]\nbackground = '#000'\ntext = '#fff'\n"
	write(base + "accent = '#0ff'\n")
	b.Press("ctrl+x", "t")
	b.WaitFor("the folder to be read", func(string) bool { return len(b.root.options.OwnThemes.List()) == 1 })
	b.Press("esc", "ctrl+x", "t")
	b.Type("mine")
	b.Press("enter")
	b.WaitText("theme Mine")

	bracket := b.View().Content
	write(base + "accent = '#f0f'\n")
	b.WaitFor("the new accent", func(string) bool {
		return b.View().Content != bracket && strings.Contains(b.View().Content, "38;2;255;0;255")
	})

	write(base + "accent = '#f0f\n")
	b.WaitText("theme mine.toml:5:15")
	if !strings.Contains(b.View().Content, "38;2;255;0;255") {
		t.Error("the broken file took the theme away")
	}
	write(base + "accent = '#ff0'\n")
	b.WaitFor("the repaired theme", func(string) bool { return strings.Contains(b.View().Content, "38;2;255;255;0") })
}

// A choice whose writing has not begun when the program ends is written all the same, and never after a later one.
func TestChoicesAreKeptAtTheEnd(t *testing.T) {
	b := openFixed(t, 120, 36)
	first := b.root.useThemes("dracula", "dracula", "")
	b.root.toggleMotion()
	if err := b.root.choices.rest(); err != nil {
		t.Fatal(err)
	}
	if config := b.config(); !strings.Contains(config, `theme = "dracula"`) || !strings.Contains(config, "reduced_motion = true") {
		t.Errorf("it says\n%s", config)
	}
	if err := writeThemes(b.root.options.Memory.FS, b.root.options.ConfigFile, "nord", "nord"); err != nil {
		t.Fatal(err)
	}
	first()
	if config := b.config(); !strings.Contains(config, `theme = "nord"`) {
		t.Errorf("it was written once more:\n%s", config)
	}
}

// Choices that follow each other quickly are written one after another: the last one of each stands, and none is lost.
func TestTheLastOfQuickChoicesIsKept(t *testing.T) {
	b := openFixed(t, 120, 36)
	names := []string{"dracula", "nord", "gruvbox-dark", "dracula", "nord"}
	for i, name := range names {
		b.Send(then{func() tea.Cmd { return b.root.useThemes(name, name, "theme "+name) }})
		if i%2 == 0 {
			b.Send(then{b.root.toggleLinear})
		}
		b.Send(then{b.root.toggleMotion})
	}
	if n := len(b.root.choices.waiting); n > 3 {
		t.Errorf("%d choices of three things wait", n)
	}
	b.WaitFor("all to be written", func(string) bool { return b.root.choices.writing == nil && len(b.root.choices.waiting) == 0 })
	for _, want := range []string{`theme = "nord"`, "linear = true", "reduced_motion = true"} {
		if !strings.Contains(b.config(), want) {
			t.Errorf("%q is not in\n%s", want, b.config())
		}
	}
}
