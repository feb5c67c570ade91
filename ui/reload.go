package ui

import (
	tea "charm.land/bubbletea/v2"

	"parley/collections"
)

// reloads is what is to be read of the collection again. One reading follows another, each from the state that the one
// before has left, so that none takes back what another saw.
type reloads struct {
	paths   []string // that changed and are not being read yet
	reading bool
	after   []func() // called once all is read
}

// reloaded brings the collection as it is now.
type reloaded struct {
	collection *collections.Collection
	err        error
}

// reload reads what changed, off the screen's goroutine; without paths, everything.
func (r *Root) reload(paths ...string) tea.Cmd {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	r.reloads.paths = append(r.reloads.paths, paths...)
	return r.nextReload()
}

// reloadThen is reload with something to do when the collection on the screen has what was read.
func (r *Root) reloadThen(then func(), paths ...string) tea.Cmd {
	r.reloads.after = append(r.reloads.after, then)
	return r.reload(paths...)
}

func (r *Root) nextReload() tea.Cmd {
	if r.reloads.reading || len(r.reloads.paths) == 0 {
		return nil
	}
	before, paths := r.work.Collection, r.reloads.paths
	r.reloads.reading, r.reloads.paths = true, nil
	return func() tea.Msg {
		c, err := before.Reload(paths...)
		return reloaded{c, err}
	}
}

// gotCollection shows another state of the collection.
func (r *Root) gotCollection(msg reloaded) tea.Cmd {
	r.reloads.reading = false
	if msg.err != nil {
		said := []tea.Cmd{r.fail(msg.err), r.nextReload()}
		for _, t := range r.tabs { // what is open may have lost its file
			said = append(said, r.follow(t, r.work.Collection))
		}
		return tea.Batch(said...)
	}
	r.work.Collection = msg.collection
	r.sidebar.SetCollection(msg.collection)
	var said []tea.Cmd
	for _, t := range r.tabs {
		said = append(said, r.follow(t, msg.collection))
		r.resolveTab(t) // an environment or a folder may say something else now
	}
	if len(r.reloads.paths) == 0 {
		after := r.reloads.after
		r.reloads.after = nil
		for _, then := range after {
			then()
		}
	}
	return tea.Batch(append(said, r.nextReload(), r.look())...)
}
