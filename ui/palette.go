package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// palette finds everything: actions, requests, what was sent last, environments, themes.
func (r *Root) palette() tea.Cmd {
	var entries []overlay.Entry
	if top, ok := r.overlays.Top().(overlay.Offering); ok {
		entries = r.screenEntries(top)
	} else {
		entries = slices.Concat(r.hereEntries(notMoving), r.everyEntry(nil), r.hereEntries(isMoving))
	}
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{
		Title: "Palette", Placeholder: "Search actions, requests, history, environments, themes", Empty: "Nothing is called that.",
		Tips: []overlay.Tip{{Key: "enter", Word: "pick"}, {Key: r.sendKey(), Word: "send a request"}},
	}, entries))
	return nil
}

// screenEntries are those for a screen that lies on top: what can be done there comes first, what else is picked leaves it.
func (r *Root) screenEntries(top overlay.Offering) []overlay.Entry {
	offers := append(top.Offers(), action.Menu)
	offered := func(a action.Action) bool { return slices.Contains(offers, a.ID) }
	moving := r.hereEntries(func(a action.Action) bool { return isMoving(a) && !offered(a) })
	return slices.Concat(r.entriesOf(offered), r.leaving(r.everyEntry(offers)), moving)
}

// leaving makes entries close what lies on top before they do what they do.
func (r *Root) leaving(entries []overlay.Entry) []overlay.Entry {
	after := func(do func() tea.Cmd) func() tea.Cmd {
		if do == nil {
			return nil
		}
		return func() tea.Cmd {
			left := r.leaveScreens()
			return tea.Batch(left, do())
		}
	}
	for i := range entries {
		entries[i].Pick, entries[i].Send = after(entries[i].Pick), after(entries[i].Send)
	}
	return entries
}

// escapesMost is more than are needed to leave every screen: one with a filter takes two.
const escapesMost = 16

// leaveScreens closes what lies on top, as esc does.
func (r *Root) leaveScreens() tea.Cmd {
	var cmds []tea.Cmd
	r.overlays.Drop()
	for range escapesMost {
		if top := r.overlays.Top(); top != nil {
			cmd, _ := top.Do(action.Escape)
			cmds = append(cmds, cmd)
			r.overlays.Drop()
		}
	}
	return tea.Batch(cmds...)
}

// everyEntry lists what can be done, or gone to, wherever focus is: actions but for some, requests, what was sent last,
// environments, themes.
func (r *Root) everyEntry(but []action.ID) []overlay.Entry {
	entries := append(r.actionEntries(but), r.viewEntries()...)
	for n := range r.work.Collection.All() {
		if n.Kind != collections.RequestNode && n.Kind != collections.UnreadNode {
			continue
		}
		entries = append(entries, overlay.Entry{
			Text: n.Path, Badge: pane.ShortMethod(n.Method), BadgeRole: themes.Method(n.Method), Detail: "request",
			Pick: func() tea.Cmd { return r.OpenRequest(n.Path) },
			Send: func() tea.Cmd { return tea.Batch(r.OpenRequest(n.Path), r.send()) },
		})
	}
	entries = append(entries, kindOf("history", "", r.historyEntries(r.recent, r.openOrResend()))...)
	entries = append(entries, kindOf("environment", "Environment: ", r.environmentEntries())...)
	entries = append(entries, kindOf("theme", "Theme: ", r.themeEntries())...)
	return entries
}

// viewEntries show the views of the response's body.
func (r *Root) viewEntries() []overlay.Entry {
	var entries []overlay.Entry
	if r.response().Body() == nil {
		return entries
	}
	modes, current := r.response().Views()
	for _, mode := range modes {
		entry := overlay.Entry{Text: "View of the body: " + mode.String(), Badge: "›", BadgeRole: themes.Accent, Pick: func() tea.Cmd {
			r.response().ShowView(mode)
			r.setFocus(r.answerPart())
			return nil
		}}
		if mode == current {
			entry.Detail = "as it is"
		}
		entries = append(entries, entry)
	}
	return entries
}

// kindOf makes entries of a picker fit for the palette, where nothing is shown before it is chosen.
func kindOf(kind, lead string, entries []overlay.Entry) []overlay.Entry {
	for i := range entries {
		entries[i].Text, entries[i].Detail, entries[i].Preview = lead+entries[i].Text, kind, nil
	}
	return entries
}

// actionEntries lists the actions that the root can do wherever focus is, with their keys: those of other places than the
// one that has focus come last.
func (r *Root) actionEntries(but []action.ID) []overlay.Entry {
	var entries, elsewhere []overlay.Entry
	in := r.context()
	for _, a := range r.keymap.Actions() {
		_, ok := r.commands[a.ID]
		switch {
		case !ok || a.ID == action.Palette || slices.Contains(but, a.ID):
		case a.Where == action.InRest && !in.Has(action.InRest): // most keymaps have no such place
		case in.Has(a.Where) || a.Where == action.OutsideText:
			entries = append(entries, r.actionEntry(a, r.whyNot(a.ID)))
		default:
			elsewhere = append(elsewhere, r.actionEntry(a, r.whyNot(a.ID)))
		}
	}
	return append(entries, elsewhere...)
}

// hereEntries lists the actions of what has focus that are its own and fit.
func (r *Root) hereEntries(fit func(action.Action) bool) []overlay.Entry {
	in := r.context()
	return r.entriesOf(func(a action.Action) bool {
		_, ok := r.commands[a.ID]
		return !ok && in.Has(a.Where) && fit(a)
	})
}

func isMoving(a action.Action) bool  { return a.Where == action.InLists }
func notMoving(a action.Action) bool { return !isMoving(a) }

// entriesOf are entries of what has focus.
func (r *Root) entriesOf(fit func(action.Action) bool) []overlay.Entry {
	var entries []overlay.Entry
	for _, a := range r.keymap.Actions() {
		if fit(a) {
			entries = append(entries, r.actionEntry(a, ""))
		}
	}
	return entries
}

// actionEntry is an action with the keys for it that this terminal sends.
func (r *Root) actionEntry(a action.Action, why string) overlay.Entry {
	var keys []string
	for _, key := range r.keymap.Keys(a.ID) {
		if r.delivers(key) {
			keys = append(keys, action.Label(key))
		}
	}
	return overlay.Entry{
		Text: a.Title, Also: a.Words, Badge: "›", BadgeRole: themes.Accent, Detail: strings.Join(keys[:min(2, len(keys))], " · "), Why: why,
		Pick: func() tea.Cmd { return r.chosen(a.ID) },
	}
}
