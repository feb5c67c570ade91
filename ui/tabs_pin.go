package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// pinTab has the tab stay until it is let go. Pinned tabs come first.
func (r *Root) pinTab() tea.Cmd {
	t := r.tab()
	t.pinned, t.preview = !t.pinned, false
	r.sortTabs(t)
	if t.pinned {
		return r.notify(success("pinned " + t.name()))
	}
	return r.notify(info(t.name() + " is a tab as others"))
}

// sortTabs puts pinned tabs before the others, in the order that they have, and shows one of them.
func (r *Root) sortTabs(shown *tab) {
	rank := func(t *tab) int {
		if t.pinned {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(r.tabs, func(a, b *tab) int { return rank(a) - rank(b) })
	r.current = slices.Index(r.tabs, shown)
}

// pinnedTabs is how many tabs are pinned.
func (r *Root) pinnedTabs() int {
	n := 0
	for _, t := range r.tabs {
		if t.pinned {
			n++
		}
	}
	return n
}

func (r *Root) whyNotClose() string {
	if r.tab().pinned {
		return "the tab is pinned: " + action.Label(r.keymap.Best(action.PinTab, r.context(), nil)) + " lets it go"
	}
	return ""
}

// PreviewRequest implements pane.TreeHost: it shows a saved request in the tab for previews, of which there is one. It
// becomes a tab as others when its request is edited, sent, pinned or opened again.
func (r *Root) PreviewRequest(path string) tea.Cmd {
	if t := r.byPath(path); t != nil {
		r.goTab(slices.Index(r.tabs, t))
		r.leaveFullSidebar()
		return nil
	}
	old := slices.IndexFunc(r.tabs, func(t *tab) bool { return t.preview })
	if old < 0 {
		cmd := r.OpenRequest(path)
		r.tab().preview = r.tab().draft.Path == path
		return cmd
	}
	before := r.tabs[old]
	r.goTab(old)
	cmd := r.OpenRequest(path)
	if t := r.tab(); t != before && t.draft.Path == path {
		t.preview = true
		cmd = tea.Batch(cmd, r.drop(before))
	}
	return cmd
}

// leaveFullSidebar goes to what was opened where the sidebar has the screen to itself: nobody would see it.
func (r *Root) leaveFullSidebar() {
	if r.focus == partSidebar && r.layout.URL.Empty() && !r.layout.TooSmall {
		r.zoomed = false
		r.setFocus(partURL)
	}
}

// keep makes a preview a tab as others.
func (t *tab) keep() { t.preview = false }

// listTabs finds one of the open tabs.
func (r *Root) listTabs() tea.Cmd {
	entries := make([]overlay.Entry, len(r.tabs))
	for i, t := range r.tabs {
		detail := t.draft.URL.Text
		switch {
		case t.pinned:
			detail = "pinned"
		case t.dirty:
			detail = "not saved"
		}
		text := t.name()
		if t.draft.Path != "" {
			text = t.draft.Path
		}
		entries[i] = overlay.Entry{Text: text, Badge: pane.ShortMethod(t.method()), BadgeRole: t.methodRole(), Detail: detail, Pick: func() tea.Cmd {
			r.goTab(slices.Index(r.tabs, t))
			return nil
		}}
	}
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{
		Title: "Tabs", Placeholder: "Search", Empty: "No tab is called that.", Start: r.current,
	}, entries))
	return nil
}

// wheelTabs goes to the tab beside.
func (r *Root) wheelTabs(button tea.MouseButton) {
	switch button {
	case tea.MouseWheelUp, tea.MouseWheelLeft:
		r.goTab(max(0, r.current-1))
	case tea.MouseWheelDown, tea.MouseWheelRight:
		r.goTab(min(len(r.tabs)-1, r.current+1))
	}
}
