package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/pane"
	"parley/ui/widget"
)

// View draws the screen. Bubble Tea calls it after every message: panes keep their lines until they change, and only
// joining them is done each time.
func (r *Root) View() tea.View {
	view := tea.NewView(r.content())
	view.AltScreen = true
	view.MouseMode = tea.MouseModeCellMotion
	view.WindowTitle = r.title()
	view.BackgroundColor = r.styles.Color(themes.Background)
	view.Cursor = r.cursor()
	view.ProgressBar = r.progressBar()
	view.ReportFocus = true
	return view
}

// content returns the whole screen.
func (r *Root) content() string {
	switch {
	case r.width <= 0 || r.height <= 0:
		return ""
	case r.layout.TooSmall:
		return strings.Join(r.tooSmall(), "\n")
	}
	joined := r.join()
	status := r.statusLine()
	list, _, _ := r.completion()
	chord := r.chord()
	if r.overlays.Top() == nil && len(status) == 1 && list == nil && chord == nil {
		return joined
	}
	lines := strings.Split(joined, "\n")
	if r.options.Linear && r.overlays.Top() != nil { // what lies below would be read on the same lines
		for i := range lines {
			lines[i] = widget.NewRow(r.styles, themes.Background, r.width).String()
		}
	}
	r.overlays.Splice(lines)
	r.spliceCompletion(lines)
	if chord != nil {
		r.overlays.Draw(lines, chord)
	}
	copy(lines[len(lines)-len(status):], status)
	return strings.Join(lines, "\n")
}

// join puts the parts beside and below each other.
func (r *Root) join() string {
	parts := r.placed()
	var b strings.Builder
	b.Grow(r.joined)
	for y := range r.height {
		if y > 0 {
			b.WriteByte('\n')
		}
		// Those that share rows are given from left to right.
		for _, part := range parts {
			if at := y - part.rect.Y; at >= 0 && at < len(part.lines) && at < part.rect.H {
				b.WriteString(part.lines[at])
			}
		}
	}
	r.joined = b.Len()
	return b.String()
}

// placed is a part with its place on the screen.
type placed struct {
	rect  Rect
	lines []string
}

func (r *Root) placed() []placed {
	t := r.tab()
	t.url.Warn(r.warning())
	all := [...]struct {
		rect  Rect
		lines func() []string
	}{
		{r.layout.Top, r.topLine},
		{r.layout.Sidebar, r.sidebar.Lines},
		{r.layout.Tabs, r.drawTabs},
		{r.layout.URL, t.url.Lines},
		{r.layout.Request, t.request.Lines},
		{r.layout.Response, t.response.Lines},
		{r.layout.Other, r.pane(partOther).Lines},
		{r.layout.Status, r.statusLine},
	}
	parts := make([]placed, 0, len(all))
	for _, part := range all {
		if !part.rect.Empty() {
			parts = append(parts, placed{part.rect, part.lines()})
		}
	}
	return parts
}

// warning names a protected environment where the line that shows it has no room.
func (r *Root) warning() string {
	if name := r.work.Protected(); name != "" && r.layout.Top.Empty() {
		return name + " is protected"
	}
	return ""
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

// cursor returns where the terminal's own cursor is: where one types, else at the row that is selected.
func (r *Root) cursor() *tea.Cursor {
	if r.layout.TooSmall {
		return nil
	}
	if top := r.overlays.Top(); top != nil {
		x, y := top.Place()
		if c := top.Cursor(); c != nil {
			return moved(c, x, y)
		}
		return moved(pointed(top), x, y)
	}
	rect := *r.layout.of(r.focus)
	if rect.Empty() {
		return nil
	}
	if c := r.focused().Cursor(); c != nil {
		return moved(c, rect.X, rect.Y)
	}
	return moved(pointed(r.focused()), rect.X, rect.Y)
}

// pointed is a cursor that does not ask for letters, where what is drawn knows of one.
func pointed(at any) *tea.Cursor {
	pointing, ok := at.(pane.Pointing) // overlays have the same method
	if !ok {
		return nil
	}
	x, y, ok := pointing.Pointed()
	if !ok {
		return nil
	}
	c := tea.NewCursor(x, y)
	c.Shape, c.Blink = tea.CursorBar, false
	return c
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
