package style

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"parley/themes"
)

// Of 256 colours only some are near those of a theme, and yet nothing may vanish.
func TestIndexedColoursStayReadable(t *testing.T) {
	for _, theme := range themes.Embedded().List() {
		s := New(theme, colorprofile.ANSI256)
		for role := surfaces; role < themes.NumRoles; role++ {
			for on := range surfaces {
				p := s.t.pen(role, on)
				need := themes.Readable
				if strings.HasPrefix(theme.Name, "high-contrast") && role.Kind() == themes.KindText {
					need = themes.HighContrast
				}
				if role.Kind() == themes.KindLine {
					need = 1.1
				}
				if got := themes.Contrast(themed(p.fg), themed(p.bg)); got < need {
					t.Errorf("%s: %s on %s has a contrast of %.2f, want %.2f", theme.Name, role.Name(), on.Name(), got, need)
				}
			}
		}
		for on := range themes.Selection {
			if s.SGR(themes.Text, on) == s.SGR(themes.Text, themes.Selection) {
				t.Errorf("%s: the selection looks like %s", theme.Name, on.Name())
			}
		}
	}
}

// The sixteen are the owner's: text is never drawn in the colour of what is behind it.
func TestSixteenColoursNeverFallTogether(t *testing.T) {
	s := styles(colorprofile.ANSI)
	for role := range themes.NumRoles {
		for on := range surfaces {
			if p := s.t.pen(role, on); p.fg != nil && p.fg == p.bg {
				t.Errorf("%s on %s vanishes", role.Name(), on.Name())
			}
		}
	}
}

// What a person looks for must differ from each other by attributes alone, on plain ground and in lists.
func TestStatesDifferWithoutColour(t *testing.T) {
	states := []themes.Role{themes.Text, themes.Focus, themes.Selection, themes.Current, themes.Search, themes.Faint, themes.Error, themes.Danger}
	for _, theme := range themes.Embedded().List() {
		for _, profile := range []colorprofile.Profile{colorprofile.ASCII, colorprofile.NoTTY} {
			s := New(theme, profile)
			for i, a := range states {
				for _, b := range states[:i] {
					if s.SGR(a, themes.Background) == s.SGR(b, themes.Background) {
						t.Errorf("%s, %v: %s looks like %s", theme.Name, profile, a.Name(), b.Name())
					}
				}
			}
		}
	}
}

// Who chose a theme without hue gets none on a terminal of sixteen colours either.
func TestNoHueMeansNone(t *testing.T) {
	theme, err := themes.Embedded().ByName("monochrome-dark")
	if err != nil {
		t.Fatal(err)
	}
	s := New(theme, colorprofile.ANSI)
	for role := range themes.NumRoles {
		if p := s.t.pen(role, themes.Background); p.fg != nil || p.bg != nil {
			t.Errorf("%s has a colour", role.Name())
		}
	}
}
