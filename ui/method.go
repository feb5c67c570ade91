package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/themes"
	"parley/ui/overlay"
)

// methods are those offered, with a word about what they do; any other token can be typed.
var methods = []struct{ name, does string }{
	{"GET", "reads"},
	{"POST", "creates, or does something"},
	{"PUT", "replaces the whole"},
	{"PATCH", "changes a part"},
	{"DELETE", "removes"},
	{"HEAD", "reads the head alone"},
	{"OPTIONS", "asks what can be done"},
	{"TRACE", "echoes what arrives"},
	{"QUERY", "reads, with a body that says what"},
	{"PROPFIND", "WebDAV: reads properties"},
	{"PROPPATCH", "WebDAV: changes properties"},
	{"MKCOL", "WebDAV: makes a folder"},
	{"COPY", "WebDAV: copies"},
	{"MOVE", "WebDAV: moves"},
	{"LOCK", "WebDAV: locks"},
	{"UNLOCK", "WebDAV: unlocks"},
	{"REPORT", "WebDAV: reads a report"},
	{"PURGE", "empties a cache"},
}

func (r *Root) pickMethod() tea.Cmd {
	t := r.tab()
	choose := func(method string) tea.Cmd {
		t.draft.Method = collections.Str(method)
		r.Changed(t.url)
		return nil
	}
	entries, start := make([]overlay.Entry, 0, len(methods)+2), 0
	add := func(name, does string) {
		if name == t.method() {
			start = len(entries)
		}
		entries = append(entries, overlay.Entry{
			Text: name, Detail: does, Badge: "●", BadgeRole: themes.Method(name), Pick: func() tea.Cmd { return choose(name) },
		})
	}
	for _, m := range methods {
		add(m.name, m.does)
	}
	if !slices.ContainsFunc(methods, func(m struct{ name, does string }) bool { return m.name == t.method() }) {
		add(t.method(), "as it is")
	}
	entries = append(entries, overlay.Entry{Text: "another…", Badge: "●", BadgeRole: themes.MethodOther, Pick: func() tea.Cmd {
		r.overlays.Push(overlay.NewPrompt(overlay.PromptOptions{
			Title: "Method", Label: "Any token, such as SUBSCRIBE", Value: t.method(), Accept: "use", Answer: choose,
		}))
		return nil
	}})
	r.overlays.Push(overlay.NewPicker(overlay.PickerOptions{
		Title: "Method", Placeholder: "Search", Empty: "No method is called that.", Start: start,
	}, entries))
	return nil
}
