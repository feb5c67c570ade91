package overlay

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/safe"
)

// MenuItem is one line of a Menu.
type MenuItem struct {
	Title, Key string
	// Why says why it cannot be done now; empty means that it can.
	Why string
	// Apart draws a line above it.
	Apart bool
	Run   func() tea.Cmd
}

// Menu lists what can be done with what is at a cell of the screen, there.
type Menu struct {
	sheet
	items   []MenuItem
	x, y    int
	at, top int
	rows    []int // of every line the index of its item, -1 for a line between
}

const (
	menuMost  = 56 // cells
	menuLeast = 24
)

// NewMenu returns a menu at a cell; the cursor begins on the first item that can be chosen.
func NewMenu(items []MenuItem, x, y int) *Menu {
	m := &Menu{items: items, x: x, y: y}
	for i, item := range items {
		if item.Apart && i > 0 {
			m.rows = append(m.rows, -1)
		}
		m.rows = append(m.rows, i)
	}
	if len(items) > 0 && items[0].Why != "" {
		m.move(1)
	}
	return m
}

func (m *Menu) size() (width, height int) {
	width = menuLeast
	for _, item := range m.items {
		width = max(width, columns(item.Title)+columns(m.end(item))+7)
	}
	return m.fit(min(width, menuMost), len(m.rows)+2)
}

// end is what stands at the right: the key, or why there is nothing to do.
func (m *Menu) end(item MenuItem) string {
	if item.Why != "" {
		return safe.Line(item.Why)
	}
	return item.Key
}

// Place implements Overlay: below and right of the cell, or where there is room.
func (m *Menu) Place() (x, y int) {
	w, h := m.size()
	return max(0, min(m.x, m.screenWidth-w)), max(0, min(m.y, m.screenHeight-1-h))
}

// Lines implements Overlay.
func (m *Menu) Lines() []string {
	w, h := m.size()
	m.follow(h - 2)
	var lines []string
	for _, i := range m.rows[m.top:min(len(m.rows), m.top+h-2)] {
		lines = append(lines, m.line(i, w))
	}
	edge := []Tip{closes}
	if len(m.rows) > h-2 {
		edge = []Tip{{"↑↓", "more"}, closes}
	}
	return m.frame("", edge, w, lines)
}

// Tips implements Tipping.
func (m *Menu) Tips() []Tip { return []Tip{{"enter", "do it"}, moves, closes} }

func (m *Menu) line(i, width int) string {
	row := m.row(width)
	if i < 0 {
		return row.Text(themes.Border, strings.Repeat("─", max(0, width-2))).String()
	}
	item := m.items[i]
	title, end := themes.Text, themes.Shortcut
	if item.Why != "" {
		title, end = themes.Faint, themes.Faint
	}
	mark := " "
	if i == m.at {
		row.On(themes.Selection)
		mark = "▌"
	}
	row.Text(themes.Accent, mark)
	room := max(0, row.Left()-2)
	ending := safe.Truncate(m.end(item), max(room/2, room-columns(item.Title)-1))
	row.Fit(title, safe.Truncate(item.Title, max(0, room-columns(ending)-1)), max(0, room-columns(ending)))
	return row.Space(1).Text(end, ending).String()
}

// follow keeps the cursor in sight of that many rows.
func (m *Menu) follow(rows int) {
	line := 0
	for y, i := range m.rows {
		if i == m.at {
			line = y
		}
	}
	m.top = max(0, min(m.top, line, len(m.rows)-1), line-rows+1)
}

// Cursor implements Overlay.
func (m *Menu) Cursor() *tea.Cursor { return nil }

// Context implements Overlay.
func (m *Menu) Context() action.Context { return action.List }

// Do implements Overlay. Every other action closes the menu and is not done: it was meant for the menu.
func (m *Menu) Do(id action.ID) (tea.Cmd, bool) {
	switch id {
	case action.Up, action.Previous, action.PageUp, action.HalfUp:
		m.move(-1)
	case action.Down, action.Next, action.PageDown, action.HalfDown:
		m.move(1)
	case action.Top:
		m.at = -1
		m.move(1)
	case action.Bottom:
		m.at = len(m.items)
		m.move(-1)
	case action.Open, action.Toggle:
		return m.run(m.at), true
	default:
		m.close()
	}
	return nil, true
}

// Key implements Overlay.
func (m *Menu) Key(key tea.KeyPressMsg) tea.Cmd {
	if key.String() == "enter" {
		return m.run(m.at)
	}
	return nil
}

// Paste implements Overlay.
func (m *Menu) Paste(string) tea.Cmd { return nil }

// Mouse implements Overlay: a click chooses, one outside closes, the wheel moves.
func (m *Menu) Mouse(event tea.MouseMsg, x, y int) tea.Cmd {
	switch event := event.(type) {
	case tea.MouseWheelMsg:
		if event.Button == tea.MouseWheelUp {
			m.move(-1)
		} else {
			m.move(1)
		}
	case tea.MouseClickMsg:
		w, h := m.size()
		line := y - 1 + m.top
		switch {
		case x < 0 || y < 0 || x >= w || y >= h:
			m.close()
		case y > 0 && y < h-1 && line < len(m.rows) && m.rows[line] >= 0:
			m.at = m.rows[line]
			return m.run(m.at)
		}
	}
	return nil
}

// move goes to the next item that can be chosen, and stays where there is none.
func (m *Menu) move(by int) {
	for i := m.at + by; i >= 0 && i < len(m.items); i += by {
		if m.items[i].Why == "" {
			m.at = i
			return
		}
	}
	if m.at < 0 || m.at >= len(m.items) {
		m.at = max(0, min(m.at, len(m.items)-1))
	}
}

func (m *Menu) run(i int) tea.Cmd {
	if i < 0 || i >= len(m.items) || m.items[i].Why != "" {
		return nil
	}
	m.close()
	return m.items[i].Run()
}
