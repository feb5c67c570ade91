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

func (r *Root) pickEnvironment() tea.Cmd {
	entries := append(r.environmentEntries(), overlay.Entry{
		Text: "edit, add, use several…", Badge: "›", BadgeRole: themes.Accent, Pick: r.showEnvironments,
	})
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{
		Title: "Environment", Placeholder: "Search", Empty: "No environment is called that.",
	}, entries))
	return nil
}

func (r *Root) environmentEntries() []overlay.Entry {
	var entries []overlay.Entry
	for _, e := range r.work.Collection.Environments {
		entry := overlay.Entry{Text: e.Name, Badge: " ", BadgeRole: themes.Accent, Pick: func() tea.Cmd {
			return r.useEnvironments([]string{e.Name})
		}}
		if slices.Contains(r.work.Names(), e.Name) {
			entry.Badge = "●"
		}
		switch {
		case e.Err != nil:
			entry.Why = "cannot be read"
		case e.Protected:
			entry.Detail = "protected"
		}
		entries = append(entries, entry)
	}
	return entries
}

// palette finds everything: actions, requests, what was sent last, environments, themes.
func (r *Root) palette() tea.Cmd {
	entries := append(append(r.hereEntries(false), r.actionEntries()...), r.viewEntries()...)
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
	entries = append(entries, r.hereEntries(true)...)
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{
		Title: "Palette", Placeholder: "Search actions, requests, history, environments, themes", Empty: "Nothing is called that.",
		Tips: []overlay.Tip{{Key: "enter", Word: "pick"}, {Key: r.sendKey(), Word: "send a request"}},
	}, entries))
	return nil
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
func (r *Root) actionEntries() []overlay.Entry {
	var entries, elsewhere []overlay.Entry
	in := r.context()
	for _, a := range r.keymap.Actions() {
		command, ok := r.commands[a.ID]
		switch {
		case !ok || a.ID == action.Palette || a.ID == action.TypeHere:
		case in.Has(a.Where) || a.Where == action.OutsideText:
			entries = append(entries, r.actionEntry(a, command.Why()))
		default:
			elsewhere = append(elsewhere, r.actionEntry(a, command.Why()))
		}
	}
	return append(entries, elsewhere...)
}

// hereEntries lists the actions of what has focus: those that move in it, or the others.
func (r *Root) hereEntries(moving bool) []overlay.Entry {
	var entries []overlay.Entry
	in := r.context()
	for _, a := range r.keymap.Actions() {
		if _, ok := r.commands[a.ID]; !ok && in.Has(a.Where) && moving == (a.Where == action.InLists) {
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
		Text: a.Title, Also: a.Words, Badge: "›", BadgeRole: themes.Accent, Detail: strings.Join(keys[:min(2, len(keys))], "  "), Why: why,
		Pick: func() tea.Cmd { return r.chosen(a.ID) },
	}
}

func (r *Root) help() tea.Cmd {
	why := func(id action.ID) string {
		if command, ok := r.commands[id]; ok {
			return command.Why()
		}
		return ""
	}
	r.overlays.Push(overlay.NewHelp(r.keymap, r.focused().Context(), partNames[r.focus], r.chosen, why, r.delivers))
	return nil
}

var partNames = map[part]string{
	partURL: "the URL bar", partSidebar: "the sidebar", partRequest: "the request", partResponse: "the response", partOther: "the response beside",
}
