package overlay

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/safe"
	"parley/ui/widget"
)

// PopupLine is a name with its value, and where that comes from. Lines whose names are indented belong to the one above.
type PopupLine struct{ Name, Value, Origin string }

// PopupOptions say what a popup shows, and at which cell of the screen.
type PopupOptions struct {
	Title string
	Lines []PopupLine
	X, Y  int
	// More is what enter does, as in "explain all"; without a word for it, enter closes the popup.
	More string
	Open func() tea.Cmd
}

// Popup shows a few lines about what is at a cell of the screen: below it, or above where there is no room. Any key closes
// it.
type Popup struct {
	sheet
	options PopupOptions
	top     int // the first line that is seen
}

const popupWidth = 76

// NewPopup returns a popup.
func NewPopup(options PopupOptions) *Popup { return &Popup{options: options} }

// rows are the lines as they are drawn: the origin stands on a line of its own.
func (p *Popup) rows(width int) []string {
	var rows []string
	for _, line := range p.options.Lines {
		name := strings.TrimLeft(line.Name, " ")
		indent := 1 + len(line.Name) - len(name)
		row := p.row(width).Space(indent)
		role := themes.Key
		if indent > 1 {
			role = themes.Muted
		}
		row.Fit(role, safe.Line(name), min(columns(name), max(0, row.Left()/2)))
		if line.Value != "" {
			row.Text(themes.Muted, " = ").Text(themes.Text, safe.Line(line.Value))
		}
		rows = append(rows, row.String())
		for _, piece := range widget.Wrap(safe.Line(line.Origin), max(8, width-indent-6)) {
			if piece != "" {
				rows = append(rows, p.row(width).Space(indent+2).Text(themes.Faint, piece).String())
			}
		}
	}
	return rows
}

func (p *Popup) size() (width, height int) {
	w, _ := p.fit(popupWidth, 0)
	return p.fit(popupWidth, min(len(p.rows(w))+2, max(6, p.screenHeight/2)))
}

// Place implements Overlay.
func (p *Popup) Place() (x, y int) {
	w, h := p.size()
	y = p.options.Y + 1
	if y+h > p.screenHeight-1 {
		y = p.options.Y - h
	}
	return max(0, min(p.options.X-2, p.screenWidth-w)), max(0, min(y, p.screenHeight-h))
}

// Lines implements Overlay.
func (p *Popup) Lines() []string {
	w, h := p.size()
	rows := p.rows(w)
	p.top = max(0, min(p.top, len(rows)-(h-2)))
	seen := rows[p.top:min(len(rows), p.top+h-2)]
	tips := p.Tips()
	if len(seen) < len(rows) {
		tips = append([]Tip{{"↑↓", "more"}}, tips...)
	}
	return p.frame(p.options.Title, tips, w, seen)
}

// Tips implements Tipping.
func (p *Popup) Tips() []Tip {
	if p.options.More == "" {
		return []Tip{closes}
	}
	return []Tip{{"enter", p.options.More}, closes}
}

// Cursor implements Overlay.
func (p *Popup) Cursor() *tea.Cursor { return nil }

// Context implements Overlay.
func (p *Popup) Context() action.Context { return action.List }

// Do implements Overlay.
func (p *Popup) Do(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Up:
		p.top--
	case action.Down:
		p.top++
	case action.Open:
		p.close()
		if p.options.Open != nil {
			return p.options.Open(), true
		}
	default:
		p.close()
	}
	return nil, true
}

// Key implements Overlay.
func (p *Popup) Key(tea.KeyPressMsg) tea.Cmd {
	p.close()
	return nil
}

// Paste implements Overlay.
func (p *Popup) Paste(string) tea.Cmd {
	p.close()
	return nil
}

// Mouse implements Overlay: the wheel scrolls, a click closes.
func (p *Popup) Mouse(event tea.MouseMsg, _, _ int) tea.Cmd {
	switch event := event.(type) {
	case tea.MouseWheelMsg:
		if event.Button == tea.MouseWheelUp {
			p.top--
		} else {
			p.top++
		}
	case tea.MouseClickMsg:
		p.close()
	}
	return nil
}
