package style

import (
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"

	"parley/themes"
)

func TestShapesTakeTheSameCells(t *testing.T) {
	ruled := styles(colorprofile.TrueColor)
	lines := ruled.In(Linear)
	if lines == ruled || lines.In(Ruled).Shape() != Ruled {
		t.Error("a shape is not another one")
	}
	for _, c := range []struct {
		role        themes.Role
		piece, said string
	}{
		{themes.Border, "───", "   "},
		{themes.Muted, "▕██▍ ▏", "      "},
		{themes.Accent, "▌", " "},
		{themes.Muted, "▾ ", "- "},
		{themes.Accent, "● test", "* test"},
		{themes.Text, "naïve – 日本", "naïve – 日本"},
		{themes.Text, "", ""},
	} {
		if got := ruled.Drawn(c.role, c.piece); got != c.piece {
			t.Errorf("ruled: %q is drawn as %q", c.piece, got)
		}
		got := lines.Drawn(c.role, c.piece)
		if got != c.said || utf8.RuneCountInString(got) != utf8.RuneCountInString(c.piece) {
			t.Errorf("linear: %q is drawn as %q, want %q", c.piece, got, c.said)
		}
	}
	for sign, said := range signs {
		if utf8.RuneCountInString(sign) != utf8.RuneCountInString(said) {
			t.Errorf("%q and %q differ in width", sign, said)
		}
	}
}

func TestStillStylesMoveNothing(t *testing.T) {
	s := styles(colorprofile.TrueColor)
	if !s.Moves() || s.Still().Moves() || s.In(Linear).Moves() || s.Still().In(Linear).In(Ruled).Moves() {
		t.Error("what may move is not what was asked for")
	}
}
