// Package style turns a theme into what a terminal understands. It is the one place that knows both colours and
// escape sequences; everything else names a role of package themes and the surface it stands on.
//
// [Styles] is a small value that is handed down by copy. It never changes once made and may be used from anywhere; a
// change of theme makes a new one.
//
// Everything that is drawn appends [Styles.SGR], a cached string that sets the whole pen, and ends every line with [Reset].
package style

import (
	"image/color"

	"github.com/charmbracelet/colorprofile"

	"parley/themes"
)

// Reset ends a line: it gives the terminal its own pen back.
const Reset = "\x1b[m"

// surfaces is how many roles are something to stand on; they come first among the roles.
const surfaces = themes.Selection + 1

// Styles is a theme made ready for one kind of terminal.
type Styles struct {
	t *table
}

type table struct {
	theme   themes.Theme
	profile colorprofile.Profile
	shape   Shape
	still   bool
	sgr     [themes.NumRoles][surfaces]string
}

// New prepares a theme for a terminal with the given colours. colorprofile.ASCII is for NO_COLOR: attributes alone
// then tell what matters apart.
func New(theme themes.Theme, profile colorprofile.Profile) Styles {
	t := &table{theme: theme, profile: profile}
	for role := range themes.NumRoles {
		for on := range surfaces {
			t.sgr[role][on] = t.pen(role, on).sgr()
		}
	}
	return Styles{t}
}

// Theme returns the theme that s was made from.
func (s Styles) Theme() themes.Theme { return s.t.theme }

// Profile returns the kind of terminal that s was made for.
func (s Styles) Profile() colorprofile.Profile { return s.t.profile }

// SGR returns the sequence that sets the pen for role on a surface, whatever it was before. A role that is a surface
// itself stands for plain text on it.
func (s Styles) SGR(role, on themes.Role) string {
	return s.t.sgr[role][min(on, surfaces-1)]
}

// Paint returns a piece of our own in the style of role on a surface. It must be safe to show already.
func (s Styles) Paint(role, on themes.Role, text string) string {
	return s.SGR(role, on) + s.Drawn(role, text) + Reset
}

// Color returns the colour of role: a surface's or a mark's background, else the text's; nil where the terminal's own
// colour stays, as on a terminal of 16 colours or none.
func (s Styles) Color(role themes.Role) color.Color {
	p := s.t.pen(role, themes.Background)
	if kind := role.Kind(); kind == themes.KindSurface || kind == themes.KindMark {
		return p.bg
	}
	return p.fg
}

// Pixels returns the sequence that sets the pen to two colours of a picture, as near as the terminal comes to them; it is
// empty where there are none.
func (s Styles) Pixels(text, behind color.Color) string {
	if s.t.profile < colorprofile.ANSI {
		return ""
	}
	return pen{fg: s.t.profile.Convert(text), bg: s.t.profile.Convert(behind)}.sgr()
}
