package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
	"parley/ui/overlay"
)

// delivers reports whether this terminal sends a key, or every key of a chord.
func (r *Root) delivers(key string) bool {
	for _, stroke := range action.Strokes(key) {
		if slices.Contains(r.options.Swallowed, stroke) || action.NeedsEnhancements(stroke) && !r.enhanced {
			return false
		}
	}
	return true
}

// showKeymap lists every action with its keys and where they work; picking one does it.
func (r *Root) showKeymap() tea.Cmd {
	var entries []overlay.Entry
	for _, group := range action.Groups() {
		for _, a := range r.keymap.Actions() {
			if a.Group != group {
				continue
			}
			var keys []string
			for _, key := range r.keymap.Keys(a.ID) {
				label := action.Label(key)
				if !r.delivers(key) {
					label = "✗" + label
				}
				keys = append(keys, label)
			}
			entry := overlay.Entry{
				Text: a.Title + "  " + string(a.ID), Also: a.Words, Badge: string(group), BadgeRole: themes.Muted, Detail: strings.Join(keys, " · "),
				Pick: func() tea.Cmd { return r.chosen(a.ID) },
			}
			if command, ok := r.commands[a.ID]; ok {
				entry.Why = command.Why()
			}
			entries = append(entries, entry)
		}
	}
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{
		Title: "Keymap: " + r.keymap.Preset().Name + " · ✗ this terminal does not send it · parley doctor", Placeholder: "Search actions and their names in config.toml",
		Empty: "No action is called that.",
	}, entries))
	return nil
}
