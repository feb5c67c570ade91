package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
)

// journalTime is how often unsaved edits are written down: no more than that much typing can be lost.
const journalTime = 500 * time.Millisecond

// journalDue says that it is time to write unsaved edits down.
type journalDue struct{}

// Changed implements pane.Host: what is edited differs from its file, and the journal has to hear of it soon.
func (r *Root) Changed() {
	t := r.tab()
	t.dirty, t.stale = true, true
	r.resolveTab(t)
}

// journal asks for the next writing, unless one is on its way or there is nothing to write.
func (r *Root) journal() tea.Cmd {
	if r.journaling {
		return nil
	}
	for _, t := range r.tabs {
		if t.stale {
			r.journaling = true
			return tea.Tick(journalTime, func(time.Time) tea.Msg { return journalDue{} })
		}
	}
	return nil
}

// writeJournal makes unsaved edits durable. A full disk is said, and tried again.
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
		r.options.Journal.Put(draft)
	}
	if err := r.options.Journal.Flush(); err != nil {
		for _, t := range r.tabs {
			t.stale = t.dirty
		}
		return tea.Batch(r.notify(warning("unsaved edits cannot be written down: "+err.Error(), "free some disk space; Parley tries again")), r.journal())
	}
	return nil
}

// recover opens what was never saved and what was left with edits.
func (r *Root) recover() {
	for _, kept := range r.options.Journal.Drafts() {
		if !strings.HasPrefix(kept.Tab, untitledPrefix) {
			continue
		}
		_, draft, err := kept.Requests()
		if err != nil {
			r.notices.add(failure(err))
			continue
		}
		t := r.addTab(nil, draft)
		t.dirty, t.stale = true, true
		r.options.Journal.Drop("", kept.Tab)
	}
}
