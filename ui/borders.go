package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/ui/pane"
)

// grip is the border that is being dragged, and how the mouse holds it.
type grip struct {
	border border
	// off is how far the border is from the pointer.
	off int
	// last is the border that was pressed last, at when.
	last border
	when time.Time
}

// doubleClick is how soon a second click has to come.
const doubleClick = 400 * time.Millisecond

// takeBorder begins to drag the border at a cell, if there is one; a double click puts it back.
func (r *Root) takeBorder(at tea.Mouse) bool {
	b := r.layout.borderAt(at.X, at.Y)
	if b == noBorder || !r.onRule(b, at) {
		r.grip.last = noBorder
		return false
	}
	now := r.now()
	if r.grip.last == b && now.Sub(r.grip.when) < doubleClick {
		r.grip = grip{}
		r.resize(r.layout.reset(r.sizes, b))
		return true
	}
	pointer := at.Y
	if r.layout.upright(b) {
		pointer = at.X
	}
	r.grip = grip{border: b, off: r.layout.place(b) - pointer, last: b, when: now}
	return true
}

// onRule reports whether the cell is free to be dragged: titles stand in the upper line of a pane, which are for clicks.
func (r *Root) onRule(b border, at tea.Mouse) bool {
	if r.layout.upright(b) {
		return true
	}
	for _, p := range [...]part{partResponse, partOther} {
		rect := r.layout.of(p)
		if ruled, ok := r.pane(p).(pane.Ruled); ok && rect.Contains(at.X, at.Y) {
			return ruled.Rule(at.X - rect.X)
		}
	}
	return false
}

// drag moves the border that is held to where the pointer is.
func (r *Root) drag(at tea.Mouse, released bool) {
	b := r.grip.border
	if released {
		r.grip.border = noBorder
	}
	if !r.layout.has(b) { // the screen has another size by now
		return
	}
	to := at.Y
	if r.layout.upright(b) {
		to = at.X
	}
	if to += r.grip.off; to != r.layout.place(b) {
		r.grip.last = noBorder // what is dragged is not clicked
		r.resize(r.layout.moved(r.sizes, b, to))
	}
}

// resize gives the parts other sizes.
func (r *Root) resize(s sizes) {
	r.sizes = s
	r.arrange()
}

// growStep and growStepUpright are how many cells a key moves a border.
const (
	growStep        = 1
	growStepUpright = 4
)

// grow makes the pane with focus larger (by is 1) or smaller (-1).
func (r *Root) grow(by int) tea.Cmd {
	b, way := r.layout.borderOf(r.sized())
	step := growStep
	if r.layout.upright(b) {
		step = growStepUpright
	}
	before := r.layout.place(b)
	r.resize(r.layout.moved(r.sizes, b, before+by*way*step))
	if r.layout.place(b) != before {
		return nil
	}
	if by > 0 {
		return r.notify(info("the pane is as large as it can be"))
	}
	return r.notify(info("the pane is as small as it can be"))
}

// sized is the part whose size keys change: the URL bar has one size, so that it is the pane below.
func (r *Root) sized() part {
	switch {
	case r.focus != partURL:
		return r.focus
	case r.last == partResponse:
		return r.answer
	default:
		return r.last
	}
}

func (r *Root) whyNoBorder() string {
	if b, _ := r.layout.borderOf(r.sized()); b != noBorder {
		return ""
	}
	if r.zoomed {
		return "the pane is zoomed"
	}
	return "nothing stands beside the pane at this size of the terminal"
}

// toggleSidebar shows the sidebar or hides it. Where there is no room for both it has the screen to itself, with focus.
func (r *Root) toggleSidebar() {
	switch {
	case r.width < sidebarAlways && r.focus == partSidebar:
		r.setFocus(partURL)
	case r.width < sidebarAlways:
		r.setFocus(partSidebar)
	case r.focus == partSidebar:
		r.noSidebar = true
		r.setFocus(partURL)
	default:
		r.noSidebar = !r.noSidebar
		r.arrange()
	}
}
