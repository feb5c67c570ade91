package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/expect"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/script"
	"parley/history"
	"parley/httpcore"
	"parley/ui/action"
	"parley/ui/job"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// wireLimit is how much of the wire log an attempt keeps in each direction, to be looked at when something went wrong.
const wireLimit = 64 << 10

func (r *Root) whyNotSend() string {
	switch {
	case r.whySettings() != "":
		return r.whySettings()
	case r.tab().draft.URL.Text != "":
		return ""
	case r.focus == partURL:
		return "type a URL first, or paste a curl command"
	default:
		return r.withKey("type a URL first", action.EditURL)
	}
}

// withKey adds to a sentence the key of the action that it asks for.
func (r *Root) withKey(sentence string, id action.ID) string {
	if keys := r.keymap.Keys(id); len(keys) > 0 {
		return sentence + ": " + action.Label(keys[0])
	}
	return sentence
}

// send sends the current request; what was running in this tab is cancelled.
func (r *Root) send() tea.Cmd {
	t := r.tab()
	if cmd, ok := r.typedCommand(t); ok {
		return cmd
	}
	t.url.Settle()
	return r.guarded(t.method(), func(work runner.Workspace) tea.Cmd { return r.start(t, work) })
}

// guarded sends at once, or asks for the name of a protected environment first when the method is not safe.
func (r *Root) guarded(method string, send func(runner.Workspace) tea.Cmd) tea.Cmd {
	protected, ok := errors.AsType[*runner.ProtectedError](r.work.Guard(method))
	if !ok {
		return send(*r.work)
	}
	r.overlays.Push(r.nameTyped(protected, send))
	return nil
}

// offerProtected asks for the name of a protected environment after a request has turned out to send another one, whose
// method is not safe.
func (r *Root) offerProtected(t *tab, err error) {
	if protected, ok := errors.AsType[*runner.ProtectedError](err); ok && t == r.tab() {
		r.overlays.Push(r.nameTyped(protected, func(work runner.Workspace) tea.Cmd {
			if t != r.tab() {
				return nil
			}
			return r.start(t, work)
		}))
	}
}

// nameTyped asks for the name of a protected environment, and sends when it was typed.
func (r *Root) nameTyped(protected *runner.ProtectedError, send func(runner.Workspace) tea.Cmd) overlay.Overlay {
	return overlay.NewPrompt(overlay.PromptOptions{
		Title:  protected.Environment + " is protected",
		Label:  fmt.Sprintf("Type its name to send this %s there.", protected.Method),
		Accept: "send",
		Check: func(typed string) error {
			if typed != protected.Environment {
				return fmt.Errorf("that is not %q", protected.Environment)
			}
			return nil
		},
		Answer: func(string) tea.Cmd {
			allowed := *r.work
			allowed.AllowProtected = true
			return send(allowed)
		},
	})
}

// start runs the request as it is now: later edits do not reach into it.
func (r *Root) start(t *tab, work runner.Workspace) tea.Cmd {
	edited := t.draft.Clone()
	came := &outcome{kept: keptFor(work, edited)}
	work.Snapshots, work.SendFor = expect.AcceptNew, r.sendFor(came)
	cmd := r.startJob(t, r.meta(t, edited), func(ctx context.Context, to *job.Job) (*httpcore.Exchange, error) {
		work, err := r.asking(ctx, work, t.id, edited)
		if err != nil {
			return nil, err
		}
		call, err := work.Call(ctx, edited)
		if err != nil {
			if call != nil {
				came.verdict.Hooks = call.Hooks
			}
			return nil, err
		}
		came.warnings = call.Out.Warnings
		call.Out.Request.Options.WireLimit = wireLimit
		to.Resolved(call.Out.Request)
		if call.Out.Checks.HasSecrets() {
			to.Withhold()
		}
		x, failure := carry(ctx, call, to)
		came.verdict = call.Judge(ctx, x)
		work.KeepResponse(ctx, edited.Path, x)
		for _, err := range []error{work.SaveSession(ctx, call.Out), came.verdict.Err} {
			if err != nil {
				came.warnings = append(came.warnings, resolve.Warning{Message: err.Error()})
			}
		}
		return x, failure
	})
	t.came, t.askedFor = came, t.asks
	return cmd
}

// carry sends a request, which may be one for a stream that is followed.
func carry(ctx context.Context, call *runner.Call, to *job.Job) (*httpcore.Exchange, error) {
	if followed(call.Out.Request) && call.Hooks.Skip == "" {
		return follow(call.Work, to)(ctx, call.Out, to)
	}
	return call.Send(ctx, to)
}

// warn says what the request's file asks for and this version does not do, and what is risky: once, as the file stays
// what it is however often it is sent.
func (r *Root) warn(list []resolve.Warning) tea.Cmd {
	warnings := slices.DeleteFunc(slices.Clone(list), func(w resolve.Warning) bool { return r.warned[w.String()] })
	if len(warnings) == 0 {
		return nil
	}
	for _, w := range warnings {
		r.warned[w.String()] = true
	}
	text := warnings[0].String()
	if more := len(warnings) - 1; more > 0 {
		text = fmt.Sprintf("%s (and %d more)", text, more)
	}
	return r.notify(warning(text, ""))
}

// startJob begins a job in a tab, in the place of the one that runs there.
func (r *Root) startJob(t *tab, meta *history.Meta, send job.Send) tea.Cmd {
	t.slow = t.job != nil && t.slow // what takes the place of a job that is shown is shown at once
	if t.job != nil {
		t.job.Cancel()
	}
	r.helped(t.id)
	t.keep()
	t.asleep = nil
	t.response.SetEmpty()
	aside := r.moveAside(t)
	t.generation++
	t.meta, t.came = meta, &outcome{}
	id := job.ID{Tab: t.id, Generation: t.generation}
	t.job = job.Start(r.ctx, id, r.now, send)
	r.drawProgress(t)
	r.reveal(partResponse)
	return tea.Batch(aside, t.job.Wait(), tea.Tick(quickTime, func(time.Time) tea.Msg { return slowJob{id} }))
}

// quickTime is how long a job may take without anything being shown of it: a quick answer takes the place of the one
// before, and nothing flickers in between.
const quickTime = 150 * time.Millisecond

// slowJob says that a job had its quickTime.
type slowJob struct{ id job.ID }

// isSlow shows how far a job is that has not ended within its quickTime.
func (r *Root) isSlow(msg slowJob) {
	if t := r.owner(msg.id); t != nil {
		t.slow = true
		r.drawProgress(t)
	}
}

// drawProgress shows how far a job is, once it is slow or wants something of the person.
func (r *Root) drawProgress(t *tab) {
	was, state := t.state, t.job.State()
	t.state = state
	if t == r.tab() {
		r.ask(t.id, state.Notice, t.job.Cancel)
	}
	if !t.slow && state.Notice == "" {
		return
	}
	if !r.styles.Moves() && !r.isNews(t, was, state) {
		return
	}
	t.told = r.now()
	t.url.Running(state, r.now())
	t.response.Running(state, r.now())
}

// meta says where an exchange of a request comes from; nil means that it is not to be recorded.
func (r *Root) meta(t *tab, edited *collections.Request) *history.Meta {
	if edited.Record.IsFalse() {
		return nil
	}
	meta := &history.Meta{
		Collection: r.work.Collection.Root, Request: edited.Path, Environments: r.work.Names(),
		Session: r.work.SessionOf(edited), WithoutBodies: edited.Record.Text == "no-body",
	}
	if draft, err := collections.NewDraft(t.journalTab(), t.loaded, edited); err == nil {
		meta.Written = string(draft.Text)
	}
	return meta
}

func (r *Root) cancel() tea.Cmd {
	r.tab().job.Cancel()
	return nil
}

// progress draws how far a job is, and asks for the next news of it.
func (r *Root) progress(msg job.Progress) tea.Cmd {
	if msg.ID.Tab == errandTab && r.errand != nil {
		r.ask(errandTab, r.errand.job.State().Notice, r.errand.job.Cancel)
		return msg.Next
	}
	t := r.owner(msg.ID)
	if t != nil {
		r.drawProgress(t)
	}
	return tea.Batch(r.passed(t, msg.Over), msg.Next)
}

// tell ends what a person was asked for, and shows what else was noticed.
func (r *Root) tell(t *tab, x *httpcore.Exchange) tea.Cmd {
	r.helped(t.id)
	notice := t.job.State().Notice
	if notice == "" || strings.Contains(notice, "://") {
		return nil
	}
	if response := x.Response(); response != nil && len(pane.Asked(response, r.options.Schemes)) > 0 {
		return nil // the response pane says it
	}
	return r.notify(info(notice))
}

// passed records the exchanges of a job that goes on with another one. The newest stays until another one is shown.
func (r *Root) passed(t *tab, over []*httpcore.Exchange) tea.Cmd {
	var cmds []tea.Cmd
	for _, x := range over {
		if t == nil {
			cmds = append(cmds, r.free(x))
			continue
		}
		cmds = append(cmds, r.record(t.meta, x), r.freePassed(t))
		t.passed = x
	}
	return tea.Batch(cmds...)
}

// freePassed gives back the newest of a job's exchanges that another one has followed.
func (r *Root) freePassed(t *tab) tea.Cmd {
	if t.passed == nil {
		return nil
	}
	x := t.passed
	t.passed = nil
	return r.free(x)
}

// done shows what a job ended with, and records it. What a stale job brings is freed.
func (r *Root) done(msg job.Done) tea.Cmd {
	if msg.ID.Tab == errandTab {
		return r.errandDone(msg)
	}
	t := r.owner(msg.ID)
	passed := r.passed(t, msg.Over)
	if t == nil {
		return tea.Batch(passed, r.free(msg.Exchange))
	}
	noticed := r.tell(t, msg.Exchange)
	came := *t.came // nobody else writes it any more
	t.job = nil
	over := r.ended(t.outsideName()+" has "+outcomeWord(msg.Exchange, msg.Err), r.now().Sub(t.state.Started))
	r.noteSent(t, msg.Exchange, msg.Err, came.verdict.Hooks)
	t.url.Idle()
	if len(msg.Exchange.Hops) == 0 && msg.Err != nil {
		t.response.Failed(msg.Err)
		t.response.SetChecks(pane.Checks{Hooks: came.verdict.Hooks, Expect: testsOf(came.verdict.Hooks)})
		r.offerSecret(t, msg.Err)
		r.offerProtected(t, msg.Err)
		return tea.Batch(over, passed, r.free(msg.Exchange), r.freePassed(t), r.chained(came), r.warn(came.warnings))
	}
	shown := r.show(t, msg.Exchange, "")
	r.judged(t, came)
	return tea.Batch(over, passed, r.chained(came), r.tellSnapshots(came.verdict), r.record(came.recorded(t.meta), msg.Exchange), shown, r.freePassed(t), noticed, r.learnToken(t, msg.Exchange.Request), r.warn(came.warnings))
}

// outcomeWord says how a send ended.
func outcomeWord(x *httpcore.Exchange, err error) string {
	if response := x.Response(); response != nil && err == nil {
		return fmt.Sprintf("answered %d", response.Status)
	}
	return "failed"
}

// chained shows in the history list what was sent for a request.
func (r *Root) chained(came outcome) tea.Cmd {
	switch {
	case came.spooled:
		r.spooled = true
		return r.takeIn()
	case came.chained:
		return r.refreshHistory()
	default:
		return nil
	}
}

// tellSnapshots says which bodies snapshot() keeps from now on.
func (r *Root) tellSnapshots(v runner.Verdict) tea.Cmd {
	var names []string
	for _, s := range v.Report.Snapshots {
		if s.Accepted {
			names = append(names, s.File)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return r.notify(success("kept as snapshot: " + strings.Join(names, ", ")))
}

// judged shows what came of what the request asks of its response, and lets every tab see what was captured.
func (r *Root) judged(t *tab, came outcome) {
	t.hooks = came.verdict.Hooks
	t.response.SetChecks(checksOf(came.verdict, t.exchange, "", came.kept))
	t.recheck = !t.askedFor.equal(t.asks) // it was edited while it ran
	if len(came.verdict.Captured) > 0 {
		for _, other := range r.tabs {
			r.resolveTab(other)
		}
	}
}

// show puts an exchange in a tab, and frees the one before it. origin says where it comes from, if it was not just sent.
func (r *Root) show(t *tab, x *httpcore.Exchange, origin string) tea.Cmd {
	before := t.exchange
	if before != nil && before != x {
		t.before = idOf(before)
	}
	t.stopComparing()
	t.stopChecking()
	t.asleep = nil
	t.exchange, t.recheck, t.hooks = x, false, script.Report{}
	t.response.Show(x, origin)
	looked := r.lookBack(t)
	settled := tea.Tick(quickTime, func(time.Time) tea.Msg {
		return then{func() tea.Cmd {
			if t.exchange == x {
				t.response.Settle()
			}
			return nil
		}}
	})
	if before == x {
		return tea.Batch(looked, settled)
	}
	return tea.Batch(looked, settled, r.freeLast(before))
}

// owner returns the tab whose current job that is, or nil.
func (r *Root) owner(id job.ID) *tab {
	t := r.byID(id.Tab)
	if t == nil || t.generation != id.Generation || t.job == nil {
		return nil
	}
	return t
}

// free gives back the bodies of an exchange that nobody will see; one that is being recorded is freed after that.
func (r *Root) free(x *httpcore.Exchange) tea.Cmd {
	if _, busy := r.recording[x]; busy {
		r.recording[x] = true
		return nil
	}
	if err := x.Close(); err != nil {
		return r.notify(warning(err.Error(), ""))
	}
	return nil
}

// recorded says that an exchange is in history, or why not.
type recorded struct {
	exchange *httpcore.Exchange
	err      error
	spooled  bool // it waits in the spool
}

// record keeps an exchange in history, off the screen's goroutine: in the spool as long as the database is not open.
func (r *Root) record(meta *history.Meta, x *httpcore.Exchange) tea.Cmd {
	if meta == nil {
		return nil
	}
	store, spool := r.history, r.options.Spool
	r.recording[x] = false
	return func() tea.Msg {
		if store == nil {
			return recorded{exchange: x, err: spool.Add(*meta, x), spooled: true}
		}
		_, err := store.Add(r.ctx, *meta, x)
		return recorded{exchange: x, err: err}
	}
}

// wasRecorded shows the exchange in the history list.
func (r *Root) wasRecorded(msg recorded) tea.Cmd {
	unwanted := r.recording[msg.exchange]
	delete(r.recording, msg.exchange)
	var cmds []tea.Cmd
	if unwanted {
		cmds = append(cmds, r.free(msg.exchange))
	}
	if msg.err != nil {
		cmds = append(cmds, r.fail(msg.err))
	}
	if msg.spooled {
		r.spooled = true
		return tea.Batch(append(cmds, r.takeIn())...)
	}
	return tea.Batch(append(cmds, r.refreshHistory())...)
}
