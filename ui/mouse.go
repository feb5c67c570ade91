package ui

import (
	tea "charm.land/bubbletea/v2"

	"parley/ui/overlay"
)

// mouse routes a mouse event: to the overlay on top, to the pane that a drag began in, else to what is under the pointer,
// which a click also gives focus.
func (r *Root) mouse(event tea.MouseMsg) tea.Cmd {
	if r.layout.TooSmall {
		return nil
	}
	if r.matcher.Pending() {
		return r.clickedChord(event)
	}
	if cmd, taken := r.mouseCompletion(event); taken {
		return cmd
	}
	at := event.Mouse()
	if top := r.overlays.Top(); top != nil {
		if clickedWith(event, tea.MouseLeft) && r.layout.Status.Contains(at.X, at.Y) {
			return r.clickStatus(at.X)
		}
		x, y := top.Place()
		cmd := top.Mouse(event, at.X-x, at.Y-y)
		r.overlays.Drop()
		if _, offers := top.(overlay.Offering); offers && clickedWith(event, tea.MouseRight) && r.overlays.Top() == top {
			return tea.Batch(cmd, r.menuAt(at.X, at.Y))
		}
		return cmd
	}
	_, clicked := event.(tea.MouseClickMsg)
	_, released := event.(tea.MouseReleaseMsg)
	if r.grip.border != noBorder && !clicked {
		r.drag(at, released)
		return nil
	}
	r.carrying = r.carrying && !clicked
	if r.carrying {
		r.dragTab(event)
		return nil
	}
	if r.dragging != nil && !clicked {
		return r.dragIn(event)
	}
	if clicked && at.Button == tea.MouseLeft && r.takeBorder(at) {
		return nil
	}
	if wheel, ok := event.(tea.MouseWheelMsg); ok && r.layout.Tabs.Contains(at.X, at.Y) {
		r.wheelTabs(wheel.Button)
		return nil
	}
	switch {
	case clickedWith(event, tea.MouseRight) && r.layout.Tabs.Contains(at.X, at.Y):
		return r.menuOfTab(at)
	case clickedWith(event, tea.MouseRight) && (r.layout.Top.Contains(at.X, at.Y) || r.layout.Status.Contains(at.X, at.Y)):
		return r.menuAt(at.X, at.Y)
	case clicked && r.layout.Tabs.Contains(at.X, at.Y):
		return r.clickTab(at.X-r.layout.Tabs.X, at.Button)
	case clicked && r.layout.Top.Contains(at.X, at.Y):
		return r.clickTop(at.X)
	case clicked && r.layout.Status.Contains(at.X, at.Y):
		return r.clickStatus(at.X)
	}
	for _, p := range ring {
		if !r.layout.of(p).Contains(at.X, at.Y) {
			continue
		}
		if clicked && p != r.focus {
			r.setFocus(p)
		}
		if clicked && at.Button == tea.MouseRight {
			return r.clickedRight(p, at)
		}
		if clicked {
			r.dragging = &p
		}
		return r.mouseIn(p, event)
	}
	return nil
}

func clickedWith(event tea.MouseMsg, button tea.MouseButton) bool {
	click, ok := event.(tea.MouseClickMsg)
	return ok && click.Button == button
}

func (r *Root) mouseIn(p part, event tea.MouseMsg) tea.Cmd {
	at, rect := event.Mouse(), *r.layout.of(p)
	return r.pane(p).Mouse(event, at.X-rect.X, at.Y-rect.Y)
}
