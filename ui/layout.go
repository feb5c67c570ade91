package ui

// Rect is a rectangle of cells; an empty one is not shown.
type Rect struct{ X, Y, W, H int }

// Empty reports whether nothing of r is shown.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Contains reports whether the cell is inside r.
func (r Rect) Contains(x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}

// Arrangement says where every part of the screen is. The rectangles never overlap, and together they fill the screen.
type Arrangement struct {
	Top, Tabs, Sidebar, URL, Request, Response, Other, Status Rect
	// TooSmall means that there is room for one sentence only, in Response.
	TooSmall bool
}

// The smallest terminal with room for the workbench; below it the screen says so.
const (
	minWidth  = 60
	minHeight = 16
)

// Sizes at which parts fold away, in this order as a terminal gets narrower: request and response go from side by side to
// one above the other, then the sidebar shows only while it has focus; and as it gets lower: the top line goes, then only
// the one of request and response that had focus last stays.
const (
	sidebarWidth     = 30
	sidebarAlways    = 100
	besideWidth      = 150
	topLineHeight    = 20
	bothHeight       = 22
	urlHeight        = 2
	requestShareOf12 = 5
	besideSplitWidth = 240
	splitBesideWidth = 72
)

// The least that a border can leave of what is beside or above it.
const (
	sidebarLeast = 16
	besideLeast  = 40
	stackedLeast = 5
	splitLeast   = 30
)

// wishes are what the user asked of the arrangement.
type wishes struct {
	focus part
	// last is the one of request and response that had focus last.
	last part
	// zoomed gives the part with focus the whole screen but the status line.
	zoomed bool
	// noSidebar hides the sidebar unless it has focus.
	noSidebar bool
	// alone gives the request the places of URL bar and response: what is edited is not sent.
	alone bool
	// split shows two responses; answer is the one of them that had focus last.
	split  bool
	answer part
	sizes  sizes
	// linear puts everything below each other, whatever room there is.
	linear bool
}

// part names a part of the screen that can have focus.
type part int

const (
	partURL part = iota
	partSidebar
	partRequest
	partResponse
	partOther // the second response
)

// arrange decides where everything is. It is a pure function, so that it can be tested as drawings.
func arrange(width, height int, wish wishes) Arrangement {
	var a Arrangement
	if width < minWidth || height < minHeight {
		a.TooSmall = true
		a.Response = Rect{0, 0, width, height}
		return a
	}
	screen := Rect{0, 0, width, height}
	a.Status, screen = cutBottom(screen, 1)
	if wish.zoomed {
		*a.of(wish.focus) = screen
		return a
	}
	if height >= topLineHeight {
		a.Top, screen = cutTop(screen, 1)
	}
	switch beside := width >= sidebarAlways && !wish.linear; {
	case wish.focus == partSidebar && !beside:
		a.Sidebar = screen
		return a
	case wish.focus == partSidebar, beside && !wish.noSidebar:
		a.Sidebar, screen = cutLeft(screen, sidebarOf(width, wish.sizes.Sidebar))
	}
	a.Tabs, screen = cutTop(screen, 1)
	if wish.alone {
		a.Request = screen
		return a
	}
	a.URL, screen = cutTop(screen, urlHeight)
	splitMain(&a, screen, height, wish)
	return a
}

// splitMain gives what is left of the screen to request and responses.
func splitMain(a *Arrangement, rest Rect, height int, wish wishes) {
	switch {
	case height < bothHeight && wish.last == partRequest:
		a.Request = rest
	case height < bothHeight:
		splitResponse(a, rest, wish)
	case rest.W >= besideFrom(wish) && !wish.linear:
		var answers Rect
		a.Request, answers = cutLeft(rest, shareOf(rest.W, wish.sizes.Beside, rest.W/2, besideLeast))
		splitResponse(a, answers, wish)
	default:
		var answers Rect
		a.Request, answers = cutTop(rest, shareOf(rest.H, wish.sizes.Stacked, rest.H*requestShareOf12/12, stackedLeast))
		splitResponse(a, answers, wish)
	}
}

// besideFrom is the width from which request and response stand side by side: two responses want all of it.
func besideFrom(wish wishes) int {
	if wish.split {
		return besideSplitWidth
	}
	return besideWidth - sidebarWidth
}

// splitResponse gives a rectangle to the response, or to two of them: side by side, else one above the other, else the one
// that had focus last.
func splitResponse(a *Arrangement, rest Rect, wish wishes) {
	switch {
	case !wish.split:
		a.Response = rest
	case rest.W >= splitBesideWidth && !wish.linear:
		a.Response, a.Other = cutLeft(rest, shareOf(rest.W, wish.sizes.Split, rest.W/2, splitLeast))
	case rest.H >= 2*stackedLeast:
		a.Response, a.Other = cutTop(rest, shareOf(rest.H, wish.sizes.Split, rest.H/2, stackedLeast))
	case wish.answer == partOther:
		a.Other = rest
	default:
		a.Response = rest
	}
}

func sidebarOf(width, wanted int) int {
	if wanted == 0 {
		wanted = sidebarWidth + max(0, width-160)/5
	}
	return min(max(wanted, sidebarLeast), width/2)
}

// beside reports whether a response stands at the right of the request, or of the other response.
func (a *Arrangement) beside(p part) bool {
	rect := *a.of(p)
	switch {
	case p != partResponse && p != partOther:
		return false
	case !a.Request.Empty() && rect.X > a.Request.X:
		return true
	default:
		return p == partOther && !a.Response.Empty() && rect.X > a.Response.X
	}
}

// of returns the rectangle of a part.
func (a *Arrangement) of(p part) *Rect {
	switch p {
	case partSidebar:
		return &a.Sidebar
	case partRequest:
		return &a.Request
	case partResponse:
		return &a.Response
	case partOther:
		return &a.Other
	default:
		return &a.URL
	}
}

func cutTop(r Rect, n int) (top, rest Rect) {
	return Rect{r.X, r.Y, r.W, n}, Rect{r.X, r.Y + n, r.W, r.H - n}
}

func cutBottom(r Rect, n int) (bottom, rest Rect) {
	return Rect{r.X, r.Y + r.H - n, r.W, n}, Rect{r.X, r.Y, r.W, r.H - n}
}

func cutLeft(r Rect, n int) (left, rest Rect) {
	return Rect{r.X, r.Y, n, r.H}, Rect{r.X + n, r.Y, r.W - n, r.H}
}
