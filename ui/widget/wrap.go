package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/style"
)

// Wrap makes a text safe and breaks it into lines of at most width cells: between words, and within those that are longer
// than a line. Line ends and blanks at the beginning of a line stay. What stands alone in a line, as a URL does, fills one
// after the other, so that it is put together again when it is copied from the screen.
func Wrap(text string, width int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		paragraph, wrapped := safe.Line(paragraph), ""
		if strings.Contains(paragraph, " ") {
			wrapped = ansi.Wrap(paragraph, max(1, width), "")
		} else {
			wrapped = ansi.Hardwrap(paragraph, max(1, width), true)
		}
		lines = append(lines, strings.Split(wrapped, "\n")...)
	}
	return lines
}

// emptyRow is a row of a widget that has nothing to show but a message about that.
func emptyRow(styles style.Styles, on themes.Role, message string, y, width int) string {
	row := NewRow(styles, on, width)
	if message == "" {
		return row.String()
	}
	if lines := Wrap(message, width-2); y < len(lines) {
		row.Space(1).Text(themes.Muted, lines[y])
	}
	return row.String()
}
