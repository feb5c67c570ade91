package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/safe"
	"parley/ui/widget"
)

// View draws the screen. Bubble Tea calls it after every message: panes keep their lines until they change, and only
// joining them is done each time.
func (r *Root) View() tea.View {
	lines := r.screen()
	if !r.layout.TooSmall {
		r.overlays.Splice(lines)
	}
	view := tea.NewView(strings.Join(lines, "\n"))
	view.AltScreen = true
	if r.options.Mouse {
		view.MouseMode = tea.MouseModeCellMotion
	}
	view.WindowTitle = r.title()
	view.BackgroundColor = r.styles.Color(themes.Background)
	view.Cursor = r.cursor()
	return view
}

func (r *Root) title() string {
	if t := r.tab(); t != nil {
		return "Parley · " + safe.Line(t.name())
	}
	return "Parley"
}

// screen returns the lines below the overlays.
func (r *Root) screen() []string {
	if r.width <= 0 || r.height <= 0 {
		return nil
	}
	if r.layout.TooSmall {
		return r.tooSmall()
	}
	rows := make([]strings.Builder, r.height)
	put := func(rect Rect, lines []string) {
		for i, line := range lines {
			if i < rect.H && rect.Y+i < r.height {
				rows[rect.Y+i].WriteString(line)
			}
		}
	}
	// Rectangles that share rows are given from left to right.
	for _, placed := range r.placed() {
		if !placed.rect.Empty() {
			put(placed.rect, placed.lines())
		}
	}
	lines := make([]string, r.height)
	for i := range rows {
		lines[i] = rows[i].String()
	}
	return lines
}

// placed is something with its place on the screen.
type placed struct {
	rect  Rect
	lines func() []string
}

func (r *Root) placed() []placed {
	t := r.tab()
	return []placed{
		{r.layout.Top, r.topLine},
		{r.layout.Sidebar, r.sidebar.Lines},
		{r.layout.Tabs, r.drawTabs},
		{r.layout.URL, t.url.Lines},
		{r.layout.Request, t.request.Lines},
		{r.layout.Response, t.response.Lines},
		{r.layout.Status, r.statusLine},
	}
}

func (r *Root) tooSmall() []string {
	text := fmt.Sprintf("Parley needs %d×%d cells; this terminal has %d×%d.", minWidth, minHeight, r.width, r.height)
	lines := make([]string, 0, r.height)
	for _, piece := range widget.Wrap(text, r.width) {
		if len(lines) < r.height {
			lines = append(lines, widget.NewRow(r.styles, themes.Background, r.width).Text(themes.Text, piece).String())
		}
	}
	for len(lines) < r.height {
		lines = append(lines, widget.NewRow(r.styles, themes.Background, r.width).String())
	}
	return lines
}

// cursor returns where the terminal's own cursor is: where one types.
func (r *Root) cursor() *tea.Cursor {
	if r.layout.TooSmall {
		return nil
	}
	if top := r.overlays.Top(); top != nil {
		x, y := top.Place()
		return moved(top.Cursor(), x, y)
	}
	rect := *r.layout.of(r.focus)
	if rect.Empty() {
		return nil
	}
	return moved(r.focused().Cursor(), rect.X, rect.Y)
}

func moved(c *tea.Cursor, x, y int) *tea.Cursor {
	if c == nil {
		return nil
	}
	at := *c
	at.X += x
	at.Y += y
	return &at
}
