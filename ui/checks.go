package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/expect"
	"parley/collections/har"
	"parley/collections/resolve"
	"parley/collections/runner"
	"parley/collections/script"
	"parley/collections/secrets"
	"parley/history"
	"parley/httpcore"
	"parley/ui/pane"
)

// outcome is what a job comes to beside its exchange.
type outcome struct {
	warnings []resolve.Warning
	verdict  runner.Verdict
	// kept says for which requests the values are kept that were captured; empty when they are not.
	kept string
	// chained says that requests were sent for this one, spooled that they wait in the spool.
	chained, spooled bool
}

// recorded is what is known of an exchange with its outcome, for history; nil stays nil. What was known before is not
// changed: it may be on its way into history with an earlier exchange.
func (o outcome) recorded(meta *history.Meta) *history.Meta {
	if meta == nil {
		return nil
	}
	told := *meta
	told.Captured, told.Expect = o.verdict.Captured, o.verdict.Expect
	return &told
}

// keptFor names those who see what a response of the request captures.
func keptFor(work runner.Workspace, edited *collections.Request) string {
	return strings.Join(append(slices.Clone(work.Names()), "session "+work.SessionOf(edited)), ", ")
}

// checksOf is a verdict as the response pane shows it.
func checksOf(v runner.Verdict, x *httpcore.Exchange, note, kept string) pane.Checks {
	shown := v.Shown(x)
	return pane.Checks{
		Captured: shown.Captured, Expect: shown.Expect, Hooks: v.Hooks, Note: note, Kept: kept, Secrets: v.Report.Secrets(),
	}
}

// testsOf are the tests of hooks as expectations show them.
func testsOf(h script.Report) []har.Expect {
	var list []har.Expect
	for _, t := range h.Tests {
		if t.Skipped {
			continue
		}
		e := har.Expect{Name: t.Name, Expression: "pm.test, " + t.Where.String(), Passed: t.Passed}
		if t.Error != "" {
			e.Explanation = []string{t.Error}
		}
		list = append(list, e)
	}
	return list
}

// asks is what a request asks of its response, with what it inherits.
type asks struct{ captures, expect []collections.Entry }

func (a asks) equal(b asks) bool {
	same := func(a, b collections.Entry) bool { return a.Name == b.Name && a.Value.Equal(b.Value) }
	return slices.EqualFunc(a.captures, b.captures, same) && slices.EqualFunc(a.expect, b.expect, same)
}

// asked notes what the request of a tab asks now; the response that is shown is looked at again when that is something else.
func (t *tab) asked(e *collections.Effective) {
	now := asks{e.Captures, e.Expect}
	t.recheck = t.recheck || !now.equal(t.asks)
	t.asks = now
}

// inheritedExpect lists the expectations that a request has from around it.
func inheritedExpect(e *collections.Effective) []pane.Inherited {
	var list []pane.Inherited
	for _, entry := range e.Expect {
		if scope := e.ScopeOf(entry.Pos); scope != "request" {
			list = append(list, pane.Inherited{Name: entry.Name, Value: entry.Value.Text, Scope: scope})
		}
	}
	return list
}

// inheritedHooks lists the hooks that run before those of the request.
func inheritedHooks(e *collections.Effective) []pane.Inherited {
	var list []pane.Inherited
	for _, hook := range e.Hooks {
		pos := hook.Value.Pos
		if file := hook.File(); file.IsSet() {
			pos = file.Pos
		}
		if scope := e.ScopeOf(pos); scope != "request" {
			list = append(list, pane.InheritedHook(hook, scope))
		}
	}
	return list
}

// checkPause is how long an expectation is left alone while it is typed.
const checkPause = 150 * time.Millisecond

// checking is a run of expectations over a response that is shown. It ends with its tab, and with the response.
type checking struct{ cancel context.CancelFunc }

// checked brings what came of it.
type checked struct {
	of       *checking
	exchange *httpcore.Exchange
	verdict  runner.Verdict
	err      error
}

// The notes of a response whose expectations were not evaluated as it came.
const (
	noteRecorded = "as recorded"
	noteNow      = "as the request asks now"
)

// checkDue looks again at responses whose requests ask something else by now.
func (r *Root) checkDue() tea.Cmd {
	var cmds []tea.Cmd
	for _, t := range r.tabs {
		if t.recheck {
			cmds = append(cmds, r.check(t, checkPause))
		}
	}
	return tea.Batch(cmds...)
}

// check evaluates what the request of a tab asks now of the response that is shown, off the screen's goroutine.
func (r *Root) check(t *tab, pause time.Duration) tea.Cmd {
	t.stopChecking()
	t.recheck = false
	if t.job != nil || !expect.Answered(t.exchange) {
		return nil
	}
	ctx, cancel := context.WithCancel(secrets.Quietly(r.ctx))
	of := &checking{cancel}
	t.checking = of
	work, edited, x := untouched(*r.work), t.draft.Clone(), t.exchange
	return func() tea.Msg {
		defer cancel()
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil
		}
		verdict, err := work.Check(ctx, edited, x)
		return checked{of, x, verdict, err}
	}
}

// stopChecking ends what evaluates the response of a tab.
func (t *tab) stopChecking() {
	if t.checking != nil {
		t.checking.cancel()
		t.checking = nil
	}
}

// wasChecked shows what came of it, unless nobody wants it any more.
func (r *Root) wasChecked(msg checked) tea.Cmd {
	i := slices.IndexFunc(r.tabs, func(t *tab) bool { return t.checking == msg.of })
	if i < 0 {
		return nil
	}
	t := r.tabs[i]
	t.checking = nil
	if msg.err != nil {
		return r.fail(msg.err)
	}
	checks := checksOf(msg.verdict, msg.exchange, noteNow, "")
	// Hooks have run when the request was sent, and do not run again.
	checks.Hooks, checks.Expect = t.hooks, append(checks.Expect, testsOf(t.hooks)...)
	t.response.SetChecks(checks)
	return nil
}

func (r *Root) whyNotCheck() string {
	switch t := r.tab(); {
	case t.job != nil:
		return "the request still runs"
	case !expect.Answered(t.exchange):
		return "no whole response is shown"
	case len(t.asks.captures)+len(t.asks.expect) == 0:
		return "the request expects nothing"
	}
	return ""
}

// checkAgain runs the expectations of the request on the response that is shown, which may be one from history.
func (r *Root) checkAgain() tea.Cmd {
	t := r.tab()
	t.response.ShowSide("Expect")
	r.setFocus(partResponse)
	return r.check(t, 0)
}
