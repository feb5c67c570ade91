package widget

import (
	"unicode/utf8"

	"parley/ui/safe"
	"parley/ui/widget/text"
)

// tabWidth is how far apart tab stops are.
const tabWidth = 4

// clusterEnd returns where the grapheme cluster at byte i of s ends.
func clusterEnd(s string, i int) int { return text.Next(s, i) }

// cluster returns how a grapheme cluster is shown at a column, how many cells that takes, and whether it is a mark.
func cluster(s string, column int) (shown string, width int, mark bool) {
	if len(s) == 1 && s[0] >= ' ' && s[0] <= '~' {
		return s, 1, false
	}
	if s == "\t" {
		width = tabWidth - column%tabWidth
		return blanks(width), width, false
	}
	if cells := letterCells(s); cells > 0 {
		return s, cells, false
	}
	shown = safe.Line(s)
	return shown, safe.Width(shown), shown != s
}

// letterCells is how many cells a cluster takes that is one character of the blocks that most of large texts are made of; 0
// where it has to be measured.
func letterCells(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case n != len(s) || n < 2:
		return 0
	case r >= 0xc0 && r < 0x250, r >= 0x400 && r < 0x483:
		return 1
	case r >= 0x4e00 && r < 0xa000, r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30fa, r >= 0xac00 && r <= 0xd7a3:
		return 2
	}
	return 0
}
