package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/overlay"
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

func (r *Root) help() tea.Cmd {
	r.overlays.Push(overlay.NewHelp(r.keymap, r.focused().Context(), partNames[r.focus], r.chosen, r.whyNot, r.delivers))
	return nil
}

var partNames = map[part]string{
	partURL: "the URL bar", partSidebar: "the sidebar", partRequest: "the request", partResponse: "the response", partOther: "the response beside",
}
