package ui

import (
	tea "charm.land/bubbletea/v2"

	"parley/history"
	"parley/themes"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// pickBeside asks which response is to stand beside the one that is shown: another tab's, or one of history.
func (r *Root) pickBeside() tea.Cmd {
	shown := r.tab()
	var entries []overlay.Entry
	for _, t := range r.tabs {
		if t == shown || t.exchange == nil {
			continue
		}
		badge, role := "ERR", themes.Error
		if response := t.exchange.Response(); response != nil {
			badge, role = pane.StatusBadge(response.Status)
		}
		entries = append(entries, overlay.Entry{Text: t.method() + " " + t.name(), Badge: badge, BadgeRole: role, Detail: "tab", Pick: func() tea.Cmd {
			return r.keepBeside(shown, t)
		}})
	}
	entries = append(entries, kindOf("history", "", r.historyEntries(r.recent, exchangePick{open: r.besideFromHistory}))...)
	entries = append(entries, overlay.Entry{Text: "search history…", Badge: "›", BadgeRole: themes.Accent, Pick: func() tea.Cmd {
		return r.pickExchange(overlay.PickerOptions{Title: "Show beside"}, exchangePick{open: r.besideFromHistory})
	}})
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{
		Title: "Show beside", Placeholder: "Search other tabs and history", Empty: "No response is called that.",
	}, entries))
	return nil
}

// keepBeside shows the response of another tab beside the one of a tab.
func (r *Root) keepBeside(to, from *tab) tea.Cmd {
	if from.exchange == nil {
		return nil // it was sent again meanwhile
	}
	cmd := r.showSecond(to, from.exchange, "of "+from.name(), from.response.Checks())
	to.second.pinned = true
	r.wordSecond(to.second)
	return cmd
}

// besideFromHistory shows an exchange of history beside the response of the current tab.
func (r *Root) besideFromHistory(id history.ID) tea.Cmd {
	s := r.split(r.tab())
	s.pinned, s.asleep = true, &asleep{id: id}
	r.wordSecond(s)
	return nil
}
