package style

import (
	"strings"
	"unicode/utf8"

	"parley/themes"
)

// Shape is how the parts of the screen are told apart.
type Shape uint8

// The shapes.
const (
	// Ruled draws lines between parts, and signs beside what they say.
	Ruled Shape = iota
	// Linear draws neither: words alone, for who hears the screen or gets it over a slow line.
	Linear
)

// In returns the styles for another shape.
func (s Styles) In(shape Shape) Styles {
	if s.t.shape == shape {
		return s
	}
	t := *s.t
	t.shape = shape
	return Styles{&t}
}

// Shape returns the shape that s draws in.
func (s Styles) Shape() Shape { return s.t.shape }

// Still returns the styles for who wants nothing to move that only shows that time goes by.
func (s Styles) Still() Styles {
	t := *s.t
	t.still = true
	return Styles{&t}
}

// Moves reports whether a spinner may turn, or a bar run on by itself. Numbers that change say something, and may.
func (s Styles) Moves() bool { return !s.t.still && s.t.shape != Linear }

// Drawn returns what a piece of our own is drawn as, which takes the same cells: lines and bars give way to blanks where
// the shape has none, and signs to what a reader says.
func (s Styles) Drawn(role themes.Role, piece string) string {
	if s.t.shape == Ruled || piece == "" {
		return piece
	}
	return linear(role, piece)
}

func linear(role themes.Role, piece string) string {
	if role.Kind() == themes.KindLine || ruled(piece) {
		return strings.Repeat(" ", utf8.RuneCountInString(piece))
	}
	if said, ok := signs[piece]; ok {
		return said
	}
	for sign, said := range leads { // of a row that says whether something is chosen
		if rest, led := strings.CutPrefix(piece, sign); led {
			return said + rest
		}
	}
	return piece
}

var leads = map[string]string{"● ": "* ", "○ ": "o "}

// ruled reports whether a piece is nothing but box drawing and blocks.
func ruled(piece string) bool {
	for _, r := range piece {
		if r != ' ' && (r < '─' || r > '▟') {
			return false
		}
	}
	return true
}

// signs are what stands beside text and is as wide in a linear screen.
var signs = map[string]string{
	"●": "*", "○": "o", "•": "*", " •": " *", "·": " ", " · ": ",  ",
	"›": " ", " ›": " >", "‹ ": "< ", "❯ ": "> ",
	"▾": "-", "▸": "+", "▾ ": "- ", "▸ ": "+ ",
	"↪ ": "> ", " ↪ ": " > ", "→": ">", " → ": " > ", "←": "<",
}
