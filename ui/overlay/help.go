package overlay

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/action"
)

// NewHelp returns the help for what has focus: every action that works there with its keys, searchable. Picking one does
// it. what names the place, as in "the response". Keys that the terminal does not send are marked.
func NewHelp(keymap action.Keymap, in action.Context, what string, run func(action.ID) tea.Cmd, why func(action.ID) string, delivers func(string) bool) *Picker {
	var entries []Entry
	for _, group := range action.Groups() {
		for _, a := range keymap.Actions() {
			keys := keysIn(keymap, a.ID, in, delivers)
			if a.Group != group || len(keys) == 0 {
				continue
			}
			text := a.Title
			because := why(a.ID)
			if told := cmp.Or(because, a.Help); told != "" {
				text += ": " + told
			}
			entries = append(entries, Entry{
				Text: text, Also: a.Words, Badge: string(group), BadgeRole: themes.Muted, Detail: strings.Join(keys, " · "), Why: because, WhyTold: true,
				Pick: func() tea.Cmd { return run(a.ID) },
			})
		}
	}
	return NewPicker(PickerOptions{
		Title: "Help: keys in " + what, Placeholder: "Search", Empty: "No action is called that.",
	}, entries)
}

// unsent marks a key that this terminal does not send.
const unsent = "✗"

// keysIn returns the labels of an action's keys that work in a context; those that the terminal does not send come last,
// with a mark.
func keysIn(keymap action.Keymap, id action.ID, in action.Context, delivers func(string) bool) []string {
	var labels, missing []string
	for _, key := range keymap.Keys(id) {
		if found, ok := keymap.Lookup(key, in); !ok || found != id {
			continue
		}
		if delivers(key) {
			labels = append(labels, action.Label(key))
		} else {
			missing = append(missing, unsent+action.Label(key))
		}
	}
	return append(labels, missing...)
}
