package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/ui/action"
	"parley/ui/pane"
	"parley/ui/widget"
)

// addTab opens a request in a tab of its own, beside the current one, and goes there.
func (r *Root) addTab(loaded, draft *collections.Request) *tab {
	r.lastTab++
	t := &tab{id: r.lastTab, loaded: loaded}
	t.url, t.request, t.response = pane.NewURL(r), r.newRequest(draft), r.newResponse()
	if r.keymap.Preset().Modal {
		t.request.SetWay(widget.Vim)
	}
	t.setStyles(r.styles)
	t.response.SetScreen(r.pictures.screen)
	r.edit(t, draft)
	if _, settings := t.settings(); !settings {
		t.request.ShowFilled(r.options.Side)
	}
	at := 0
	if len(r.tabs) > 0 {
		at = max(r.current+1, r.pinnedTabs())
	}
	r.tabs = slices.Insert(r.tabs, at, t)
	r.goTab(at)
	return t
}

func (r *Root) newResponse() *pane.Response {
	key := func(id action.ID) string { return action.Label(r.keymap.Best(id, action.Body, nil)) }
	return pane.NewResponse(r, r.options.Schemes, pane.ResponseKeys{
		Auth: key(action.Auth), Check: key(action.Check), Options: key("request.options"),
		Send: key(action.Send), Tree: key(action.FocusTree),
	})
}

// edit gives a tab's panes another request to edit.
func (r *Root) edit(t *tab, draft *collections.Request) {
	t.draft = draft
	t.url.SetRequest(draft)
	t.request.SetRequest(draft)
	if len(t.response.Filters()) == 0 {
		t.response.SetFilters(r.filters[draft.Path])
	}
	r.resolveTab(t)
	r.drawToken(t)
}

// goTab shows another tab.
func (r *Root) goTab(i int) {
	if len(r.tabs) == 0 {
		return
	}
	if r.current < len(r.tabs) {
		r.focused().SetFocus(false)
	}
	r.current = (i + len(r.tabs)) % len(r.tabs)
	r.sidebar.SetCurrent(r.tab().place())
	r.setFocus(r.focus)
}

func (r *Root) newTab() {
	r.addTab(nil, &collections.Request{})
	r.resting = false
	r.setFocus(partURL)
}

func (r *Root) whyNoOtherTab() string {
	if len(r.tabs) < 2 {
		return "there is no other tab"
	}
	return ""
}

// closeTab closes the current tab. What is not saved stays in the journal under the request's name, and is there when it
// is opened again; a request that was never saved is brought back by undo.
func (r *Root) closeTab() tea.Cmd {
	t := r.tab()
	switch {
	case t.unkept():
		return r.askUnread(t, "close it all the same", func() tea.Cmd { return r.drop(t) })
	case t.untitled() && t.dirty:
		return r.closeUnsaved(t)
	}
	return r.drop(t)
}

// closeUnsaved closes a request that was never saved, and keeps what was written for it to be brought back.
func (r *Root) closeUnsaved(t *tab) tea.Cmd {
	name := t.name()
	r.organised.did(fileChange{
		what: "the closing of " + name,
		back: func(*collections.Collection) func() (tea.Cmd, error) {
			return func() (tea.Cmd, error) {
				t = r.addTab(t.loaded, t.draft)
				t.dirty, t.stale = true, true
				return nil, nil
			}
		},
		again: func(*collections.Collection) func() (tea.Cmd, error) {
			return func() (tea.Cmd, error) { return r.drop(t), nil }
		},
	})
	return tea.Batch(r.drop(t), r.notify(success("closed "+name+", which was never saved · "+r.undoKey()+" brings it back")))
}

// drop removes a tab; the last one leaves an empty one behind.
func (r *Root) drop(t *tab) tea.Cmd {
	i := slices.Index(r.tabs, t)
	if i < 0 {
		return nil
	}
	r.keepFilters(t)
	t.stop()
	r.helped(t.id)
	cmd := r.freePassed(t)
	cmd = tea.Batch(cmd, r.unsplit(t))
	if x := t.exchange; x != nil {
		t.exchange = nil
		cmd = tea.Batch(cmd, r.freeLast(x))
	}
	switch {
	case t.untitled():
		r.forget(t)
	case t.unnoted():
		cmd = tea.Batch(cmd, r.writeJournal())
	}
	r.tabs = slices.Delete(r.tabs, i, i+1)
	if len(r.tabs) == 0 {
		r.current = 0
		r.newTab()
	} else {
		r.goTab(min(i, len(r.tabs)-1))
	}
	return cmd
}

// byPath returns the tab of a saved request, or nil.
func (r *Root) byPath(path string) *tab {
	for _, t := range r.tabs {
		if t.draft.Path == path {
			return t
		}
	}
	return nil
}

// byID returns a tab by its id, or nil when it was closed.
func (r *Root) byID(id int) *tab {
	for _, t := range r.tabs {
		if t.id == id {
			return t
		}
	}
	return nil
}

// OpenRequest shows a saved request: the tab that has it, else the current tab if that is still empty, else a new one.
func (r *Root) OpenRequest(path string) tea.Cmd {
	defer r.leaveFullSidebar()
	if t := r.byPath(path); t != nil {
		t.keep()
		r.goTab(slices.Index(r.tabs, t))
		return nil
	}
	loaded, draft, dirty, err := r.opened(path)
	if err != nil {
		return r.fail(err)
	}
	t := r.tab()
	if _, settings := collections.SettingsOf(path); !settings && t.untitled() && !t.dirty && t.exchange == nil && t.job == nil {
		t.loaded = loaded
		r.edit(t, draft)
		t.request.ShowFilled(r.options.Side)
		r.goTab(r.current)
	} else {
		t = r.addTab(loaded, draft)
	}
	t.dirty = dirty
	return nil
}

// opened returns a saved request to edit, with what was edited and not saved before.
func (r *Root) opened(path string) (loaded, draft *collections.Request, dirty bool, err error) {
	loaded, missing := r.work.Collection.Editable(path)
	for _, kept := range r.options.Journal.Drafts() {
		if kept.Path != path {
			continue
		}
		if missing == nil && kept.Says(loaded.Source()) {
			// A kill came between the save and its word to the journal.
			r.options.Journal.Drop(path, "")
			break
		}
		base, draft, err := kept.Requests()
		return base, draft, true, err
	}
	if missing != nil {
		return nil, nil, false, missing
	}
	return loaded, loaded.Clone(), false, nil
}
