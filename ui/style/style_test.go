package style

import (
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"parley/themes"
)

func styles(profile colorprofile.Profile) Styles {
	return New(themes.Embedded().Default(true), profile)
}

func TestSGRPerProfile(t *testing.T) {
	for _, c := range []struct {
		profile  colorprofile.Profile
		role, on themes.Role
		want     string
	}{
		{colorprofile.TrueColor, themes.Text, themes.Background, "\x1b[0;38;2;214;220;228;48;2;20;23;28m"},
		{colorprofile.TrueColor, themes.Title, themes.Background, "\x1b[0;1;38;2;214;220;228;48;2;20;23;28m"},
		{colorprofile.ANSI, themes.Error, themes.Raised, "\x1b[0;31m"},
		{colorprofile.ANSI, themes.Error, themes.Selection, "\x1b[0;7m"},
		{colorprofile.ANSI, themes.Danger, themes.Background, "\x1b[0;1;97;41m"},
		{colorprofile.ASCII, themes.Text, themes.Background, "\x1b[0m"},
		{colorprofile.ASCII, themes.Selection, themes.Background, "\x1b[0;7m"},
		{colorprofile.ASCII, themes.Error, themes.Background, "\x1b[0;1;4m"},
	} {
		if got := styles(c.profile).SGR(c.role, c.on); got != c.want {
			t.Errorf("%v: %s on %s: %q, want %q", c.profile, c.role.Name(), c.on.Name(), got, c.want)
		}
	}
	if got := styles(colorprofile.ANSI256).SGR(themes.Text, themes.Background); !strings.Contains(got, ";38;5;") || !strings.Contains(got, ";48;5;") {
		t.Errorf("256 colours: %q", got)
	}
}

// Without colours, what a person must not miss still looks different from plain text.
func TestMeaningWithoutColor(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.ASCII, colorprofile.ANSI} {
		s := styles(profile)
		text := s.SGR(themes.Text, themes.Background)
		for _, role := range []themes.Role{
			themes.Selection, themes.Line, themes.Accent, themes.Focus, themes.Warning, themes.Error, themes.Active, themes.Danger,
			themes.Search, themes.Current, themes.Control, themes.Unresolved, themes.Invalid, themes.Status5xx, themes.MethodDelete,
		} {
			if s.SGR(role, themes.Background) == text {
				t.Errorf("%v: %s looks like text", profile, role.Name())
			}
		}
		if s.SGR(themes.Search, themes.Background) == s.SGR(themes.Current, themes.Background) {
			t.Errorf("%v: the current match looks like the others", profile)
		}
		if s.Color(themes.Background) != nil {
			t.Errorf("%v: the terminal's background is painted over", profile)
		}
	}
}

// The two ways to draw must give the same cell.
func TestLipgloss(t *testing.T) {
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI, colorprofile.ASCII} {
		s := styles(profile)
		for role := range themes.NumRoles {
			for on := range surfaces {
				byHand, byLip := cell(s.Paint(role, on, "x")), cell(lip(s, role, on).Render("x"))
				if !byHand.Equal(&byLip) {
					t.Errorf("%v: %s on %s: %+v by SGR, %+v by lipgloss", profile, role.Name(), on.Name(), byHand.Style, byLip.Style)
				}
			}
		}
	}
}

func cell(s string) uv.Cell {
	screen := uv.NewScreenBuffer(1, 1)
	uv.NewStyledString(s).Draw(screen, screen.Bounds())
	return *screen.CellAt(0, 0)
}

// lip is the same style as lipgloss has it.
func lip(s Styles, role, on themes.Role) lipgloss.Style {
	p := s.t.pen(role, min(on, surfaces-1))
	style := lipgloss.NewStyle().
		Bold(p.attrs&themes.Bold != 0).
		Italic(p.attrs&themes.Italic != 0).
		Underline(p.attrs&themes.Underline != 0).
		Reverse(p.attrs&themes.Reverse != 0).
		Faint(p.attrs&themes.FaintText != 0).
		Strikethrough(p.attrs&themes.Strike != 0)
	if p.fg != nil {
		style = style.Foreground(p.fg)
	}
	if p.bg != nil {
		style = style.Background(p.bg)
	}
	return style
}
