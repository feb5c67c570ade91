package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/secrets"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// untouched is a workspace in which nothing happens by looking: no command runs, nobody is asked, no request is sent.
func untouched(work runner.Workspace) runner.Workspace {
	work.Host.Ask, work.Host.Command, work.SendFor = nil, nil, nil
	return work
}

// peek tells what the variable under the cursor is and where it comes from; without a cursor, all variables of the text
// that has focus. Where no variable is, it tells where the value comes from.
func (r *Root) peek() tea.Cmd {
	x, y := r.peekPlace()
	return r.peekAt(x, y)
}

// peekPlace is the cursor, else the corner of what has focus.
func (r *Root) peekPlace() (x, y int) {
	if c := r.cursor(); c != nil {
		return c.X, c.Y
	}
	rect := r.layout.of(r.focus)
	return rect.X + 4, rect.Y + 2
}

func (r *Root) peekAt(x, y int) tea.Cmd {
	p, ok := r.focused().(pane.Templated)
	if !ok {
		return r.showWhy()
	}
	text, cursor := p.Template()
	if !strings.Contains(text, "{{") {
		return r.showWhy()
	}
	edited, work := r.tab().draft.Clone(), untouched(*r.work)
	return r.Background(func() func() tea.Cmd {
		var lines []resolve.Line
		input, err := work.Input(edited)
		if err == nil {
			lines, err = resolve.Variables(secrets.Quietly(r.ctx), input, text, cursor)
		}
		return func() tea.Cmd {
			if err != nil {
				return r.fail(err)
			}
			r.overlays.Push(overlay.NewPopup(overlay.PopupOptions{
				Title: "Variables", Lines: popupLines(lines), X: x, Y: y, More: "where every value comes from", Open: r.showWhy,
			}))
			return nil
		}
	})
}

func popupLines(list []resolve.Line) []overlay.PopupLine {
	lines := make([]overlay.PopupLine, len(list))
	for i, line := range list {
		lines[i] = overlay.PopupLine{Name: line.Key, Value: line.Text, Origin: line.Origin}
	}
	return lines
}
