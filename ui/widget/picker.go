package widget

import (
	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/style"
)

// Picker is a list with a line to search in above it.
type Picker struct {
	Input *Editor
	List  *List
	w, h  int
	on    themes.Role

	styles style.Styles
}

// NewPicker returns a picker on a surface.
func NewPicker(styles style.Styles, on themes.Role, placeholder string) *Picker {
	p := &Picker{Input: NewInput(styles, EditorOptions{Placeholder: placeholder}), List: NewList(styles, on), styles: styles, on: on}
	p.Input.SetStyles(styles, on)
	p.Input.Focus(true)
	return p
}

// SetItems replaces the items.
func (p *Picker) SetItems(items []Item) { p.List.SetItems(items) }

// SetSize says how many cells there are.
func (p *Picker) SetSize(w, h int) {
	p.w, p.h = max(0, w), max(0, h)
	p.Input.SetSize(max(0, w-2), min(1, h))
	p.List.SetSize(w, max(0, h-2))
}

// SetStyles replaces the styles.
func (p *Picker) SetStyles(styles style.Styles, on themes.Role) {
	p.styles, p.on = styles, on
	p.Input.SetStyles(styles, on)
	p.List.SetStyles(styles, on)
}

// Cursor returns the cell of the cursor in the search line.
func (p *Picker) Cursor() (x, y int, ok bool) {
	x, y, ok = p.Input.Cursor()
	return x + 2, y, ok
}

// Update takes what is typed and what moves the list.
func (p *Picker) Update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch msg.String() {
		case "up", "down", "pgup", "pgdown":
			return p.List.Update(msg)
		}
	case tea.MouseClickMsg:
		if msg.Y >= 2 {
			msg.Y -= 2
			return p.List.Update(msg)
		}
		msg.X -= 2
		return p.Input.Update(msg)
	case tea.MouseWheelMsg:
		return p.List.Update(msg)
	case tea.MouseMotionMsg, tea.MouseReleaseMsg: // they select, and leave what is typed as it is
		return p.Input.Update(msg)
	}
	taken := p.Input.Update(msg)
	p.List.SetQuery(p.Input.Text())
	return taken
}

// View returns w by h cells.
func (p *Picker) View() string {
	if p.h == 0 {
		return ""
	}
	view := NewRow(p.styles, p.on, min(2, p.w)).Text(themes.Accent, "❯ ").String() + p.Input.View()
	if p.h > 1 {
		view += "\n" + rule(p.styles, p.on, p.w)
	}
	if p.h > 2 {
		view += "\n" + p.List.View()
	}
	return view
}

// rule is a line across.
func rule(styles style.Styles, on themes.Role, width int) string {
	row := NewRow(styles, on, width)
	for range width {
		row.Text(themes.Border, "─")
	}
	return row.String()
}
