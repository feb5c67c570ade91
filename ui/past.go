package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/history"
	"parley/ui/pane"
)

// pastFor is how far back is looked for what a request that has no file was sent to.
const pastFor = 24 * time.Hour

// pastFound brings how a tab's request went before.
type pastFound struct {
	tab   int
	path  string // of the request then
	asked int    // which question of the tab it answers
	list  []history.Summary
	err   error
}

// lookBack asks history how the request of a tab went before, once it has been sent.
func (r *Root) lookBack(t *tab) tea.Cmd {
	store := r.history
	if store == nil || t.exchange == nil {
		return nil
	}
	id, path, exchange := t.id, t.draft.Path, idOf(t.exchange)
	q := history.Query{Collection: r.work.Collection.Root, Request: path, Limit: pane.PastMost}
	if path == "" {
		if len(t.exchange.Hops) == 0 {
			return nil
		}
		first := t.exchange.Hops[0].Prepared
		q = history.Query{Method: first.Method, Host: first.URL.Host, Since: r.now().Add(-pastFor), Limit: pane.PastMost}
	}
	t.looks++
	asked := t.looks
	return func() tea.Msg {
		list, err := store.List(r.ctx, q)
		if path == "" {
			list = likeIt(list, exchange)
		}
		return pastFound{id, path, asked, list, err}
	}
}

// likeIt keeps those that went to the URL of one of them.
func likeIt(list []history.Summary, id history.ID) []history.Summary {
	i := slices.IndexFunc(list, func(s history.Summary) bool { return s.ID == id })
	if i < 0 {
		return nil // it is not recorded yet
	}
	url := list[i].URL
	return slices.DeleteFunc(list, func(s history.Summary) bool { return s.URL != url })
}

// foundPast shows it, unless the tab has another request by now, or has asked again: answers overtake each other, and one
// may be from before the newest exchange was recorded.
func (r *Root) foundPast(msg pastFound) tea.Cmd {
	t := r.byID(msg.tab)
	if t == nil || t.draft.Path != msg.path || t.looks != msg.asked || r.ctx.Err() != nil {
		return nil
	}
	if msg.err != nil {
		return r.fail(msg.err)
	}
	t.response.SetPast(msg.list)
	return nil
}
