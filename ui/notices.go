package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/themes"
	"parley/ui/pane"
	"parley/ui/safe"
)

const (
	// noticesWaiting bounds how many notices wait for their turn; what has no place is in the log all the same.
	noticesWaiting = 5
	// failureSeen is how long a failure stays at least: a key that was in flight when it came does not take it away.
	failureSeen = 700 * time.Millisecond
)

// notices are the short messages at the foot of the screen. What a key brings is shown at once; what comes without one in
// between waits until the one before has been read.
type notices struct {
	log
	// lasting keeps every notice until a key after it: who hears the screen, or gets it late, sets the pace.
	lasting bool
	up      *pane.Notice // nil for none
	waiting []pane.Notice
	shown   int  // counts those that were shown: a message about an earlier one is stale
	gone    bool // the person went on since the one that is up came
	seen    bool // it was up for failureSeen
}

// noticeOver says that a notice has had its time, or, a failure, that it was seen.
type noticeOver struct {
	shown int
	seen  bool
}

func (n *notices) current() *pane.Notice { return n.up }

// dismiss takes the notice off the screen, and shows the next one.
func (n *notices) dismiss() tea.Cmd {
	n.up = nil
	if len(n.waiting) == 0 {
		return nil
	}
	next := n.waiting[0]
	n.waiting = slices.Delete(n.waiting, 0, 1)
	return n.put(next)
}

// retract takes back a notice that is not true any more.
func (n *notices) retract(text string) tea.Cmd {
	n.waiting = slices.DeleteFunc(n.waiting, func(w pane.Notice) bool { return w.Text == text })
	if n.up != nil && n.up.Text == text {
		return n.dismiss()
	}
	return nil
}

// show puts a notice on the screen, or has it wait for its turn.
func (n *notices) show(notice pane.Notice) tea.Cmd {
	switch {
	case n.up == nil || n.gone:
		return n.put(notice)
	case notice.Level > n.up.Level:
		n.wait(0, *n.up)
		return n.put(notice)
	default:
		n.wait(len(n.waiting), notice)
		return nil
	}
}

// wait queues a notice; where there is no room, what matters least goes.
func (n *notices) wait(at int, notice pane.Notice) {
	n.waiting = slices.Insert(n.waiting, at, notice)
	if len(n.waiting) <= noticesWaiting {
		return
	}
	least := 0
	for i, w := range n.waiting {
		if w.Level < n.waiting[least].Level {
			least = i
		}
	}
	n.waiting = slices.Delete(n.waiting, least, least+1)
}

func (n *notices) put(notice pane.Notice) tea.Cmd {
	n.up, n.gone, n.seen = &notice, false, false
	n.shown++
	return n.expire()
}

// readingTime is how long a notice stays: the more it says, the longer.
func readingTime(n *pane.Notice) time.Duration {
	letters := safe.Width(n.Text) + safe.Width(n.Hint)
	return min(15*time.Second, max(4*time.Second, 2*time.Second+time.Duration(letters)*50*time.Millisecond))
}

// expire takes the notice that is up off the screen after its time; a failure stays until a key after it was seen.
func (n *notices) expire() tea.Cmd {
	if n.up == nil {
		return nil
	}
	over, after := noticeOver{shown: n.shown}, readingTime(n.up)
	if n.lasting || n.up.Level == pane.Failure {
		over.seen, after = true, failureSeen
	}
	return tea.Tick(after, func(time.Time) tea.Msg { return over })
}

func (n *notices) over(msg noticeOver) tea.Cmd {
	switch {
	case msg.shown != n.shown || n.up == nil:
		return nil
	case msg.seen:
		n.seen = true
		return nil
	}
	return n.dismiss()
}

// key says that the person went on: a failure that was seen gives way.
func (n *notices) key() tea.Cmd {
	n.gone = true
	if n.up != nil && (n.lasting || n.up.Level == pane.Failure) && n.seen {
		return n.dismiss()
	}
	return nil
}

// notify shows a short message, and keeps it in the log.
func (r *Root) notify(n pane.Notice) tea.Cmd { return r.tellOf(n, about{}) }

// tellOf is notify with what the message is about, which can be opened from the log.
func (r *Root) tellOf(n pane.Notice, of about) tea.Cmd {
	r.notices.note(r.now(), n, of)
	r.refreshLog()
	return r.notices.show(n)
}

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
