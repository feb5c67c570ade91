package ui

import (
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

// forget takes a tab's draft out of the journal: it was saved, or given up. What is on its way there never arrives.
func (r *Root) forget(t *tab) {
	r.options.Journal.Drop(t.draft.Path, t.journalTab())
	r.forgotten, t.noting = true, nil
}

// journal asks for the next writing, unless one is on its way or there is nothing to write.
func (r *Root) journal() tea.Cmd {
	if r.journaling || !r.forgotten && !slices.ContainsFunc(r.tabs, func(t *tab) bool { return t.stale }) {
		return nil
	}
	r.journaling = true
	return tea.Tick(journalTime, func(time.Time) tea.Msg { return journalDue{} })
}

// note is what a tab's draft was at a time, on its way to the journal. A long body takes many milliseconds to be written
// as the file would have it, and the disk as many: that is done aside, and typing goes on meanwhile.
type note struct {
	tab           *tab
	key           string
	loaded, draft *collections.Request
}

// note begins to write down what is there now.
func (t *tab) note() *note {
	t.noting = &note{tab: t, key: t.journalTab(), loaded: t.loaded, draft: t.draft.Clone()}
	t.stale = false
	return t.noting
}

// entry is the note as the journal has it.
func (n *note) entry() (collections.Draft, error) {
	return collections.NewDraft(n.key, n.loaded, n.draft)
}

// noteEdits makes unsaved edits durable, in the background.
func (r *Root) noteEdits() tea.Cmd {
	var notes []*note
	for _, t := range r.tabs {
		if t.stale {
			notes = append(notes, t.note())
		}
	}
	if len(notes) == 0 {
		return r.flushJournal()
	}
	return r.Background(func() func() tea.Cmd {
		entries, errs := make([]collections.Draft, len(notes)), make([]error, len(notes))
		for i, n := range notes {
			entries[i], errs[i] = n.entry()
		}
		return func() tea.Cmd {
			var cmds []tea.Cmd
			for i, n := range notes {
				cmds = append(cmds, r.noted(n, entries[i], errs[i]))
			}
			return tea.Batch(append(cmds, r.flushJournal())...)
		}
	})
}

// noted hands a note to the journal, unless its draft was forgotten or written meanwhile.
func (r *Root) noted(n *note, entry collections.Draft, err error) tea.Cmd {
	t := n.tab
	if t.noting != n {
		return nil
	}
	t.noting = nil
	switch {
	case err != nil:
		return r.fail(err)
	case !t.stale && n.loaded != nil && entry.Says(entry.Base): // it was all taken back
		t.dirty = false
		r.forget(t)
	default:
		r.options.Journal.Put(entry)
	}
	return nil
}

// flushJournal writes in the background what the journal has been told. A full disk is said once, and tried again until
// there is room.
func (r *Root) flushJournal() tea.Cmd {
	r.forgotten = false
	return r.Background(func() func() tea.Cmd {
		err := r.options.Journal.Flush()
		return func() tea.Cmd {
			r.journaling = false
			return r.flushed(err)
		}
	})
}

func (r *Root) flushed(err error) tea.Cmd {
	if err != nil {
		r.forgotten = true
		return r.journalFailed(err)
	}
	r.unwritten = false
	return nil
}

// writeJournal makes unsaved edits durable before it returns: something is about to happen that needs them there.
func (r *Root) writeJournal() tea.Cmd {
	var cmds []tea.Cmd
	for _, t := range r.tabs {
		if t.unnoted() {
			n := t.note()
			entry, err := n.entry()
			cmds = append(cmds, r.noted(n, entry, err))
		}
	}
	r.forgotten = false
	return tea.Batch(append(cmds, r.flushed(r.options.Journal.Flush()))...)
}

// unnoted says that the journal does not have all of the tab's edits yet.
func (t *tab) unnoted() bool { return t.stale || t.noting != nil }

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
