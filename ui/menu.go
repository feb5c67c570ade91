package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// clickedRight puts the cursor where the right button was pressed, and opens the menu there.
func (r *Root) clickedRight(p part, at tea.Mouse) tea.Cmd {
	return tea.Batch(r.mouseIn(p, tea.MouseClickMsg(at)), r.menuAt(at.X, at.Y))
}

// menu opens the menu where the cursor is.
func (r *Root) menu() tea.Cmd {
	x, y := r.peekPlace()
	return r.menuAt(x, y+1)
}

func (r *Root) menuAt(x, y int) tea.Cmd {
	r.overlays.Push(overlay.NewMenu(r.menuItems(x, y), x, y))
	return nil
}

// menuOfTab goes to the tab at a cell and lists what can be done with it.
func (r *Root) menuOfTab(at tea.Mouse) tea.Cmd {
	if i, ok := r.tabLine.At(at.X - r.layout.Tabs.X); ok {
		r.goTab(i)
	}
	var items []overlay.MenuItem
	for _, a := range r.keymap.Actions() {
		if a.Group == action.Tabs {
			items = append(items, r.menuItem(a.ID, false))
		}
	}
	items = append(items, r.menuItem(action.New, true), r.menuItem(action.Save, false))
	r.overlays.Push(overlay.NewMenu(items, at.X, at.Y+1))
	return nil
}

// menuItems are what fits what has focus: first what that offers itself, then what works there only, then what is done
// with a request most.
func (r *Root) menuItems(x, y int) []overlay.MenuItem {
	if top, ok := r.overlays.Top().(overlay.Offering); ok {
		return r.screenItems(top)
	}
	var items []overlay.MenuItem
	seen := map[action.ID]bool{}
	add := func(apart bool, ids ...action.ID) {
		for _, id := range ids {
			if !seen[id] {
				seen[id] = true
				items = append(items, r.menuItem(id, apart))
				apart = false
			}
		}
	}
	if r.variableHere() {
		seen[action.Peek] = true
		items = append(items, overlay.MenuItem{Title: "What the variable is", Key: r.keyOf(action.Peek), Run: func() tea.Cmd {
			r.overlays.Drop()
			return r.peekAt(x, y)
		}})
	}
	in := r.context()
	if offering, ok := r.focused().(pane.Offering); ok {
		for _, id := range offering.Offers() {
			if !slices.Contains(turning, id) {
				add(false, id)
			}
		}
	}
	for _, a := range r.keymap.Actions() {
		if in.Has(a.Where) && !slices.Contains(everyWhere, a.Where) && !slices.Contains(alike, a.ID) && r.whyNot(a.ID) == "" {
			add(false, a.ID)
		}
	}
	if in.Has(action.InText) {
		add(false, action.Undo, action.Redo)
	}
	if in.Has(action.InLists) {
		add(len(items) > 0, action.Copy)
	}
	add(len(items) > 0, menuAlways...)
	return items
}

// menuOn opens the menu in the middle of what lies on top.
func (r *Root) menuOn(top overlay.Offering) tea.Cmd {
	x, y := 0, 0
	if o, ok := top.(overlay.Overlay); ok {
		x, y = o.Place()
	}
	return r.menuAt(x+4, y+4)
}

// screenItems are what a screen that lies on top can do, and the way to everything else.
func (r *Root) screenItems(top overlay.Offering) []overlay.MenuItem {
	var items []overlay.MenuItem
	offers := top.Offers()
	for _, a := range r.keymap.Actions() {
		if slices.Contains(offers, a.ID) {
			item := r.menuItem(a.ID, false)
			item.Why = ""
			items = append(items, item)
		}
	}
	return append(items, r.menuItem(action.Palette, true))
}

var (
	// turning are the offers that the mouse has by itself.
	turning = []action.ID{action.PrevSide, action.NextSide, action.Escape}
	// alike are those of which one like them is in the menu, or in the mouse's wheel.
	alike = []action.ID{
		action.Fold2, action.Fold3, action.Fold4, action.Fold5, action.Fold6, action.Fold7, action.Fold8, action.Fold9,
		action.ScrollLeft, action.ScrollRight,
	}
	// everyWhere are the scopes that say nothing about what has focus.
	everyWhere = []action.Scope{action.Everywhere, action.OutsideText, action.InLists, action.InRest}
	menuAlways = []action.ID{action.Send, action.Save, action.CopyAs, action.Replay, action.Compare, action.Zoom, action.Palette}
)

func (r *Root) menuItem(id action.ID, apart bool) overlay.MenuItem {
	a, _ := r.keymap.Action(id)
	title := a.Title
	if id == action.Palette {
		title = "Everything that can be done…"
	}
	return overlay.MenuItem{Title: title, Key: r.keyOf(id), Why: r.whyNot(id), Apart: apart, Run: func() tea.Cmd { return r.chosen(id) }}
}

// keyOf is the label of the best key of an action where focus is; an action without one there has any.
func (r *Root) keyOf(id action.ID) string {
	key := r.keymap.Best(id, r.context(), r.delivers)
	return action.Label(key)
}

// variableHere reports whether the text under the cursor has variables.
func (r *Root) variableHere() bool {
	p, ok := r.focused().(pane.Templated)
	if !ok {
		return false
	}
	text, _ := p.Template()
	return strings.Contains(text, "{{")
}
