package widget

// Where the eye is: the line of a view that its cursor is on. Screen readers and magnifiers follow the terminal's own
// cursor, which is put there while nothing is typed.

// seen returns the row of the cursor among those that are seen.
func (s *scroll) seen() (y int, ok bool) {
	y = s.cursor - s.top
	return y, s.count > 0 && y >= 0 && y < s.height
}

// Pointed returns the line that the cursor is on; ok is false when none is seen.
func (l *List) Pointed() (y int, ok bool) { return l.scroll.seen() }

// Pointed returns the line that the cursor is on; ok is false when none is seen.
func (t *Tree) Pointed() (y int, ok bool) { return t.scroll.seen() }

// Pointed returns the line that the cursor is on; ok is false when none is seen.
func (t *Table) Pointed() (y int, ok bool) {
	y, ok = t.scroll.seen()
	return y + 1, ok && y+1 < t.h // below the titles
}

// Pointed returns the line that the cursor is on; ok is false when none is seen.
func (f *Form) Pointed() (y int, ok bool) { return f.scroll.seen() }

// Pointed returns the line that the cursor is on; ok is false when it is out of view.
func (p *Pager) Pointed() (y int, ok bool) {
	y = p.row(p.cursor)
	return y + p.head, y >= 0 && y < p.body()
}

// Pointed returns the line of the list that the cursor is on, below the search line.
func (p *Picker) Pointed() (y int, ok bool) {
	y, ok = p.List.Pointed()
	return y + 2, ok
}
