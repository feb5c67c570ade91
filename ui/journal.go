package ui

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/ui/pane"
)

// journalTime is how often unsaved edits are written down: no more than that much typing can be lost.
const journalTime = 500 * time.Millisecond

// journalDue says that it is time to write unsaved edits down.
type journalDue struct{}

// Changed implements pane.Host: what is edited differs from its file, and the journal has to hear of it soon.
func (r *Root) Changed(by pane.Pane) {
	i := slices.IndexFunc(r.tabs, func(t *tab) bool { return pane.Pane(t.url) == by || pane.Pane(t.request) == by })
	if i < 0 {
		return // it was closed meanwhile
	}
	t := r.tabs[i]
	r.organised.fresh = false
	t.dirty, t.stale = true, true
	t.keep()
	t.url.Refresh()
	t.request.Refresh()
	r.resolveTab(t)
}

// forget takes a tab's draft out of the journal: it was saved, or given up.
func (r *Root) forget(t *tab) {
	r.options.Journal.Drop(t.draft.Path, t.journalTab())
	r.forgotten = true
}

// journal asks for the next writing, unless one is on its way or there is nothing to write.
func (r *Root) journal() tea.Cmd {
	if r.journaling || !r.forgotten && !slices.ContainsFunc(r.tabs, func(t *tab) bool { return t.stale }) {
		return nil
	}
	r.journaling = true
	return tea.Tick(journalTime, func(time.Time) tea.Msg { return journalDue{} })
}

// writeJournal makes unsaved edits durable. A full disk is said once, and tried again until there is room.
func (r *Root) writeJournal() tea.Cmd {
	r.journaling = false
	for _, t := range r.tabs {
		if !t.stale {
			continue
		}
		t.stale = false
		draft, err := collections.NewDraft(t.journalTab(), t.loaded, t.draft)
		if err != nil {
			return r.fail(err)
		}
		if t.loaded != nil && bytes.Equal(draft.Text, draft.Base) { // it was all taken back
			t.dirty = false
			r.forget(t)
			continue
		}
		r.options.Journal.Put(draft)
	}
	if err := r.options.Journal.Flush(); err != nil {
		return r.journalFailed(err)
	}
	r.forgotten, r.unwritten = false, false
	return nil
}

func (r *Root) journalFailed(err error) tea.Cmd {
	for _, t := range r.tabs {
		t.stale = t.dirty
	}
	if r.unwritten {
		return nil
	}
	r.unwritten = true
	return r.notify(warning("unsaved edits cannot be written down: "+err.Error(), "free some disk space; Parley tries again"))
}

// recover opens what was left with edits, after those tabs that are open already: a crash may have come before what was
// open was written down.
func (r *Root) recover() {
	drafts := r.options.Journal.Drafts()
	for _, kept := range drafts {
		if kept.Path != "" && r.byPath(kept.Path) != nil || kept.Path == "" && r.byKey(kept.Tab) != nil {
			continue
		}
		loaded, draft, err := kept.Requests()
		if err != nil {
			r.fail(err)
			continue
		}
		t := r.addTab(loaded, draft)
		r.recovered(t, kept.Tab)
	}
	switch n := len(drafts); {
	case n == 1:
		r.notify(info("one request has edits from last time that are not saved"))
	case n > 1:
		r.notify(info(fmt.Sprintf("%d requests have edits from last time that are not saved", n)))
	}
}

// recovered says that what a tab shows comes from the journal, under that key if it has no file.
func (r *Root) recovered(t *tab, key string) {
	t.dirty = true
	if t.untitled() {
		t.key = key
		r.lastTab = max(r.lastTab, t.number())
	}
}

// byKey returns the tab of a request that has no file, by its name in the journal, or nil.
func (r *Root) byKey(key string) *tab {
	for _, t := range r.tabs {
		if t.untitled() && t.dirty && t.journalTab() == key {
			return t
		}
	}
	return nil
}
