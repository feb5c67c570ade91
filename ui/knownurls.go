package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/ui/pane"
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

// KnownURLs implements pane.URLHost: the URLs of the collection's requests, those that were sent last, and the APIs that
// are described. Whether a description has changed is looked at meanwhile: not every one lies where files are watched.
func (r *Root) KnownURLs(then func(pane.Known) tea.Cmd) tea.Cmd {
	collection, store, saved := r.work.Collection, r.history, r.addresses
	return tea.Batch(r.readAPIs(), r.Background(func() func() tea.Cmd {
		if saved.of != collection {
			saved = savedAddresses{collection, collection.Addresses(r.ctx, mostSaved)}
		}
		var known []pane.KnownURL
		var variables []collections.Entry
		for _, e := range collection.Environments {
			variables = append(variables, e.Vars...)
		}
		for _, a := range saved.list {
			known = append(known, pane.KnownURL{URL: a.URL, Method: a.Method, From: a.Path, Saved: true})
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
		return func() tea.Cmd {
			r.addresses = saved
			cmd := then(pane.Known{URLs: known, APIs: r.knownAPIs(), Variables: variables})
			if problem != nil && r.ctx.Err() == nil {
				return tea.Batch(cmd, r.fail(problem))
			}
			return cmd
		}
	}))
}
