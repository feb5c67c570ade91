package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/exporter"
	"parley/ui/action"
)

// bindFamilies says what the actions do of which there is one for each side, kind of body, type of auth and format. Each
// puts focus where one types next; all but the sides begin to type there.
func (r *Root) bindFamilies() map[action.ID]action.Command {
	commands := map[action.ID]action.Command{
		action.AddHeader: r.inRequest(func() { r.tab().request.Start("Headers") }),
		action.AddParam:  r.inRequest(func() { r.tab().request.Start("Params") }),
	}
	for _, side := range action.RequestSides() {
		commands[side.ID] = action.Command{Run: func() tea.Cmd { // who looks need not type
			r.setFocus(partRequest)
			r.tab().request.ShowSide(side.Name)
			return nil
		}}
	}
	for _, side := range action.ResponseSides() {
		commands[side.ID] = action.Command{Run: func() tea.Cmd {
			r.setFocus(r.answerPart())
			r.response().ShowSide(side.Name)
			return nil
		}}
	}
	for _, kind := range action.BodyKinds() {
		commands[kind.ID] = r.inRequest(func() { r.tab().request.ChooseBody(collections.BodyKind(kind.Name)) })
	}
	for _, scheme := range action.AuthTypes() {
		commands[scheme.ID] = r.inRequest(func() {
			r.tab().request.ChooseAuth(scheme.Name)
			r.tab().request.Start("Auth")
		})
	}
	for _, member := range action.Formats() {
		commands[member.ID] = action.Command{Disabled: r.whyNotSend, Run: func() tea.Cmd {
			all := exporter.All()
			return r.export(all[slices.IndexFunc(all, func(f exporter.Exporter) bool { return f.Name == member.Name })])
		}}
	}
	return commands
}

// inRequest is a command that does something in the request, which gets focus.
func (r *Root) inRequest(do func()) action.Command {
	return action.Command{Run: func() tea.Cmd {
		r.setFocus(partRequest)
		do()
		r.resting = false
		return nil
	}}
}
