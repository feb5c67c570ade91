package overlay

import (
	"strings"

	"parley/ui/safe"
)

// columns is how many cells a text takes once it is safe to show.
func columns(text string) int { return safe.Width(safe.Line(text)) }

// wrap breaks a text into lines of at most width cells, between words where it can.
func wrap(text string, width int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for word := range strings.FieldsSeq(safe.Line(paragraph)) {
			switch {
			case line == "":
				line = word
			case safe.Width(line)+1+safe.Width(word) <= width:
				line += " " + word
			default:
				lines = append(lines, line)
				line = word
			}
		}
		lines = append(lines, line)
	}
	return lines
}
