package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"parley/ui/pane"
)

// offerAuth sets up the auth that the server has asked for.
func (r *Root) offerAuth() tea.Cmd {
	t := r.tab()
	asked := r.authAsked()
	t.request.ChooseAuth(asked[0])
	t.request.Show("Auth")
	r.setFocus(partRequest)
	return r.notify(info(fmt.Sprintf("fill in what %s auth needs, and send again", asked[0])))
}

// authAsked are the auth types that the response asks for and that there are.
func (r *Root) authAsked() []string {
	if x := r.tab().exchange; x != nil && x.Response() != nil {
		return pane.Asked(x.Response(), r.options.Schemes)
	}
	return nil
}

func (r *Root) whyNoOffer() string {
	if len(r.authAsked()) == 0 {
		return "no server has asked for auth here"
	}
	return ""
}
