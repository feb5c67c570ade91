package ui

import (
	tea "charm.land/bubbletea/v2"

	"parley/collections/expect"
)

// lookDue reads what there is to name of the response that is shown, once an expression may be written about it.
func (r *Root) lookDue() tea.Cmd {
	t := r.tab()
	if t.looking == t.exchange || t.job != nil || !t.request.HasExpressions() {
		return nil
	}
	x := t.exchange
	t.looking = x
	return r.Background(func() func() tea.Cmd {
		seen := expect.Look(x)
		return func() tea.Cmd {
			if t.looking == x {
				t.seen = x
				t.request.Saw(seen)
			}
			return nil
		}
	})
}
