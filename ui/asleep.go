package ui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"parley/history"
	"parley/httpcore"
	"parley/ui/pane"
)

// asleep is a response that is to be read from history as soon as that is open and somebody looks at it.
type asleep struct {
	// id names the exchange; 0 is the newest one of the request before than.
	id, than history.ID
	reading  bool
}

// awake brings it; entry is nil when there is none.
type awake struct {
	of    *asleep
	entry *history.Entry
	err   error
}

// wake reads what the current tab is to show. It is called after every message.
func (r *Root) wake() tea.Cmd {
	t := r.tab()
	cmd := r.readAsleep(t, t.asleep)
	if t.second != nil {
		if other := r.readAsleep(t, t.second.asleep); other != nil {
			cmd = tea.Batch(cmd, other)
		}
	}
	return cmd
}

func (r *Root) readAsleep(t *tab, of *asleep) tea.Cmd {
	store, ctx := r.history, r.ctx
	if of == nil || of.reading || store == nil {
		return nil
	}
	of.reading = true
	id := of.id
	before := history.Query{Collection: r.work.Collection.Root, Request: t.draft.Path, Before: of.than, Limit: 1}
	return func() tea.Msg {
		if id == 0 {
			found, err := store.List(ctx, before)
			if err != nil || len(found) == 0 {
				return awake{of: of, err: err}
			}
			id = found[0].ID
		}
		entry, err := store.Get(ctx, id)
		return awake{of, entry, err}
	}
}

// gotAwake shows a response where it was asked for, unless something else is there by now. That history has forgotten it
// is nothing to speak of.
func (r *Root) gotAwake(msg awake) tea.Cmd {
	var found *httpcore.Exchange
	if msg.entry != nil {
		found = msg.entry.Exchange
	}
	for _, t := range r.tabs {
		first, beside := t.asleep == msg.of, t.second != nil && t.second.asleep == msg.of
		switch {
		case !first && !beside:
			continue
		case first:
			t.asleep = nil
			t.response.SetEmpty()
		default:
			t.second.asleep = nil
			r.wordSecond(t.second)
		}
		switch {
		case msg.err != nil && !errors.Is(msg.err, history.ErrNotFound):
			return r.fail(msg.err)
		case found == nil:
			return nil
		case beside:
			shown := r.showSecond(t, found, r.fromHistory(msg.entry), recordedChecks(msg.entry))
			return tea.Batch(shown, t.second.response.Refresh())
		}
		t.entry = msg.entry
		cmd := r.show(t, found, r.fromHistory(msg.entry))
		t.response.SetChecks(recordedChecks(msg.entry))
		return tea.Batch(cmd, t.response.Refresh())
	}
	return r.freeLast(found)
}

// fromHistory says where an exchange comes from.
func (r *Root) fromHistory(entry *history.Entry) string {
	return "from history, " + pane.Ago(r.now().Sub(entry.ID.Time())) + " ago"
}

// recordedChecks are those that were made when an exchange was sent.
func recordedChecks(entry *history.Entry) pane.Checks {
	return pane.Checks{Captured: entry.Meta.Captured, Expect: entry.Meta.Expect, Note: noteRecorded}
}

// letSleep gives up what was to be read: there is no history to read it from.
func (r *Root) letSleep() {
	for _, t := range r.tabs {
		if t.asleep != nil {
			t.asleep = nil
			t.response.SetEmpty()
		}
		if t.second != nil && t.second.asleep != nil {
			t.second.asleep = nil
			r.wordSecond(t.second)
		}
	}
}
