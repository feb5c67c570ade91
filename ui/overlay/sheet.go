package overlay

import (
	"strings"

	"parley/themes"
	"parley/ui/style"
	"parley/ui/widget"
)

// sheet is what every overlay is drawn on: a framed piece of the raised surface, centred a little above the middle.
type sheet struct {
	styles                    style.Styles
	screenWidth, screenHeight int
	done                      bool
}

func (s *sheet) SetScreen(width, height int)   { s.screenWidth, s.screenHeight = width, height }
func (s *sheet) SetStyles(styles style.Styles) { s.styles = styles }
func (s *sheet) Done() bool                    { return s.done }
func (s *sheet) close()                        { s.done = true }
func (s *sheet) fit(width, height int) (w, h int) {
	return max(4, min(width, s.screenWidth-2)), max(3, min(height, s.screenHeight-2))
}

// place returns the corner of a sheet of that size. A linear screen begins at its first cell, as it is read.
func (s *sheet) place(width, height int) (x, y int) {
	if s.styles.Shape() == style.Linear {
		return 0, 0
	}
	return max(0, (s.screenWidth-width)/2), max(0, min((s.screenHeight-height)/3, s.screenHeight-height))
}

// frame puts a title above and tips below lines that are two cells narrower than width.
func (s *sheet) frame(title string, tips []Tip, width int, lines []string) []string {
	side := s.styles.Paint(themes.Focus, themes.Raised, "│")
	framed := make([]string, 0, len(lines)+2)
	framed = append(framed, s.edge("╭", title, themes.Title, "╮", width))
	for _, line := range lines {
		framed = append(framed, side+line+side)
	}
	return append(framed, s.edge("╰", tipLine(tips, width-6), themes.Muted, "╯", width))
}

func (s *sheet) edge(begin, text string, role themes.Role, end string, width int) string {
	row := widget.NewRow(s.styles, themes.Raised, width-1)
	row.Text(themes.Focus, begin+"─")
	for columns(text) > row.Left()-3 && strings.Contains(text, tipBetween) { // whole parts only
		text = text[:strings.LastIndex(text, tipBetween)]
	}
	if text != "" && row.Left() > 4 {
		row.Space(1).Fit(role, text, min(row.Left()-2, columns(text))).Space(1)
	}
	row.Text(themes.Focus, strings.Repeat("─", max(0, row.Left())))
	return row.String() + s.styles.Paint(themes.Focus, themes.Raised, end)
}

// row begins a line inside a sheet of that width.
func (s *sheet) row(width int) *widget.Row { return widget.NewRow(s.styles, themes.Raised, width-2) }
