package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/pane"
)

// noticeTime is how long a notice takes the place of the keys; failures stay until the next key.
const noticeTime = 4 * time.Second

// noticesKept is how many can be read again.
const noticesKept = 100

// notices are the short messages, the newest last.
type notices struct {
	all   []pane.Notice
	shown int // counts those that were shown: a message about an earlier one is stale
	up    bool
}

// noticeOver says that a notice has had its time.
type noticeOver struct{ shown int }

func (n *notices) current() *pane.Notice {
	if !n.up || len(n.all) == 0 {
		return nil
	}
	return &n.all[len(n.all)-1]
}

func (n *notices) dismiss() { n.up = false }

func (n *notices) add(notice pane.Notice) tea.Cmd {
	if len(n.all) == noticesKept {
		n.all = append(n.all[:0], n.all[1:]...)
	}
	n.all = append(n.all, notice)
	n.shown++
	n.up = true
	return n.expire()
}

// expire takes the notice that is up off the screen after its time; a failure stays until the next key.
func (n *notices) expire() tea.Cmd {
	if current := n.current(); current == nil || current.Level == pane.Failure {
		return nil
	}
	shown := n.shown
	return tea.Tick(noticeTime, func(time.Time) tea.Msg { return noticeOver{shown} })
}

func (n *notices) over(msg noticeOver) {
	if msg.shown == n.shown {
		n.up = false
	}
}

// key takes a failure off the screen: the person has gone on.
func (n *notices) key() {
	if current := n.current(); current != nil && current.Level == pane.Failure {
		n.up = false
	}
}

func (r *Root) notify(n pane.Notice) tea.Cmd { return r.notices.add(n) }

// fail shows an error with its hint.
func (r *Root) fail(err error) tea.Cmd { return r.notify(failure(err)) }

func info(text string) pane.Notice    { return pane.Notice{Level: pane.Info, Text: text} }
func success(text string) pane.Notice { return pane.Notice{Level: pane.Success, Text: text} }

func warning(text, hint string) pane.Notice {
	return pane.Notice{Level: pane.Warning, Text: text, Hint: hint}
}

func failure(err error) pane.Notice { return pane.Failed(err) }

func noticeRole(level pane.Level) themes.Role {
	switch level {
	case pane.Success:
		return themes.Success
	case pane.Warning:
		return themes.Warning
	case pane.Failure:
		return themes.Error
	default:
		return themes.Info
	}
}
