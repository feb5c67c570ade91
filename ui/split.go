package ui

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"parley/history"
	"parley/httpcore"
	"parley/ui/action"
	"parley/ui/pane"
)

// second is the response that stands beside the one that a tab shows.
type second struct {
	response *pane.Response
	exchange *httpcore.Exchange // nil as long as there is none
	asleep   *asleep            // what it is to be; nil when that is there, or not known
	// pinned says that it stays when the request is sent again; else it is always the one before.
	pinned bool
}

func (r *Root) whyNotSplit() string {
	if r.tab().second == nil {
		return "there is one response only: " + action.Label(r.keymap.Best(action.Split, r.focused().Context(), nil)) + " splits"
	}
	return ""
}

func (r *Root) whyNotPin() string {
	if t := r.tab(); t.exchange == nil && (t.second == nil || t.second.exchange == nil) {
		return "no response is shown"
	}
	return ""
}

// toggleSplit shows the response before this one beside it, or closes what is there.
func (r *Root) toggleSplit() tea.Cmd {
	t := r.tab()
	if t.second != nil {
		return r.unsplit(t)
	}
	s := r.split(t)
	if t.before == 0 && t.untitled() {
		return nil
	}
	s.asleep = &asleep{id: t.before}
	if t.exchange != nil {
		s.asleep.than = idOf(t.exchange)
	}
	return nil
}

// split makes room for a second response.
func (r *Root) split(t *tab) *second {
	if t.second == nil {
		t.second = &second{response: r.newResponse()}
		t.second.response.SetStyles(r.styles)
		t.second.response.SetScreen(r.pictures.screen)
		t.second.response.SetFilters(t.response.Filters())
		r.wordSecond(t.second)
		r.arrange()
	}
	return t.second
}

// wordSecond says what is beside when there is nothing, and that it stays when it does.
func (r *Root) wordSecond(s *second) {
	s.response.SetEmpty("No response before this one", "Send again, and this one moves here")
	switch {
	case s.pinned:
		s.response.SetLabel("pinned")
	case s.exchange != nil:
		s.response.SetLabel("the one before")
	default:
		s.response.SetLabel("")
	}
}

// unsplit closes the second response of a tab.
func (r *Root) unsplit(t *tab) tea.Cmd {
	s := t.second
	if s == nil {
		return nil
	}
	t.stopComparing()
	s.response.SetFocus(false)
	s.response.Close()
	t.second = nil
	if t == r.tab() {
		r.answer = partResponse
		if r.focus == partOther {
			r.focus = partResponse
		}
		r.setFocus(r.focus)
	}
	return r.freeLast(s.exchange)
}

// freeLast frees an exchange, if there is one and nobody shows it any more.
func (r *Root) freeLast(x *httpcore.Exchange) tea.Cmd {
	if x == nil || r.holds(x) {
		return nil
	}
	return r.free(x)
}

// holds reports whether a tab shows an exchange: two panes may show the same one.
func (r *Root) holds(x *httpcore.Exchange) bool {
	for _, t := range r.tabs {
		if t.exchange == x || t.second != nil && t.second.exchange == x {
			return true
		}
	}
	return false
}

// showSecond shows an exchange beside the response of a tab.
func (r *Root) showSecond(t *tab, x *httpcore.Exchange, origin string, checks pane.Checks) tea.Cmd {
	s := r.split(t)
	before := s.exchange
	t.stopComparing()
	s.exchange, s.asleep = x, nil
	s.response.Show(x, origin)
	s.response.SetChecks(checks)
	r.wordSecond(s)
	if before == x {
		return nil
	}
	return r.freeLast(before)
}

// moveAside puts what a tab shows into the place beside it, as another response is about to come. The pane itself goes
// there, with its place, its folds and its search; the other one is used again.
func (r *Root) moveAside(t *tab) tea.Cmd {
	s := t.second
	if s == nil || s.pinned || t.exchange == nil {
		return nil
	}
	gone := s.exchange
	s.asleep = nil
	t.stopComparing()
	t.response, s.response = s.response, t.response
	s.exchange, t.exchange, t.before = t.exchange, nil, idOf(t.exchange)
	t.response.Close()
	t.response.SetEmpty()
	t.response.SetLabel("")
	t.response.SetFilters(s.response.Filters())
	t.response.ShowSideOf(s.response)
	r.wordSecond(s)
	if t == r.tab() {
		s.response.SetFocus(false)
		t.response.SetFocus(false)
		r.setFocus(r.focus)
	}
	return r.freeLast(gone)
}

// idOf is the name of an exchange in history, if it is there: that of the microsecond in which it began. An example has none.
func idOf(x *httpcore.Exchange) history.ID {
	if x.Started.IsZero() {
		return 0
	}
	return history.ID(x.Started.UnixMicro())
}

// pinResponse keeps the second response where it is, or lets it go; without one it splits and keeps what is shown.
func (r *Root) pinResponse() tea.Cmd {
	t := r.tab()
	var cmd tea.Cmd
	if t.second == nil || t.second.exchange == nil {
		cmd = r.showSecond(t, t.exchange, t.response.Origin(), t.response.Checks())
		t.second.pinned = true
	} else {
		t.second.pinned = !t.second.pinned
	}
	r.wordSecond(t.second)
	if t.second.pinned {
		return tea.Batch(cmd, r.notify(success("the response beside stays when this request is sent again")))
	}
	return tea.Batch(cmd, r.notify(info("the response beside is always the one before")))
}

// focusAnswer goes to the response, and from there to the one beside it.
func (r *Root) focusAnswer() {
	switch {
	case r.focus == partResponse:
		r.setFocus(partOther)
	case r.focus == partOther:
		r.setFocus(partResponse)
	default:
		r.setFocus(r.answer)
	}
}

// answered is the exchange of the response that had focus last; nil when there is none.
func (r *Root) answered() *httpcore.Exchange {
	if t := r.tab(); r.answerPart() == partOther {
		return t.second.exchange
	}
	return r.tab().exchange
}

// response is the one of two that had focus last: what actions on a response are about.
func (r *Root) response() *pane.Response { return r.pane(r.answerPart()).(*pane.Response) }

func (r *Root) answerPart() part {
	if r.tab().second == nil {
		return partResponse
	}
	return r.answer
}

// linkScroll has both responses scrolled together, or not.
func (r *Root) linkScroll() tea.Cmd {
	r.linked = !r.linked
	if r.linked {
		return r.notify(success("both responses scroll together"))
	}
	return r.notify(info("each response scrolls by itself"))
}

// followScroll brings the other response to the place of the one that was scrolled. It is called after every message.
func (r *Root) followScroll() {
	t := r.tab()
	if !r.linked || t.second == nil {
		return
	}
	if r.answer == partOther {
		t.response.ScrollAs(t.second.response)
	} else {
		t.second.response.ScrollAs(t.response)
	}
}

// refreshResponses looks again at responses that have grown.
func (r *Root) refreshResponses() tea.Cmd {
	t := r.tab()
	cmd := t.response.Refresh()
	if t.second != nil {
		cmd = tea.Batch(cmd, t.second.response.Refresh())
	}
	return cmd
}

// closeShown closes, at the end, the exchanges that a tab shows and no tab after it.
func (r *Root) closeShown(t *tab) error {
	var shown []*httpcore.Exchange
	shown, t.exchange = append(shown, t.exchange), nil
	if t.second != nil {
		shown, t.second.exchange = append(shown, t.second.exchange), nil
	}
	var err error
	for i, x := range shown {
		if x != nil && !r.holds(x) && !slices.Contains(shown[:i], x) {
			err = errors.Join(err, x.Close())
		}
	}
	return err
}

// offersOfTwo are what can be done with two responses, as soon as there have been two.
func (r *Root) offersOfTwo() []string {
	t := r.tab()
	inResponse := r.focus == partResponse || r.focus == partOther
	switch {
	case t.second != nil && t.second.exchange != nil && t.exchange != nil && inResponse:
		return []string{string(action.Compare), string(action.Split)}
	case t.second == nil && t.before != 0 && (inResponse || r.focus == partURL):
		return []string{string(action.Split)}
	default:
		return nil
	}
}
