package pane

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/widget"
)

// motions are the actions that move through lists and bodies.
var motions = map[action.ID]widget.Motion{
	action.Up: widget.Up, action.Down: widget.Down, action.Left: widget.Left, action.Right: widget.Right,
	action.Top: widget.Top, action.Bottom: widget.Bottom,
	action.HalfUp: widget.HalfUp, action.HalfDown: widget.HalfDown,
	action.PageUp: widget.PageUp, action.PageDown: widget.PageDown,
}

// moveMouse returns a mouse event at another cell.
func moveMouse(event tea.MouseMsg, x, y int) tea.MouseMsg {
	at := event.Mouse()
	at.X, at.Y = x, y
	switch event.(type) {
	case tea.MouseClickMsg:
		return tea.MouseClickMsg(at)
	case tea.MouseReleaseMsg:
		return tea.MouseReleaseMsg(at)
	case tea.MouseWheelMsg:
		return tea.MouseWheelMsg(at)
	default:
		return tea.MouseMotionMsg(at)
	}
}

// Failed returns a notice of an error with its hint.
func Failed(err error) Notice {
	n := Notice{Level: Failure, Text: err.Error()}
	if told, ok := errors.AsType[interface {
		error
		Hint() string
	}](err); ok {
		n.Hint = told.Hint()
	}
	return n
}
