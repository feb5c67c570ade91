package pane

import (
	"errors"

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
