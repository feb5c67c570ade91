package widget

import (
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
	shown = safe.Line(s)
	return shown, safe.Width(shown), shown != s
}
