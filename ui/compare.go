package ui

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"parley/history"
	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content/diff"
	"parley/ui/document"
	"parley/ui/overlay"
	"parley/ui/pane"
)

// comparison is one that runs. It ends with its tab, and with the response that it is about.
type comparison struct{ cancel context.CancelFunc }

// comparingText is said as long as a comparison runs.
const comparingText = "comparing…"

// compared brings how the response that is shown differs from one of history.
type compared struct {
	of         *comparison
	title      string
	difference *document.Difference
	close      func() error
	err        error
}

func (r *Root) whyNotCompare() string {
	switch t := r.tab(); {
	case t.job != nil:
		return "the request still runs"
	case t.comparing != nil:
		return "it is being compared"
	case t.exchange == nil || t.exchange.Response() == nil:
		return "no response is shown"
	}
	return ""
}

// compareWith compares the two responses of a split. Without one it asks with which exchange of history the response is to
// be compared; those of its request come first, and the one before it is offered.
func (r *Root) compareWith() tea.Cmd {
	t := r.tab()
	if s := t.second; s != nil && s.exchange != nil && s.exchange.Response() != nil {
		then := s.exchange
		return r.compare("From the one beside ("+r.age(then)+") to the response ("+r.age(t.exchange)+")", func(context.Context) (*httpcore.Exchange, func() error, error) {
			return then, func() error { return nil }, nil
		})
	}
	query := ""
	if path := t.draft.Path; path != "" {
		query = "request:" + path + " "
	}
	return r.pickExchange(overlay.PickerOptions{Title: "Compare with", Query: query}, exchangePick{open: r.CompareExchange, shown: idOf(t.exchange)})
}

func (r *Root) age(x *httpcore.Exchange) string {
	if x.Started.IsZero() {
		return "an example"
	}
	return pane.Ago(r.now().Sub(x.Started)) + " ago"
}

// CompareExchange implements pane.TreeHost: it shows how an exchange of history and the response that is shown differ.
func (r *Root) CompareExchange(id history.ID) tea.Cmd {
	if why := r.whyNotCompare(); why != "" {
		return r.notify(info(why))
	}
	store := r.history
	if store == nil {
		return r.notify(info("history is not open yet"))
	}
	return r.compare("From "+pane.Ago(r.now().Sub(id.Time()))+" ago to what is shown", func(ctx context.Context) (*httpcore.Exchange, func() error, error) {
		entry, err := store.Get(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		return entry.Exchange, entry.Exchange.Close, nil
	})
}

// compare shows how another exchange and the response of the tab differ. read returns that exchange, and what gives it back.
func (r *Root) compare(title string, read func(context.Context) (*httpcore.Exchange, func() error, error)) tea.Cmd {
	t := r.tab()
	var rules diff.Rules
	for _, rule := range t.draft.Compare.Ignore {
		if err := rules.Leave(rule.Text); err != nil {
			return r.fail(err)
		}
	}
	now := t.exchange.Response()
	ctx, cancel := context.WithCancel(r.ctx)
	of := &comparison{cancel}
	t.comparing = of
	work := func() tea.Msg {
		defer cancel()
		exchange, giveBack, err := read(ctx)
		if err != nil {
			return compared{of: of, err: err}
		}
		then := exchange.Response()
		if then == nil {
			return compared{of: of, err: errors.Join(errors.New("no response came in that exchange"), giveBack())}
		}
		a, b := asText(then), asText(now)
		closing := func() error {
			a.Close()
			b.Close()
			return giveBack()
		}
		bodies, err := diff.Compare(ctx, a.Source(), b.Source(), rules.Options)
		if err != nil {
			return compared{of: of, err: errors.Join(err, closing())}
		}
		return compared{of: of, title: title, close: closing, difference: document.NewDifference(parts(rules, then, now, bodies), contextLines)}
	}
	return tea.Batch(r.notify(info(comparingText)), work)
}

// stopComparing ends the comparison that runs for a tab.
func (t *tab) stopComparing() {
	if t.comparing != nil {
		t.comparing.cancel()
		t.comparing = nil
	}
}

// comparisonOver takes what a comparison came with; ok is false when nobody wants it any more.
func (r *Root) comparisonOver(of *comparison) (ok bool) {
	i := slices.IndexFunc(r.tabs, func(t *tab) bool { return t.comparing == of })
	if i < 0 {
		return false
	}
	r.tabs[i].comparing = nil
	return true
}

// contextLines is how much is shown around a change.
const contextLines = 3

// parts are what of two responses differs, under titles.
func parts(rules diff.Rules, a, b *httpcore.Response, bodies *diff.Result) []document.Section {
	return slices.DeleteFunc([]document.Section{
		{Title: "Status", Result: diff.Fields(statusField(a), statusField(b))},
		{Title: "Headers", Result: diff.Fields(headerFields(rules, a), headerFields(rules, b))},
		{Title: "Body", Result: bodies},
	}, func(s document.Section) bool { return s.Result.Equal() })
}

func statusField(r *httpcore.Response) []diff.Field {
	return []diff.Field{{Name: "status", Value: strings.TrimSpace(strconv.Itoa(r.Status) + " " + r.Reason)}}
}

func headerFields(rules diff.Rules, r *httpcore.Response) (list []diff.Field) {
	for _, field := range r.Headers {
		if rules.Counts(field.Name) {
			list = append(list, diff.Field{Name: field.Name, Value: field.Value})
		}
	}
	return list
}

// asText is the content of a response as UTF-8, if it is text.
func asText(r *httpcore.Response) *document.Document {
	contentType, _ := r.Headers.Get("Content-Type")
	return document.Open(r.Body, document.Options{
		ContentType: contentType,
		Detect:      func(head []byte) string { return body.DetectCharset(contentType, head).Name },
	})
}

// showDifference lays it over the workbench.
func (r *Root) showDifference(msg compared) tea.Cmd {
	wanted := r.comparisonOver(msg.of)
	if msg.err != nil {
		if !wanted {
			return nil // it was stopped
		}
		return tea.Batch(r.notices.retract(comparingText), r.fail(msg.err))
	}
	closed := func() tea.Cmd {
		if err := msg.close(); err != nil {
			return r.fail(err)
		}
		return nil
	}
	if !wanted {
		return closed()
	}
	told := r.notices.retract(comparingText)
	if msg.difference.Equal() {
		return tea.Batch(told, closed(), r.notify(info("the two are alike")))
	}
	r.overlays.Push(overlay.NewDifference(overlay.DifferenceOptions{Title: msg.title, Difference: msg.difference, Closed: closed}))
	return told
}
