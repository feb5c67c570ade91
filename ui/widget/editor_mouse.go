package widget

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/ui/widget/text"
)

// clicks counts clicks on one place: two select a word, three a line.
type clicks struct {
	x, y, n int
	at      time.Time
}

// clickTime is how soon after another a click belongs to it.
const clickTime = 400 * time.Millisecond

// add counts a click, and returns how many there have been there: 1, 2 or 3.
func (c *clicks) add(x, y int, now time.Time) int {
	if c.n == 0 || c.n == 3 || x != c.x || y != c.y || now.Sub(c.at) > clickTime {
		c.n = 0
	}
	*c = clicks{x, y, c.n + 1, now}
	return c.n
}

// mouse puts the cursor, drags a selection and scrolls.
func (e *Editor) mouse(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		return e.click(msg)
	case tea.MouseMotionMsg:
		if !e.dragging || msg.Button != tea.MouseLeft {
			return false
		}
		e.buffer.MoveTo(e.at(msg.X, msg.Y), true)
		e.keys.moved(e, true)
		e.seen()
	case tea.MouseReleaseMsg:
		e.dragging = false
	case tea.MouseWheelMsg:
		return e.wheel(msg)
	default:
		return false
	}
	return true
}

func (e *Editor) click(msg tea.MouseClickMsg) bool {
	if msg.Button == tea.MouseRight && e.Selected() == "" {
		e.buffer.MoveTo(e.at(msg.X, msg.Y), false)
		e.seen()
		return true
	}
	if msg.Button != tea.MouseLeft {
		return false
	}
	if e.find != nil && msg.Y == e.h-1 {
		e.clickFind(msg.X)
		return true
	}
	at, selecting := e.at(msg.X, msg.Y), msg.Mod&tea.ModShift != 0
	switch e.clicks.add(msg.X, msg.Y, e.options.Clock()) {
	case 2:
		from, to := e.buffer.WordAt(at)
		e.buffer.MoveTo(from, false)
		e.buffer.MoveTo(to, true)
		selecting = true
	case 3:
		e.buffer.MoveTo(text.Pos{Line: at.Line}, false)
		e.buffer.MoveTo(e.buffer.LineEnd(at.Line), true)
		selecting = true
	default:
		e.dragging = true
		e.buffer.MoveTo(at, selecting)
	}
	e.keys.moved(e, selecting)
	e.seen()
	return true
}

func (e *Editor) wheel(msg tea.MouseWheelMsg) bool {
	switch msg.Button {
	case tea.MouseWheelUp:
		e.scroll(-wheelStep)
	case tea.MouseWheelDown:
		e.scroll(wheelStep)
	case tea.MouseWheelLeft:
		e.left = max(0, e.left-2*wheelStep)
	case tea.MouseWheelRight:
		if !e.wrap {
			e.left += 2 * wheelStep
		}
	default:
		return false
	}
	e.touch()
	return true
}

// at returns the place of a cell, to put the cursor there. Beyond the edges of the view it is a row or a few columns further,
// so that dragging scrolls.
func (e *Editor) at(x, y int) text.Pos {
	const further = 4
	r, _ := e.away(e.topRow(), max(-1, min(y, e.rows())))
	p := e.placeIn(r, max(0, e.left+max(-further, x-e.gutter())))
	e.hang(r, p)
	return p
}
