package ui

import (
	tea "charm.land/bubbletea/v2"
)

// rowsAsText shows the rows of the request's side as text.
func (r *Root) rowsAsText() tea.Cmd {
	r.setFocus(partRequest)
	if !r.tab().request.AsText() {
		return r.notify(info("this side of the request has no rows: Params, Headers and the like have"))
	}
	return nil
}
