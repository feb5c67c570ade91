package overlay

// Pointing is an Overlay that knows where the eye is while nothing is typed: at the row that is selected. The terminal's
// own cursor is put there, since screen readers and magnifiers follow it.
type Pointing interface {
	// Pointed returns the cell, relative to the overlay; ok is false when there is no such row.
	Pointed() (x, y int, ok bool)
}

// Pointed implements Pointing.
func (s *Screen) Pointed() (x, y int, ok bool) {
	y, ok = s.table.Pointed()
	return 1, y + s.above() + 1, ok
}

// Pointed implements Pointing.
func (f *Form) Pointed() (x, y int, ok bool) {
	y, ok = f.form.Pointed()
	return 1, y + 2, ok
}

// Pointed implements Pointing. Above the answers there are the frame, a blank line, the text and another one.
func (c *Choice) Pointed() (x, y int, ok bool) {
	_, lines := c.body()
	return 2, len(lines) - len(c.options) + c.at, len(c.options) > 0
}

// Pointed implements Pointing.
func (m *Menu) Pointed() (x, y int, ok bool) {
	for y, i := range m.rows[min(m.top, len(m.rows)):] {
		if i == m.at {
			return 1, y + 1, true
		}
	}
	return 0, 0, false
}
