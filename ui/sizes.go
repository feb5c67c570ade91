package ui

// sizes are what a person chose by moving borders; zero is the default. Shares are in thousandths, so that they fit
// another terminal, too.
type sizes struct {
	// Sidebar is its width in cells.
	Sidebar int `json:"sidebar,omitzero"`
	// Stacked and Beside are the request's share above or beside the response, Split is that of the first of two responses.
	Stacked int `json:"stacked,omitzero"`
	Beside  int `json:"beside,omitzero"`
	Split   int `json:"split,omitzero"`
}

// shareOf is how many of total cells a share is, or usual without one, with at least least on either side.
func shareOf(total, share, usual, least int) int {
	cells := usual
	if share > 0 {
		cells = (total*min(share, 1000) + 500) / 1000
	}
	return max(min(cells, total-least), least)
}

// toShare is the share of which shareOf makes that many cells.
func toShare(cells, total int) int { return max(1, (max(cells, 0)*1000+total/2)/max(total, 1)) }

// border is a line between two parts, which can be moved.
type border int

const (
	noBorder border = iota
	sidebarBorder
	requestBorder
	splitBorder
)

// upright reports whether a border stands between parts that are side by side.
func (a *Arrangement) upright(b border) bool {
	switch b {
	case requestBorder:
		return a.answers().X > a.Request.X
	case splitBorder:
		return a.Other.X > a.Response.X
	default:
		return true
	}
}

// answers is what both responses take together.
func (a *Arrangement) answers() Rect {
	switch {
	case a.Other.Empty():
		return a.Response
	case a.Response.Empty():
		return a.Other
	case a.Other.X > a.Response.X:
		return Rect{a.Response.X, a.Response.Y, a.Response.W + a.Other.W, a.Response.H}
	default:
		return Rect{a.Response.X, a.Response.Y, a.Response.W, a.Response.H + a.Other.H}
	}
}

// sides are what is before and behind a border; one of them is empty when the border is not there.
func (a *Arrangement) sides(b border) (before, behind Rect) {
	switch b {
	case sidebarBorder:
		return a.Sidebar, a.Tabs
	case requestBorder:
		return a.Request, a.answers()
	case splitBorder:
		return a.Response, a.Other
	default:
		return Rect{}, Rect{}
	}
}

// has reports whether a border is on the screen.
func (a *Arrangement) has(b border) bool {
	before, behind := a.sides(b)
	return !before.Empty() && !behind.Empty()
}

// borderAt returns the border at a cell: the two columns between parts side by side, or the upper line of the lower part.
func (a *Arrangement) borderAt(x, y int) border {
	for _, b := range [...]border{splitBorder, requestBorder, sidebarBorder} {
		if !a.has(b) {
			continue
		}
		before, behind := a.sides(b)
		switch {
		case b == sidebarBorder:
			if x == before.X+before.W-1 && before.Contains(x, y) {
				return b
			}
		case a.upright(b):
			if (x == behind.X-1 || x == behind.X) && y >= before.Y && y < before.Y+before.H {
				return b
			}
		case y == behind.Y && behind.Contains(x, y):
			return b
		}
	}
	return noBorder
}

// place is where a border is: the first cell behind it, in the direction in which it moves.
func (a *Arrangement) place(b border) int {
	before, behind := a.sides(b)
	switch {
	case b == sidebarBorder:
		return before.X + before.W
	case a.upright(b):
		return behind.X
	default:
		return behind.Y
	}
}

// moved returns the sizes with which a border is at another place, as far as arrange lets it.
func (a *Arrangement) moved(s sizes, b border, to int) sizes {
	before, behind := a.sides(b)
	from, total := before.Y, before.H+behind.H
	if a.upright(b) {
		from, total = before.X, before.W+behind.W
	}
	switch {
	case b == sidebarBorder:
		s.Sidebar = max(1, to-before.X)
	case b == splitBorder:
		s.Split = toShare(to-from, total)
	case a.upright(b):
		s.Beside = toShare(to-from, total)
	default:
		s.Stacked = toShare(to-from, total)
	}
	return s
}

// reset returns the sizes with a border where it is by default.
func (a *Arrangement) reset(s sizes, b border) sizes {
	switch {
	case b == sidebarBorder:
		s.Sidebar = 0
	case b == splitBorder:
		s.Split = 0
	case a.upright(b):
		s.Beside = 0
	default:
		s.Stacked = 0
	}
	return s
}

// borderOf returns the border that makes a part larger, and in which direction (1 or -1).
func (a *Arrangement) borderOf(p part) (b border, by int) {
	switch {
	case p == partSidebar && a.has(sidebarBorder):
		return sidebarBorder, 1
	case p == partResponse && a.has(splitBorder):
		return splitBorder, 1
	case p == partOther && a.has(splitBorder):
		return splitBorder, -1
	case p == partRequest && a.has(requestBorder):
		return requestBorder, 1
	case (p == partResponse || p == partOther) && a.has(requestBorder):
		return requestBorder, -1
	default:
		return noBorder, 0
	}
}
