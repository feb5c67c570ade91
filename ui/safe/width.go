package safe

import "github.com/charmbracelet/x/ansi"

// Width returns how many terminal cells s takes, by grapheme cluster. s must
// have been made safe and hold no tabs or newlines, which have no width of
// their own.
func Width(s string) int { return ansi.StringWidth(s) }

// Truncate returns s as one safe line of at most width cells. What does not
// fit is cut between grapheme clusters, and an ellipsis takes the last cell.
// The work is bounded by width, not by the length of s.
func Truncate(s string, width int) string {
	if width <= 0 {
		return ""
	}
	// A cluster holds at most a few characters after making safe, so a prefix
	// of this many bytes always overflows width when something was cut off.
	const bytesPerCell = 64
	if most := (width + 1) * bytesPerCell; len(s) > most {
		return ansi.Truncate(Line(s[:cutBefore(s, most)])+"…", width, "…")
	}
	return ansi.Truncate(Line(s), width, "…")
}

// cutBefore returns the largest index up to i that does not split a character.
func cutBefore(s string, i int) int {
	for n := 0; n < 4 && i > 0 && s[i]&0xc0 == 0x80; n++ {
		i--
	}
	return i
}
