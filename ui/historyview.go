package ui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/history"
	"parley/httpcore"
	"parley/ui/action"
	"parley/ui/job"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// historyOpened brings the history, or why there is none.
type historyOpened struct {
	store *history.Store
	err   error
}

// openHistory opens the history and takes in the spool; it runs after the first frame.
func (r *Root) openHistory() tea.Cmd {
	return func() tea.Msg {
		store, err := r.options.OpenHistory(r.ctx)
		if err == nil {
			err = store.TakeIn(r.ctx)
		}
		return historyOpened{store, err}
	}
}

func (r *Root) gotHistory(msg historyOpened) tea.Cmd {
	r.history, r.historyProblem = msg.store, msg.err
	if msg.err != nil && msg.store == nil {
		r.letSleep()
		r.sidebar.SetHistoryProblem("The history cannot be opened: " + msg.err.Error() + ". What is sent is kept until it can.")
	}
	if msg.err != nil {
		return tea.Batch(r.fail(msg.err), r.refreshHistory())
	}
	return tea.Batch(r.takeIn(), r.refreshHistory())
}

// takenIn says that the spool has been read.
type takenIn struct{ err error }

// takeIn reads into history what was sent before that was open.
func (r *Root) takeIn() tea.Cmd {
	store := r.history
	if store == nil || !r.spooled {
		return nil
	}
	r.spooled = false
	return func() tea.Msg { return takenIn{store.TakeIn(r.ctx)} }
}

func (r *Root) tookIn(msg takenIn) tea.Cmd {
	if msg.err != nil {
		return tea.Batch(r.fail(msg.err), r.refreshHistory())
	}
	return r.refreshHistory()
}

// refreshHistory looks again, as there is more: in the sidebar, and in the search that lies on top.
func (r *Root) refreshHistory() tea.Cmd {
	cmd := tea.Batch(r.SearchHistory(r.historyQuery), r.lookBack(r.tab()))
	if p := r.historyPicker; p != nil && !p.Done() {
		cmd = tea.Batch(cmd, r.findHistory(p.Query(), p))
	}
	return cmd
}

// historyShown is how many exchanges a list shows at once; a search finds the others.
const historyShown = 200

// historyFound brings what fits a query.
type historyFound struct {
	query string
	found []history.Summary
	err   error
	// picker is the one that asked, or nil for the sidebar.
	picker *overlay.Picker
}

// SearchHistory asks for the exchanges of the sidebar.
func (r *Root) SearchHistory(query string) tea.Cmd {
	r.historyQuery = query
	return r.findHistory(query, nil)
}

func (r *Root) findHistory(query string, picker *overlay.Picker) tea.Cmd {
	store := r.history
	if store == nil {
		return nil
	}
	return func() tea.Msg {
		q, err := history.ParseQuery(query, r.now())
		if err != nil {
			return historyFound{query: query, err: err, picker: picker}
		}
		q.Limit = historyShown
		found, err := store.List(r.ctx, q)
		return historyFound{query, found, err, picker}
	}
}

// foundHistory shows what was found, unless another query has been typed meanwhile.
func (r *Root) foundHistory(msg historyFound) tea.Cmd {
	if msg.picker != nil {
		if msg.picker.Query() == msg.query && msg.err == nil {
			msg.picker.SetEntries(r.historyEntries(msg.found, r.historyPick))
			msg.picker.Begin(r.historyPick.begin(msg.found))
		}
		return nil
	}
	if msg.query != r.historyQuery {
		return nil
	}
	if msg.err != nil {
		// Half a query is often none yet; the list stays as it is.
		return r.notify(failure(msg.err))
	}
	if msg.query == "" {
		r.recent = msg.found
	}
	r.sidebar.SetHistory(msg.found)
	return nil
}

// exchangePick is what is done with an exchange that is picked, and with one that is to be sent; send may be nil.
type exchangePick struct {
	open, send func(history.ID) tea.Cmd
	// shown is the exchange that is shown, before which the cursor begins; 0 for none.
	shown history.ID
}

// begin is where the cursor begins in a list of the newest first: on the one before what is shown.
func (p exchangePick) begin(found []history.Summary) int {
	if p.shown == 0 {
		return 0
	}
	return max(0, slices.IndexFunc(found, func(s history.Summary) bool { return s.ID < p.shown }))
}

// openOrResend opens an exchange that is picked, or sends it again.
func (r *Root) openOrResend() exchangePick { return exchangePick{open: r.OpenExchange, send: r.resend} }

// searchHistory finds an exchange in the whole history, to open it or to send it again.
func (r *Root) searchHistory() tea.Cmd {
	tips := []overlay.Tip{{Key: "enter", Word: "open"}, {Key: r.sendKey(), Word: "send as then"}}
	return r.pickExchange(overlay.PickerOptions{Title: "History", Tips: tips}, r.openOrResend())
}

// sendKey is the key that sends what is picked.
func (r *Root) sendKey() string { return r.keymap.Best(action.Send, action.Field, r.delivers) }

// resend opens an exchange and sends it as it was sent then.
func (r *Root) resend(id history.ID) tea.Cmd {
	return r.openExchange(id, func() tea.Cmd { return r.replayAsSent(r.tab(), r.tab().entry) })
}

// pickExchange finds an exchange in the whole history, for something to be done with it.
func (r *Root) pickExchange(options overlay.PickerOptions, pick exchangePick) tea.Cmd {
	if r.history == nil && r.historyProblem != nil {
		return r.fail(r.historyProblem)
	}
	var picker *overlay.Picker
	options.Placeholder, options.Empty = "words, method: status: host: request: env: since: is:failed", "Nothing in history fits."
	options.Search = func(query string) tea.Cmd { return r.findHistory(query, picker) }
	picker = overlay.NewPicker(options, nil)
	r.historyPicker, r.historyPick = picker, pick
	r.overlays.Push(picker)
	return r.findHistory(options.Query, picker)
}

func (r *Root) historyEntries(found []history.Summary, pick exchangePick) []overlay.Entry {
	entries := make([]overlay.Entry, len(found))
	for i, e := range found {
		badge, role := pane.StatusBadge(e.Status)
		entries[i] = overlay.Entry{
			Text: fmt.Sprintf("%-5s %s", pane.ShortMethod(e.Method), e.URL), Badge: badge, BadgeRole: role, Detail: pane.Ago(r.now().Sub(e.ID.Time())) + " ago",
			Pick: func() tea.Cmd { return pick.open(e.ID) },
		}
		if e.ID == pick.shown {
			entries[i].Detail = "shown · " + entries[i].Detail
		}
		if pick.send != nil {
			entries[i].Send = func() tea.Cmd { return pick.send(e.ID) }
		}
	}
	return entries
}

// entryRead brings an exchange from history, and what follows once it is shown; nil for nothing.
type entryRead struct {
	entry *history.Entry
	err   error
	next  func() tea.Cmd
}

// OpenExchange shows an exchange from history in a tab: the request as it was written, and what came back.
func (r *Root) OpenExchange(id history.ID) tea.Cmd { return r.openExchange(id, nil) }

// ReplayExchange implements pane.TreeHost: it shows an exchange and asks how to send it again.
func (r *Root) ReplayExchange(id history.ID) tea.Cmd { return r.openExchange(id, r.replay) }

func (r *Root) openExchange(id history.ID, next func() tea.Cmd) tea.Cmd {
	store := r.history
	if store == nil {
		return r.notify(info("history is not open yet"))
	}
	return func() tea.Msg {
		entry, err := store.Get(r.ctx, id)
		return entryRead{entry, err, next}
	}
}

// showEntry opens the request that an exchange was of: the saved one if it is still there, else what was written then.
func (r *Root) showEntry(msg entryRead) tea.Cmd {
	if msg.err != nil {
		return r.fail(msg.err)
	}
	var cmd tea.Cmd
	if path := msg.entry.Meta.Request; path != "" && r.known(path) {
		cmd = r.OpenRequest(path)
	} else {
		edited, err := asWritten(msg.entry)
		if err != nil {
			return tea.Batch(r.fail(err), r.free(msg.entry.Exchange))
		}
		r.addTab(nil, edited)
	}
	t := r.tab()
	t.entry = msg.entry
	r.setFocus(partResponse)
	cmd = tea.Batch(cmd, r.show(t, msg.entry.Exchange, "from history, "+pane.Ago(r.now().Sub(msg.entry.ID.Time()))+" ago"))
	t.response.SetChecks(pane.Checks{Captured: msg.entry.Meta.Captured, Expect: msg.entry.Meta.Expect, Note: noteRecorded})
	if msg.next != nil {
		cmd = tea.Batch(cmd, msg.next())
	}
	return cmd
}

func (r *Root) known(path string) bool {
	_, err := r.work.Collection.Request(path)
	return err == nil
}

// asWritten is the request of an exchange as its text says, or, without one, as it was asked for.
func asWritten(e *history.Entry) (*collections.Request, error) {
	if e.Meta.Written != "" {
		_, edited, err := collections.Draft{Text: []byte(e.Meta.Written)}.Requests()
		return edited, err
	}
	asked := e.Exchange.Request
	edited := &collections.Request{URL: collections.Str(asked.URL)}
	if asked.Method != "" {
		edited.Method = collections.Str(asked.Method)
	}
	for _, h := range asked.Headers {
		edited.Headers = append(edited.Headers, collections.Entry{Name: h.Name, Value: collections.Str(h.Value)})
	}
	return edited, nil
}

func (r *Root) whyNotReplay() string {
	if r.tab().entry == nil {
		return "open an exchange from history first"
	}
	return ""
}

// replay asks how the exchange that is shown is to be sent again.
func (r *Root) replay() tea.Cmd {
	if why := r.whyNotReplay(); why != "" {
		return r.notify(info(why))
	}
	t := r.tab()
	entry := t.entry
	r.overlays.Push(overlay.NewChoice("Send it again", "As it was sent then, byte for byte where that is possible, or as the request resolves now.",
		overlay.Option{Key: "s", Label: "as sent then", Run: func() tea.Cmd { return r.replayAsSent(t, entry) }},
		overlay.Option{Key: "n", Label: "as it resolves now", Run: r.send},
	))
	return nil
}

// replayAsSent sends what was sent then, and says what had to differ.
func (r *Root) replayAsSent(t *tab, entry *history.Entry) tea.Cmd {
	replay, err := entry.AsSent(func(name string) (httpcore.Secret, error) { return r.work.Secret(r.ctx, name) })
	if err != nil {
		return r.fail(err)
	}
	return r.guarded(replay.Request.Method, func(runner.Workspace) tea.Cmd { return r.startReplay(t, entry.Meta, replay) })
}

func (r *Root) startReplay(t *tab, meta history.Meta, replay *history.Replay) tea.Cmd {
	session := r.work.Sessions.Get(r.work.SessionName(meta.Session))
	work, edited, came := untouched(*r.work), t.draft.Clone(), &outcome{} // a check runs no command and sends nothing
	cmd := r.startJob(t, &meta, func(ctx context.Context, to *job.Job) (*httpcore.Exchange, error) {
		replay.Request.Options.WireLimit = wireLimit
		to.Resolved(replay.Request)
		prepared, err := session.Prepare(ctx, replay.Request)
		if err != nil {
			return nil, err
		}
		x, failure := session.Do(ctx, prepared, to)
		// What is asked of it now is looked at, and nothing is captured: it may be long ago that it made sense.
		came.verdict, err = work.Check(ctx, edited, x)
		if err != nil && ctx.Err() == nil {
			came.warnings = append(came.warnings, resolve.Warning{Message: err.Error()})
		}
		return x, failure
	})
	t.came, t.askedFor = came, t.asks
	if len(replay.Differs) == 0 {
		return tea.Batch(cmd, r.notify(info("sending it as it was sent then")))
	}
	note := replay.Differs[0]
	if more := len(replay.Differs) - 1; more > 0 {
		note = fmt.Sprintf("%s (and %d more)", note, more)
	}
	return tea.Batch(cmd, r.notify(warning("sent as then, but "+note, "")))
}
