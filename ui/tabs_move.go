package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// moveTab puts the current tab by places away. Pinned tabs stay before the others.
func (r *Root) moveTab(by int) {
	to := r.tabPlace(r.current + by)
	t := r.tab()
	r.tabs = slices.Insert(slices.Delete(r.tabs, r.current, r.current+1), to, t)
	r.current = to
	t.keep()
}

// tabPlace is the place nearest to another where the current tab may stand.
func (r *Root) tabPlace(to int) int {
	pinned := r.pinnedTabs()
	if r.tab().pinned {
		return max(0, min(to, pinned-1))
	}
	return max(pinned, min(to, len(r.tabs)-1))
}

// whyNotMoveTab says why the current tab cannot be moved by places.
func (r *Root) whyNotMoveTab(by int) func() string {
	return func() string {
		switch {
		case len(r.tabs) < 2:
			return r.whyNoOtherTab()
		case r.tabPlace(r.current+by) != r.current:
			return ""
		case r.tab().pinned && by > 0:
			return "it is the last of the pinned tabs"
		case by > 0:
			return "it is the last tab"
		case r.pinnedTabs() > 0 && !r.tab().pinned:
			return "pinned tabs come first"
		default:
			return "it is the first tab"
		}
	}
}

// dragTab moves the tab that is held to where the mouse is.
func (r *Root) dragTab(event tea.MouseMsg) {
	if _, moved := event.(tea.MouseMotionMsg); !moved {
		r.carrying = false
		return
	}
	if to := r.tabLine.Drag(event.Mouse().X - r.layout.Tabs.X); r.tabPlace(to) != r.current {
		r.moveTab(to - r.current)
	}
}
