package ui

import (
	"context"

	"parley/collections"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/history"
	"parley/httpcore"
)

// sendFor lets response() send the requests that it names. They are recorded as any other, before the one that asks.
// What goes wrong with that is told with the outcome of that one, which runs in the same goroutine.
func (r *Root) sendFor(came *outcome) runner.SendFor {
	store, spool := r.history, r.options.Spool
	return runner.SendingFor(func(ctx context.Context, sent *runner.Call, x *httpcore.Exchange, v runner.Verdict) {
		meta := metaOf(sent, v)
		if meta == nil {
			return
		}
		var err error
		if came.chained = true; store == nil {
			came.spooled, err = true, spool.Add(*meta, x)
		} else {
			_, err = store.Add(context.WithoutCancel(ctx), *meta, x)
		}
		if err != nil {
			came.warnings = append(came.warnings, resolve.Warning{Message: err.Error()})
		}
	})
}

// metaOf says where an exchange of a saved request comes from; nil means that it is not to be recorded.
func metaOf(sent *runner.Call, v runner.Verdict) *history.Meta {
	if sent.Request.Record.IsFalse() {
		return nil
	}
	meta := &history.Meta{
		Collection: sent.Work.Collection.Root, Request: sent.Request.Path, Environments: sent.Work.Names(),
		Session: sent.Work.SessionName(sent.Out.Session), WithoutBodies: sent.Request.Record.Text == "no-body",
		Captured: v.Captured, Expect: v.Expect,
	}
	if draft, err := collections.NewDraft("", sent.Request, sent.Request); err == nil {
		meta.Written = string(draft.Text)
	}
	return meta
}
