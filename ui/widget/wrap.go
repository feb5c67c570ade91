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

// emptyRows are the rows of a widget that have nothing to show, but a message about that at their top. They are kept, since
// most of a tall screen is often made of them.
type emptyRows struct {
	of    emptyOf
	lines []string // of the message
	blank string   // what is below them
}

// emptyOf is what such rows depend on.
type emptyOf struct {
	styles  style.Styles
	on      themes.Role
	width   int
	message string
}

// at returns the row that is y below the first one.
func (e *emptyRows) at(styles style.Styles, on themes.Role, message string, y, width int) string {
	if of := (emptyOf{styles, on, width, message}); e.blank == "" || e.of != of {
		*e = of.rows()
	}
	if y < len(e.lines) {
		return e.lines[y]
	}
	return e.blank
}

func (of emptyOf) rows() emptyRows {
	rows := emptyRows{of: of, blank: NewRow(of.styles, of.on, of.width).String()}
	if of.message != "" {
		rows.lines = Wrap(of.message, of.width-2)
	}
	for i, line := range rows.lines {
		rows.lines[i] = NewRow(of.styles, of.on, of.width).Space(1).Text(themes.Muted, line).String()
	}
	return rows
}
