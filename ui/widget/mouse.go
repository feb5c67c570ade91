package widget

import tea "charm.land/bubbletea/v2"

// MouseAt returns a mouse event at another cell, such as one relative to a widget.
func MouseAt(event tea.MouseMsg, x, y int) tea.MouseMsg {
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

// points reports whether a button puts the cursor on what is under the mouse: the left one, which may do more, and the right
// one, after which a menu opens.
func points(button tea.MouseButton) bool { return button == tea.MouseLeft || button == tea.MouseRight }
