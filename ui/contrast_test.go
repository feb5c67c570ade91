package ui

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"
	"unicode"

	uv "github.com/charmbracelet/ultraviolet"

	"parley/themes"
	"parley/ui/uitest"
)

// TestEveryScreenCanBeRead draws the screens of the workbench in every theme, one after the other as the picker shows them,
// and measures what is behind each character. Nothing may be left of the theme before.
func TestEveryScreenCanBeRead(t *testing.T) {
	for _, scene := range slices.Concat(mainScenes, bodyScenes) {
		t.Run(scene.name, func(t *testing.T) {
			b := openFixed(t, 120, 36)
			scene.play(b)
			readableInEveryTheme(t, b)
		})
	}
}

func readableInEveryTheme(t *testing.T, b *bench) {
	t.Helper()
	for _, theme := range b.root.options.Themes.List() {
		b.root.setTheme(theme.Name)
		m := measure{t: t, theme: theme, told: map[[2]color.Color]bool{}, known: map[themes.Color]bool{}}
		for role := range themes.NumRoles {
			m.known[theme.Style(role).Fg], m.known[theme.Style(role).Bg] = true, true
		}
		m.screen(uitest.Screen(b.View().Content, 120, 36))
	}
}

// measure looks for what can't be read, and tells of each pair of colours once.
type measure struct {
	t     *testing.T
	theme themes.Theme
	told  map[[2]color.Color]bool
	known map[themes.Color]bool // the colours of the theme
}

func (m *measure) screen(screen uv.ScreenBuffer) {
	m.t.Helper()
	bounds := screen.Bounds()
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			cell := screen.CellAt(x, y)
			if cell == nil || strings.TrimSpace(cell.Content) == "" {
				continue
			}
			pair := [2]color.Color{cell.Style.Fg, cell.Style.Bg}
			if m.told[pair] {
				continue
			}
			if wrong := m.cell(cell); wrong != "" {
				m.told[pair] = true
				m.t.Errorf("%s: %q at %d,%d %s: %q", m.theme.Name, cell.Content, x, y, wrong, screen.Line(y).String())
			}
		}
	}
}

// cell says what is wrong with a cell; empty when all is well.
func (m *measure) cell(cell *uv.Cell) string {
	if cell.Style.Fg == nil || cell.Style.Bg == nil {
		return "is in the terminal's own colours"
	}
	fg, bg := colorOf(cell.Style.Fg), colorOf(cell.Style.Bg)
	if !m.known[fg] || !m.known[bg] {
		return fmt.Sprintf("is %s on %s, and those are not of this theme", fg, bg)
	}
	if got, need := themes.Contrast(fg, bg), needed(m.theme, fg, cell.Content); got < need {
		return fmt.Sprintf("is %s on %s, %.2f instead of %.1f", fg, bg, got, need)
	}
	return ""
}

// needed is the contrast that a character must have: lines that only separate need none, that of the focus 3:1.
func needed(theme themes.Theme, fg themes.Color, content string) float64 {
	r := []rune(content)[0]
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r):
	case fg == theme.Style(themes.Border).Fg:
		return 1
	case fg == theme.Style(themes.Focus).Fg:
		return 3
	}
	if strings.HasPrefix(theme.Name, "high-contrast") {
		return themes.HighContrast
	}
	return themes.Readable
}

func colorOf(c color.Color) themes.Color {
	r, g, b, _ := c.RGBA()
	return themes.RGB(uint8(r>>8), uint8(g>>8), uint8(b>>8))
}
