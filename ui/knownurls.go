package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/ui/pane"
	"parley/ui/widget"
)

// The most URLs of the collection and of history that are offered.
const (
	mostSaved   = 2000
	mostVisited = 500
)

// savedAddresses are the URLs of a collection as it was when they were read.
type savedAddresses struct {
	of   *collections.Collection
	list []collections.Address
}

// KnownURLs implements pane.URLHost: the URLs of the collection's requests, and those that were sent last.
func (r *Root) KnownURLs(then func([]widget.Candidate) tea.Cmd) tea.Cmd {
	collection, store, saved := r.work.Collection, r.history, r.addresses
	return r.Background(func() func() tea.Cmd {
		if saved.of != collection {
			saved = savedAddresses{collection, collection.Addresses(r.ctx, mostSaved)}
		}
		var known []pane.KnownURL
		for _, a := range saved.list {
			known = append(known, pane.KnownURL{URL: a.URL, Method: a.Method, From: a.Path})
		}
		var problem error
		if store != nil {
			visited, err := store.URLs(r.ctx, mostVisited)
			problem = err
			for _, v := range visited {
				// What is marked as a secret cannot be sent, and brackets would mean something else now.
				if !strings.Contains(v.URL, "{secret ") && !strings.Contains(v.URL, "{{") {
					known = append(known, pane.KnownURL{URL: v.URL, Method: v.Method, From: "history"})
				}
			}
		}
		list := pane.KnownURLs(known)
		return func() tea.Cmd {
			r.addresses = saved
			cmd := then(list)
			if problem != nil && r.ctx.Err() == nil {
				return tea.Batch(cmd, r.fail(problem))
			}
			return cmd
		}
	})
}
