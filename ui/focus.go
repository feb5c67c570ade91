package ui

import (
	"parley/ui/pane"
)

// ring is the order in which tab walks through the parts.
var ring = [...]part{partURL, partRequest, partResponse, partOther, partSidebar}

// focused returns the pane that gets keys when no overlay does.
func (r *Root) focused() pane.Pane { return r.pane(r.focus) }

func (r *Root) pane(p part) pane.Pane {
	t := r.tab()
	switch p {
	case partSidebar:
		return r.sidebar
	case partRequest:
		return t.request
	case partResponse:
		return t.response
	case partOther:
		if t.second != nil {
			return t.second.response
		}
		return t.response
	default:
		return t.url
	}
}

// setFocus moves focus to a part, and shows it if it was folded away.
func (r *Root) setFocus(p part) {
	if p == partOther && !r.has(p) {
		p = partResponse
	}
	if !r.has(p) {
		p = partRequest
	}
	r.focused().SetFocus(false)
	r.organised.fresh = r.organised.fresh && p == r.focus
	r.focus = p
	switch p {
	case partRequest:
		r.last = p
	case partResponse, partOther:
		r.last, r.answer = partResponse, p
	}
	r.focused().SetFocus(true)
	r.arrange()
}

// has reports whether the tab that is shown has a part: settings are not sent, and have neither URL nor response.
func (r *Root) has(p part) bool {
	t := r.tab()
	if _, settings := t.settings(); settings {
		return p == partRequest || p == partSidebar
	}
	return p != partOther || t.second != nil
}

// reveal shows a part that was folded away, and moves focus only if there is no room for what has it.
func (r *Root) reveal(p part) {
	if !r.layout.of(p).Empty() || r.layout.TooSmall {
		return
	}
	if r.zoomed || r.focus == partRequest || r.focus == partSidebar {
		r.setFocus(p)
		return
	}
	r.last = p
	r.arrange()
}

// step moves focus to the next field (by is 1) or the one before (-1), and out of the pane at its end.
func (r *Root) step(by int) {
	if s, ok := r.focused().(pane.Stepper); ok && s.Step(by) {
		return
	}
	at := 0
	for i, p := range ring {
		if p == r.focus {
			at = i
		}
	}
	for {
		at = (at + by + len(ring)) % len(ring)
		if r.has(ring[at]) {
			break
		}
	}
	r.setFocus(ring[at])
	if s, ok := r.focused().(pane.Stepper); ok {
		s.Enter(by)
	}
}

// focusBeside moves focus to the nearest part in a direction, if there is one.
func (r *Root) focusBeside(dx, dy int) {
	from := *r.layout.of(r.focus)
	best, least := r.focus, 0
	for _, p := range ring {
		to := *r.layout.of(p)
		x, y := beside(from.X, from.W, to.X, to.W), beside(from.Y, from.H, to.Y, to.H)
		// The part has to lie in the direction; of several, the one that is not aside wins, then the nearest.
		along, aside := x*dx+y*dy, abs(x*dy)+abs(y*dx)
		if p == r.focus || to.Empty() || along <= 0 {
			continue
		}
		if far := along + aside*1000; least == 0 || far < least {
			best, least = p, far
		}
	}
	switch {
	case best != r.focus:
		r.setFocus(best)
	// What is folded away has no place on the screen, but one in the mind.
	case r.focus == partSidebar && dx > 0:
		r.setFocus(r.last)
	case r.focus == partRequest && dx+dy > 0:
		r.setFocus(partResponse)
	case dx < 0:
		r.setFocus(partSidebar)
	}
}

// beside is how far a stretch lies behind another, negative before it; 0 where they share cells.
func beside(from, width, to, length int) int {
	switch {
	case to >= from+width:
		return to - (from + width) + 1
	case to+length <= from:
		return to + length - from - 1
	default:
		return 0
	}
}

func abs(n int) int { return max(n, -n) }

// turn shows another side of what has focus; of the URL bar, which has none, that of the pane that had it last.
func (r *Root) turn(by int) {
	sided, ok := r.focused().(pane.Sided)
	if !ok {
		sided, ok = r.pane(r.last).(pane.Sided)
	}
	if ok {
		sided.Turn(by)
	}
}

// arrange gives every part its place.
func (r *Root) arrange() {
	_, alone := r.tab().settings()
	r.layout = arrange(r.width, r.height, wishes{
		alone: alone,
		focus: r.focus, last: r.last, zoomed: r.zoomed, noSidebar: r.noSidebar,
		split: r.tab().second != nil, answer: r.answer, sizes: r.sizes, linear: r.options.Linear,
	})
	for _, p := range ring {
		if rect := *r.layout.of(p); !rect.Empty() {
			r.pane(p).SetSize(rect.W, rect.H)
			if fenced, ok := r.pane(p).(pane.Fenced); ok {
				fenced.SetFences(p != partSidebar && r.layout.beside(p), p == partSidebar && rect.W < r.width)
			}
		}
	}
}
