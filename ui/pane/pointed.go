package pane

// Pointing is a Pane that knows where the eye is while nothing is typed: at the row that is selected. The terminal's own
// cursor is put there, since screen readers and magnifiers follow it.
type Pointing interface {
	// Pointed returns the cell, relative to the pane; ok is false when there is no such row.
	Pointed() (x, y int, ok bool)
}

// Pointed implements Pointing.
func (s *Sidebar) Pointed() (x, y int, ok bool) {
	y, ok = s.tree.Pointed()
	if s.history {
		y, ok = s.list.Pointed()
	}
	if s.filterShown() {
		y++
	}
	return 1, y + 1, ok
}

// Pointed implements Pointing.
func (r *Request) Pointed() (x, y int, ok bool) {
	if r.strip.focused {
		return r.strip.pointed(), 0, true
	}
	s, points := r.current().(interface{ pointed() (y int, ok bool) })
	if !points {
		return 0, 0, false
	}
	y, ok = s.pointed()
	return 1, y + 1, ok
}

// Pointed implements Pointing.
func (r *Response) Pointed() (x, y int, ok bool) {
	switch {
	case r.strip.focused:
		return r.strip.pointed(), 0, true
	case !r.tells() || r.problem != nil && r.strip.at != sideExpect:
		return stripStart, 0, true // what is written below is no list
	case r.listsEvents(), r.strip.at == sideBody:
		y, ok = r.body.pager.Pointed()
		if r.listsEvents() {
			y, ok = r.events.page.pointed()
		}
		return 1, y + 1 + len(r.complaint()), ok
	case r.strip.at == sideHeaders:
		y, ok = r.headers.Pointed()
		return 1, y + 1, ok
	case r.text() != nil:
		y, ok = r.text().pointed()
		return 1, y + 1, ok
	default:
		return 0, 0, false
	}
}

// pointed is the first cell of the chosen title.
func (s *strip) pointed() int {
	for _, spot := range s.spots {
		if spot.index == s.at {
			return stripStart + spot.from
		}
	}
	return stripStart
}

func (g *grid) pointed() (y int, ok bool)   { return g.table.Pointed() }
func (f *formed) pointed() (y int, ok bool) { return f.form.Pointed() }

func (b *bodySection) pointed() (y int, ok bool) {
	if b.kinds.focused || !b.tabled() {
		return 0, b.kinds.focused
	}
	y, ok = b.fields.pointed()
	return y + 1, ok
}

func (p *page) pointed() (y int, ok bool) {
	y = p.cursor - p.top
	return y, len(p.lines) > 0 && y >= 0 && y < p.rows()
}
