package overlay

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
)

// NewHelp returns the help for what has focus: every action that works there with its keys, searchable. Picking one does
// it. what names the place, as in "the response".
func NewHelp(keymap action.Keymap, in action.Context, what string, run func(action.ID) tea.Cmd, why func(action.ID) string) *Picker {
	var entries []Entry
	for _, group := range action.Groups() {
		for _, a := range keymap.Actions() {
			keys := keysIn(keymap, a.ID, in)
			if a.Group != group || len(keys) == 0 {
				continue
			}
			text := a.Title
			if a.Help != "" {
				text += ": " + a.Help
			}
			entries = append(entries, Entry{
				Text: text, Badge: string(group), BadgeRole: themes.Muted, Detail: strings.Join(keys, "  "), Why: why(a.ID),
				Pick: func() tea.Cmd { return run(a.ID) },
			})
		}
	}
	return NewPicker(PickerOptions{
		Title: "Help: keys in " + what, Placeholder: "Search", Empty: "No action is called that.",
	}, entries)
}

// keysIn returns the labels of an action's keys that work in a context.
func keysIn(keymap action.Keymap, id action.ID, in action.Context) []string {
	var labels []string
	for _, key := range keymap.Keys(id) {
		if found, ok := keymap.Lookup(key, in); ok && found == id {
			labels = append(labels, action.Label(key))
		}
	}
	return labels
}
