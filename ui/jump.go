package ui

import (
	tea "charm.land/bubbletea/v2"

	"parley/ui/overlay"
	"parley/ui/pane"
)

// jump puts a letter on every part of the screen, on what can be chosen in it, and on the tabs.
func (r *Root) jump() tea.Cmd {
	var targets []overlay.Target
	for _, p := range ring {
		targets = append(targets, r.jumpsIn(p)...)
	}
	if !r.layout.Tabs.Empty() && len(r.tabs) > 1 {
		for i := range r.tabs {
			if from, ok := r.tabLine.Place(i); ok {
				targets = append(targets, overlay.Target{X: r.layout.Tabs.X + from, Y: r.layout.Tabs.Y, Go: func() tea.Cmd {
					r.goTab(i)
					return nil
				}})
			}
		}
	}
	r.overlays.Push(overlay.NewJump(targets))
	return nil
}

// jumpsIn returns the places in a part that is on the screen.
func (r *Root) jumpsIn(p part) []overlay.Target {
	rect := *r.layout.of(p)
	jumper, ok := r.pane(p).(pane.Jumper)
	if rect.Empty() || !ok {
		return nil
	}
	var targets []overlay.Target
	for _, spot := range jumper.Jumps() {
		targets = append(targets, overlay.Target{X: rect.X + spot.X, Y: rect.Y + spot.Y, Go: func() tea.Cmd {
			r.setFocus(p)
			return spot.Go()
		}})
	}
	return targets
}
