package batch

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"

	"parley/collections"
	"parley/collections/runner"
)

// keepResponses makes response() see the chain: what it sent before, and what it sends for that alone.
func (l *links) keepResponses() {
	l.work.Responses = runner.NewResponses(l.run.now)
	l.work.SendFor = l.sendFor
	l.keeps = l.run.asks || l.mayAsk()
}

// sendFor sends a request whose response another one asks for: a step of its own, within the one that asks.
func (l *links) sendFor(ctx context.Context, work runner.Workspace, r *collections.Request) (err error) {
	saved, err := work.Saved(r)
	if err != nil {
		return err
	}
	l.keeps = true
	l.run.replan(1)
	l.run.wait(ctx, l.run.pace.slot(l.run.now()), "the rate that was asked for")
	l.whole(ctx, saved, func(result *Result) {
		switch result.Status {
		case Broken:
			err = result.Err
		case Skipped:
			err = errors.New("it was skipped: " + result.Reason)
		}
	})
	return err
}

// mention is how the text of a request begins to ask for a response.
const mention = "response("

// maxAhead bounds how many requests of a chain are read before their turn. Of a longer chain, every response is kept.
const maxAhead = 256

// mayAsk reports whether a request of the chain asks for a response, by the look of its text. The first one has nothing
// before it to ask for.
func (l *links) mayAsk() bool {
	if len(l.chain.Nodes) < 2 || len(l.chain.Nodes) > maxAhead {
		return len(l.chain.Nodes) > maxAhead
	}
	l.ahead = map[*collections.Node]*runner.Saved{}
	for _, n := range l.chain.Nodes {
		saved, err := l.run.loaded.get(n)
		if err != nil {
			continue // it is said when it is its turn
		}
		l.ahead[n] = saved
		if bytes.Contains(saved.Request.Source(), []byte(mention)) {
			return true
		}
	}
	return false
}

// load reads a request, once if it is not to be sent again.
func (l *links) load(n *collections.Node) (*runner.Saved, error) {
	if saved := l.ahead[n]; saved != nil {
		return saved, nil
	}
	return l.run.loaded.get(n)
}

// allAsk reports whether what requests inherit asks for a response.
func allAsk(work runner.Workspace) bool {
	asks := func(f *collections.Folder) bool {
		return f.Settings() != nil && bytes.Contains(f.Settings().Source(), []byte(mention))
	}
	for n := range work.Collection.All() {
		if n.Folder != nil && asks(n.Folder) {
			return true
		}
	}
	for _, e := range work.Collection.Environments {
		for _, entry := range e.Vars {
			if mentioned(entry.Value) {
				return true
			}
		}
	}
	for _, v := range work.Flags.Vars {
		if text, _ := v.Value.(string); strings.Contains(text, mention) {
			return true
		}
	}
	return asks(work.Collection.Tree)
}

func mentioned(v collections.Value) bool {
	if slices.ContainsFunc(v.Items, mentioned) || strings.Contains(v.Text, mention) {
		return true
	}
	for _, p := range v.Pairs {
		if mentioned(p.Value) {
			return true
		}
	}
	return false
}
