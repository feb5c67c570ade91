package pane

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/widget"
)

// page is the part of a text that is seen, when it is longer than its pane.
type page struct{ top, height, count int }

// show returns the lines that are seen.
func (p *page) show(lines []string, height int) []string {
	p.count, p.height = len(lines), height
	p.to(p.top)
	return lines[p.top:min(len(lines), p.top+height)]
}

func (p *page) to(line int) { p.top = max(0, min(line, p.count-p.height)) }

func (p *page) move(m widget.Motion) {
	switch m {
	case widget.Up:
		p.to(p.top - 1)
	case widget.Down:
		p.to(p.top + 1)
	case widget.HalfUp:
		p.to(p.top - p.height/2)
	case widget.HalfDown:
		p.to(p.top + p.height/2)
	case widget.PageUp:
		p.to(p.top - p.height)
	case widget.PageDown:
		p.to(p.top + p.height)
	case widget.Top:
		p.to(0)
	case widget.Bottom:
		p.to(p.count)
	}
}

// wheelLines is how far one step of the wheel goes.
const wheelLines = 3

func (p *page) turn(wheel tea.MouseWheelMsg) {
	switch wheel.Button {
	case tea.MouseWheelUp:
		p.to(p.top - wheelLines)
	case tea.MouseWheelDown:
		p.to(p.top + wheelLines)
	}
}

// note tells which lines are seen, when they are not all.
func (p *page) note() []Span {
	if p.count <= p.height {
		return nil
	}
	return []Span{{fmt.Sprintf("%d–%d of %d lines", p.top+1, min(p.count, p.top+p.height), p.count), themes.Faint}}
}
