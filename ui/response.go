package ui

import (
	"context"

	"parley/collections"
	"parley/collections/runner"
	"parley/history"
	"parley/httpcore"
)

// sendFor lets response() send the requests that it names. They are recorded as any other, before the one that asks.
func (r *Root) sendFor() runner.SendFor {
	store, spool := r.history, r.options.Spool
	return runner.SendingFor(func(ctx context.Context, sent *runner.Call, x *httpcore.Exchange, v runner.Verdict) {
		meta := metaOf(sent, v)
		if meta == nil {
			return
		}
		// That it cannot be recorded is said of the request that asks, which is recorded next.
		if store == nil {
			_ = spool.Add(*meta, x)
			return
		}
		_, _ = store.Add(context.WithoutCancel(ctx), *meta, x)
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
