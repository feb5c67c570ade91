package ui

import (
	tea "charm.land/bubbletea/v2"

	"parley/collections"
)

// looked brings the collection with a glance at more of its files.
type looked struct {
	from, now *collections.Collection
	err       error
}

// look takes a glance at the files of the collection that nobody has looked at yet, off the screen's goroutine: first at
// those that are on the screen, then at all others.
func (r *Root) look() tea.Cmd { return r.lookAt(r.sidebar.Unread()...) }

func (r *Root) lookAt(paths ...string) tea.Cmd {
	if r.looking {
		return nil
	}
	r.looking = true
	from := r.work.Collection
	return func() tea.Msg {
		now, err := from.Glance(r.ctx, paths...)
		return looked{from, now, err}
	}
}

// gotLook shows what the files are. What was seen of a collection that is not the one on the screen any more counts for
// nothing.
func (r *Root) gotLook(msg looked) tea.Cmd {
	r.looking = false
	switch {
	case r.ctx.Err() != nil:
		return nil
	case msg.err != nil:
		return r.fail(msg.err)
	case msg.from != r.work.Collection:
		return r.look()
	case msg.now == msg.from:
		return r.readAPIs() // now that all folders are read
	}
	r.work.Collection = msg.now
	r.sidebar.SetCollection(msg.now)
	return r.lookAt()
}
