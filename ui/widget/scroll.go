package widget

import tea "charm.land/bubbletea/v2"

// scroll is the part of a long list that is seen, and the line in it that the cursor is on.
type scroll struct {
	count, height int
	top, cursor   int
}

// resize says how many lines there are and how many are seen; the cursor stays in view.
func (s *scroll) resize(count, height int) {
	s.count, s.height = max(0, count), max(0, height)
	s.to(s.cursor)
}

// to puts the cursor on a line, or the nearest there is.
func (s *scroll) to(line int) {
	s.cursor = max(0, min(line, s.count-1))
	if s.height == 0 { // nothing is seen, so nothing has to be brought into view
		return
	}
	s.top = max(s.cursor-s.height+1, min(s.top, s.cursor))
	s.top = max(0, min(s.top, s.count-s.height))
}

// move takes the cursor along a motion and reports whether the motion was one of lines.
func (s *scroll) move(m Motion) bool {
	switch m {
	case Up:
		s.to(s.cursor - 1)
	case Down:
		s.to(s.cursor + 1)
	case PageUp:
		s.page(-s.height)
	case PageDown:
		s.page(s.height)
	case HalfUp:
		s.page(-s.height / 2)
	case HalfDown:
		s.page(s.height / 2)
	case Top:
		s.to(0)
	case Bottom:
		s.to(s.count - 1)
	default:
		return false
	}
	return true
}

// page moves the window and the cursor alike.
func (s *scroll) page(lines int) {
	if lines == 0 {
		lines = 1
	}
	s.top = max(0, min(s.top+lines, s.count-s.height))
	s.to(s.cursor + lines)
}

// wheel moves the window and leaves the cursor, unless it would go out of view.
func (s *scroll) wheel(lines int) {
	s.top = max(0, min(s.top+lines, s.count-s.height))
	s.cursor = max(s.top, min(s.cursor, s.top+s.height-1, s.count-1))
}

// turn is wheel for a mouse message.
func (s *scroll) turn(msg tea.MouseWheelMsg) bool {
	switch msg.Button {
	case tea.MouseWheelUp:
		s.wheel(-wheelStep)
	case tea.MouseWheelDown:
		s.wheel(wheelStep)
	default:
		return false
	}
	return true
}

// at returns the line at a row of the view; ok is false below the last.
func (s *scroll) at(y int) (line int, ok bool) {
	line = s.top + y
	return line, y >= 0 && y < s.height && line < s.count
}
